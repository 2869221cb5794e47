"""What sources name: every entry once, and what became of it.

An entry is written before anything is fetched for it. It waits until its page is a capture, was
passed over for a reason, or was given up after many tries; a page that two sources name is fetched
once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from dragoman.addresses import normal_address
from dragoman.model import Capture, Entry, EntryState, Item
from dragoman.store.captures import write_capture
from dragoman.store.clocks import has_come
from dragoman.store.handed_out import later
from dragoman.store.records import ENTRY, dump, load
from dragoman.store.refusals import refusal_of, refused_among
from dragoman.store.rows import EntryRow
from dragoman.store.schema import captures, entries, sources
from dragoman.store.transactions import Transactions, parts

REVISITS = 3
"""How often a page is fetched again because its source dates it anew; some do so every hour."""
AT_ONCE = 500
"""Keys per query; databases limit how many values one statement may name."""


@dataclass(frozen=True, slots=True)
class Found:
    """An item with what is to become of it: a capture in hand, a page to fetch, or a reason not to.

    With neither, its page is fetched.
    """

    item: Item
    capture: Capture | None = None
    passed: str | None = None


class Entries(Transactions):
    def waiting_entries(
        self,
        now: str,
        *,
        source_ids: Sequence[str] | None = None,
        per_source: int | None = None,
        limit: int | None = None,
    ) -> list[EntryRow]:
        """Entries whose page is to be fetched now, oldest first: of active or the named sources.

        `per_source` bounds how many of one source, so that a long one does not hold up the others.
        """
        is_due = or_(entries.c.next_try.is_(None), has_come(entries.c.next_try, now))
        place = func.row_number().over(partition_by=entries.c.source_id, order_by=entries.c.seq)
        due = (
            select(entries.c.seq, place.label("place"))
            .join(sources, sources.c.id == entries.c.source_id)
            .where(entries.c.state == "waiting", is_due, _is_asked(source_ids))
            .subquery()
        )
        query = _ROWS.join(due, due.c.seq == entries.c.seq)
        if per_source is not None:
            query = query.where(due.c.place <= per_source)
        with self._reading() as connection:
            found = connection.execute(query.order_by(entries.c.seq).limit(limit))
            return [_entry_row(row) for row in found]

    def known_keys(self, source_id: str, keys: Sequence[str]) -> set[str]:
        """Which of these keys the source has named before."""
        with self._reading() as connection:
            return set(_known(connection, source_id, keys))

    def entry_dates(self, source_id: str, limit: int) -> list[str]:
        """Instants or days of a source's newest entries, newest first; none lies in the future."""
        with self._reading() as connection:
            return entry_dates(connection, source_id, limit)

    def captures_of_entries(self, capture_ids: Collection[str]) -> set[str]:
        """Which of these captures an entry led to, or came whole with."""
        own = entries.c.capture_id
        with self._reading() as connection:
            return {
                one
                for some in parts(capture_ids)
                for one in connection.execute(select(own).where(own.in_(some))).scalars()
                if one is not None
            }

    def next_try(self) -> str | None:
        """When the next page of an active source is due; None where none waits."""
        soonest = func.min(func.coalesce(entries.c.next_try, entries.c.first_seen))
        query = select(soonest).join(sources, sources.c.id == entries.c.source_id)
        query = query.where(entries.c.state == "waiting", sources.c.active)
        with self._reading() as connection:
            return connection.execute(query).scalar()

    def entries_of(
        self, source_id: str, *, states: Sequence[EntryState] = (), limit: int = 100
    ) -> list[EntryRow]:
        """What a source named, newest first; only those in the given states, if any."""
        query = _ROWS.where(entries.c.source_id == source_id)
        if states:
            query = query.where(entries.c.state.in_(states))
        with self._reading() as connection:
            found = connection.execute(query.order_by(entries.c.seq.desc()).limit(limit))
            return [_entry_row(row) for row in found]

    def take_entry(self, row: EntryRow, capture: Capture) -> None:
        """The entry's page was fetched: the capture and the note of it, at once.

        Where the page was forgotten, neither is kept.
        """
        with self._writing() as connection:
            if refusal_of(connection, capture.url, capture.body) is not None:
                same = and_(entries.c.source_id == row.source_id, entries.c.key == row.key)
                connection.execute(delete(entries).where(same))
                return
            capture = _after(connection, capture, row.capture_id)
            write_capture(connection, capture)
            values = {"state": "taken", "capture_id": capture.id, "reason": None}
            _change(connection, row, values | {"tries": row.tries + 1, "next_try": None})

    def put_off_entry(
        self, row: EntryRow, reason: str, next_try: str | None, *, tried: bool = True
    ) -> None:
        """The entry's page could not be fetched: when to try again, or None to give it up.

        Without `tried` nobody was asked yet, and it does not count.
        """
        with self._writing() as connection:
            state: EntryState = "waiting"
            if next_try is None:
                # A page that was had once and can't be had again is still the one we have.
                state = "failed" if row.capture_id is None else "taken"
            values = {"state": state, "reason": reason, "tries": row.tries + tried}
            _change(connection, row, values | {"next_try": next_try})

    def pass_entry(self, row: EntryRow, reason: str) -> None:
        """The entry's page is not to be fetched, and why."""
        with self._writing() as connection:
            _change(connection, row, {"state": "passed", "reason": reason, "next_try": None})


