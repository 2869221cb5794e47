"""Which way the sentence around a time looks: words in, before or after the writing out.

It finds sentence ends and tense words once and looks them up for every time, so that a long text
costs no more per time than a short one. It names no days.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from dragoman.knowledge.times import TimeRules
from dragoman.read.times_found import plain

AFTER_UNTIL, AHEAD, UNTOLD, BACK, SINCE = 2, 1, 0, -1, -2
_END = re.compile(r"[.!?…]\s|\n")
_STOP = re.compile(r"(?=[.!?…]\s|\n)")
"""The same ends without taking the characters, for a time that holds the full stop itself."""
_BEFORE = 25
_CUE_REACH = 120
"""Characters to each side in which a tense bears on an expression."""
_FAR = 40
"""What a clause's border between tense and expression counts, in characters."""


class Cues:
    """The sentence ends of one text, and the tense words between them."""

    def __init__(self, text: str, rules: TimeRules) -> None:
        self.flat = plain(text)
        self.rules = rules
        self._opens = [match.end() for match in _END.finditer(self.flat)]
        self._stops = [match.start() for match in _STOP.finditer(self.flat)]
        self._futures: dict[tuple[int, int], bool] = {}

    def looks_ahead(self, start: int, end: int) -> int:
        """AFTER_UNTIL right after "until" and the like, SINCE right after "since"; else AHEAD or
        BACK by the nearest tense, or UNTOLD where there is none."""
        if self._follows(self.rules.until, start):
            return AFTER_UNTIL
        if self._follows(self.rules.begun, start):
            return SINCE
        low, high = self._sentence(start, end)
        ends, starts = self._tense_ends, self._tense_starts
        before, after = bisect_right(ends, start) - 1, bisect_left(starts, end)
        near: list[tuple[int, int]] = []
        if before >= 0 and starts[before] >= max(low, start - _CUE_REACH):
            near.append((self._far(ends[before], start), self._tenses[before][2]))
        if after < len(starts) and ends[after] <= min(high, end + _CUE_REACH):
            near.append((self._far(end, starts[after]), self._tenses[after][2]))
        far, tense = min(near, key=lambda one: one[0]) if near else (_CUE_REACH, UNTOLD)
        if self._follows(self.rules.deadline, start) and (tense != BACK or far > _FAR):
            return AFTER_UNTIL
        return tense

    def to_come(self, start: int, end: int) -> bool:
        """The sentence has a future tense, or the date stands after "until" and the like."""
        return self._follows(self.rules.until, start) or self._has_future(
            self._sentence(start, end)
        )

    @cached_property
    def _tenses(self) -> list[tuple[int, int, int]]:
        """Start, end and direction of each tense word; a past one that overlaps a future one is
        part of it ("will be opened")."""
        found = [(m.start(), m.end(), AHEAD) for m in self.rules.future.finditer(self.flat)]
        starts, ends = [one[0] for one in found], [one[1] for one in found]
        for match in self.rules.past.finditer(self.flat):
            at = bisect_right(ends, match.start())
            if at == len(starts) or starts[at] >= match.end():
                found.append((match.start(), match.end(), BACK))
        return sorted(found)

    @cached_property
    def _tense_starts(self) -> list[int]:
        return [start for start, _, _ in self._tenses]

    @cached_property
    def _tense_ends(self) -> list[int]:
        return [end for _, end, _ in self._tenses]

    def _far(self, low: int, high: int) -> int:
        return high - low + _FAR * sum(1 for _ in self.rules.borders.finditer(self.flat, low, high))

    def _follows(self, words: re.Pattern[str], start: int) -> bool:
        return words.search(self.flat, max(0, start - _BEFORE), start) is not None

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
