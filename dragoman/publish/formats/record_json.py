"""Events and reports as JSON objects of their own, as snapshots, JSON Lines and diffs have them.

In: items of `publish.gathering`. Out: plain dictionaries; reports look as they do in the JSON of an
article (docs/json.md), with their article and history beside them.
"""

from __future__ import annotations

from dragoman.model import Event
from dragoman.publish.formats.article_json import Json, dated_json, place_json, report_json
from dragoman.publish.formats.view_json import view_json
from dragoman.publish.gathering import EventItem
from dragoman.store.rows import ReportRow


def event_json(item: EventItem, *, with_reports: bool = True) -> Json:
    made = {
        **event_fields(item.event),
        "revision": item.revision,
        "retracted_at": item.retracted_at,
        "address": item.address,
    }
    if not with_reports:
        return made
    return made | {"reports": [report_row_json(row) for row in item.reports]}


def event_fields(event: Event) -> Json:
    """What the event itself says."""
    return {
        "id": event.id,
        "category": event.category,
        "status": event.status,
        "told_as": event.told_as,
        "source": event.source,
        "source_name": event.source_name,
        "target": event.target,
        "target_name": event.target_name,
        "date": dated_json(event.date),
        "place": place_json(event.place),
        "outlets": event.outlets,
        "origins": event.origins,
        "languages": list(event.languages),
        "best": event.best,
        "first": view_json(event.first),
        "history": view_json(event.history),
        "alike": list(event.alike),
        "differences": view_json(event.differences),
        "report_ids": list(event.report_ids),
    }


def report_row_json(row: ReportRow) -> Json:
    return {
        **report_json(row.report),
        "article": {
            "id": row.report.article_id,
            "title": row.article_title,
            "url": row.article_url,
            "outlet": row.outlet,
            "language": row.language,
            "published": row.published,
        },
        "event": row.event_id,
        "revision": row.revision,
        "retracted_at": row.retracted_at,
        "coder_version": row.coder_version,
        "codebook_version": row.codebook_version,
        "lexicon_version": row.lexicon_version,
    }
