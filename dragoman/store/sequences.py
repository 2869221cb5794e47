"""The counters behind numbered rows: numbers that were given out once are not given again.

In: a connection. Out: table → the last number that was given; and the same set in another desk.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, Connection, Table, func, select, text

from dragoman.store.schema import metadata


def sequences(connection: Connection) -> dict[str, int]:
    """The last number of each table whose numbers are never given twice."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
        last = {str(row.name): int(row.seq) for row in rows}
    else:
        last = {table.name: _last(connection, table) for table in _numbered()}
    return {table.name: last[table.name] for table in _numbered() if last.get(table.name)}


def set_sequences(connection: Connection, last: Mapping[str, int]) -> None:
    """Go on after these numbers, and after those that rows have already."""
    for table in _numbered():
        highest = connection.execute(select(func.max(_number(table)))).scalar_one() or 0
        number = max(last.get(table.name, 0), highest)
        if number == 0:
            continue
        if connection.dialect.name == "sqlite":
            named = {"name": table.name, "number": number}
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), named)
            connection.execute(
                text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :number)"), named
            )
        else:
            connection.execute(select(func.setval(_sequence(connection, table), number)))


def _numbered() -> list[Table]:
    """Tables whose rows are numbered by the database, without using a number twice."""
    return [
        table
        for table in metadata.sorted_tables
        if table.dialect_options["sqlite"]["autoincrement"]
    ]


def _number(table: Table) -> Column[int]:
    (column,) = table.primary_key.columns
    return column


def _sequence(connection: Connection, table: Table) -> str:
    query = select(func.pg_get_serial_sequence(table.name, _number(table).name))
    return str(connection.execute(query).scalar_one())


def _last(connection: Connection, table: Table) -> int:
    sequence = _sequence(connection, table)
    query = text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")
    return int(connection.execute(query).scalar_one())
