"""From reports to happenings: one event for all reports that tell the same act.

In: an article's reports, the events they may belong to, and what reports go back to. Out: events
to keep, with how many outlets and independent origins tell them. An event's id is given once, from
its first report; a report that stays what it was stays where it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dragoman.knowledge.atlas import Atlas
from dragoman.model import Dated, Event, Origins, Report, Side

SLACK = timedelta(days=1)
"""Two reports may differ by a day: time zones and the night before."""

Near = Callable[[str | None, str | None, str, str, str], Sequence[Event]]
"""(source, target, category, start, end) → events that may be the same happening."""


Count = Callable[[Sequence[str]], Origins]
"""Report ids → what they go back to."""


def join(
    reports: Sequence[Report],
    before: Mapping[str, Event],
    near: Near,
    count: Count,
    atlas: Atlas,
) -> list[Event]:
    """Events changed by an article's reports.

    `before`: report id → its event, for all reports this article had; those that are gone leave
    their event, and an event without reports is returned with none (to be retracted).
    """
    changed: dict[str, Event] = {}
    current = {report.id for report in reports}
    for identity, event in before.items():
        if identity not in current:
            event = changed.get(event.id, event)
            changed[event.id] = _without(event, identity)
    for report in reports:
        own = before.get(report.id)
        own = changed.get(own.id, own) if own is not None else None
        if own is not None and is_same(report, own, atlas):
            changed.setdefault(own.id, own)
            continue
        if own is not None:
            changed[own.id] = _without(own, report.id)
        event = _find(report, near, changed, atlas) or _new(report, atlas)
        changed[event.id] = replace(event, report_ids=_added(event.report_ids, report.id))
    return [counted(event, count) for event in changed.values()]


def retold(event: Event, reports: Sequence[Report], atlas: Atlas) -> Event:
    """The event as only these of its reports tell it, one at least; the first gives its fields."""
    made = replace(_new(reports[0], atlas), id=event.id)
    return replace(made, report_ids=tuple(report.id for report in reports))


def counted(event: Event, count: Count) -> Event:
    """The event with the number of outlets that tell it, and of origins known to be independent."""
    found = count(event.report_ids)
    return replace(event, outlets=found.outlets, origins=found.independent)


def is_same(report: Report, event: Event, atlas: Atlas) -> bool:
    """Same act by the same parties, on the same day give or take one."""
    source, target = parties(report, atlas)
    if (report.category, source, target) != (event.category, event.source, event.target):
        return False
    if (report.status == "denied") != (event.status == "denied"):
        return False
    if report.date is None or event.date is None:
        return report.date is event.date and _names(report) == (
            event.source_name,
            event.target_name,
        )
    return _overlap(report.date, event.date)


def parties(report: Report, atlas: Atlas) -> tuple[str | None, str | None]:
    """Who acts for the count of happenings: officials stand for the state or body they serve."""
    day = report.date.start if report.date is not None else None
    return _party(report.sources, atlas, day), _party(report.targets, atlas, day)


def _party(sides: Sequence[Side], atlas: Atlas, day: str | None) -> str | None:
    for side in sides:
        if side.actor is None:
            continue
        role = atlas.role_on(side.actor, day)
        return role.actor if role is not None else side.actor
    return None


def _find(report: Report, near: Near, changed: Mapping[str, Event], atlas: Atlas) -> Event | None:
    source, target = parties(report, atlas)
    candidates: list[Event] = list(changed.values())
    if report.date is not None and report.date.start and report.date.end:
        start = (date.fromisoformat(report.date.start) - SLACK).isoformat()
        end = (date.fromisoformat(report.date.end) + SLACK).isoformat()
        stored = near(source, target, report.category, start, end)
        candidates += [event for event in stored if event.id not in changed]
    fitting = [e for e in candidates if e.report_ids and is_same(report, e, atlas)]
    return min(fitting, key=lambda e: e.id) if fitting else None


def _new(report: Report, atlas: Atlas) -> Event:
    source, target = parties(report, atlas)
    source_name, target_name = _names(report)
    return Event(
        id="e-" + hashlib.sha256(report.id.encode()).hexdigest()[:16],
        category=report.category,
        status=report.status,
        told_as=report.told_as,
        source=source,
        target=target,
        source_name=source_name,
        target_name=target_name,
        date=report.date,
        place=report.place,
        report_ids=(),
        outlets=0,
        origins=0,
    )


def _names(report: Report) -> tuple[str, str]:
    source = report.sources[0].name if report.sources else ""
    return source, report.targets[0].name if report.targets else ""


def _overlap(a: Dated, b: Dated) -> bool:
    """Days overlap, with slack; a coarse date does not swallow a fine one elsewhere in it."""
    if not (a.start and a.end and b.start and b.end):
        return (a.start, a.end) == (b.start, b.end)
    if (a.precision == "day") != (b.precision == "day"):
        return False
    first, last = sorted((a, b), key=lambda d: d.start or "")
    return date.fromisoformat(last.start or "") <= date.fromisoformat(first.end or "") + SLACK


def _without(event: Event, identity: str) -> Event:
    return replace(event, report_ids=tuple(i for i in event.report_ids if i != identity))


def _added(ids: Iterable[str], identity: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*ids, identity)))
