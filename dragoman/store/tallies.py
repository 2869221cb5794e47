"""An actor's or pair's told events as numbers and in order, without reading the events themselves.

Of an actor and of the whole desk, numbers by month are kept (`event_numbers`); what lies in no one
month, and what a pair has, is counted out of indexes that hold all they need.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnCollection, ColumnElement, Connection, Row, Select, and_, func, select

from dragoman.model import Status, ToldAs
from dragoman.store.schema import event_numbers, events
from dragoman.store.told import IS_TOLD
from dragoman.store.transactions import Transactions, parts


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are meant, by what is in the columns; what is None leaves nothing out."""

    categories: Collection[str] | None = None
    statuses: Collection[str] | None = None
    told_as: Collection[str] | None = None
    first: str | None = None
    last: str | None = None
    """ISO days, months or years: dates that overlap them."""


class Tally(NamedTuple):
    """How many events have these values in common."""

    category: str
    status: Status
    told_as: ToldAs
    number: int
    undated: int
    """Those of them without any date."""

    @property
    def away(self) -> Tally:
        """What takes them out of a sum."""
        return self._replace(number=-self.number, undated=-self.undated)


class MonthTally(NamedTuple):
    """How many events of a category lie wholly in a month."""

    month: str
    """ISO."""
    category: str
    number: int

    @property
    def away(self) -> MonthTally:
        """What takes them out of a sum."""
        return self._replace(number=-self.number)


class DayTally(NamedTuple):
    """How many events of a category lie wholly on a day."""

    day: str
    category: str
    number: int


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The other side of an actor's events."""

    actor: str
    events: int
    by_category: Mapping[str, int]
    """Those of them that have one of the statuses asked for."""


ALL = Wanted()
_WHOLE, _MONTHLY = ("category", "status", "told_as"), ("month", "category")
_EVENT, _KEPT = events.c, event_numbers.c
_COARSE = _EVENT.month.is_(None)


