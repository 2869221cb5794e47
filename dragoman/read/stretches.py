"""Stretches of text that do not overlap, in order: which of them meet a given one.

In: records with a start and an end. Out: those that share a character with the stretch asked for,
by bisection, so that a long text costs no more per question than a short one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Stretches(Generic[Item]):
    """Items that lie apart from each other, by place; `span` says where one lies."""

    def __init__(self, items: Iterable[Item], span: Callable[[Item], tuple[int, int]]) -> None:
        self._items = sorted(items, key=span)
        spans = [span(item) for item in self._items]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def meeting(self, start: int, end: int) -> Sequence[Item]:
        """Those that begin before `end` and end after `start`."""
        return self._items[bisect_right(self._ends, start) : bisect_left(self._starts, end)]
