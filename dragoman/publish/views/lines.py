"""One line for an event and one for an article, as every page lists them.

In: events and rows of the store. Out: `EventLine` and `ArticleLine`, with everything a list says
of them and the sentence that tells it most fully. A person's verdict stands in `judged`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.model import (
    Correction,
    Dated,
    Event,
    Place,
    Report,
    Side,
    Status,
    ToldAs,
    Verdict,
    is_done_together,
)
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.judged import VERDICTS, JudgedLine, judged_lines
from dragoman.publish.wording import N_, gettext
from dragoman.publish.words import NO_HEADLINE, dated_words, language_words, web_address
from dragoman.store.rows import ArticleRow, ReportRow

NOBODY = N_("not named")
REJECTED = VERDICTS["reject"]
CALLED = {**VERDICTS, "correct": N_("corrected")}
"""By what pages call what was judged so."""


@dataclass(frozen=True, slots=True)
class Party:
    """A side under the name that its reader knows it by; where the text calls it otherwise, by the
    text's words, in `language`.

    `body`: the state or body it stands for, where the name alone does not say so.
    """

    actor: str | None
    name: str
    body: str | None = None
    body_name: str | None = None
    language: str | None = None
    """Of the name; None where it is the atlas's, in the language that is spoken."""


@dataclass(frozen=True, slots=True)
class ArticleLine:
    id: str
    title: str
    language: str | None
    outlet: str
    first_publisher: str | None
    published: Dated | None
    genre: str
    events: int
    also_in: tuple[str, ...] = ()
    """Other outlets that show the same text."""
    address: str | None = None
    """Where the whole of it stands, at its first publisher where the page says so."""


@dataclass(frozen=True, slots=True)
class EventLine:
    id: str
    category: str
    label: str
    mode: str | None
    quad: int
    status: Status
    told_as: ToldAs
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    mutual: bool
    date: Dated | None
    place: Place | None
    outlets: int
    origins: int
    judged: str | None
    first: Report | None
    """The report that tells it most fully; None once all were withdrawn."""
    article: str | None
    outlet: str | None
    language: str | None
    address: str | None = None
    """Where the whole article stands."""

    @property
    def days(self) -> str:
        return dated_words(self.date)


class Lines:
    """Makes lines for one page; what people judged is read once."""

    def __init__(self, room: ReadingRoom) -> None:
        self._room = room
        self._verdicts = {one: CALLED[kind] for one, kind in room.store.verdicts().items()}
        self._reports: dict[str, ReportRow] = {}

    def verdict(self, identity: str) -> str | None:
        """What people said last of a report, event or article: confirmed, rejected, doubted or
        corrected."""
        return self._verdicts.get(identity)

    def said(self, identity: str) -> tuple[JudgedLine, ...]:
        """All that stands of what people said of a report, oldest first."""
        if identity not in self._verdicts:
            return ()
        said = [
            one
            for one in self._room.store.judgements(identity)
            if isinstance(one.word, Verdict | Correction)
        ]
        return judged_lines(said, self._room.display)

    def wrong(self) -> frozenset[str]:
        """Ids of events that people rejected, themselves or in all of their reports."""
        return frozenset(event.id for event in self._doubted() if self._judged(event) == REJECTED)

    def _doubted(self) -> Iterator[Event]:
        for identity, verdict in self._verdicts.items():
            if verdict != REJECTED:
                continue
            row = self._room.store.report(identity)
            event = self._room.store.event((row.event_id or "") if row is not None else identity)
            if event is not None:
                yield event

    def events(self, events: Sequence[Event]) -> tuple[EventLine, ...]:
        self.read_ahead(events)
        return tuple(self.event(event) for event in events)

    def read_ahead(self, events: Iterable[Event]) -> None:
        """Read the reports that tell these events most fully, all at once."""
        best = {event.best or next(iter(event.report_ids), "") for event in events}
        self._reports |= self._room.store.reports_called(best)

    def known(self, rows: Iterable[ReportRow]) -> None:
        """Reports that were read already are not read again."""
        self._reports |= {row.report.id: row for row in rows}

    def event(self, event: Event) -> EventLine:
        row = self._first(event)
        report = self._room.display.report(row.report) if row is not None else None
        mode = report.mode if report is not None else None
        source, target = parties(self._room, event, row)
        return EventLine(
            id=event.id,
            category=event.category,
            label=self._room.category(event.category),
            mode=self._room.mode(event.category, mode),
            quad=report.quad if report is not None else self._room.quad(event.category),
            status=event.status,
            told_as=event.told_as,
            sources=source,
            targets=target,
            mutual=report is not None and is_mutual(report),
            date=event.date,
            place=self._room.spoken_place(event.place),
            outlets=event.outlets,
            origins=event.origins,
            judged=self._judged(event),
            first=report,
            article=report.article_id if report is not None else None,
            outlet=self._outlet(row),
            language=row.language if row is not None else None,
            address=web_address(row.article_url) if row is not None else None,
        )

    def article(self, row: ArticleRow, copies: Sequence[ArticleRow] = ()) -> ArticleLine:
        article, given = row.article, row.article.attribution
        outlet = self._room.outlet(article)
        others = {self._room.outlet(copy.article) for copy in copies} - {outlet}
        first = given.first_publisher or given.agency
        return ArticleLine(
            id=article.id,
            title=article.title or NO_HEADLINE,
            language=article.language,
            outlet=outlet,
            first_publisher=first.value if first is not None and first.value != outlet else None,
            published=article.published,
            genre=article.genre.value,
            events=row.reports,
            also_in=tuple(sorted(others)),
            address=web_address(article.canonical) or web_address(article.url),
        )

    def _first(self, event: Event) -> ReportRow | None:
        """The report that tells it most fully, else the first one that stands."""
        ids = event.report_ids if event.best is None else (event.best, *event.report_ids)
        rows = (self._reports.get(one) or self._room.store.report(one) for one in ids)
        return next((row for row in rows if row is not None and row.retracted_at is None), None)

    def _outlet(self, row: ReportRow | None) -> str | None:
        if row is None:
            return None
        outlet = self._room.knowledge.outlets.at(row.article_url)
        return outlet.name if outlet is not None else row.outlet

    def _judged(self, event: Event) -> str | None:
        """What was said of the event; the same too when it was said of every report of it."""
        if event.id in self._verdicts:
            return self._verdicts[event.id]
        said = {self._verdicts.get(identity) for identity in event.report_ids}
        return said.pop() if len(said) == 1 else None


