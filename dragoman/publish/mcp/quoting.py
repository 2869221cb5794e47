"""What a program is told of events, articles and sentences: ours plainly, others' words as quoted.

In: lines and rows of the store. Out: plain values for JSON. Every word that somebody else wrote
stands under a name that begins with "quoted", beside the address where it is from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dragoman.publish.excerpt import bounded
from dragoman.publish.formats.article_json import dated_json
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.lines import ArticleLine, EventLine, Party
from dragoman.publish.words import QUADS, STATUSES, web_address
from dragoman.store.rows import ReportRow

Told = dict[str, Any]
MOST = 300
"""Characters of a title or name: a page may call itself anything."""


def sentence(room: ReadingRoom, row: ReportRow) -> Told:
    """A report: its sentence, where that stands, and who coded it."""
    report = bounded(row.report)
    return {
        "quoted": report.evidence_text,
        "language": row.language,
        "quoted_title": short(row.article_title),
        "quoted_outlet": short(row.outlet),
        "published": row.published,
        "source": web_address(row.article_url),
        "desk": f"{room.config.base}/article/{report.article_id}#{report.id}",
        "article": report.article_id,
        "report": report.id,
        "category": report.category,
        "status": report.status,
        "confidence": report.confidence,
        "coder": row.coder_version,
    }


def event(room: ReadingRoom, line: EventLine, evidence: Sequence[ReportRow]) -> Told:
    """An event with the sentences given."""
    return {
        "id": line.id,
        "desk": f"{room.config.base}/event/{line.id}",
        "who": [_party(one) for one in line.sources],
        "act": {
            "category": line.category,
            "label": line.label,
            "mode": line.mode,
            "quad": line.quad,
            "quad_words": QUADS[line.quad],
        },
        "to_whom": [_party(one) for one in line.targets],
        "together": line.mutual,
        "status": line.status,
        "status_words": STATUSES[line.status],
        "told_as": line.told_as,
        "date": dated_json(line.date) if line.date is not None else None,
        "date_words": line.days,
        "quoted_place": short(line.place.name) if line.place is not None else None,
        "outlets": line.outlets,
        "origins": line.origins,
        "judged_by_a_person": line.judged,
        "evidence": [sentence(room, row) for row in evidence],
    }


def article(room: ReadingRoom, line: ArticleLine) -> Told:
    """An article as a list has it."""
    return {
        "id": line.id,
        "desk": f"{room.config.base}/article/{line.id}",
        "quoted_title": short(line.title),
        "language": line.language,
        "quoted_outlet": short(line.outlet),
        "quoted_first_publisher": short(line.first_publisher),
        "published": dated_json(line.published) if line.published is not None else None,
        "genre": line.genre,
        "events": line.events,
        "source": line.address,
    }


def best_first(line: EventLine, rows: Iterable[ReportRow]) -> list[ReportRow]:
    """The reports that stand, the one that tells the event most fully first."""
    first = line.first.id if line.first is not None else None
    standing = (row for row in rows if row.retracted_at is None)
    return sorted(standing, key=lambda row: row.report.id != first)


def short(text: str | None) -> str | None:
    """Cut where a name or title would be without end."""
    return text if text is None or len(text) <= MOST else text[:MOST] + "…"


def _party(side: Party) -> Told:
    return {
        "quoted_name": short(side.name),
        "actor": side.actor,
        "for": side.body,
        "for_name": side.body_name,
    }
