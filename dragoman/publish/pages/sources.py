"""Sources: how each of them does, what is wrong in plain words, which outlets print whom, and how
much the desk holds of each outlet and language.

On a public desk addresses are shown by their host alone: a feed's address may hold a key.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dragoman.addresses import host_of
from dragoman.model import Tier
from dragoman.publish.charts.months import DRAWN
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.health import (
    STATE_WORDS,
    lag_words,
    notes,
    rate_words,
    share_words,
    state_word,
)
from dragoman.publish.wording import N_, Table
from dragoman.publish.words import web_address
from dragoman.store.rows import Printed, SourceHealth

ARTICLES = 5000
"""The newest articles, over which it is counted who prints whom."""
PRINTERS = 40
OUTLETS = 25
ORIGINS = 7
"""Most printed ones that have a column; the rest stand in one."""
LEVELS = 4
BAR = 100
STATES: Mapping[str, str] = Table(
    {
        "given up": N_("given up"),
        "failing": N_("failing"),
        "silent": N_("silent"),
        "in part": N_("in part"),
        "new": N_("new"),
        "well": N_("well"),
        "paused": N_("paused"),
    }
)
KINDS: Mapping[str, str] = Table(
    {"feed": N_("feed"), "sitemap": N_("sitemap"), "page": N_("page"), "archive": N_("archive")}
)
_ADDRESS = re.compile(r"https?://[^\s\"<>]*[^\s\"<>:;,.)]")


@dataclass(frozen=True, slots=True)
class SourceLine:
    id: str
    title: str
    address: str | None
    """None where the desk is public, and where no link may lead there."""
    kind: str
    outlet: str | None
    licence: str | None
    state: str
    """given up, failing, silent, in part, new, well or paused."""
    last_success: str | None
    lag: str
    rhythm: str
    entries: int
    articles: int
    waiting: int
    copies: str
    """Share of its newest articles that repeat a text from elsewhere."""
    notes: tuple[str, ...]
    """In English."""


@dataclass(frozen=True, slots=True)
class Printing:
    """How many articles of an outlet are another one's text; the article is the newest of them."""

    of: str | None
    """None where these are several that have no column of their own."""
    articles: int
    newest: str
    level: int
    """1 to 4, by the number of articles beside the fullest cell."""


@dataclass(frozen=True, slots=True)
class Prints:
    """Whose texts an outlet prints, and how many, most first."""

    outlet: str
    articles: int
    of: tuple[tuple[str, int], ...]
    cells: tuple[Printing | None, ...] = field(metadata=DRAWN)
    """By the columns of the table."""


@dataclass(frozen=True, slots=True)
class OutletLine:
    """Of an outlet's articles, how many are others' texts."""

    outlet: str
    articles: int
    printed: int
    bar: float = field(metadata=DRAWN)

    @property
    def share(self) -> float:
        return self.printed / self.articles


@dataclass(frozen=True, slots=True)
class LanguageLine:
    code: str | None
    articles: int
    tier: Tier
    """How far articles in it are read."""
    share: float
    bar: float = field(metadata=DRAWN)


@dataclass(frozen=True, slots=True)
class SourcesPage:
    states: tuple[tuple[str, int], ...]
    """How many sources are in each state, the worst first."""
    sources: tuple[SourceLine, ...]
    outlets: tuple[OutletLine, ...]
    """Those with most articles among the newest."""
    more_outlets: int
    prints: tuple[Prints, ...]
    columns: tuple[str, ...] = field(metadata=DRAWN)
    """Who is printed most."""
    more_printers: int
    languages: tuple[LanguageLine, ...]
    counted_over: int

    @property
    def has_others(self) -> bool:
        """Whether a column holds those that have none of their own."""
        return any(len(one.cells) > len(self.columns) for one in self.prints)


def view(room: ReadingRoom, *, start: int = 0) -> SourcesPage:
    lines = [source_line(room, health) for health in room.store.source_health(room.now)]
    lines.sort(key=lambda line: STATE_WORDS.index(line.state))
    states = Counter(line.state for line in lines)
    pairs = list(_pairs(room))
    prints, columns = _prints(pairs)
    outlets = _outlets(room, Counter(printer for printer, _, _ in pairs))
    return SourcesPage(
        states=tuple((state, states[state]) for state in STATE_WORDS if states[state]),
        sources=tuple(lines),
        outlets=tuple(outlets[:OUTLETS]),
        more_outlets=max(0, len(outlets) - OUTLETS),
        prints=prints[:PRINTERS],
        columns=columns,
        more_printers=max(0, len(prints) - PRINTERS),
        languages=_languages(room),
        counted_over=ARTICLES,
    )