class Tallies(Transactions):
    def tallies(
        self,
        actor: str,
        other: str | None = None,
        wanted: Wanted = ALL,
        *,
        among: Collection[str] | None = None,
    ) -> list[Tally]:
        """Told events of an actor, or of a pair; `among`: only those with one of these ids.

        What has the same values may be told in several tallies, to be added up.
        """
        found = self._tallied(_WHOLE, (actor, other), wanted, among)
        return [Tally._make(row) for row in found]

    def month_tallies(
        self,
        actor: str,
        other: str | None = None,
        wanted: Wanted = ALL,
        *,
        among: Collection[str] | None = None,
    ) -> list[MonthTally]:
        """The same of events that lie wholly in a month, by month."""
        found = self._tallied(_MONTHLY, (actor, other), wanted, among)
        return [MonthTally(month, category, number) for month, category, number, _ in found]

    def _tallied(
        self,
        key: Sequence[str],
        pair: tuple[str, str | None],
        wanted: Wanted,
        among: Collection[str] | None,
    ) -> list[Row[*tuple[Any, ...]]]:
        found: list[Row[*tuple[Any, ...]]] = []
        actor, other = pair
        with self._reading() as connection:
            if among is not None:
                for some in parts(among):
                    found += _counted(connection, key, pair, wanted, _EVENT.id.in_(some))
            elif other is not None:
                found += _counted(connection, key, pair, wanted)
            else:
                found += connection.execute(_kept(key, actor, wanted)).all()
                for within in _apart(key, wanted):
                    found += _counted(connection, key, pair, wanted, *within)
        return found

    def events_by_month(
        self,
        first: str,
        last: str,
        statuses: Collection[str],
        without: Collection[str] = (),
    ) -> dict[str, int]:
        """ISO month → told events of the whole desk that lie wholly in it.

        `without`: ids of events that are not to be counted.
        """
        month, number = _KEPT.month, func.sum(_KEPT.number)
        query = select(month, number).where(_KEPT.actor == "", month.between(first, last))
        query = query.where(_KEPT.status.in_(sorted(statuses))).group_by(month)
        away = select(_EVENT.month).where(IS_TOLD, _EVENT.month.between(first, last))
        away = away.where(_EVENT.status.in_(sorted(statuses)))
        with self._reading() as connection:
            numbers = Counter({str(one): int(n) for one, n in connection.execute(query)})
            for some in parts(without):
                numbers.subtract(connection.execute(away.where(_EVENT.id.in_(some))).scalars())
        return dict(+numbers)

    def days(
        self,
        actor: str,
        days: tuple[str, str],
        statuses: Collection[str],
        wanted: Wanted = ALL,
        *,
        among: Collection[str] | None = None,
    ) -> list[DayTally]:
        """An actor's told events that lie wholly on one day, from one day to another; `among`: only
        those with one of these ids."""
        start, category = _EVENT.start_day, _EVENT.category
        inside = (start.between(*days), _EVENT.end_day == start)
        query = select(start, category, func.count()).group_by(start, category)
        query = query.where(*inside, _EVENT.status.in_(sorted(statuses)), *fits(wanted))
        narrowed = [query] if among is None else [
            query.where(_EVENT.id.in_(some)) for some in parts(among)
        ]  # fmt: skip
        found: Counter[tuple[str, str]] = Counter()
        with self._reading() as connection:
            for one in narrowed:
                for side in sides(actor, None):
                    for day, kind, number in connection.execute(one.where(side)):
                        found[day, kind] += number
        return [DayTally(*key, number) for key, number in sorted(found.items())]

    def counterparts(self, actor: str, statuses: Collection[str], limit: int) -> list[Counterpart]:
        """The other sides of an actor's told events, those with most of them first."""
        counted = _EVENT.status.in_(sorted(statuses))
        numbers: Counter[str] = Counter()
        kinds: dict[str, Counter[str]] = {}
        with self._reading() as connection:
            for own, other in ((_EVENT.source, _EVENT.target), (_EVENT.target, _EVENT.source)):
                key = (other, _EVENT.category, counted.label("is_counted"))
                query = select(*key, func.count()).group_by(other, _EVENT.category, "is_counted")
                rows = connection.execute(query.where(own == actor, other != actor, IS_TOLD))
                for name, category, is_counted, number in rows:
                    numbers[name] += number
                    if is_counted:
                        kinds.setdefault(name, Counter())[category] += number
        first = sorted(numbers.items(), key=lambda one: (-one[1], one[0]))[:limit]
        return [Counterpart(name, number, kinds.get(name, {})) for name, number in first]

    def ids_in_order(
        self,
        actor: str,
        other: str | None = None,
        wanted: Wanted = ALL,
        *,
        newest_first: bool,
        start: int,
        limit: int,
        dated: int,
    ) -> list[str]:
        """Ids of told events, by month, then by day; a year comes before its months, or after them
        where the newest comes first. `dated`: how many have a date; the others come last, by id.
        """
        end = start + limit
        order = (_EVENT.start_day, ~_is_years(), _EVENT.id)
        by_day = [one.desc() for one in order] if newest_first else order
        found: list[tuple[str, bool, str]] = []
        undated: list[str] = []
        with self._reading() as connection:
            for side in sides(actor, other):
                query = select(*order).where(side, *fits(wanted))
                if start < dated:
                    some = query.where(_has_day(wanted)).order_by(*by_day).limit(end)
                    found += [(row[0], row[1], row[2]) for row in connection.execute(some)]
                if end > dated:
                    # Sorted here: for that order another index would be walked to its end.
                    undated += connection.execute(
                        select(_EVENT.id).where(side, *fits(wanted), _EVENT.start_day.is_(None))
                    ).scalars()
        found.sort(reverse=newest_first)
        shown = [identity for *_, identity in found[start:end]]
        return shown + sorted(undated)[max(0, start - dated) : max(0, end - dated)]

    def ids_of_months(
        self, actor: str, other: str | None, months: tuple[str, str], statuses: Collection[str]
    ) -> list[str]:
        """Ids of told events that lie wholly in a month from one to another, by their first day."""
        first, last = months
        inside = (_EVENT.start_day.between(first, f"{last}~"), _EVENT.month.between(first, last))
        found: list[tuple[str, str]] = []
        with self._reading() as connection:
            for side in sides(actor, other):
                query = select(_EVENT.start_day, _EVENT.id).where(side, IS_TOLD, *inside)
                query = query.where(_EVENT.status.in_(sorted(statuses)))
                found += [(row.start_day, row.id) for row in connection.execute(query)]
        return [identity for _, identity in sorted(found)]


