"""What members follow: a search under a name, an alert on it, and what it tells of an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Way = Literal["mail", "feed", "webhook"]
WAYS: tuple[Way, ...] = get_args(Way)
Telling = Literal["new", "changed", "fewer", "withdrawn"]
"""For the first time; told otherwise now; with fewer independent origins than were asked for; told
by nobody any more."""
LONGEST_NAME = 80
LONGEST_QUERY = 2000
MOST_ORIGINS = 20
"""More are asked of no alert."""


@dataclass(frozen=True, slots=True)
class Search:
    id: int
    member_id: int
    name: str
    query: str
    seen: int
    """The number of the desk's newest event when it was last looked at."""
    seen_at: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Alert:
    id: int
    search: Search
    member: str
    """The name of whose it is."""
    way: Way
    address: str | None
    """Of a mailbox or a webhook; None for a feed."""
    origins: int
    """How many independent origins a happening needs."""
    language: str
    """That it is told in."""
    made_at: str
    confirmed_at: str | None

    @property
    def is_confirmed(self) -> bool:
        return self.way != "mail" or self.confirmed_at is not None


@dataclass(frozen=True, slots=True)
class Message:
    """What an alert tells at once; kept before it is sent."""

    id: int
    alert_id: int
    made_at: str
    told: tuple[tuple[str, Telling], ...]
    """Events, and what is told of each; none for the letter that asks to confirm an address."""
    tries: int
    next_try: str | None
    """None once it was sent or given up."""
    sent_at: str | None
    fault: str | None
    """Why the last try failed."""

    @property
    def is_given_up(self) -> bool:
        return self.next_try is None and self.sent_at is None