def source_line(room: ReadingRoom, health: SourceHealth) -> SourceLine:
    """A source as this desk may show it."""
    source = health.source
    outlet = room.knowledge.outlets.by_id.get(source.outlet or "")
    outlet = outlet or room.knowledge.outlets.at(source.address)
    # Why something was passed over may be why it was forgotten, which is the desk's own matter.
    said = notes(replace(health, last_passed=None) if room.public else health)
    if room.public:
        said = [_ADDRESS.sub(_host, note) for note in said]
    return SourceLine(
        id=source.id,
        title=source.title or _ADDRESS.sub(_host, source.address),
        address=None if room.public else web_address(source.address),
        kind=source.kind,
        outlet=outlet.name if outlet is not None else None,
        licence=source.licence or (outlet.licence if outlet is not None else None),
        state=state_word(health),
        last_success=source.state.succeeded,
        lag=lag_words(health.lag_minutes),
        rhythm=rate_words(health.per_day) if health.per_day is not None else "–",
        entries=health.entries,
        articles=health.articles,
        waiting=health.waiting,
        copies=share_words(health.copies_share),
        notes=tuple(said),
    )


def _host(address: re.Match[str]) -> str:
    return host_of(address[0]) or "an address"


def _prints(
    found: Iterable[tuple[str, str, str]],
) -> tuple[tuple[Prints, ...], tuple[str, ...]]:
    """Printers by how many of their articles are others', most first; and who has a column."""
    articles: dict[str, dict[str, list[str]]] = {}
    printed: Counter[str] = Counter()
    for printer, of, article in found:
        articles.setdefault(printer, {}).setdefault(of, []).append(article)
        printed[of] += 1
    ranked = sorted(printed, key=lambda of: (-printed[of], of))
    columns = tuple(ranked[:ORIGINS])
    most = max((len(ids) for own in articles.values() for ids in own.values()), default=0)
    most = max(most, LEVELS)
    made = [
        _printer(printer, own, columns, most, has_rest=len(ranked) > ORIGINS)
        for printer, own in articles.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.articles, one.outlet))), columns


def _printer(
    outlet: str, own: Mapping[str, list[str]], columns: Sequence[str], most: int, *, has_rest: bool
) -> Prints:
    numbers = Counter({of: len(ids) for of, ids in own.items()})

    def cell(of: str | None, ids: Sequence[str]) -> Printing | None:
        level = min(LEVELS, -(-len(ids) * LEVELS // most))
        return Printing(of, len(ids), ids[0], level) if ids else None

    rest = [one for of, ids in own.items() if of not in columns for one in ids]
    others = [cell(None, rest)] if has_rest else []
    return Prints(
        outlet,
        numbers.total(),
        tuple(numbers.most_common()),
        (*(cell(of, own.get(of, [])) for of in columns), *others),
    )


def _outlets(room: ReadingRoom, printed: Mapping[str, int]) -> list[OutletLine]:
    """Outlets of the newest articles, those with most of them first."""
    names = (_outlet(room, one.url, one.outlet) for one in room.store.arrived(ARTICLES))
    held = Counter(name for name in names if name is not None)
    ranked = sorted(held.items(), key=lambda one: (-one[1], one[0]))
    return [
        OutletLine(
            name, number, printed.get(name, 0), round(BAR * printed.get(name, 0) / number, 1)
        )
        for name, number in ranked
    ]


def _languages(room: ReadingRoom) -> tuple[LanguageLine, ...]:
    found = room.store.languages_held()
    everything = sum(number for _, number in found)
    most = max((number for _, number in found), default=1)
    return tuple(
        LanguageLine(
            code,
            number,
            room.knowledge.tier(code),
            number / everything,
            max(round(BAR * number / most, 1), 1.0),
        )
        for code, number in found
    )


def _pairs(room: ReadingRoom) -> Iterator[tuple[str, str, str]]:
    """The outlet of each page that is another's text, whose (named there, or found earlier), and
    the page's article; the newest first."""
    for one in room.store.printed(ARTICLES):
        printer, origin = _outlet(room, one.url, one.outlet), _origin(room, one)
        if printer and origin and printer != origin:
            yield printer, origin, one.article_id


def _origin(room: ReadingRoom, one: Printed) -> str | None:
    named = one.agency or one.first_publisher
    if named is None:
        return _outlet(room, one.origin_url, one.origin_outlet)
    outlets = room.knowledge.outlets
    known = outlets.named(named) or outlets.agency(named)
    return known.name if known is not None else named


def _outlet(room: ReadingRoom, url: str | None, name: str | None) -> str | None:
    known = room.knowledge.outlets.at(url)
    return known.name if known is not None else name
