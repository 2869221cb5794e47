"""Today: stories by how they move, what happened of late day by day, what is to come, how the
desk's sources do, and other articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice

from babel.dates import format_date

from dragoman.model import Dated, Event, Status
from dragoman.model.story import STORY_DAYS
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.lines import REJECTED, ArticleLine, EventLine, Lines
from dragoman.publish.views.storylines import (
    MOVEMENTS,
    StoryLine,
    movement,
    shared_among,
    story_lines,
)
from dragoman.publish.wording import spoken_language

DAYS_BACK = 14
STORIES = 15
"""Stories shown; more are on their own page."""
ARTICLES = 20
HAPPENINGS = 60
PER_DAY = 6
"""Of a day's happenings these stand open, the most told first; the others can be unfolded."""
TO_COME = 12
READ = 400
"""Events read to find those that lie wholly in the window; more are counted as not shown."""
HAPPENS: frozenset[Status] = frozenset(
    {"happened", "ongoing", "demanded", "threatened", "denied", "alleged", "halted"}
)
FINE = frozenset({"minute", "day", "week", "range"})
"""Dates fine enough to say that something happened within a fortnight."""


@dataclass(frozen=True, slots=True)
class HappeningDay:
    day: str
    first: tuple[EventLine, ...]
    others: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True)
class SourceStates:
    """How the desk's sources do, in numbers; their own page says what is wrong."""

    sources: int
    failing: int
    partly: int
    """Read in part: what they send is damaged."""
    silent: int
    paused: int
    last_success: str | None
    """When one of them was last read: an instant."""

    @property
    def well(self) -> int:
        return self.sources - self.failing - self.partly - self.silent - self.paused


@dataclass(frozen=True, slots=True)
class TodayPage:
    day: str
    start: str
    fallback: str | None
    """The latest day with happenings, when the window has none."""
    stories: tuple[StoryLine, ...]
    """New ones first, then those that grow, then quiet ones; within each the most told first."""
    more_stories: bool
    happenings: tuple[EventLine, ...]
    """The newest day first, and of each day what most outlets tell."""
    more: int
    to_come: tuple[EventLine, ...]
    sources: SourceStates | None
    """None where the desk follows none, and in a view as of a day: how they did is not kept."""
    articles: tuple[ArticleLine, ...]
    next_articles: int | None
    """Where the next page of articles begins."""

    @property
    def weekday(self) -> str:
        return format_date(date.fromisoformat(self.day), "EEEE", locale=spoken_language())

    @property
    def days(self) -> tuple[HappeningDay, ...]:
        """Happenings by the day on which they ended."""
        found = ((day, tuple(lines)) for day, lines in groupby(self.happenings, key=_last_day))
        return tuple(HappeningDay(day, some[:PER_DAY], some[PER_DAY:]) for day, some in found)


def view(room: ReadingRoom, *, start: int = 0) -> TodayPage:
    lines = Lines(room)
    day = room.today
    first = first_day(day)
    found = _within(lines, _happenings(room, first, day), first, day)
    fallback = None
    if not found:
        fallback = _latest_day(lines, room, day)
        if fallback is not None:
            found = _within(lines, _happenings(room, fallback, fallback), None, fallback)
    stories, more_stories, told = _stories(room, lines, day)
    found.sort(key=_most_told)
    found.sort(key=_last_day, reverse=True)
    articles, following = _articles(room, lines, day, start, told)
    return TodayPage(
        day=day,
        start=first,
        fallback=fallback,
        stories=stories,
        more_stories=more_stories,
        happenings=tuple(found[:HAPPENINGS]),
        more=max(0, len(found) - HAPPENINGS),
        to_come=_to_come(room, lines, day),
        sources=_sources(room),
        articles=articles,
        next_articles=following,
    )


def first_day(day: str) -> str:
    """Of the days that the page looks back over."""
    return (date.fromisoformat(day) - timedelta(days=DAYS_BACK)).isoformat()


def _stories(
    room: ReadingRoom, lines: Lines, day: str
) -> tuple[tuple[StoryLine, ...], bool, frozenset[str]]:
    """The stories that are open on the day, whether there are more, and the ids of those shown."""
    first = (date.fromisoformat(day) - timedelta(days=STORY_DAYS)).isoformat()
    # What ranks them is in their rows: of thousands as many are read as it takes to find 16.
    rows = room.store.stories(start=first, end=day, limit=None)
    moves = {row.id: movement(row.start, row.end, day) for row in rows}
    rows.sort(key=lambda row: (MOVEMENTS.index(moves[row.id]), -row.size, row.id))
    found = list(islice(shared_among(room, rows), STORIES + 1))
    made = story_lines(room, lines, found[:STORIES])
    made.sort(key=lambda line: (MOVEMENTS.index(line.movement), -line.articles, line.id))
    return tuple(made), len(found) > STORIES, frozenset(line.id for line in made)


