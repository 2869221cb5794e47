"""A word diff whose changes begin where a line begins, as far as the words leave a choice.

In: runs of a word diff and both texts. Out: the same diff. Where "Ships |lay idle. Ships| sailed"
and "|Ships lay idle.| Ships sailed" say the same, the second is what a reader says was left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dragoman.model import ChangeRun

MOST = 12
"""Words by which a change is moved at most."""
_WORD = re.compile(r"\w+")

Span = tuple[int, int]


def slid(runs: Sequence[ChangeRun], origin: str, copy: str) -> list[ChangeRun]:
    """Move what is left out or added back over words that it ends with, to the start of a line."""
    made = list(runs)
    for i in range(1, len(made) - 1):
        before, run, after = made[i - 1 : i + 2]
        if run.kind != "equal" and before.kind == after.kind == "equal":
            made[i - 1 : i + 2] = _moved(before, run, after, origin, copy)
    return [run for run in made if run.origin[0] < run.origin[1] or run.copy[0] < run.copy[1]]


def _moved(
    before: ChangeRun, run: ChangeRun, after: ChangeRun, origin: str, copy: str
) -> list[ChangeRun]:
    text, at, alike = (
        (origin, run.origin, before.origin)
        if run.kind == "deleted"
        else (copy, run.copy, before.copy)
    )
    tail, own = _last(text, alike), _last(text, at)
    for count in range(1, min(len(tail), len(own), MOST) + 1):
        if _fold(text, tail[-count]) != _fold(text, own[-count]):
            break
        if _begins_line(text, tail[-count][0]):
            return _back(before, run, after, origin, copy, count)
    return [before, run, after]


def _back(
    before: ChangeRun, run: ChangeRun, after: ChangeRun, origin: str, copy: str, count: int
) -> list[ChangeRun]:
    """What was the same before the change is the same after it, `count` words of it."""
    in_origin, in_copy = _last(origin, before.origin), _last(copy, before.copy)
    was, now = in_origin[-count][0], in_copy[-count][0]
    is_all = len(in_origin) == count
    ends = (
        (before.origin[0], before.copy[0])
        if is_all
        else (
            in_origin[-count - 1][1],
            in_copy[-count - 1][1],
        )
    )
    shorter = replace(before, origin=(before.origin[0], ends[0]), copy=(before.copy[0], ends[1]))
    text, at = (origin, run.origin) if run.kind == "deleted" else (copy, run.copy)
    words = _last(text, at)
    start = words[-count][0]
    end = words[-count - 1][1] if len(words) > count else start
    if run.kind == "deleted":
        moved = replace(run, origin=(was, end), copy=(now, now))
        longer = replace(after, origin=(start, after.origin[1]), copy=(now, after.copy[1]))
    else:
        moved = replace(run, origin=(was, was), copy=(now, end))
        longer = replace(after, origin=(was, after.origin[1]), copy=(start, after.copy[1]))
    return [shorter, moved, longer]


def _last(text: str, span: Span) -> list[Span]:
    """The last words in a span, one more than a change is moved by."""
    return [found.span() for found in _WORD.finditer(text, *span)][-MOST - 1 :]


def _fold(text: str, span: Span) -> str:
    return text[slice(*span)].casefold()


def _begins_line(text: str, at: int) -> bool:
    """Whether nothing but spaces and opening marks stands between a line's beginning and here."""
    line = text.rfind("\n", 0, at) + 1
    return not any(mark.isalnum() for mark in text[line:at])
