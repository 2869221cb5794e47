"""Sources: how each of them does, what is wrong in plain words, and which outlets print whom.

On a public desk addresses are shown by their host alone: a feed's address may hold a key.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.addresses import host_of
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.health import lag_words, notes, rate_words, share_words, state_word
from dragoman.publish.words import web_address
from dragoman.store.rows import Printed, SourceHealth

WORST_FIRST = ("given up", "failing", "silent", "in part", "new", "well", "paused")
ARTICLES = 5000
"""The newest articles, over which it is counted who prints whom."""
PRINTERS = 40
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
    """Share of its articles that repeat a text from elsewhere."""
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prints:
    """Whose texts an outlet prints, and how many, most first."""

    outlet: str
    articles: int
    of: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SourcesPage:
    states: tuple[tuple[str, int], ...]
    """How many sources are in each state, the worst first."""
    sources: tuple[SourceLine, ...]
    prints: tuple[Prints, ...]
    more_printers: int
    counted_over: int


def view(room: ReadingRoom, *, start: int = 0) -> SourcesPage:
    lines = [_line(room, health) for health in room.store.source_health(room.now)]
    lines.sort(key=lambda line: WORST_FIRST.index(line.state))
    states = Counter(line.state for line in lines)
    prints = _prints(room)
    return SourcesPage(
        states=tuple((state, states[state]) for state in WORST_FIRST if states[state]),
        sources=tuple(lines),
        prints=prints[:PRINTERS],
        more_printers=max(0, len(prints) - PRINTERS),
        counted_over=ARTICLES,
    )


def _line(room: ReadingRoom, health: SourceHealth) -> SourceLine:
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


def _prints(room: ReadingRoom) -> tuple[Prints, ...]:
    """Printers by how many of their articles are others', most first."""
    pairs = Counter(_pairs(room))
    totals: Counter[str] = Counter()
    for (printer, _), number in pairs.items():
        totals[printer] += number
    return tuple(
        Prints(
            printer,
            number,
            tuple((of, n) for (own, of), n in pairs.most_common() if own == printer),
        )
        for printer, number in sorted(totals.items(), key=lambda one: (-one[1], one[0]))
    )


def _pairs(room: ReadingRoom) -> Iterator[tuple[str, str]]:
    """The outlet of each page that is another's text, and whose: named there, or found earlier."""
    for one in room.store.printed(ARTICLES):
        printer, origin = _outlet(room, one.url, one.outlet), _origin(room, one)
        if printer and origin and printer != origin:
            yield printer, origin


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
