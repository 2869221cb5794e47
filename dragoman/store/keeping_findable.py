"""Keeping in step what events are found and drawn by: number, quad class, sides, words, languages.

Works inside the caller's transaction, after events and reports were written, and writes only what
changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from dragoman.store.findable import Findable, Json, findable
from dragoman.store.numbers import number_of
from dragoman.store.schema import articles, event_reports, event_sides, events, reports
from dragoman.store.search import EVENT_WORDS, index_event
from dragoman.store.told import BY_DATE
from dragoman.store.transactions import parts

_IDS: Any = bindparam("ids", expanding=True)
_OWN = ("newest", "quad", "languages", "is_mutual")
_EVENTS = (
    select(
        events.c.id, events.c.seq, events.c.start_day, events.c.json, *(events.c[n] for n in _OWN)
    )
    .where(events.c.id.in_(_IDS))
    # By their numbers: FTS5 writes a part of its index whenever a number is lower than the last.
    .order_by(events.c.start_day.nulls_first(), events.c.seq)
)
_TOLD = (
    select(event_reports.c.event_id, reports.c.json, articles.c.language)
    .join(reports, reports.c.id == event_reports.c.report_id)
    .join(articles, articles.c.id == reports.c.article_id)
    .where(event_reports.c.event_id.in_(_IDS), reports.c.retracted_at.is_(None))
    .order_by(*BY_DATE)
)
_SIDES = select(event_sides).where(event_sides.c.event_id.in_(_IDS))
_NUMBERED = update(events).where(events.c.id == bindparam("of"))
_NEW_SIDES = insert(event_sides)


def refresh(connection: Connection, event_ids: Iterable[str]) -> bool:
    """Bring in line what these events are found by; whether anything changed."""
    changed = False
    for ids in parts(event_ids):
        # As text: read, they take six times as much, and large events have hundreds of them.
        told: dict[str, list[tuple[str, str | None]]] = {}
        for event_id, report, language in connection.execute(_TOLD, {"ids": ids}):
            told.setdefault(event_id, []).append((report, language))
        sides: dict[str, dict[str, tuple[int, int]]] = {}
        for event_id, actor, side, newest in connection.execute(_SIDES, {"ids": ids}):
            sides.setdefault(event_id, {})[actor] = (side, newest)
        for row in connection.execute(_EVENTS, {"ids": ids}).all():
            reports_told: list[tuple[Json, str | None]] = [
                (json.loads(report), language) for report, language in told.pop(row.id, ())
            ]
            found = findable(json.loads(row.json), reports_told)
            number = number_of(row.start_day, row.seq)
            changed |= index_event(connection, found, number, row.newest)
            columns = {
                "newest": number,
                "quad": found.quad,
                "languages": found.languages,
                "is_mutual": found.is_mutual,
            }
            if any(getattr(row, name) != value for name, value in columns.items()):
                connection.execute(_NUMBERED.values(**columns), {"of": row.id})
                changed = True
            changed |= _write_sides(connection, row.id, found, number, sides.get(row.id, {}))
    return changed


def lose(connection: Connection, event_ids: Iterable[str]) -> None:
    """Take out what events are found by that are about to be removed."""
    for ids in parts(event_ids):
        numbers = select(events.c.newest).where(events.c.id.in_(ids))
        for number in connection.execute(numbers).scalars().all():
            EVENT_WORDS.remove(connection, number)
        connection.execute(delete(event_sides).where(event_sides.c.event_id.in_(ids)))


def _write_sides(
    connection: Connection,
    event_id: str,
    found: Findable,
    number: int,
    held: dict[str, tuple[int, int]],
) -> bool:
    if held == {actor: (side, number) for actor, side in found.sides.items()}:
        return False
    if held:
        connection.execute(delete(event_sides).where(event_sides.c.event_id == event_id))
    rows = [
        {"event_id": event_id, "actor": actor, "side": side, "newest": number}
        for actor, side in found.sides.items()
    ]
    if rows:
        connection.execute(_NEW_SIDES, rows)
    return True
