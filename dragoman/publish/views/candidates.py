"""What may be one with an event or a story: offered to who judges it, never decided.

In: an event or story of the store. Out: lines of others, the likeliest first. An event may be one
with another of the same sides and days; a story with one that its articles are like.
"""

from __future__ import annotations

from datetime import date, timedelta

from dragoman.model import Event, Story
from dragoman.model.query import And, Between, OfActor, OfPair, Query
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.lines import EventLine, Lines
from dragoman.publish.views.storylines import StoryLine, story_line

SHOWN = 8
LOOKED_AT = 40
APART = timedelta(days=2)
"""How far the days of two tellings of one happening may be apart to be offered."""
MEMBERS, LIKE = 6, 12
"""Articles of a story that are asked for what is like them, and how much of it."""


def like_event(room: ReadingRoom, lines: Lines, event: Event) -> tuple[EventLine, ...]:
    """Events of the same sides, or of the one that is known, in the same days."""
    query = _like(event)
    if query is None:
        return ()
    ids = [one for one in room.store.find_events(query, limit=LOOKED_AT) if one != event.id]
    found = [one for one in map(room.store.event, ids) if one is not None]
    found.sort(key=lambda one: one.category != event.category)
    return lines.events(found[:SHOWN])


def _like(event: Event) -> Query | None:
    sides = [one for one in (event.source, event.target) if one is not None]
    if not sides:
        return None
    of: Query = OfPair(*sides) if len(set(sides)) == 2 else OfActor((sides[0],))
    days = event.date
    if days is None or days.day is None:
        return of
    first, last = days.start or days.day, days.end or days.day
    return And((of, Between(_moved(first, -APART), _moved(last, APART))))


def _moved(day: str, by: timedelta) -> str:
    try:
        return (date.fromisoformat(day[:10]) + by).isoformat()
    except OverflowError:
        return day[:10]


def like_story(room: ReadingRoom, lines: Lines, story: Story) -> tuple[StoryLine, ...]:
    """Stories whose articles are like this one's, the likest first."""
    best = sorted(story.members, key=lambda member: (-member.score, member.article_id))
    found: dict[str, StoryLine] = {}
    for member in best[:MEMBERS]:
        for row, _, _ in room.store.similar(member.article_id, LIKE):
            identity = room.store.story_of(row.article.id)
            if identity is None or identity == story.id or identity in found:
                continue
            other = room.store.story(identity)
            if other is not None:
                found[identity] = story_line(room, lines, other)
    return tuple(found.values())[:SHOWN]
