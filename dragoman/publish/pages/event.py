"""An event: every report of it with its sentence, the origins those go back to, and whether they
agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.model import Origins, Report
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.agreement import Agreement, agreement
from dragoman.publish.views.beside import InStory, in_story
from dragoman.publish.views.citation import Citation, citation
from dragoman.publish.views.judged import JudgedLine, judged_lines
from dragoman.publish.views.lines import ArticleLine, EventLine, Lines
from dragoman.publish.views.origins import origins_of_reports
from dragoman.store.rows import ArticleRow, ReportRow


@dataclass(frozen=True, slots=True)
class Telling:
    """A report and the article that makes it."""

    report: Report
    article: ArticleLine | None
    mode: str | None
    revision: int
    coder: str | None
    retracted_at: str | None
    judged: str | None
    said: tuple[JudgedLine, ...]
    """What people said of it."""
    own: tuple[str, ...] = ()
    """The desk's own categories that it resembles, with score."""


@dataclass(frozen=True, slots=True)
class EventPage:
    id: str
    line: EventLine
    definition: str | None
    tellings: tuple[Telling, ...]
    withdrawn: tuple[Telling, ...]
    origins: Origins
    outlets: tuple[str, ...]
    agreement: Agreement
    pair: tuple[str, str] | None
    judgements: tuple[JudgedLine, ...]
    citation: Citation
    story: InStory | None


def view(room: ReadingRoom, identity: str, *, start: int = 0) -> EventPage | None:
    event = room.store.event(identity)
    if event is None:
        return None
    lines = Lines(room)
    rows = room.store.reports_of_event(event.id, with_retracted=True)
    rows += [row for row in room.store.last_reports_of_event(event.id) if row not in rows]
    articles = room.store.article_rows({row.report.article_id for row in rows})
    tellings = [_telling(room, lines, row, articles) for row in rows]
    standing = tuple(telling for telling in tellings if telling.retracted_at is None)
    ids = dict.fromkeys(telling.report.article_id for telling in standing)
    found = [articles[one].article for one in ids if one in articles]
    lines.known(rows)
    line, kept = lines.event(event), room.store.event_rows([event.id])
    both = event.source and event.target and event.source != event.target
    return EventPage(
        id=event.id,
        line=line,
        definition=room.definition(event.category),
        tellings=standing,
        withdrawn=tuple(
            telling
            for telling in tellings
            if telling.retracted_at is not None and not room.public  # no evidence any more
        ),
        origins=origins_of_reports(room, [telling.report for telling in standing]),
        outlets=tuple(dict.fromkeys(room.outlet(article) for article in found)),
        agreement=agreement(room, event, {one.report.id: one.article for one in standing}),
        pair=(event.source or "", event.target or "") if both else None,
        judgements=judged_lines(room.store.judgements(event.id), room.display),
        citation=citation(room, line, kept[event.id].revision if event.id in kept else 1),
        story=in_story(room, line.article) if line.article is not None else None,
    )


def _telling(
    room: ReadingRoom, lines: Lines, row: ReportRow, articles: Mapping[str, ArticleRow]
) -> Telling:
    found = articles.get(row.report.article_id)
    return Telling(
        report=room.display.report(row.report),
        article=lines.article(found) if found is not None else None,
        mode=room.mode(row.report.category, row.report.mode),
        revision=row.revision,
        coder=row.coder_version,
        retracted_at=row.retracted_at,
        judged=lines.verdict(row.report.id),
        said=lines.said(row.report.id),
        own=tuple(f"{room.category(o.category)} ({o.score:.2f})" for o in row.report.labels),
    )