def parties(
    room: ReadingRoom, event: Event, row: ReportRow | None
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Sources and targets with the names of the first report."""
    if row is None:
        source = _bare(room, event.source, event.source_name)
        return source, _bare(room, event.target, event.target_name)
    report, language = row.report, row.language
    return (
        sides(room, report.sources, event.source, language),
        sides(room, report.targets, event.target, language),
    )


def sides(
    room: ReadingRoom, found: Sequence[Side], body: str | None, language: str | None
) -> tuple[Party, ...]:
    """Each side; the first with an actor also tells for which state or body it is counted.

    So does one that the text names by a common noun: "diplomats" for Kenya.
    """
    counted = next((side for side in found if side.actor is not None), None)
    made = []
    for side in found:
        is_body = side is counted and body is not None and may_stand_for(room, side.actor, body)
        stands_for = body if is_body else side.actor
        is_own = room.is_name(side.actor, side.name)
        if stands_for == side.actor and is_own:
            stands_for = None
        name = room.actor_name(stands_for) if stands_for is not None else None
        if side.actor is not None and room.is_actor(side.actor) and is_own:
            made.append(Party(side.actor, room.actor_name(side.actor), stands_for, name))
        else:
            made.append(Party(side.actor, side.name, stands_for, name, language))
    return tuple(made)


def may_stand_for(room: ReadingRoom, actor: str | None, body: str) -> bool:
    """Whether an actor is ever counted for a state or body: its own, or one it holds office in.

    An event's reports need not name the same side: of a sentence that names a neighbour, the
    event's side is no reading.
    """
    known = room.knowledge.atlas.actors.get(actor or "")
    if known is None:
        return True
    offices = room.knowledge.atlas.roles_by_person.get(known.id, ())
    return body in {known.id, known.country, *(one.actor for one in offices)}


def is_mutual(report: Report) -> bool:
    """Both sides did it together: "A and B met", "talks between A and B"."""
    return is_done_together(report.why)


def article_facts(line: ArticleLine) -> tuple[str, ...]:
    """Outlet, first publisher, day and language, as they stand under a title."""
    return (
        line.outlet,
        *((gettext("first: %s") % line.first_publisher,) if line.first_publisher else ()),
        dated_words(line.published),
        language_words(line.language),
    )


def _bare(room: ReadingRoom, actor: str | None, name: str) -> tuple[Party, ...]:
    if actor is None and not name:
        return ()
    if actor is not None and room.is_actor(actor) and room.is_name(actor, name or actor):
        return (Party(actor, room.actor_name(actor)),)
    return (Party(actor, name or room.actor_name(actor or "")),)
