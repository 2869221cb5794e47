"""Explore: what a query finds, as a list, a map, a table or a network, with what narrows it down.

Events or articles in the list, each with the words that were asked for; months as a strip of bars;
facets as links. Every state of the page is an address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from dragoman.errors import QueryError
from dragoman.model.query import Query
from dragoman.publish.charts.map import Map
from dragoman.publish.charts.network import Network
from dragoman.publish.charts.strip import Strip, strip
from dragoman.publish.formats import formats
from dragoman.publish.formats.done import means_words
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.doors import Door, doors
from dragoman.publish.views.found import FoundArticle, FoundEvent, found_articles, found_events
from dragoman.publish.views.narrowing import Facet, Narrowing, by_period, facets
from dragoman.publish.views.spread import map_of, network_of
from dragoman.publish.views.wanted import FORMS, Wanted
from dragoman.publish.wording import N_, Table, gettext
from dragoman.query import lower_case_operators, read_query, written
from dragoman.store.finding import SUMMED, Of, Order

FORM_NAMES = Table(
    {"list": N_("List"), "map": N_("Map"), "table": N_("Table"), "network": N_("Network")}
)
COLUMNS: tuple[tuple[str, Order | None], ...] = (
    (N_("Date"), "newest"), (N_("Who"), "source"), (N_("Did what"), "act"),
    (N_("To whom"), "target"), (N_("Where"), "place"), (N_("Status"), "status"),
    (N_("Origins"), "origins"), (N_("Outlets"), None), (N_("Sentence"), None),
)  # fmt: skip
"""Of the table, each with the order that its head leads to."""
EXAMPLES: tuple[tuple[str, str], ...] = (
    ("from:France category:AID", N_("aid that France gave")),
    ("actor:Armenia actor:Azerbaijan after:2024-01", N_("what two states did since January 2024")),
    ("near:Baku,100km origins:>=2", N_("around a city, told by two separate origins at least")),
    ('"cease fire" OR trêve', N_("words in several languages, in any of their forms")),
    ("quad:4 -status:happened", N_("material conflict that is not told as done")),
)


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
class Link:
    """Another state of the page."""

    words: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ExplorePage:
    wanted: Wanted
    understood: str
    """The query as it was understood, with ids for names."""
    start: int
    count: int
    is_more: bool
    """Whether there are more than are counted."""
    events: tuple[FoundEvent, ...] = ()
    articles: tuple[FoundArticle, ...] = ()
    map: Map | None = None
    network: Network | None = None
    strip: Strip | None = None
    facets: tuple[Facet, ...] = ()
    counted_over: int = 0
    """How many hits strip, facets, map and network are counted over."""
    next_start: int | None = None
    hints: tuple[str, ...] = ()
    doors: tuple[Door, ...] = ()
    """Pages of the actors that are named."""
    fault: Fault | None = None

    @property
    def is_sample(self) -> bool:
        """Whether strip, facets, map and network leave out older hits."""
        return self.counted_over < self.count

    @property
    def exports(self) -> tuple[Taken, ...]:
        """All that a query finds, in each form that takes what is asked of."""
        asked = urlencode({"q": self.wanted.text})
        return tuple(
            Taken(one.name, means_words(one.means), f"/export/{one.name}?{asked}")
            for one in formats().values()
            if one.takes == self.wanted.of
        )

    @property
    def feed(self) -> str:
        """The query as a feed to follow."""
        name = "articles-rss" if self.wanted.of == "articles" else "rss"
        return f"/export/{name}?{urlencode({'q': self.wanted.text})}"

    @property
    def twin(self) -> str:
        return self.wanted.address(start=self.start, suffix=".json")

    @property
    def forms(self) -> tuple[Link, ...]:
        return tuple(
            Link(
                FORM_NAMES[form],
                self.wanted.shown_as(form).address(),
                form == self.wanted.form,
            )
            for form in FORMS
        )

    @property
    def columns(self) -> tuple[tuple[str, Link | None], ...]:
        """Heads of the table. That of the date leads to the oldest first and back."""
        return tuple((gettext(words), self._by(order)) for words, order in COLUMNS)

    def _by(self, order: Order | None) -> Link | None:
        if order is None:
            return None
        current = self.wanted.order
        is_current = order == current or (order == "newest" and current in ("best", "oldest"))
        turned: Order = "oldest" if order == "newest" and current == "newest" else order
        return Link(turned, replace(self.wanted, order=turned).address(), is_current)

    @property
    def examples(self) -> tuple[tuple[str, str, str], ...]:
        """Queries to begin with: text, what it finds, address."""
        return tuple((text, gettext(means), Wanted(text).address()) for text, means in EXAMPLES)

    @property
    def next_address(self) -> str:
        return self.wanted.address(start=self.next_start or 0)

    @property
    def previous_address(self) -> str:
        return self.wanted.address(start=max(self.start - self.wanted.limit, 0))

    @property
    def other(self) -> Of:
        return "articles" if self.wanted.of == "events" else "events"

    @property
    def other_address(self) -> str:
        """The same asked of articles instead of events, or the other way round."""
        return self.wanted.among(self.other).address()


def view(room: ReadingRoom, *, start: int = 0, wanted: Wanted) -> ExplorePage:
    """Raises QueryError for a query that can't be understood."""
    query = read_query(wanted.text, room.knowledge)
    count, is_more = room.store.count_found(wanted.of, query)
    page = ExplorePage(
        wanted, written(query), start, count, is_more, counted_over=min(count, SUMMED),
        doors=doors(room, query) if not start else (),
    )  # fmt: skip
    page = _with_counts(room, page, query) if wanted.facets and count and not start else page
    # A mark leads to the sentences behind it: to a list.
    narrowing = Narrowing(wanted.shown_as("list"), query)
    match wanted.form:
        case "map":
            return replace(page, map=map_of(room, query, narrowing, page.counted_over))
        case "network":
            return replace(page, network=network_of(room, query, page.counted_over))
        case _:
            return _with_hits(room, page, query)


