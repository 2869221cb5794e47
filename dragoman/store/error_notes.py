"""What readers say is wrong with an event: kept with the revision they saw, and marked when done.

Nothing of who said it is kept.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, select, update

from dragoman.errors import StoreError
from dragoman.store.databases.dialects import insert
from dragoman.store.desk_changes import drop_reasons
from dragoman.store.rows import ErrorNote
from dragoman.store.schema import events
from dragoman.store.schema_people import error_notes
from dragoman.store.transactions import Transactions, parts

NUMBERS = range(1, 2**63)
"""What a database can count with."""
_SHOWN = select(*(c for c in error_notes.c if c.name != "nonce")).order_by(error_notes.c.id)


class ErrorNotes(Transactions):
    def note_error(self, event_id: str, what: str, text: str, nonce: str | None = None) -> bool:
        """Keep a note on an event; False where the form of this nonce was kept before. Raises
        StoreError where there is no such event."""
        with self._writing() as connection:
            query = select(events.c.revision).where(events.c.id == event_id)
            revision = connection.execute(query).scalar()
            if revision is None:
                raise StoreError(f"this desk holds no event {event_id}")
            made = insert(error_notes).values(
                event_id=event_id,
                revision=revision,
                what=what,
                text=text,
                at=self._clock(),
                nonce=nonce,
            )
            return connection.execute(made.on_conflict_do_nothing()).rowcount == 1

    def error_notes(self, *, with_done: bool = False) -> list[ErrorNote]:
        """Oldest first."""
        query = _SHOWN if with_done else _SHOWN.where(error_notes.c.done_at.is_(None))
        with self._reading() as connection:
            return [ErrorNote(**row._mapping) for row in connection.execute(query)]

    def count_error_notes(self) -> int:
        """How many are not done."""
        query = select(func.count()).where(error_notes.c.done_at.is_(None))
        with self._reading() as connection:
            return int(connection.execute(query).scalar_one())

    def error_note_done(self, number: int, by: str | None = None) -> ErrorNote:
        """Mark a note as dealt with. Raises StoreError where there is none, or it was done."""
        return self._mark(number, self._clock(), by)

    def error_note_open(self, number: int) -> ErrorNote:
        """Take that back. Raises StoreError where there is none, or it is not done."""
        return self._mark(number, None, None)

    def _mark(self, number: int, at: str | None, by: str | None) -> ErrorNote:
        query = _SHOWN.where(error_notes.c.id == number)
        with self._writing() as connection:
            row = connection.execute(query).one_or_none() if number in NUMBERS else None
            if row is None:
                raise StoreError(f"there is no note {number}; `dragoman notes list` shows all")
            if (row.done_at is None) == (at is None):
                was = "is open" if at is None else f"was done on {row.done_at[:10]}"
                raise StoreError(f"note {number} {was} already")
            changed = update(error_notes).where(error_notes.c.id == number)
            connection.execute(changed.values(done_at=at, done_by=by))
            return ErrorNote(**connection.execute(query).one()._mapping)


def drop_error_notes(connection: Connection, event_ids: Iterable[str]) -> None:
    """All that readers said of these events, and why members did something about it."""
    for some in parts(event_ids):
        notes = select(error_notes.c.id).where(error_notes.c.event_id.in_(some))
        numbers = [str(one) for one in connection.execute(notes).scalars()]
        drop_reasons(connection, "note", numbers)
        connection.execute(delete(error_notes).where(error_notes.c.event_id.in_(some)))
