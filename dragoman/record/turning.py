"""Turning points of a record: months from which level or balance clearly differ from before.

In: the months of a `Series`. Out: `TurningPoint`s with the months compared and their numbers. Where
there are too few events it says nothing. The method is told in docs/dossiers.md.

For every month, the six months before it (fewer at the ends, three at least) are compared with
the six from it on, by Fisher's exact test (R. A. Fisher, "The Logic of Inductive Inference",
1935): for the level, events of this record against the desk's other events; for the balance,
conflict against cooperation. A desk that holds nothing else is compared by months instead, by the
exact test of two Poisson rates (J. Przyborowski and H. Wilenski, 1940). Bonferroni's correction
over all comparisons keeps the chance that a record without any change shows one at `ALPHA`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log
from typing import Literal

from dragoman.record.dossier import Month

WINDOW = 6
"""Months on either side."""
SHORTEST = 3
LEAST = 10
"""Events in both windows together, below which nothing is said."""
ALPHA = 0.01
NEGLIGIBLE = 1e-16

Kind = Literal["level", "balance"]


@dataclass(frozen=True, slots=True)
class Window:
    """Months compared, both included, and what they hold."""

    first: str
    last: str
    months: int
    cooperation: int
    conflict: int
    others: int
    """The desk's other events in these months."""

    @property
    def count(self) -> int:
        return self.cooperation + self.conflict


@dataclass(frozen=True, slots=True)
class TurningPoint:
    month: str
    """The first month after the change."""
    kind: Kind
    rises: bool
    """Whether the level, or the share of conflict, is higher after it."""
    before: Window
    after: Window
    by: Literal["share", "months", "conflict"]
    """What was compared: the share of the desk's events, events a month, the share of conflict."""
    p: float
    """The chance of a difference at least as large without a change, in this comparison alone."""


def turning_points(months: Sequence[Month]) -> tuple[TurningPoint, ...]:
    """Oldest first; of neighbours that tell of the same change only the clearest."""
    comparisons = 2 * max(0, len(months) - 2 * SHORTEST + 1)
    found = [
        point
        for at in range(SHORTEST, len(months) - SHORTEST + 1)
        for point in _compared(months, at, ALPHA / comparisons)
        if point.p * comparisons <= ALPHA
    ]
    steps = {month.month: _step(months, i) for i, month in enumerate(months)}
    found.sort(key=lambda one: (round(one.p, 12), -abs(steps[one.month]), one.month))
    places = {month.month: i for i, month in enumerate(months)}
    clearest: list[TurningPoint] = []
    for one in found:
        if not any(
            (one.kind, one.rises) == (other.kind, other.rises)
            and abs(places[one.month] - places[other.month]) < WINDOW
            for other in clearest
        ):
            clearest.append(one)
    return tuple(sorted(clearest, key=lambda one: (one.month, one.kind)))


def _step(months: Sequence[Month], at: int) -> int:
    """By how much a month differs from the one before it: of equals the sharpest step counts."""
    return months[at].count - months[at - 1].count if at else 0


def _compared(months: Sequence[Month], at: int, most: float) -> Iterator[TurningPoint]:
    """`most`: the highest chance that counts."""
    before = _window(months[max(0, at - WINDOW) : at])
    after = _window(months[at : at + WINDOW])
    if before.count + after.count < LEAST:
        return
    month = months[at].month
    if before.others + after.others:
        p = fisher(before.count, before.others, after.count, after.others, most)
        rises = after.count * before.others > before.count * after.others
        yield TurningPoint(month, "level", rises, before, after, "share", p)
    else:
        p = two_rates(before.count, before.months, after.count, after.months, most)
        rises = after.count * before.months > before.count * after.months
        yield TurningPoint(month, "level", rises, before, after, "months", p)
    p = fisher(before.conflict, before.cooperation, after.conflict, after.cooperation, most)
    rises = after.conflict * before.count > before.conflict * after.count
    yield TurningPoint(month, "balance", rises, before, after, "conflict", p)


def _window(months: Sequence[Month]) -> Window:
    return Window(
        months[0].month,
        months[-1].month,
        len(months),
        sum(month.cooperation for month in months),
        sum(month.conflict for month in months),
        sum(max(0, month.total - month.count) for month in months),
    )


def fisher(a: int, b: int, c: int, d: int, most: float = 1.0) -> float:
    """Fisher's exact test of the table ((a, b), (c, d)): twice the tail beyond `a`, at most 1.

    A chance that is above `most` is only known to be so: what is given is above it too.
    """
    row, column, everything = a + b, a + c, a + b + c + d
    low, high = max(0, row + column - everything), min(row, column)
    fewer = a * everything < row * column

    rest = everything - column - row

    def chances() -> Iterator[float]:
        """Each from the one before it: of many events there are many tables."""
        ways = _log_ways(column, a) + _log_ways(everything - column, row - a)
        one = exp(ways - _log_ways(everything, row))
        yield one
        for x in range(a, low, -1) if fewer else range(a, high):
            if fewer:
                one *= x * (rest + x) / ((column - x + 1) * (row - x + 1))
            else:
                one *= (column - x) * (row - x) / ((x + 1) * (rest + x + 1))
            yield one

    return _twice(chances(), most)


def two_rates(before: int, long: int, after: int, wide: int, most: float = 1.0) -> float:
    """The exact test that two Poisson counts over `long` and `wide` months have one rate; `most` as
    in `fisher`."""
    everything = before + after
    one, other = log(long / (long + wide)), log(wide / (long + wide))
    fewer = before * wide < after * long

    def chance(x: int) -> float:
        return exp(_log_ways(everything, x) + x * one + (everything - x) * other)

    extreme = range(before, -1, -1) if fewer else range(before, everything + 1)
    return _twice(map(chance, extreme), most)


def _twice(chances: Iterable[float], most: float) -> float:
    """Twice the sum of chances that fall from the first on; what is too small to count ends it, and
    what is above `most` already: of most months that is the first one."""
    total = 0.0
    for one in chances:
        total += one
        if one < total * NEGLIGIBLE or 2 * total > most:
            break
    return min(1.0, 2 * total)


def _log_ways(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
