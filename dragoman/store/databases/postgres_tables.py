"""What a desk in PostgreSQL has beside the tables of `schema`: its mark, its word indices, and the
trigger that keeps numbers of events in step.

A new desk is made of the tables as they are in the code, and stamped with the newest version;
migrations after 0023 are written for both databases.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from dragoman.store.databases import vectors
from dragoman.store.databases.matching import IndexPlan
from dragoman.store.schema import APPLICATION_ID, MIGRATIONS, metadata

MARK = "dragoman_desk"
"""One row: that this is a desk, and how many times it was written to. Who writes changes it first,
so that writers take turns."""
_KEY = ("actor", "month", "status", "told_as", "category", "is_shown")
_WATCHED = "source, target, month, status, told_as, category, start_day, retracted_at, is_shown"


def make(connection: Connection, indices: tuple[IndexPlan, ...]) -> None:
    """All tables of a new desk, in the transaction of the caller."""
    metadata.create_all(connection)
    for statement in _statements(indices):
        connection.exec_driver_sql(statement)


def _statements(indices: tuple[IndexPlan, ...]) -> Iterator[str]:
    yield f"CREATE TABLE {MARK} (application bigint PRIMARY KEY, writes bigint NOT NULL)"
    yield f"INSERT INTO {MARK} VALUES ({APPLICATION_ID}, 0)"
    yield f"COMMENT ON TABLE {MARK} IS 'A desk of Dragoman; its tables are changed by it alone.'"
    for index in indices:
        yield from vectors.tables(index)
    yield (
        "CREATE TABLE alembic_version (version_num varchar(32) "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY)"
    )
    yield f"INSERT INTO alembic_version VALUES ('{MIGRATIONS[-1]}')"
    yield _COUNT
    for when in ("INSERT", "DELETE", f"UPDATE OF {_WATCHED}"):
        name = when.split()[0].lower()
        yield (
            f"CREATE TRIGGER events_numbers_{name} AFTER {when} ON events "
            "FOR EACH ROW EXECUTE FUNCTION dragoman_count_events()"
        )


def _counting(row: str, sign: str) -> str:
    """An event more or less; numbers that come to nothing go."""
    actors = (
        f"SELECT '' AS actor UNION SELECT {row}.source WHERE {row}.source IS NOT NULL "
        f"UNION SELECT {row}.target WHERE {row}.target IS NOT NULL"
    )
    key = (
        f"coalesce({row}.month, ''), {row}.status, {row}.told_as, {row}.category, "
        f"coalesce({row}.is_shown, false)"
    )
    counted = (
        f"INSERT INTO event_numbers AS n ({', '.join(_KEY)}, number, undated) "
        f"SELECT a.actor, {key}, {sign}1, {sign}(({row}.start_day IS NULL)::integer) "
        f"FROM ({actors}) a WHERE {row}.retracted_at IS NULL "
        f"ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET "
        "number = n.number + excluded.number, undated = n.undated + excluded.undated;"
    )
    if sign == "+":
        return counted
    same = f"({', '.join(_KEY[1:])}) = ({key})"
    return (
        f"{counted} DELETE FROM event_numbers WHERE actor IN ({actors}) AND {same} AND number = 0;"
    )


_COUNT = f"""CREATE FUNCTION dragoman_count_events() RETURNS trigger LANGUAGE plpgsql AS $count$
BEGIN
  IF TG_OP <> 'INSERT' THEN {_counting("OLD", "-")} END IF;
  IF TG_OP <> 'DELETE' THEN {_counting("NEW", "+")} END IF;
  RETURN NULL;
END $count$"""
