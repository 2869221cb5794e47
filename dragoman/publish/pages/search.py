"""Search: events or articles that a query finds, each with the words that were asked for, and
facets that narrow it down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from dragoman.errors import QueryError
from dragoman.model.query import Or, Query
from dragoman.publish.formats import formats
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.asking import Unanswerable
from dragoman.publish.views.lines import ArticleLine, EventLine, Lines
from dragoman.publish.views.lit import Piece, is_hit, lit, passage
from dragoman.publish.words import language_words
from dragoman.query import lower_case_operators, read_query, written
from dragoman.store.finding import COUNTED, OFS, ORDERS, Of, Order
from dragoman.store.phrases import Phrase

S = TypeVar("S", bound=str)
LISTED = 20
MOST = 200
"""Hits on one page."""
SHOWN = 10
"""Values of a facet."""
FIELDS = {
    "category": "category", "status": "status", "language": "lang", "outlet": "outlet",
    "actor": "actor", "country": "place",
}  # fmt: skip
NAMES = {
    "category": "Category", "status": "Status", "language": "Language", "outlet": "Outlet",
    "actor": "Actor", "country": "Country", "year": "Year", "month": "Month",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for."""

    text: str
    of: Of = "events"
    order: Order = "newest"
    facets: bool = True
    limit: int = LISTED

    def address(self, *, text: str | None = None, of: Of | None = None, start: int = 0) -> str:
        asks = {"q": self.text if text is None else text, "of": of or self.of, "order": self.order}
        asks |= {"limit": str(self.limit)} if self.limit != LISTED else {}
        return f"/search?{urlencode(asks | ({'start': str(start)} if start else {}))}"


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


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    words: str
    count: int
    address: str
    """Of the search with this value as a further condition."""


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a query can't be answered: the text around the fault, and the column of the caret."""

    reason: str
    position: int
    shown: str
    caret: int
    hint: str | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A form in which what is found can be taken away."""

    name: str
    means: str
    address: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    wanted: Wanted
    understood: str
    """The query as it was understood, with ids for names."""
    start: int
    count: int
    is_more: bool
    """Whether there are more than are counted."""
    events: tuple[FoundEvent, ...] = ()
    articles: tuple[FoundArticle, ...] = ()
    facets: tuple[Facet, ...] = ()
    facets_over: int = 0
    """How many hits the facets are counted over."""
    next_start: int | None = None
    hints: tuple[str, ...] = ()
    fault: Fault | None = None

    @property
    def exports(self) -> tuple[Taken, ...]:
        """All that a query finds, in each form that takes what is asked of."""
        asked = urlencode({"q": self.wanted.text})
        return tuple(
            Taken(one.name, one.means, f"/export/{one.name}?{asked}")
            for one in formats().values()
            if one.takes == self.wanted.of
        )

    @property
    def next_address(self) -> str:
        return self.wanted.address(start=self.next_start or 0)

    @property
    def other_address(self) -> str:
        """The same asked of articles instead of events, or the other way round."""
        return self.wanted.address(of="articles" if self.wanted.of == "events" else "events")


def wanted_of(parameters: Iterable[tuple[str, str]]) -> Wanted:
    """Raises Unanswerable where a parameter has no such value."""
    given = {name: value for name, value in parameters if value}
    of = _one_of(OFS, given, "of")
    order = _one_of(ORDERS, given, "order")
    limit = given.get("limit", str(LISTED))
    if not (limit.isascii() and limit.isdigit() and 0 < int(limit[:9]) <= MOST):
        raise Unanswerable(f"limit takes a number from 1 to {MOST}, not {limit[:40]!r}")
    return Wanted(
        given.get("q", "").strip(), of, order, facets=given.get("facets") != "0", limit=int(limit)
    )


def _one_of(known: Sequence[S], given: Mapping[str, str], name: str) -> S:
    """The value of a parameter; the first one known where it is not given."""
    for one in known:
        if given.get(name, known[0]) == one:
            return one
    raise Unanswerable(f"{name} takes {' or '.join(known)}, not {given[name][:40]!r}")


def view(room: ReadingRoom, *, start: int = 0, wanted: Wanted) -> SearchPage:
    """Raises QueryError for a query that can't be understood."""
    query = read_query(wanted.text, room.knowledge)
    find = room.store.find_events if wanted.of == "events" else room.store.find_articles
    ids = find(query, order=wanted.order, limit=wanted.limit + 1, offset=start)
    count, is_more = room.store.count_found(wanted.of, query)
    phrases, shown = room.store.question(query), ids[: wanted.limit]
    is_first = wanted.facets and not start
    return SearchPage(
        wanted=wanted,
        understood=written(query),
        start=start,
        count=count,
        is_more=is_more,
        events=_events(room, shown, phrases) if wanted.of == "events" else (),
        articles=_articles(room, shown, phrases) if wanted.of == "articles" else (),
        facets=_facets(room, wanted, query) if is_first and ids else (),
        facets_over=min(count, COUNTED) if is_first and ids else 0,
        next_start=start + wanted.limit if len(ids) > wanted.limit else None,
        hints=_hints(query) if not ids and not start else (),
    )