def sides(actor: str, other: str | None) -> Sequence[ColumnElement[bool]]:
    """Conditions of which each event of the actor or pair fulfils exactly one: the two ways that
    an act may go. One index answers each."""
    source, target = _EVENT.source, _EVENT.target
    if other is None:
        return source == actor, and_(target == actor, source.is_distinct_from(actor))
    ways = {(actor, other), (other, actor)}
    return [and_(source == one, target == two) for one, two in sorted(ways)]


def fits(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Conditions of told events that are wanted."""
    conditions = [IS_TOLD, *_values(_EVENT, wanted)]
    if wanted.first is not None:
        conditions.append(_EVENT.end_day >= wanted.first)
    if wanted.last is not None:
        conditions.append(_is_until(_EVENT.start_day, wanted.last))
    return conditions


def _values(of: ColumnCollection[str, Any], wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    for name in ("categories", "statuses", "told_as"):
        values = getattr(wanted, name)
        column = of[{"categories": "category", "statuses": "status"}.get(name, name)]
        if values is not None:
            yield column.in_(sorted(values))


def _is_until(day: ColumnElement[Any], last: str) -> ColumnElement[bool]:
    """Begins before the end of a day, month or year: a "~" sorts after all that goes on with it."""
    return day <= f"{last}~"


def _has_day(wanted: Wanted) -> ColumnElement[bool]:
    return (
        _EVENT.start_day.is_not(None)
        if wanted.last is None
        else _is_until(_EVENT.start_day, wanted.last)
    )


def _is_years() -> ColumnElement[bool]:
    """Whether whole years are meant: such a date is shown before the months."""
    first, last = func.substr(_EVENT.start_day, 5), func.substr(_EVENT.end_day, 5)
    return and_(first == "-01-01", last == "-12-31")


def _counted(
    connection: Connection,
    key: Sequence[str],
    pair: tuple[str, str | None],
    wanted: Wanted,
    *conditions: ColumnElement[bool],
) -> Iterator[Row[*tuple[Any, ...]]]:
    """By looking at each event."""
    shared = [_EVENT[name] for name in key]
    number = func.count()
    query = select(*shared, number, number - func.count(_EVENT.start_day)).group_by(*shared)
    if "month" in key:
        query = query.where(_EVENT.month.is_not(None))
    for side in sides(*pair):
        yield from connection.execute(query.where(side, *fits(wanted), *conditions)).all()


def _kept(key: Sequence[str], actor: str, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    """By the numbers that are kept: of months that are wanted as a whole; of all events, where no
    time is asked for."""
    shared = [_KEPT[name] for name in key]
    query = select(*shared, func.sum(_KEPT.number), func.sum(_KEPT.undated)).group_by(*shared)
    query = query.where(_KEPT.actor == actor, *_values(_KEPT, wanted))
    if "month" in key or _is_timed(wanted):
        query = query.where(*(_KEPT.month != one for one in ("", *_cut(wanted))))
    if wanted.first is not None:
        query = query.where(_KEPT.month >= wanted.first[:7])
    if wanted.last is not None:
        query = query.where(_is_until(_KEPT.month, wanted.last[:7]))
    return query


def _apart(key: Sequence[str], wanted: Wanted) -> Iterator[tuple[ColumnElement[bool], ...]]:
    """What of a time the kept numbers don't tell: what lies in no one month, and months that a day
    cuts."""
    if "month" not in key and _is_timed(wanted):
        yield (_COARSE,)
    for month in _cut(wanted):
        yield _EVENT.month == month, _EVENT.start_day.between(month, f"{month}~")


def _is_timed(wanted: Wanted) -> bool:
    return wanted.first is not None or wanted.last is not None


def _cut(wanted: Wanted) -> list[str]:
    days = {one[:7] for one in (wanted.first, wanted.last) if one is not None and len(one) > 7}
    return sorted(days)
