"""Many stretches of one text, asked whether any of them meets another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate


class Spans:
    """Stretches (first offset, offset after the last), in any order; they may overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._furthest = list(accumulate((end for _, end in self._spans), max))

    def meet(self, start: int, end: int) -> bool:
        """Whether any of them shares an offset with the stretch from `start` to before `end`."""
        before = bisect_left(self._spans, (end, 0))
        return before > 0 and self._furthest[before - 1] > start
