"""The word index in SQLite: an FTS5 table, fed with analysed words."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Float,
    bindparam,
    column,
    literal_column,
    table,
    text,
)

from dragoman.store.databases.matching import IndexPlan, Match, taken
from dragoman.store.phrases import Phrase


def put(connection: Connection, index: IndexPlan, number: int, words: tuple[str, str]) -> None:
    names = ", ".join(index.parts)
    connection.execute(
        text(f"INSERT INTO {index.name} (rowid, {names}) VALUES (:number, :first, :second)"),
        {"number": number, "first": words[0], "second": words[1]},
    )


def held(connection: Connection, index: IndexPlan, number: int) -> tuple[str, str] | None:
    names = ", ".join(index.parts)
    query = text(f"SELECT {names} FROM {index.name} WHERE rowid = :number")
    row = connection.execute(query, {"number": number}).one_or_none()
    return (taken(row[0]), taken(row[1])) if row is not None else None


def numbers(connection: Connection, index: IndexPlan) -> set[int]:
    return set(connection.execute(text(f"SELECT rowid FROM {index.name}")).scalars())


def remove(connection: Connection, index: IndexPlan, number: int | None) -> None:
    query = text(f"DELETE FROM {index.name} WHERE rowid = :number")
    connection.execute(query, {"number": number})


def drop_deleted(connection: Connection, index: IndexPlan) -> None:
    """Merge the index: FTS5 only marks deleted words, and drops them when parts are merged."""
    connection.execute(text(f"INSERT INTO {index.name} ({index.name}) VALUES ('optimize')"))


def match(index: IndexPlan, every: Sequence[Sequence[Phrase]]) -> Match:
    question = " AND ".join(f"({' OR '.join(map(_quoted, choice))})" for choice in every)
    own: ColumnElement[str] = literal_column(index.name)
    weights = ", ".join(map(str, index.weights))
    return Match(
        source=table(index.name, column("rowid", BigInteger)),
        number=literal_column(f"{index.name}.rowid", BigInteger),
        condition=own.op("MATCH", is_comparison=True)(bindparam(None, question)),
        best_first=literal_column(f"bm25({index.name}, {weights})", Float),
    )


def _quoted(phrase: Phrase) -> str:
    """So that no stem is read as an operator of the query language of FTS5."""
    said = " ".join(phrase.stems).replace('"', '""')
    return f'"{said}" *' if phrase.is_begun else f'"{said}"'
