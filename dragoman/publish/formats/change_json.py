"""What a re-cleaning changed in one article, as `dragoman build --from clean --json` prints it."""

from __future__ import annotations

from dragoman.model import Change
from dragoman.publish.formats.article_json import Json


def change_json(change: Change) -> Json:
    """Fields by name, each with `was` and `now`; the body in characters; labels by rule."""
    fields: dict[str, object] = {f.field: {"was": f.was, "now": f.now} for f in change.fields}
    return {
        "fields": fields,
        "body": {"kept": change.kept, "dropped": change.dropped},
        "labels": [
            {"was": r.was, "now": r.now, "rule": r.rule, "characters": r.characters}
            for r in change.relabelled
        ],
    }