def refused(wanted: Wanted, fault: QueryError) -> ExplorePage:
    """The page with a query that can't be understood, to be mended."""
    told = Fault(fault.reason, fault.position, fault.shown, fault.caret, fault.hint)
    return ExplorePage(wanted, "", 0, 0, is_more=False, fault=told)


def _with_counts(room: ReadingRoom, page: ExplorePage, query: Query) -> ExplorePage:
    counted = room.store.facets(page.wanted.of, query)
    narrowing = Narrowing(page.wanted, query)
    return replace(
        page,
        strip=strip(
            by_period(counted, "month"),
            by_period(counted, "year"),
            lambda period: narrowing.to("month", period),
        ),
        facets=facets(room, counted, narrowing),
    )


def _with_hits(room: ReadingRoom, page: ExplorePage, query: Query) -> ExplorePage:
    wanted, start = page.wanted, page.start
    ids = _ids(room, page, query)
    shown, phrases = ids[: wanted.limit], room.store.question(query)
    return replace(
        page,
        events=found_events(room, shown, phrases) if wanted.of == "events" else (),
        articles=found_articles(room, shown, phrases) if wanted.of == "articles" else (),
        next_start=start + wanted.limit if len(ids) > wanted.limit else None,
        hints=_hints(query) if not ids and not start else (),
    )


def _ids(room: ReadingRoom, page: ExplorePage, query: Query) -> Sequence[str]:
    """Those of this page, and one more where there are more."""
    find = room.store.find_events if page.wanted.of == "events" else room.store.find_articles
    wanted = page.wanted
    return find(query, order=wanted.order, limit=wanted.limit + 1, offset=page.start)


def _hints(query: Query) -> tuple[str, ...]:
    """What may have been meant, where nothing is found."""
    return tuple(
        gettext("“%(word)s” is searched for as a word; write %(operator)s to join")
        % {"word": word, "operator": word.upper()}
        for word in lower_case_operators(query)
    )
