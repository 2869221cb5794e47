"""Which way the sentence around a time looks: words of the text in, "past" or "to come" out.

It finds the sentences' ends once and looks them up for every time, so that a long text costs no
more per time than a short one. It names no days.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from dragoman.knowledge.times import TimeRules
from dragoman.read.times_found import plain

_END = re.compile(r"[.!?…]\s|\n")
_STOP = re.compile(r"(?=[.!?…]\s|\n)")
"""The same ends without taking the characters, for a time that holds the full stop itself."""
_BEFORE = 25
_CUE_REACH = 90
"""Characters to each side in which a future tense bears on an expression."""


class Cues:
    """The sentence ends of one text, and the tense words between them."""

    def __init__(self, text: str, rules: TimeRules) -> None:
        self.flat = plain(text)
        self.rules = rules
        self._opens = [match.end() for match in _END.finditer(self.flat)]
        self._stops = [match.start() for match in _STOP.finditer(self.flat)]
        self._futures: dict[tuple[int, int], bool] = {}

    def looks_ahead(self, start: int, end: int) -> int:
        """2 right after "until" and the like, 1 if a future tense is near, else 0."""
        if self._after_until(start):
            return 2
        rules, flat = self.rules, self.flat
        just_before = rules.past.search(flat, max(0, start - _BEFORE), start)
        if just_before is not None and not rules.future.search(just_before[0]):
            return 0
        low, high = self._sentence(start, end)
        near = (max(low, start - _CUE_REACH), start), (end, min(high, end + _CUE_REACH))
        return 1 if any(rules.future.search(flat, a, b) for a, b in near) else 0

    def to_come(self, start: int, end: int) -> bool:
        """The sentence has a future tense, or the date stands after "until" and the like."""
        return self._after_until(start) or self._has_future(self._sentence(start, end))

    def _after_until(self, start: int) -> bool:
        return self.rules.until.search(self.flat, max(0, start - _BEFORE), start) is not None

    def _has_future(self, sentence: tuple[int, int]) -> bool:
        """Remembered: a list of dates without a full stop would be searched for each of them."""
        if sentence not in self._futures:
            low, high = sentence
            self._futures[sentence] = bool(self.rules.future.search(self.flat[low:high]))
        return self._futures[sentence]

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        before = bisect_right(self._opens, start)
        after = bisect_left(self._stops, end)
        low = self._opens[before - 1] if before else 0
        return low, self._stops[after] if after < len(self._stops) else len(self.flat)
