"""An event: every report of it with its sentence, the origins those go back to, and whether they
agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.model import Origins, Report
from dragoman.publish.charts.months import DRAWN
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.agreement import Agreement, agreement
from dragoman.publish.views.beside import InStory, in_story
from dragoman.publish.views.citation import Citation, citation
from dragoman.publish.views.cut import MOST, Cut, asks, cut
from dragoman.publish.views.judged import JudgedLine, judged_lines
from dragoman.publish.views.lines import ArticleLine, EventLine, Lines
from dragoman.publish.views.origins import OriginsShown, origins_of_reports, shown_origins
from dragoman.store import Store
from dragoman.store.rows import ReportRow


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
    paging: Cut
    """Of the reports that tell it: a page has its own `tellings` and groups of `origins`."""
    tellings: tuple[Telling, ...]
    withdrawn: tuple[Telling, ...]
    """The last ones, the newest first."""
    more_withdrawn: int
    origins: OriginsShown
    all_origins: Origins = field(metadata=DRAWN)
    outlets: tuple[str, ...]
    agreement: Agreement
    pair: tuple[str, str] | None
    judgements: tuple[JudgedLine, ...]
    citation: Citation
    story: InStory | None
    starts: Mapping[str, int] = field(metadata=DRAWN)
    """Of each report, where the page begins on which it stands."""

    def address(self, report: str) -> str:
        """Of a report that tells it: on this page, or on another one of the event."""
        start = self.starts.get(report, self.paging.start)
        return f"#{report}" if start == self.paging.start else f"{path_at(self.id, start)}#{report}"


def view(
    room: ReadingRoom, identity: str, *, start: int = 0, most: int | None = MOST
) -> EventPage | None:
    """`most`: reports on a page; None for all. `start`: how many are on the pages before."""
    event = room.store.event(identity)
    if event is None:
        return None
    lines = Lines(room)
    rows = room.store.reports_of_event(event.id, with_retracted=True)
    rows += [row for row in room.store.last_reports_of_event(event.id) if row not in rows]
    articles = room.store.article_rows({row.report.article_id for row in rows})
    standing = [row for row in rows if row.retracted_at is None]
    # What is no evidence any more, a public desk does not show.
    gone = [row for row in rows if row.retracted_at is not None and not room.public]
    gone.sort(key=lambda row: row.retracted_at or "", reverse=True)
    paging = cut(len(standing), start, most)
    here = paging.of(standing)
    ids = dict.fromkeys(row.report.article_id for row in standing)
    found = [articles[one].article for one in ids if one in articles]
    tellers = {identity: lines.article(row) for identity, row in articles.items()}
    lines.known(rows)
    line, kept = lines.event(event), room.store.event_rows([event.id])
    both = event.source and event.target and event.source != event.target
    origins = origins_of_reports(room, [row.report for row in standing])
    return EventPage(
        id=event.id,
        line=line,
        definition=room.definition(event.category),
        paging=paging,
        tellings=tuple(_telling(room, lines, row, tellers) for row in here),
        withdrawn=tuple(_telling(room, lines, row, tellers) for row in gone[:most]),
        more_withdrawn=len(gone[most:]) if most is not None else 0,
        origins=shown_origins(origins, {row.report.article_id for row in here}),
        all_origins=origins,
        outlets=tuple(dict.fromkeys(room.outlet(article) for article in found)),
        agreement=agreement(
            room, event, {row.report.id: tellers.get(row.report.article_id) for row in standing}
        ),
        pair=(event.source or "", event.target or "") if both else None,
        judgements=judged_lines(room.store.judgements(event.id), room.display),
        citation=citation(room, line, kept[event.id].revision if event.id in kept else 1),
        story=in_story(room, line.article) if line.article is not None else None,
        starts={row.report.id: at - at % paging.most for at, row in enumerate(standing)},
    )


def path(store: Store, identity: str, report: str) -> str:
    """The address of an event, of the page on which a report that tells it stands."""
    ids = [row.report.id for row in store.reports_of_event(identity)]
    return path_at(identity, ids.index(report) // MOST * MOST if report in ids else 0)


def path_at(identity: str, start: int) -> str:
    return f"/event/{identity}{asks(start)}"


def _telling(
    room: ReadingRoom, lines: Lines, row: ReportRow, articles: Mapping[str, ArticleLine]
) -> Telling:
    return Telling(
        report=room.display.report(row.report),
        article=articles.get(row.report.article_id),
        mode=room.mode(row.report.category, row.report.mode),
        revision=row.revision,
        coder=row.coder_version,
        retracted_at=row.retracted_at,
        judged=lines.verdict(row.report.id),
        said=lines.said(row.report.id),
        own=tuple(f"{room.category(o.category)} ({o.score:.2f})" for o in row.report.labels),
    )