def refused(wanted: Wanted, fault: QueryError) -> SearchPage:
    """The page with a query that can't be understood, to be mended."""
    told = Fault(fault.reason, fault.position, fault.shown, fault.caret, fault.hint)
    return SearchPage(wanted, "", 0, 0, is_more=False, fault=told)


def _events(
    room: ReadingRoom, ids: Sequence[str], phrases: Sequence[Phrase]
) -> tuple[FoundEvent, ...]:
    lines, told = Lines(room), room.store.reports_of_events(ids)
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
        line = lines.event(event)
        made.append(
            FoundEvent(
                line=line,
                said=pieces,
                report=row.report.id if row is not None else None,
                article=row.report.article_id if row is not None else None,
                outlet=row.outlet if row is not None else None,
                language=row.language if row is not None else None,
            )
        )
    return tuple(made)


def _articles(
    room: ReadingRoom, ids: Sequence[str], phrases: Sequence[Phrase]
) -> tuple[FoundArticle, ...]:
    lines, made = Lines(room), []
    for identity in ids:
        row = room.store.article(identity)
        if row is None:
            continue
        article = row.article
        if room.display.is_excerpt(article) and (kept := room.store.kept(identity)) is not None:
            article = room.display.shown(kept).article
        made.append(FoundArticle(lines.article(row), passage(article, phrases)))
    return tuple(made)


def _facets(room: ReadingRoom, wanted: Wanted, query: Query) -> tuple[Facet, ...]:
    counted = room.store.facets(wanted.of, query)
    # Within one year its months tell more.
    del counted["month" if len(counted["year"]) > 1 else "year"]
    return tuple(
        Facet(
            name,
            NAMES[name],
            tuple(
                FacetValue(
                    value,
                    _words(room, name, value),
                    number,
                    wanted.address(text=_narrowed(wanted.text, query, name, value)),
                )
                for value, number in values[:SHOWN]
            ),
        )
        for name, values in counted.items()
        if values
    )


def _narrowed(text: str, query: Query, name: str, value: str) -> str:
    """The text of the query with one more condition, otherwise as it was written."""
    if name in FIELDS:
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        condition = (
            f'{FIELDS[name]}:"{quoted}"' if not value.isalnum() else f"{FIELDS[name]}:{value}"
        )
    else:
        condition = f"after:{value} before:{value}"
    whole = f"({text})" if isinstance(query, Or) else text
    return f"{whole} {condition}".strip()


def _words(room: ReadingRoom, name: str, value: str) -> str:
    if name == "category":
        return room.category(value)
    if name == "language":
        return language_words(value)
    return room.actor_name(value) if name in ("actor", "country") else value


def _hints(query: Query) -> tuple[str, ...]:
    """What may have been meant, where nothing is found."""
    found = lower_case_operators(query)
    return tuple(
        f"“{word}” is searched for as a word; write {word.upper()} to join" for word in found
    )
