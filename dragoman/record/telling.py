"""From the reports of one happening to its event: who did what, when and where, and who told it.

In: reports with where each was told. Out: an `Event`. Reports that deny or only allege are heard
as such: the others say what happened, unless there is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from dragoman.knowledge.atlas import Atlas
from dragoman.model import Dated, Event, Origins, Report, Side, Status, Told, ToldAs, Turn
from dragoman.record.agreement import Pair, Teller, compared
from dragoman.record.dating import ASSUMED
from dragoman.record.outline import DISPUTING

T = TypeVar("T", bound=Hashable)
NOT_DONE = frozenset({"planned", "demanded", "threatened", "hypothetical"})


def parties(report: Report, atlas: Atlas) -> Pair:
    """Who acts for the count of happenings: officials stand for the state or body they serve."""
    day = report.date.start if report.date is not None else None
    return _party(report.sources, atlas, day), _party(report.targets, atlas, day)


Count = Callable[[Sequence[str]], Origins]
"""Report ids → what they go back to."""


def tell(
    identity: str,
    reports: Sequence[Report],
    told: Mapping[str, Told],
    atlas: Atlas,
    count: Count,
) -> Event:
    """The event that these reports, one at least, tell between them."""
    ordered = sorted(reports, key=_in_order(told))
    tellers = [Teller(one, told[one.id], *parties(one, atlas)) for one in ordered]
    heard = [one for one in tellers if one.report.status not in DISPUTING] or tellers
    status = _status(heard)
    fitting = [one for one in heard if one.report.status == status]
    pair = _pair(heard)
    best = min(fitting, key=lambda one: _rank(one, pair))
    alike, differences = compared(tellers, pair, status)
    return Event(
        id=identity,
        category=best.report.category,
        status=status,
        told_as=_told_as(fitting),
        source=pair[0],
        target=pair[1],
        source_name=_name(pair[0], [best, *heard], "source"),
        target_name=_name(pair[1], [best, *heard], "target"),
        date=_date(fitting, heard),
        place=next((one.report.place for one in (best, *heard) if one.report.place), None),
        report_ids=tuple(one.report.id for one in tellers),
        outlets=len({one.told.outlet for one in heard}),
        origins=count([one.report.id for one in heard]).independent,
        best=best.report.id,
        first=heard[0].told,
        languages=tuple(sorted({one.told.language for one in heard if one.told.language})),
        history=tuple(_turns(tellers)),
        alike=alike,
        differences=differences,
    )


def _pair(heard: Sequence[Teller]) -> Pair:
    """The two sides that most tell; where none tells both, each by itself."""
    both = _usual((t.source, t.target) for t in heard if t.source and t.target)
    if both is not None:
        return both
    source = _usual(t.source for t in heard if t.source)
    return source, _usual(t.target for t in heard if t.target and t.target != source)


def untold(event: Event) -> Event:
    """The event when no report of it is left."""
    return Event(
        id=event.id,
        category=event.category,
        status=event.status,
        told_as=event.told_as,
        source=event.source,
        target=event.target,
        source_name=event.source_name,
        target_name=event.target_name,
        date=event.date,
        place=event.place,
        report_ids=(),
        outlets=0,
        origins=0,
    )


def _in_order(told: Mapping[str, Told]) -> Callable[[Report], tuple[str, bool, str, int, str]]:
    """By printing, of one day what denies after what it denies; what has no moment comes last."""

    def key(report: Report) -> tuple[str, bool, str, int, str]:
        where = told[report.id]
        is_disputing = report.status in DISPUTING
        place = (where.article_id, report.predicate[0], report.id)
        return where.moment or "9", is_disputing, *place

    return key


def _party(sides: Sequence[Side], atlas: Atlas, day: str | None) -> str | None:
    for side in sides:
        if side.actor is None:
            continue
        role = atlas.role_on(side.actor, day)
        return role.actor if role is not None else side.actor
    return None


def _status(heard: Sequence[Teller]) -> Status:
    """The latest told. A plan that is still printed does not undo the news that it was done."""
    done = [one.report.status for one in heard if one.report.status not in NOT_DONE]
    return done[-1] if done else heard[-1].report.status


def _turns(tellers: Sequence[Teller]) -> Iterator[Turn]:
    first: dict[Status, Teller] = {}
    for one in tellers:
        first.setdefault(one.report.status, one)
    return (Turn(status, one.told.moment, one.report.id) for status, one in first.items())


def _usual(values: Iterable[T]) -> T | None:
    """The most frequent; of several the first."""
    counted = Counter(values)
    return max(counted, key=lambda value: counted[value], default=None)


def _rank(one: Teller, pair: Pair) -> tuple[int, bool, float]:
    """The fewer sides it lacks, the better; then one that tells a place; then the surer one."""
    lacking = {pair[0], pair[1]} - {None} - {one.source, one.target}
    turned = (one.source, one.target) != pair
    return 2 * len(lacking) + turned, one.report.place is None, -one.report.confidence


def _name(party: str | None, tellers: Sequence[Teller], slot: str) -> str:
    """What a side is called by the first that names it."""
    for one in tellers:
        sources, targets = one.report.sources, one.report.targets
        if party is None:
            sides = sources if slot == "source" else targets
        else:
            sides = sources if one.source == party else targets if one.target == party else ()
        if sides:
            known = (side.name for side in sides if side.actor is not None)
            return next(known, sides[0].name)
    return ""


def _told_as(fitting: Sequence[Teller]) -> ToldAs:
    """What anybody tells as news is news."""
    kinds = {one.report.told_as for one in fitting}
    order: tuple[ToldAs, ...] = ("news", "announced", "background")
    return next(kind for kind in order if kind in kinds)


def _date(fitting: Sequence[Teller], heard: Sequence[Teller]) -> Dated | None:
    """The finest that is told, and of those the most usual; else the day of printing."""
    for tellers in (fitting, heard):
        dates = [one.report.date for one in tellers if one.report.date is not None]
        told = [day for day in dates if day.basis != ASSUMED]
        if told:
            finest = min(map(_width, told))
            usual = _usual((d.start, d.end) for d in told if _width(d) == finest)
            return next(day for day in told if (day.start, day.end) == usual)
        if dates:
            return dates[0]
    return None


def _width(day: Dated) -> int:
    """Days that an interval covers; one open at an end is as good as a month."""
    if day.start is None or day.end is None:
        return 31
    return (date.fromisoformat(day.end[:10]) - date.fromisoformat(day.start[:10])).days
