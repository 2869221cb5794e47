"""Events and articles that a query found, each with a sentence in which its words are lit.

In: a room, ids and the phrases that were asked for. Out: `FoundEvent`s and `FoundArticle`s. Nothing
is shown that the display rule keeps back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.lines import ArticleLine, EventLine, Lines
from dragoman.publish.views.lit import Piece, is_hit, lit, passage
from dragoman.store.phrases import Phrase


@dataclass(frozen=True, slots=True)
class FoundEvent:
    line: EventLine
    said: tuple[Piece, ...]
    """A sentence that tells it, one with the words asked for where there is one."""
    report: str | None
    article: str | None
    outlet: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class FoundArticle:
    line: ArticleLine
    said: tuple[Piece, ...]


def found_events(
    room: ReadingRoom, ids: Sequence[str], phrases: Sequence[Phrase]
) -> tuple[FoundEvent, ...]:
    lines, told = Lines(room), room.store.reports_of_events(ids)
    lines.known(row for rows in told.values() for row in rows)
    made = []
    for event in room.store.events_called(ids):
        rows = [row for row in told.get(event.id, ()) if row.retracted_at is None]
        rows.sort(key=lambda row: row.report.id != event.best)
        said = [
            (row, lit(room.display.report(row.report).evidence_text, row.language, phrases))
            for row in rows
        ]
        one = next((pair for pair in said if is_hit(pair[1])), next(iter(said), None))
        row, pieces = one if one is not None else (None, ())
        made.append(
            FoundEvent(
                line=lines.event(event),
                said=pieces,
                report=row.report.id if row is not None else None,
                article=row.report.article_id if row is not None else None,
                outlet=row.outlet if row is not None else None,
                language=row.language if row is not None else None,
            )
        )
    return tuple(made)


def found_articles(
    room: ReadingRoom, ids: Sequence[str], phrases: Sequence[Phrase]
) -> tuple[FoundArticle, ...]:
    lines, made, rows = Lines(room), [], room.store.article_rows(ids)
    for identity in ids:
        row = rows.get(identity)
        if row is None:
            continue
        article = row.article
        if room.display.is_excerpt(article) and (kept := room.store.kept(identity)) is not None:
            article = room.display.shown(kept).article
        made.append(FoundArticle(lines.article(row), passage(article, phrases)))
    return tuple(made)
