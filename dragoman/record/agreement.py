"""What the reports of one happening tell alike, where they differ, and who says what.

In: the tellers of an event. Out: aspects that all tell alike, and differences with every version.
Nothing is settled here: a toll that grew and a toll that is in dispute look the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import eq
from typing import Any

from dragoman.model import Aspect, Difference, Number, Place, Report, Status, Told, Version
from dragoman.record.dating import ASSUMED
from dragoman.record.outline import DISPUTING, act_of
from dragoman.record.sameness import FAR_KM, MUTUAL, agree, kilometres

COUNTED: tuple[Aspect, ...] = ("killed", "wounded", "detained", "displaced", "troops", "money")
Pair = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Teller:
    """A report, where it was told, and the parties it tells of."""

    report: Report
    told: Told
    source: str | None
    target: str | None


@dataclass(frozen=True, slots=True)
class _Told:
    """What one report tells of one aspect; `value` in words, `thing` to compare by."""

    value: str
    thing: Hashable
    report_id: str


def compared(
    tellers: Sequence[Teller], pair: Pair, status: Status
) -> tuple[tuple[Aspect, ...], tuple[Difference, ...]]:
    """The aspects that all tell alike, and the differences."""
    alike: list[Aspect] = []
    differences: list[Difference] = []
    for aspect, told, is_same in _aspects(tellers, pair, status):
        things = dict.fromkeys(one.thing for one in told)
        if any(not is_same(a, b) for a, b in combinations(things, 2)):
            differences.append(Difference(aspect, tuple(_versions(told))))
        elif len({one.report_id for one in told}) > 1:
            alike.append(aspect)
    return tuple(alike), tuple(differences)


def _versions(told: Sequence[_Told]) -> Iterator[Version]:
    ids: dict[str, list[str]] = {}
    for one in told:
        ids.setdefault(one.value, []).append(one.report_id)
    for value in sorted(ids, key=lambda value: -len(ids[value])):
        yield Version(value, tuple(dict.fromkeys(ids[value])))


def _aspects(
    tellers: Sequence[Teller], pair: Pair, status: Status
) -> Iterator[tuple[Aspect, list[_Told], Callable[[Any, Any], bool]]]:
    heard = [one for one in tellers if one.report.status not in DISPUTING]
    yield "category", [_plain(act_of(one.report), one) for one in tellers], eq
    modes = [one for one in heard if one.report.mode not in {None, "other"}]
    yield "mode", [_plain(one.report.mode, one) for one in modes], eq
    yield "status", [_plain(_claim(one, status), one) for one in tellers], eq
    for aspect, at in (("source", 0), ("target", 1)):
        named = ((_straight(one, pair)[at], one) for one in tellers)
        yield aspect, [_plain(party, one) for party, one in named if party], eq  # type: ignore[misc]
    dates = [one for one in tellers if _has_date(one.report)]
    yield "date", [_dated(one) for one in dates], _overlap
    places = ((one.report.place, one) for one in tellers)
    yield "place", [_Told(p.name, p, one.report.id) for p, one in places if p], _is_near
    for what in COUNTED:
        yield what, list(_numbers(tellers, what)), agree


def _plain(value: str | None, one: Teller) -> _Told:
    return _Told(value or "", value, one.report.id)


def _claim(one: Teller, status: Status) -> str:
    """A plan that was carried out contradicts nothing; a denial does."""
    return one.report.status if one.report.status in DISPUTING else status


def _straight(one: Teller, pair: Pair) -> Pair:
    """Its parties in the event's order, where the act is one that both do."""
    is_turned = one.source is not None and one.source == pair[1]
    is_turned = is_turned or (one.target is not None and one.target == pair[0])
    if is_turned and act_of(one.report) in MUTUAL:
        return one.target, one.source
    return one.source, one.target


def _has_date(report: Report) -> bool:
    day = report.date
    return day is not None and day.basis != ASSUMED and day.start is not None


def _dated(one: Teller) -> _Told:
    day = one.report.date
    start, end = (day.start or "", day.end or "9") if day is not None else ("", "")
    value = start if start == end or end == "9" else f"{start}/{end}"
    return _Told(value, (start, end), one.report.id)


def _overlap(a: tuple[str, str], b: tuple[str, str]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _is_near(a: Place, b: Place) -> bool:
    """A state or region that may hold the other is no other place; a town far away is."""
    if a.id == b.id or a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return True
    if a.country is not None and b.country is not None and a.country != b.country:
        return False
    is_state = a.id in {a.country, b.country} or b.id in {a.country, b.country}
    return is_state or kilometres((a.lat, a.lon), (b.lat, b.lon)) <= FAR_KM


def _numbers(tellers: Sequence[Teller], what: str) -> Iterator[_Told]:
    for one in tellers:
        for count in one.report.counts:
            if count.what == what:
                number = Number(what, count.low, count.high)
                value = str(count.low) if count.low == count.high else f"{count.low}-{count.high}"
                yield _Told(value, number, one.report.id)
