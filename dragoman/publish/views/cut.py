"""Which part of a long list a page shows, and where its neighbours begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from dragoman.publish.charts.months import DRAWN

T = TypeVar("T")
MOST = 100
"""Reports or articles on one page, and what `start` leads on by."""


@dataclass(frozen=True, slots=True)
class Cut:
    """`start`: how many stand on the pages before; `next`: where the page after this one begins,
    None on the last; `found`: how many there are in all."""

    found: int
    start: int
    next: int | None
    most: int = field(metadata=DRAWN)

    @property
    def previous(self) -> int | None:
        last = max(0, self.found - 1) // self.most * self.most
        return min(self.start - self.most, last) if self.start else None

    @property
    def asks(self) -> str:
        """What an address says of this page."""
        return asks(self.start)

    @property
    def is_whole(self) -> bool:
        """Whether all of it stands on this page."""
        return not self.start and self.next is None

    def of(self, things: Sequence[T]) -> Sequence[T]:
        return things[self.start : self.start + self.most]


def cut(found: int, start: int, most: int | None = MOST) -> Cut:
    """The page on which the one after `start` others stands; one for all where `most` is None."""
    most = most or max(found, 1)
    start -= start % most
    return Cut(found, start, start + most if found > start + most else None, most)


def asks(start: int) -> str:
    """What an address says of the page that begins there."""
    return f"?start={start}" if start else ""
