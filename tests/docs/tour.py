"""The records that `docs/tour.md` shows, made by the program: one demo page through six steps.

    python -m tests.docs.tour

writes them anew into the marked blocks of the page (```json tour:NAME, ```text tour:NAME).
What stands between the blocks is written by hand and left alone.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from pathlib import Path

from dragoman.clean.article import clean
from dragoman.collect.pages import capture_file
from dragoman.config import Config
from dragoman.demo import PAGES
from dragoman.desk.corpus import Desk
from dragoman.engine import engine_for
from dragoman.model import Article, Capture, Kept, Sentence
from dragoman.pipeline import Steps
from dragoman.publish.formats.article_json import article_json, dated_json, report_json
from dragoman.publish.formats.view_json import view_json
from dragoman.publish.pages import today
from dragoman.publish.room import ReadingRoom
from dragoman.store import open_store

ROOT = Path(__file__).parent.parent.parent
TOUR = ROOT / "docs" / "tour.md"
PAGE = PAGES / "visite-reprise.txt"
PREDICATE = "entretenu"
"""The one word that picks the sentence that the tour follows."""
FENCE = re.compile(r"^```(json|text) tour:([\w-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WORDS = 60
"""Longer values are cut at so many characters, and end in “…”."""


def records(steps: Steps) -> dict[str, object]:
    """By block name: text for a `text` block, plain JSON values for a `json` block."""
    capture = replace(capture_file(PAGE), origin=PAGE.relative_to(ROOT).as_posix())
    article = clean(capture, steps.knowledge)
    kept = steps.all(capture)
    sentence = sentence_of(kept)
    shown = article_json(kept)
    return {
        "collect": of_capture(capture),
        "clean-blocks": blocks(article),
        "clean-credits": credits(article),
        "read-words": words(sentence),
        "read-clause": [plain(c) for c in kept.reading.clauses if is_shown(c.start, c.end, kept)],
        "read-times": [t for t in members(shown, "times") if inside(t, sentence)],
        "read-published": dated_json(kept.article.published),
        "link": [plain(r) for r in kept.references if r.mention.sentence == sentence.index],
        "record": [report_json(r) for r in kept.reports if is_shown(*r.predicate, kept)],
        **published(capture, kept, steps),
    }


def published(capture: Capture, kept: Kept, steps: Steps) -> dict[str, object]:
    """What a desk that holds only this page keeps and shows of the act."""
    report = next(r for r in kept.reports if is_shown(*r.predicate, kept))
    with tempfile.TemporaryDirectory() as home, open_store(Path(home)) as store:
        outcomes = list(Desk(store, steps, engine_for(1)).add([capture]))
        assert [one.what for one in outcomes] == ["added"]
        row = store.report(report.id)
        event = store.event(row.event_id) if row is not None and row.event_id else None
        assert row is not None
        assert event is not None
        room = ReadingRoom(store, steps.knowledge, Config(today="2024-03-20"))
        lines = [line for line in today.view(room).happenings if line.id == event.id]
        kept_fields = {"revision": row.revision, "coder_version": row.coder_version}
        return {
            "record-kept": {"id": row.report.id, **kept_fields, "event_id": row.event_id},
            "record-event": plain(event),
            "publish-line": [without(view_json(line), "first") for line in lines],
        }


# --- shortening ------------------------------------------------------------------------------


def of_capture(capture: Capture) -> object:
    shown = plain(replace(capture, body=b""))
    assert isinstance(shown, dict)
    return shown | {"body": cut(capture.body.decode())}


def blocks(article: Article) -> str:
    return "".join(
        f"{b.label:13}{b.start:5}{b.end:6}  {b.rule:24} {cut(article.text[b.start : b.end], 34)}\n"
        for b in article.blocks
    )


def credits(article: Article) -> object:
    names = ("id", "title", "language", "genre", "published", "authors", "attribution", "doubts")
    return {name: plain(getattr(article, name)) for name in names}


def words(sentence: Sentence) -> str:
    rows = []
    for token in sentence.tokens:
        above = sentence.tokens[token.head].text if token.dep != "root" else "-"
        rows.append(f"{token.text:14}{token.lemma:14}{token.pos:7}{token.dep:11}{above}\n")
    return "".join(rows)


def sentence_of(kept: Kept) -> Sentence:
    text = kept.article.text
    return next(s for s in kept.reading.sentences if PREDICATE in text[s.start : s.end])


def is_shown(start: int, end: int, kept: Kept) -> bool:
    return kept.article.text[start:end] == PREDICATE


def members(shown: Mapping[str, object], name: str) -> list[dict[str, object]]:
    found = shown[name]
    assert isinstance(found, list)
    return found


def inside(item: Mapping[str, object], sentence: Sentence) -> bool:
    start = item["start"]
    return isinstance(start, int) and sentence.start <= start < sentence.end


def without(record: object, name: str) -> object:
    assert isinstance(record, dict)
    return {key: value for key, value in record.items() if key != name}


def plain(value: object) -> object:
    """A record as JSON values, without fields that are at their defaults; long text is cut."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name))
            for field in fields(value)
            if field.default is MISSING or getattr(value, field.name) != field.default
        }
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return cut(value) if isinstance(value, str) else value


def cut(text: str, most: int = WORDS) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rstrip() + "…"


# --- the page --------------------------------------------------------------------------------


def written(value: object) -> str:
    """The content of a block: text as it is; one field, or one member of a list, to a line."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "[" + ",\n".join(f" {_record(one)}" for one in value).lstrip() + "]\n"
    return _record(value) + "\n"


def _record(value: object) -> str:
    if not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    rows = (f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in value.items())
    return "{" + ",\n ".join(rows) + "}"


def shown_blocks(page: str) -> dict[str, tuple[str, str]]:
    """By block name: its kind (json or text) and its content."""
    return {name: (kind, content) for kind, name, content in FENCE.findall(page)}


def rewritten(page: str, made: Mapping[str, object]) -> str:
    """The page with the content of every marked block made anew."""
    fill: Callable[[re.Match[str]], str] = lambda found: (  # noqa: E731
        f"```{found[1]} tour:{found[2]}\n{written(made[found[2]])}```"
    )
    return FENCE.sub(fill, page)


def main() -> None:
    page = TOUR.read_text("utf-8")
    TOUR.write_text(rewritten(page, records(Steps())), "utf-8")


if __name__ == "__main__":
    main()