_ROWS = select(entries, sources.c.address.label("source")).join(
    sources, sources.c.id == entries.c.source_id
)


def _is_asked(source_ids: Sequence[str] | None) -> ColumnElement[bool]:
    return sources.c.active if source_ids is None else sources.c.id.in_(source_ids)


def write_found(connection: Connection, source_id: str, found: Iterable[Found], now: str) -> int:
    """Write entries that are not there yet, with the captures at hand; how many were new.

    What was forgotten is not written at all: a feed may name it for years.
    """
    by_key = _welcome(connection, found)
    for key, known in _known(connection, source_id, list(by_key)).items():
        _again(connection, source_id, by_key.pop(key), known)
    taken = _taken_addresses(connection, [one.item.address for one in by_key.values()])
    new: list[dict[str, object]] = []
    for one in by_key.values():
        normal = normal_address(one.item.address)
        first = taken.get(normal or "")
        new.append(_new(source_id, one, normal, first, now))
        if one.capture is not None and _is_taken(one, first, source_id):
            write_capture(connection, one.capture)
        if normal is not None and one.passed is None:
            taken.setdefault(normal, source_id)
    for start in range(0, len(new), AT_ONCE):
        connection.execute(insert(entries), new[start : start + AT_ONCE])
    return len(by_key)


def _welcome(connection: Connection, found: Iterable[Found]) -> dict[str, Found]:
    """By key, the last of each: what was not forgotten."""
    named = list(found)
    refused = refused_among(
        connection,
        ((one.item.address, one.capture.body if one.capture else None) for one in named),
    )
    return {
        one.item.key: one for one, is_refused in zip(named, refused, strict=True) if not is_refused
    }


def _new(
    source_id: str, one: Found, normal: str | None, first: str | None, now: str
) -> dict[str, object]:
    state: EntryState = "waiting"
    reason = None
    if one.passed is not None:
        state, reason = "passed", one.passed
    elif _is_taken(one, first, source_id):
        state = "taken"
    elif first is not None:
        here = first == source_id
        state, reason = "known", "named before" if here else f"first named by {first}"
    return {
        "source_id": source_id,
        "key": one.item.key,
        "address": one.item.address,
        "normal": normal,
        "entry": dump(ENTRY, one.item.entry),
        "updated": one.item.updated,
        # A date in the future tells nothing: then it is as old as our knowledge of it.
        "dated": min(one.item.entry.published or now, now),
        "first_seen": now,
        "state": state,
        "reason": reason,
        "capture_id": one.capture.id if state == "taken" and one.capture else None,
        "tries": 0,
        "next_try": None,
        "revisits": 0,
    }


def _is_taken(one: Found, first: str | None, source_id: str) -> bool:
    """A text in hand, unless another source brought its page: from the same one it is a version."""
    return one.capture is not None and first in (None, source_id)


