"""Sources and their state, and the one write after a visit: state and new entries, at once.

A source's validators are never kept without the entries that came with them: whoever is killed
between two visits asks again and loses nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from dragoman.model import Source, SourceState
from dragoman.store.clocks import has_come
from dragoman.store.entries import Found, release, write_found
from dragoman.store.records import SOURCE_STATE, TAGS, dump, load
from dragoman.store.schema import entries, sources
from dragoman.store.transactions import Transactions

_PLAIN = ("id", "address", "kind", "title", "outlet", "licence", "active", "added")


def source_id(address: str) -> str:
    """ "s-" and 16 hex digits of the address as it was given."""
    return "s-" + hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Sources(Transactions):
    def add_source(self, source: Source) -> bool:
        """False where it was there already; then only a title, outlet or tags it lacked are new."""
        with self._writing() as connection:
            old = _row(connection, source.id)
            if old is None:
                row = {name: getattr(source, name) for name in _PLAIN}
                row |= {"added": source.added or self._clock(), "tags": dump(TAGS, source.tags)}
                row |= {"state": dump(SOURCE_STATE, source.state), "due": source.state.due}
                connection.execute(insert(sources).values(**row))
                return True
            known = _source(old)
            merged = {
                "title": known.title or source.title,
                "outlet": known.outlet or source.outlet,
                "licence": known.licence or source.licence,
                "tags": dump(TAGS, tuple(dict.fromkeys((*known.tags, *source.tags)))),
            }
            _change(connection, source.id, merged)
            return False

    def remove_source(self, source_id: str) -> None:
        """The source and its entries; what was captured stays, as articles of the desk."""
        with self._writing() as connection:
            release(connection, source_id)
            connection.execute(delete(entries).where(entries.c.source_id == source_id))
            connection.execute(delete(sources).where(sources.c.id == source_id))

    def set_active(self, source_id: str, active: bool) -> None:
        """Pause a source, or let it go on at once."""
        with self._writing() as connection:
            row = _row(connection, source_id)
            if row is not None:
                _change(connection, source_id, {"active": active})
                if active and not row.active:
                    _write_state(connection, source_id, replace(_source(row).state, due=None))

    def set_licence(self, source_id: str, licence: str | None) -> None:
        """What permits whole texts of a source to be shown in public; None: nothing does."""
        with self._writing() as connection:
            _change(connection, source_id, {"licence": licence})

    def source(self, name: str) -> Source | None:
        """By id or by address."""
        query = select(sources).where(or_(sources.c.id == name, sources.c.address == name))
        with self._reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else _source(row)

    def sources(self) -> list[Source]:
        """In the order in which they were added."""
        with self._reading() as connection:
            return [_source(row) for row in connection.execute(select(sources).order_by("seq"))]

    def due_sources(self, now: str) -> list[Source]:
        """Active sources whose time has come, longest waiting first."""
        is_due = or_(sources.c.due.is_(None), has_come(sources.c.due, now))
        query = (
            select(sources)
            .where(sources.c.active, is_due)
            .order_by(sources.c.due.asc().nulls_first(), sources.c.seq)
        )
        with self._reading() as connection:
            return [_source(row) for row in connection.execute(query)]

    def next_due(self) -> str | None:
        """When the next active source is due; None where one is due now, or there is none."""
        query = select(sources.c.due).where(sources.c.active)
        query = query.order_by(sources.c.due.asc().nulls_first()).limit(1)
        with self._reading() as connection:
            return connection.execute(query).scalar()

    def keep_visit(
        self,
        source_id: str,
        state: SourceState,
        found: Iterable[Found] = (),
        *,
        title: str | None = None,
    ) -> int:
        """The source's state and what it names, in one transaction; the number of new entries.

        A title is taken where the source has none. A source that was removed meanwhile is let go.
        """
        with self._writing() as connection:
            row = _row(connection, source_id)
            if row is None:
                return 0
            new = write_found(connection, source_id, found, self._clock())
            if new:
                state = replace(state, brought=state.tried or self._clock())
            _write_state(connection, source_id, state)
            if title and row.title is None:
                _change(connection, source_id, {"title": title})
            return new


def _row(connection: Connection, source_id: str) -> Row[*tuple[Any, ...]] | None:
    return connection.execute(select(sources).where(sources.c.id == source_id)).first()


def _change(connection: Connection, source_id: str, values: Mapping[str, object]) -> None:
    connection.execute(update(sources).where(sources.c.id == source_id).values(**values))


def _write_state(connection: Connection, source_id: str, state: SourceState) -> None:
    _change(connection, source_id, {"state": dump(SOURCE_STATE, state), "due": state.due})


def _source(row: Row[*tuple[Any, ...]]) -> Source:
    plain = {name: getattr(row, name) for name in _PLAIN}
    return Source(**plain, tags=load(TAGS, row.tags), state=load(SOURCE_STATE, row.state))