def _happenings(room: ReadingRoom, start: str | None, end: str) -> list[Event]:
    statuses = sorted(HAPPENS)
    return room.store.events(start=start, end=end, told_as="news", statuses=statuses, limit=READ)


def _within(lines: Lines, events: Iterable[Event], start: str | None, end: str) -> list[EventLine]:
    """Lines for events wholly inside the days, without those that a person rejected."""
    inside = [e for e in events if e.date is not None and _is_inside(e.date, start, end)]
    lines.read_ahead(inside)
    return [line for line in map(lines.event, inside) if line.judged != REJECTED]


def _is_inside(dated: Dated, start: str | None, end: str) -> bool:
    low, high = dated.start or dated.end, dated.end or dated.start
    if low is None or high is None or dated.precision not in FINE:
        return False
    return high <= end and (start is None or low >= start)


def _last_day(line: EventLine) -> str:
    return ((line.date.end or line.date.start or "") if line.date is not None else "")[:10]


def _most_told(line: EventLine) -> tuple[int, int, bool, str]:
    """What more outlets tell comes first; then what names both its sides."""
    names_both = bool(line.sources and (line.targets or line.mutual))
    return -line.outlets, -line.origins, not names_both, line.id


def _latest_day(lines: Lines, room: ReadingRoom, day: str) -> str | None:
    for event in _happenings(room, None, day):
        if event.date is not None and _is_inside(event.date, None, day):
            if lines.event(event).judged == REJECTED:
                continue
            return event.date.end or event.date.start
    return None


def _to_come(room: ReadingRoom, lines: Lines, day: str) -> tuple[EventLine, ...]:
    """Announced acts with a date that has not passed, nearest first."""
    announced = room.store.events(start=day, told_as="announced", limit=READ)
    ahead = [e for e in announced if e.status not in {"denied", "halted"} and _ends(e) >= day]
    ahead.sort(key=lambda e: ((e.date.start if e.date else None) or "", e.id))
    made = (line for line in map(lines.event, ahead) if line.judged != REJECTED)
    return tuple(line for line, _ in zip(made, range(TO_COME), strict=False))


def _sources(room: ReadingRoom) -> SourceStates | None:
    followed = room.store.sources() if room.known is None else []
    if not followed:
        return None
    active = [source for source in followed if source.active]
    faulty = {one.id: one.state for one in active if one.state.error or one.state.given_up}
    partly = [s for s in faulty.values() if s.error_kind == "damaged" and not s.given_up]
    silent = room.store.silent_sources(room.now) - faulty.keys()
    return SourceStates(
        sources=len(followed),
        failing=len(faulty) - len(partly),
        partly=len(partly),
        silent=len(silent),
        paused=len(followed) - len(active),
        last_success=max((one.state.succeeded or "" for one in followed), default="") or None,
    )


def _ends(event: Event) -> str:
    return (event.date.end or event.date.start or "") if event.date is not None else ""


def _articles(
    room: ReadingRoom, lines: Lines, day: str, start: int, told: frozenset[str]
) -> tuple[tuple[ArticleLine, ...], int | None]:
    """Outside the stories shown. Copies are joined under the article they copy; nothing that was
    published after the desk's day."""
    found: list[str] = []
    position, following = start, None
    for identity in _newest(room, start, day, told):
        position += 1
        if identity is None or identity in found:
            continue
        if len(found) == ARTICLES:
            following = position - 1
            break
        found.append(identity)
    repeats = room.store.repeats_of_each(found)
    every = {*found, *(copy for copies in repeats.values() for copy, _ in copies)}
    rows = room.store.article_rows(every)
    shown = tuple(
        lines.article(rows[one], [rows[copy] for copy, _ in repeats[one] if copy in rows])
        for one in found
        if one in rows
    )
    return shown, following


def _newest(room: ReadingRoom, offset: int, day: str, told: frozenset[str]) -> Iterator[str | None]:
    """Of each of the newest articles up to a day the one whose text it is; None where that is told
    in one of these stories."""
    while ids := room.store.newest_articles(until=day, limit=2 * ARTICLES, offset=offset):
        origins = room.store.origins_of(ids)
        stories = room.store.stories_of_articles(set(origins.values())) if told else {}
        for one in ids:
            yield origins[one] if stories.get(origins[one]) not in told else None
        offset += len(ids)