def _again(
    connection: Connection, source_id: str, one: Found, known: Row[*tuple[Any, ...]]
) -> None:
    """What changed since: a text in the feed itself is captured again, a page fetched again."""
    values: dict[str, object]
    if one.capture is not None:
        if known.state in ("known", "passed") or known.capture_id == one.capture.id:
            return
        write_capture(connection, _after(connection, one.capture, known.capture_id))
        values = {"state": "taken", "reason": None, "next_try": None, "capture_id": one.capture.id}
    elif known.state == "taken" and known.revisits < REVISITS and _is_later(one.item, known):
        values = {"state": "waiting", "tries": 0, "revisits": known.revisits + 1}
    else:
        return
    same = and_(entries.c.source_id == source_id, entries.c.key == one.item.key)
    values["updated"] = one.item.updated
    connection.execute(update(entries).where(same).values(**values))


def _after(connection: Connection, capture: Capture, before: str | None) -> Capture:
    """Fetched after the capture that its entry had before, although the clock was set back since:
    of two captures of one article the later one counts."""
    query = select(captures.c.fetched).where(captures.c.id == before)
    then = connection.execute(query).scalar() if before is not None else None
    if then is None or capture.fetched is None or capture.fetched > then:
        return capture
    return replace(capture, fetched=later(then, hours=1 / 3600))


def _is_later(item: Item, known: Row[*tuple[Any, ...]]) -> bool:
    return item.updated is not None and known.updated is not None and item.updated > known.updated


def entry_dates(connection: Connection, source_id: str, limit: int) -> list[str]:
    """When they were published, or were first seen if that is earlier or all that is known."""
    query = (
        select(entries.c.dated)
        .where(entries.c.source_id == source_id)
        .order_by(entries.c.dated.desc())
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def _known(
    connection: Connection, source_id: str, keys: Sequence[str]
) -> dict[str, Row[*tuple[Any, ...]]]:
    """What the store has under these keys of a source."""
    known: dict[str, Row[*tuple[Any, ...]]] = {}
    columns = ("key", "state", "capture_id", "updated", "revisits")
    for first in range(0, len(keys), AT_ONCE):
        query = select(*(entries.c[name] for name in columns)).where(
            entries.c.source_id == source_id, entries.c.key.in_(keys[first : first + AT_ONCE])
        )
        known |= {row.key: row for row in connection.execute(query)}
    return known


def _taken_addresses(connection: Connection, addresses: Iterable[str | None]) -> dict[str, str]:
    """Which source first named a page, for those pages that wait or were fetched."""
    normals = sorted({n for address in addresses if (n := normal_address(address)) is not None})
    found: dict[str, str] = {}
    for first in range(0, len(normals), AT_ONCE):
        query = (
            select(entries.c.normal, entries.c.source_id)
            .where(
                entries.c.normal.in_(normals[first : first + AT_ONCE]),
                entries.c.state.in_(("waiting", "taken")),
            )
            .order_by(entries.c.seq.desc())
        )
        found |= {str(row.normal): str(row.source_id) for row in connection.execute(query)}
    return found


def release(connection: Connection, source_id: str) -> None:
    """Pages that wait on behalf of a source that goes: the next source that named one takes over.

    The same holds for pages that it has given up: the other's own tries are still to come.
    """
    own = select(entries.c.normal).where(
        entries.c.source_id == source_id, entries.c.state.in_(("waiting", "failed"))
    )
    heirs = (
        select(func.min(entries.c.seq))
        .where(
            entries.c.normal.in_(own), entries.c.source_id != source_id, entries.c.state == "known"
        )
        .group_by(entries.c.normal)
    )
    connection.execute(
        update(entries).where(entries.c.seq.in_(heirs)).values(state="waiting", reason=None)
    )


def _change(connection: Connection, row: EntryRow, values: dict[str, Any]) -> None:
    same = and_(entries.c.source_id == row.source_id, entries.c.key == row.key)
    connection.execute(update(entries).where(same).values(**values))


def _entry_row(row: Row[*tuple[Any, ...]]) -> EntryRow:
    entry: Entry = load(ENTRY, row.entry)
    return EntryRow(
        source_id=row.source_id,
        source=row.source,
        key=row.key,
        address=row.address,
        entry=entry,
        first_seen=row.first_seen,
        state=row.state,
        reason=row.reason,
        capture_id=row.capture_id,
        tries=row.tries,
        next_try=row.next_try,
    )
