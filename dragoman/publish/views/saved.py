"""A member's saved searches, each with what is new in it since it was looked at.

In: a room and who asks. Out: lines, by name. A query that means nothing any more says so, and is
counted for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.errors import QueryError
from dragoman.model.account import Account
from dragoman.model.following import Search
from dragoman.publish.room import ReadingRoom
from dragoman.query import read_query


@dataclass(frozen=True, slots=True)
class Saved:
    id: int
    name: str
    query: str
    seen_at: str
    new: int
    """Events that came since then."""
    is_more: bool
    """Whether there are more than are counted."""
    fault: str | None = None
    """Why the query can't be asked any more."""


def saved_searches(room: ReadingRoom, member: Account) -> tuple[Saved, ...]:
    return tuple(_line(room, one) for one in room.store.searches(member.id))


def _line(room: ReadingRoom, one: Search) -> Saved:
    new, is_more, fault = 0, False, None
    try:
        new, is_more = room.store.count_since(read_query(one.query, room.knowledge), one.seen)
    except QueryError as error:
        fault = error.reason
    return Saved(one.id, one.name, one.query, one.seen_at, new, is_more, fault)
