"""Writing events, which report belongs to which, and the redirects that merges leave.

Works inside the caller's transaction and says whether anything changed. Which reports tell one
happening is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from dragoman.errors import StoreError
from dragoman.model import Event
from dragoman.store.findable import place_columns
from dragoman.store.keeping_findable import lose, refresh
from dragoman.store.records import EVENT, dump, same
from dragoman.store.schema import event_redirects, event_reports, events, tombstones
from dragoman.store.showing import unsettle
from dragoman.store.told import month_of, settle_told
from dragoman.store.transactions import parts

# Statements are made once: making one costs more than carrying it out.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_KNOWN = select(events.c.id, events.c.json, events.c.revision, events.c.retracted_at).where(
    events.c.id.in_(_IDS)
)
_LIFT = (
    delete(event_redirects).where(event_redirects.c.old_id.in_(_IDS)),
    delete(tombstones).where(tombstones.c.id.in_(_IDS)),
)
_OF_EVENTS, _OF_REPORTS = event_reports.c.event_id.in_(_IDS), event_reports.c.report_id.in_(_IDS)
_TOLD = {where: select(event_reports).where(where) for where in (_OF_EVENTS, _OF_REPORTS)}
_UNTOLD = {where: delete(event_reports).where(where) for where in (_OF_EVENTS, _OF_REPORTS)}
_NEW, _NEW_TOLD = insert(events), insert(event_reports)
_LAST = select(func.coalesce(func.max(events.c.seq), 0))


def write_events(
    connection: Connection, changed: Sequence[Event], redirects: Mapping[str, str], *, now: str
) -> bool:
    """Put events in place of what was kept under their ids, then redirect merged ids to them."""
    both = {event.id for event in changed} & set(redirects)
    if both:
        raise StoreError(f"event {min(both)} can't be kept and redirected at once")
    wrote = [_write_rows(connection, changed, now)]
    members, touched = _write_members(connection, changed)
    wrote.append(members)
    if any(wrote):
        unsettle(connection, touched)
    joined = {old: _end(new, redirects) for old, new in redirects.items()}
    wrote += [_redirect(connection, old, new, now) for old, new in joined.items()]
    touched |= {current_id(connection, old) for old in redirects}
    settle_told(connection, touched, now)
    wrote.append(refresh(connection, {*(event.id for event in changed), *joined.values()}))
    return any(wrote)


def _write_rows(connection: Connection, changed: Sequence[Event], now: str) -> bool:
    known: dict[str, Row[str, str, int, str | None]] = {}
    for ids in parts(event.id for event in changed):
        known |= {row.id: row for row in connection.execute(_KNOWN, {"ids": ids})}
    new = {
        event.id: columns_of(event) | {"retracted_at": None if event.report_ids else now}
        for event in changed
        if event.id not in known
    }
    for ids in parts(new):
        # An id that comes back after a merge, or after its article was forgotten, is one again.
        for lift in _LIFT:
            connection.execute(lift, {"ids": ids})
    if new:
        last = connection.execute(_LAST).scalar_one()
        rows = [{"id": one, "seq": last + n, **row} for n, (one, row) in enumerate(new.items(), 1)]
        connection.execute(_NEW, rows)
    wrote = bool(new)
    for event in changed:
        if event.id not in known:
            continue
        row, old = columns_of(event), known[event.id]
        if not same(EVENT, old.json, event, str(row["json"])):
            row["revision"] = old.revision + 1
            row["retracted_at"] = None if event.report_ids else old.retracted_at or now
            connection.execute(update(events).where(events.c.id == event.id).values(**row))
            wrote = True
    return wrote


def columns_of(event: Event) -> dict[str, object]:
    """An event's row without its id."""
    day = event.date
    return {
        "category": event.category,
        "status": event.status,
        "told_as": event.told_as,
        "source": event.source,
        "target": event.target,
        # An interval open at one end is found by the end it has.
        "start_day": day.day if day else None,
        "end_day": (day.end or day.start) if day else None,
        "json": dump(EVENT, event),
        "month": month_of(day.start, day.end) if day else None,
        "origins": event.origins,
        **place_columns(asdict(event.place) if event.place else None),
    }


def _write_members(connection: Connection, changed: Sequence[Event]) -> tuple[bool, set[str]]:
    """All events at once, so that a report may move from one to the other. Whether any did, and
    all that these reports told and tell."""
    wanted = {report_id: event.id for event in changed for report_id in event.report_ids}
    if sum(len(set(event.report_ids)) for event in changed) != len(wanted):
        raise StoreError("one report was given to two events")
    touched = [
        *((_OF_EVENTS, ids) for ids in parts(event.id for event in changed)),
        *((_OF_REPORTS, ids) for ids in parts(wanted)),
    ]
    known: dict[str, str] = {}
    for where, ids in touched:
        found = connection.execute(_TOLD[where], {"ids": ids}).all()
        known |= {row.report_id: row.event_id for row in found}
    events_of = {*(event.id for event in changed), *known.values()}
    if known == wanted:
        return False, events_of
    for where, ids in touched if known else ():
        connection.execute(_UNTOLD[where], {"ids": ids})
    pairs = [{"report_id": report, "event_id": event} for report, event in wanted.items()]
    if pairs:
        connection.execute(_NEW_TOLD, pairs)
    return True, events_of


def _redirect(connection: Connection, old: str, new: str, now: str) -> bool:
    new = current_id(connection, new)
    known = select(event_redirects.c.event_id).where(event_redirects.c.old_id == old)
    if old == new or connection.execute(known).scalar() == new:
        return False
    if connection.execute(select(events.c.id).where(events.c.id == new)).first() is None:
        raise StoreError(f"event {old} can't be redirected to {new}, which is not in the desk")
    members = update(event_reports).where(event_reports.c.event_id == old)
    earlier = update(event_redirects).where(event_redirects.c.event_id == old)
    connection.execute(members.values(event_id=new))
    connection.execute(earlier.values(event_id=new))
    connection.execute(delete(event_redirects).where(event_redirects.c.old_id == old))
    lose(connection, [old])
    unsettle(connection, [new])
    connection.execute(delete(events).where(events.c.id == old))
    connection.execute(insert(event_redirects).values(old_id=old, event_id=new, at=now))
    return True


def current_id(connection: Connection, event_id: str) -> str:
    """The event an id stands for now; redirects are kept one step long."""
    query = select(event_redirects.c.event_id).where(event_redirects.c.old_id == event_id)
    return connection.execute(query).scalar() or event_id


def _end(event_id: str, redirects: Mapping[str, str]) -> str:
    """Where a chain of redirects handed in together leads."""
    seen = {event_id}
    while event_id in redirects:
        event_id = redirects[event_id]
        if event_id in seen:
            raise StoreError(f"event {event_id} is redirected to itself")
        seen.add(event_id)
    return event_id
