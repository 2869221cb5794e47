"""One line for a story, as lists show it: how it moves, what it tells, how many tell it.

In: stories of the store. Out: `StoryLine`. A story's articles are its members and their copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dragoman.model.story import STORY_DAYS, Story
from dragoman.publish.charts.sparkline import Sparkline, sparkline
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.lines import REJECTED, EventLine, Lines
from dragoman.publish.views.origins import origins_of_articles
from dragoman.publish.wording import gettext
from dragoman.publish.words import NO_HEADLINE, counted, day_words, origin_count
from dragoman.store.rows import Listed, ToldBy

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
        return gettext("%(told)s, %(number)s not known") % {"told": said, "number": self.unknown}

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


def shared_stories(
    room: ReadingRoom, *, since: str | None = None, until: str | None = None, start: int = 0
) -> Iterator[tuple[int, Story]]:
    """Stories that more than one page tells, the newest first, with their place in the list.

    `since` and `until` (ISO days) keep those with an article between them.
    """
    position = start
    while rows := room.store.stories(start=since, end=until, limit=AT_ONCE, offset=position):
        for row in rows:
            story = room.store.story(row.id)
            if story is not None and _is_shared(room, story):
                yield position, story
            position += 1


def _is_shared(room: ReadingRoom, story: Story) -> bool:
    """A single text counts where it was printed again."""
    ids = with_copies(room, [member.article_id for member in story.members])
    return len(ids) > 1 and len(room.store.listed(ids)) > 1


def story_line(room: ReadingRoom, lines: Lines, story: Story) -> StoryLine:
    listed = room.store.listed(with_copies(room, [member.article_id for member in story.members]))
    # A desk that is seen as of an earlier day does not hold all of them.
    ids = [one.id for one in listed]
    members = [one.article_id for one in story.members if one.article_id in set(ids)]
    days = [one.day for one in listed if one.day is not None]
    start, end = min(days, default=None), max(days, default=None)
    origins = origins_of_articles(room, ids)
    row = room.store.article(_first(room, listed, members))
    moves = movement(start, end, room.today)
    return StoryLine(
        id=story.id,
        title=(row.article.title if row is not None else None) or gettext(NO_HEADLINE),
        language=row.article.language if row is not None else None,
        movement=moves,
        start=start,
        end=end,
        articles=len(listed),
        copies=len(listed) - len(members),
        outlets=origins.outlets,
        origins=origins.independent,
        unknown=origins.unknown,
        languages=tuple(sorted({one.language for one in listed if one.language})),
        event=_main(lines, room.store.told_by_most(ids, TELLING), start, end),
        days=sparkline(days, end if moves == "closed" else room.today) if end else None,
    )


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
    found: dict[str, None] = {}
    for member in members:
        found |= dict.fromkeys((member, *(copy for copy, _ in room.store.repeats_of(member))))
    return list(found)


def story_title(room: ReadingRoom, story: Story) -> str:
    """The article whose headline stands for the story: the first member's to be printed."""
    members = [member.article_id for member in story.members]
    return _first(room, room.store.listed(members), members)


def _first(room: ReadingRoom, listed: Sequence[Listed], members: Sequence[str]) -> str:
    """Of several members of one day the one that was printed again most often."""
    found = [one for one in listed if one.id in set(members)] or list(listed)
    same_day = [one.id for one in found if one.day == found[0].day]
    return max(same_day, key=lambda one: len(room.store.repeats_of(one)), default="")


def _main(
    lines: Lines, told: Sequence[ToldBy], start: str | None, end: str | None
) -> EventLine | None:
    """What the story is about: of what is told as news the act between two known sides, done in
    the days of the story, that most articles tell, and tell early."""

    def weight(one: ToldBy) -> tuple[bool, bool, bool, bool, float]:
        event = one.event
        day = event.date.start if event.date is not None else None
        return (
            event.told_as == "news",
            event.status in AS_NEWS,
            bool(event.source and event.target and event.source != event.target),
            bool(day and start and end and _before(start, SLACK) <= day <= end),
            one.articles / (EARLY + one.position),
        )

    for one in sorted(told, key=weight, reverse=True):
        line = lines.event(one.event)
        if line.judged != REJECTED:
            return line
    return None


def _before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()
