"""A whole desk into another, new one, in whichever database each is; and the proof that it is all.

In: an open desk, a new and empty one. Out: of each table how many rows there were and are, and the
digests of both. All is one transaction of the new desk: whatever stops it, that one is as empty as
before. What is read is one view of the old desk, beside which others may go on to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, func, select

from dragoman.errors import StoreError
from dragoman.store.databases.dialects import Text
from dragoman.store.schema import event_numbers, metadata
from dragoman.store.search import INDICES, WordIndex
from dragoman.store.sequences import sequences, set_sequences
from dragoman.store.transactions import Transactions

AT_ONCE = 200
"""Rows that are read and written at once; pages and readings are large."""
LAST = (event_numbers,)
"""What triggers fill while other tables are written: emptied again, and carried at the end."""
_SIZE = 16

Told = Callable[[str, int, int], None]
"""Is told of which table so many rows are done, of how many."""


@dataclass(frozen=True, slots=True)
class Digest:
    """How many rows, and a number that is the same for the same rows in any order."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Carried:
    """A table, or a word index, here and in the new desk."""

    table: str
    old: Digest
    new: Digest

    @property
    def is_same(self) -> bool:
        return self.old == self.new


class NotTheSame(StoreError):
    """A copy differs from what it was made of; nothing of it was kept."""

    def __init__(self, message: str, carried: Sequence[Carried]) -> None:
        super().__init__(message)
        self.carried = tuple(carried)

    def __reduce__(self) -> tuple[type[NotTheSame], tuple[str, tuple[Carried, ...]]]:
        return type(self), (str(self), self.carried)


class Copying(Transactions):
    def is_new(self) -> bool:
        """Whether no table has a row."""
        with self._reading() as connection:
            return all(
                connection.execute(select(table.c[0]).limit(1)).first() is None
                for table in metadata.sorted_tables
            )

    def copy_into(self, new: Copying, told: Told | None = None) -> list[Carried]:
        """Carry all rows, words and counters over, and compare. Raises StoreError where the other
        desk holds anything, NotTheSame where it came out otherwise; then it is empty again."""
        if not new.is_new():
            raise StoreError(
                f"the desk {new.place} holds something already; a copy needs a new one: name "
                "another, or delete that one first"
            )
        tell = told or (lambda *_: None)
        # What the new desk would say of the write by itself is no row of the old one.
        with (
            new.arriving(),
            self.standing_still(),
            self._reading() as here,
            new._writing() as there,
        ):
            carried = [_carry(here, there, table, tell) for table in _in_order()]
            carried += [_carry_words(here, there, *index, tell) for index in INDICES]
            set_sequences(there, sequences(here))
            differing = [one.table for one in carried if not one.is_same]
            if differing:
                raise NotTheSame(
                    f"the copy differs from the desk {self.place} in {', '.join(differing)}; "
                    "nothing of it was kept",
                    carried,
                )
        return carried

    def digests(self, told: Told | None = None) -> dict[str, Digest]:
        """Table or word index → its digest, in one view of the desk."""
        tell = told or (lambda *_: None)
        made: dict[str, Digest] = {}
        with self.standing_still(), self._reading() as here:
            for table in metadata.sorted_tables:
                made[table.name] = _digest(_all(here, table, tell))
            for index, numbers in INDICES:
                made[index.name] = _digest(_words(here, index, numbers, tell))
        return made


def _in_order() -> list[Table]:
    """All tables: what is named by others before them."""
    return [*(one for one in metadata.sorted_tables if one not in LAST), *LAST]


def _carry(here: Connection, there: Connection, table: Table, tell: Told) -> Carried:
    if table in LAST:
        there.execute(table.delete())
    old = _Sum()
    for rows in _portions(here, table, tell):
        there.execute(table.insert(), [dict(row._mapping) for row in rows])
        old.add(_kept(there, table, rows))
    new = _digest(_all(there, table, lambda *_: None))
    return Carried(table.name, old.made(), new)


def _carry_words(
    here: Connection, there: Connection, index: WordIndex, numbers: Column[int], tell: Told
) -> Carried:
    old = _Sum()
    for number, first, second in _words(here, index, numbers, tell):
        index.put(there, number, first, second)
        old.add([(number, first, second)])
    new = _digest(_words(there, index, numbers, lambda *_: None))
    return Carried(index.name, old.made(), new)


def _portions(connection: Connection, table: Table, tell: Told) -> Iterator[Sequence[Row[Any]]]:
    total = int(connection.execute(select(func.count()).select_from(table)).scalar_one())
    tell(table.name, 0, total)
    found = connection.execute(select(table), execution_options={"yield_per": AT_ONCE})
    done = 0
    for rows in found.partitions():
        yield rows
        done += len(rows)
        tell(table.name, done, total)


def _all(connection: Connection, table: Table, tell: Told) -> Iterator[tuple[object, ...]]:
    for rows in _portions(connection, table, tell):
        yield from (tuple(row) for row in rows)


def _words(
    connection: Connection, index: WordIndex, numbers: Column[int], tell: Told
) -> Iterator[tuple[int, str, str]]:
    """In order of their numbers: an index that grows at its end is written once."""
    query = select(numbers).where(numbers.is_not(None)).order_by(numbers)
    wanted = connection.execute(query).scalars().all()
    for done, number in enumerate(wanted):
        held = index.held(connection, number)
        if held is not None:
            yield number, *held
        if done % AT_ONCE == 0 or done == len(wanted) - 1:
            tell(index.name, done + 1, len(wanted))


def _kept(
    connection: Connection, table: Table, rows: Sequence[Row[Any]]
) -> Iterator[tuple[object, ...]]:
    """Rows as that database keeps them: one has no place for some characters."""
    keeps = [
        column.type.bind_processor(connection.dialect) if isinstance(column.type, Text) else None
        for column in table.columns
    ]
    if not any(keeps):
        return (tuple(row) for row in rows)
    return (
        tuple(keep(one) if keep else one for keep, one in zip(keeps, row, strict=True))
        for row in rows
    )


class _Sum:
    """Digests of rows added up, so that their order says nothing."""

    def __init__(self) -> None:
        self._rows = 0
        self._sum = 0

    def add(self, rows: Iterable[tuple[object, ...]]) -> None:
        for row in rows:
            digest = blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=_SIZE)
            self._sum = (self._sum + int.from_bytes(digest.digest())) % (1 << 8 * _SIZE)
            self._rows += 1

    def made(self) -> Digest:
        return Digest(self._rows, f"{self._sum:0{2 * _SIZE}x}")


def _digest(rows: Iterable[tuple[object, ...]]) -> Digest:
    total = _Sum()
    total.add(rows)
    return total.made()
