"""One line for a story, as lists show it: how it moves, what it tells, how many tell it.

In: stories of the store. Out: `StoryLine`. A story's articles are its members and their copies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dragoman.model import Origins
from dragoman.model.story import STORY_DAYS, Story
from dragoman.publish.charts.sparkline import Sparkline, sparkline
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.lines import REJECTED, EventLine, Lines
from dragoman.publish.views.origins import origins_of_each
from dragoman.publish.wording import gettext
from dragoman.publish.words import NO_HEADLINE, counted, day_words, not_known, origin_count
from dragoman.store.rows import ArticleRow, Listed, StoryRow, Telling

Movement = Literal["new", "growing", "quiet", "closed"]
MOVEMENTS: tuple[Movement, ...] = ("new", "growing", "quiet", "closed")
RECENT = 2
"""Days, today among them: a story that began in them is new, one with an article in them grows."""
AT_ONCE = 50
"""Stories that are read from the store at a time."""
TELLING = 20
"""Events that are looked at for the one that a line shows."""
EARLY = 2
"""So many reports further down an act counts for half: what a text is about it tells first."""
SLACK = 1
"""Days before a story's first article in which its act may have been done."""
AS_NEWS = frozenset({"happened", "ongoing"})


@dataclass(frozen=True, slots=True)
class StoryLine:
    id: str
    title: str
    language: str | None
    """Of the title."""
    movement: Movement
    start: str | None
    end: str | None
    articles: int
    copies: int
    outlets: int
    origins: int
    """Those that can be called independent."""
    unknown: int
    languages: tuple[str, ...]
    event: EventLine | None
    """What most of its articles tell."""
    days: Sparkline | None

    @property
    def rank(self) -> int:
        """Where its movement stands among the others."""
        return MOVEMENTS.index(self.movement)

    @property
    def told(self) -> str:
        """ "5 outlets, 1 origin, 2 not known"."""
        said = f"{counted(self.outlets, 'outlet')}, {origin_count(self.origins)}"
        if not (self.unknown and self.origins):
            return said
        return f"{said}, {not_known(self.unknown)}"

    @property
    def span(self) -> str:
        return span_words(self.start, self.end)


def span_words(start: str | None, end: str | None) -> str:
    """From which day to which, in words."""
    if start is None or end is None:
        return gettext("no date")
    if start == end:
        return day_words(start)
    return gettext("%(start)s to %(end)s") % {"start": day_words(start), "end": day_words(end)}


def shared_stories(room: ReadingRoom, *, start: int = 0) -> Iterator[tuple[int, Story]]:
    """Stories that more than one page tells, the newest first, with their place in the list."""
    position = start
    while rows := room.store.stories(limit=AT_ONCE, offset=position):
        places = {row.id: place for place, row in enumerate(rows, position)}
        for story in shared_among(room, rows):
            yield places[story.id], story
        position += len(rows)


def shared_among(room: ReadingRoom, rows: Sequence[StoryRow]) -> Iterator[Story]:
    """Of these stories those that more than one page tells, in their order; read some at a time,
    as they are asked for."""
    for first in range(0, len(rows), AT_ONCE):
        some = rows[first : first + AT_ONCE]
        known = room.store.stories_called([row.id for row in some])
        shared = _shared(room, known.values())
        yield from (known[row.id] for row in some if row.id in shared)


def _shared(room: ReadingRoom, stories: Iterable[Story]) -> frozenset[str]:
    """Ids of those that several pages tell: a single text counts where it was printed again."""
    told = articles_of(room, stories)
    held = {one.id for one in room.store.listed({i for ids in told.values() for i in ids})}
    return frozenset(story for story, ids in told.items() if len(held.intersection(ids)) > 1)


def story_line(room: ReadingRoom, lines: Lines, story: Story) -> StoryLine:
    return story_lines(room, lines, [story])[0]


def story_lines(room: ReadingRoom, lines: Lines, stories: Sequence[Story]) -> list[StoryLine]:
    """A line for each, in their order."""
    told = articles_of(room, stories)
    every = room.store.listed({article for ids in told.values() for article in ids})
    # A desk that is seen as of an earlier day does not hold all of them.
    listed = {story: _among(every, ids) for story, ids in told.items()}
    groups = [[one.id for one in listed[story.id]] for story in stories]
    origins = origins_of_each(room, groups)
    events = _main_events(room, lines, listed, room.store.told_in_each(groups, TELLING))
    firsts = first_of_each(
        room, [(listed[s.id], [one.article_id for one in s.members]) for s in stories]
    )
    rows = room.store.article_rows(firsts)
    return [
        _line(room, story, listed[story.id], rows.get(first), event, found)
        for story, first, event, found in zip(stories, firsts, events, origins, strict=True)
    ]


def _among(listed: Sequence[Listed], ids: Iterable[str]) -> list[Listed]:
    wanted = set(ids)
    return [one for one in listed if one.id in wanted]


def _line(
    room: ReadingRoom,
    story: Story,
    listed: Sequence[Listed],
    row: ArticleRow | None,
    event: EventLine | None,
    origins: Origins,
) -> StoryLine:
    """`row`: the article whose headline stands for it."""
    members = {one.article_id for one in story.members}
    days, (start, end) = [one.day for one in listed if one.day is not None], _span(listed)
    moves = movement(start, end, room.today)
    return StoryLine(
        id=story.id,
        title=(row.article.title if row is not None else None) or gettext(NO_HEADLINE),
        language=row.article.language if row is not None else None,
        movement=moves,
        start=start,
        end=end,
        articles=len(listed),
        copies=sum(one.id not in members for one in listed),
        outlets=origins.outlets,
        origins=origins.independent,
        unknown=origins.unknown,
        languages=tuple(sorted({one.language for one in listed if one.language})),
        event=event,
        days=sparkline(days, end if moves == "closed" else room.today) if end else None,
    )


def _span(listed: Iterable[Listed]) -> tuple[str | None, str | None]:
    """The first and the last day of printing."""
    days = [one.day for one in listed if one.day is not None]
    return min(days, default=None), max(days, default=None)


def movement(start: str | None, end: str | None, day: str) -> Movement:
    """How a story stands on a day; one without dates is quiet."""
    if start is None or end is None:
        return "quiet"
    recent = _before(day, RECENT - 1)
    if start >= recent:
        return "new"
    if end >= recent:
        return "growing"
    return "quiet" if end >= _before(day, STORY_DAYS) else "closed"


def with_copies(room: ReadingRoom, members: Iterable[str]) -> list[str]:
    """The articles, and those whose text goes back to one of them."""
    given = list(members)
    return _with_copies(given, room.store.repeats_of_each(given))


def articles_of(room: ReadingRoom, stories: Iterable[Story]) -> dict[str, list[str]]:
    """Story → its members, and those whose text goes back to one of them."""
    members = {story.id: [one.article_id for one in story.members] for story in stories}
    repeats = room.store.repeats_of_each({one for ids in members.values() for one in ids})
    return {story: _with_copies(ids, repeats) for story, ids in members.items()}


def _with_copies(
    members: Iterable[str], repeats: Mapping[str, Sequence[tuple[str, float]]]
) -> list[str]:
    found: dict[str, None] = {}
    for member in members:
        found |= dict.fromkeys((member, *(copy for copy, _ in repeats[member])))
    return list(found)


def story_title(room: ReadingRoom, story: Story) -> str:
    """The article whose headline stands for the story: the first member's to be printed."""
    members = [member.article_id for member in story.members]
    return first_of_each(room, [(room.store.listed(members), members)])[0]


def first_of_each(
    room: ReadingRoom, groups: Iterable[tuple[Sequence[Listed], Sequence[str]]]
) -> list[str]:
    """Of each story's articles (and its members) the first member to be printed: of several of one
    day the one that was printed again most often. "" where there is none."""
    first_days = []
    for listed, members in groups:
        found = _among(listed, members) or list(listed)
        first_days.append([one.id for one in found if one.day == found[0].day])
    repeats = room.store.repeats_of_each({one for ids in first_days for one in ids})
    return [max(ids, key=lambda one: len(repeats[one]), default="") for ids in first_days]


def _main_events(
    room: ReadingRoom,
    lines: Lines,
    listed: Mapping[str, Sequence[Listed]],
    told: Sequence[Sequence[Telling]],
) -> list[EventLine | None]:
    """What each story is about: of what is told as news the act between two known sides, done in
    the days of the story, that most articles tell, and tell early."""
    ranked = [
        sorted(found, key=_weight(*_span(own)), reverse=True)
        for own, found in zip(listed.values(), told, strict=True)
    ]
    likely = room.store.events_called([found[0].event_id for found in ranked if found])
    lines.read_ahead(likely)
    known = {event.id: event for event in likely}

    def line(one: Telling) -> EventLine | None:
        event = known.get(one.event_id) or room.store.event(one.event_id)
        return lines.event(event) if event is not None else None

    made = (map(line, found) for found in ranked)
    return [
        next((one for one in some if one is not None and one.judged != REJECTED), None)
        for some in made
    ]


def _weight(start: str | None, end: str | None) -> Callable[[Telling], tuple[object, ...]]:
    """By what is told in a story of these days."""

    def weight(one: Telling) -> tuple[bool, bool, bool, bool, float]:
        return (
            one.told_as == "news",
            one.status in AS_NEWS,
            bool(one.source and one.target and one.source != one.target),
            bool(one.start and start and end and _before(start, SLACK) <= one.start <= end),
            one.articles / (EARLY + one.position),
        )

    return weight


def _before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()
