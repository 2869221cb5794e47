"""Whether a public desk shows an event; such events are counted apart.

All events are undecided: a desk that never is public decides nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

SORTED = ["start_day", "end_day", "id", "month", "status", "told_as", "category", "retracted_at"]
STANDS = sa.text("retracted_at IS NULL")
COARSE = sa.text("retracted_at IS NULL AND month IS NULL")
KEY = ("actor", "month", "status", "told_as", "category")
WATCHED = "source, target, month, status, told_as, category, start_day, retracted_at, is_shown"


def upgrade() -> None:
    op.add_column("events", sa.Column("is_shown", sa.Boolean))
    unsettled = sa.text("is_shown IS NULL")
    op.create_index("ix_events_unsettled", "events", ["id"], sqlite_where=unsettled)
    for name, first, last, where in (
        ("pair", ["source", "target"], [], STANDS),
        ("source", ["source"], [], STANDS),
        ("target", ["target"], ["source"], STANDS),
        ("source_coarse", ["source"], [], COARSE),
        ("target_coarse", ["target"], ["source"], COARSE),
    ):
        op.drop_index(f"ix_events_{name}", "events")
        columns = [*first, *SORTED, "is_shown", *last]
        op.create_index(f"ix_events_{name}", "events", columns, sqlite_where=where)
    _count_apart()
    op.create_table("showing", sa.Column("rule", sa.Text, primary_key=True))


def _count_apart() -> None:
    is_sqlite = op.get_context().dialect.name == "sqlite"
    for when in ("insert", "delete", "update") if is_sqlite else ():
        op.execute(f"DROP TRIGGER events_numbers_{when}")
    op.rename_table("event_numbers", "event_numbers_before")
    op.create_table(
        "event_numbers",
        *(sa.Column(name, sa.Text, primary_key=True) for name in KEY),
        sa.Column("is_shown", sa.Boolean, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("undated", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    names = ", ".join(KEY)
    op.execute(
        f"INSERT INTO event_numbers ({names}, is_shown, number, undated) "
        f"SELECT {names}, false, number, undated FROM event_numbers_before"
    )
    op.drop_table("event_numbers_before")
    if is_sqlite:
        _keep_in_step()


def _keep_in_step() -> None:
    new, old = _counting("new", "+"), _counting("old", "-")
    for when, told in (
        ("numbers_insert AFTER INSERT ON events", new),
        ("numbers_delete AFTER DELETE ON events", old),
        (f"numbers_update AFTER UPDATE OF {WATCHED} ON events", old + new),
    ):
        op.execute(f"CREATE TRIGGER events_{when} BEGIN {told} END")


def _counting(row: str, sign: str) -> str:
    """An event more or less; numbers that come to nothing go."""
    actors = (
        f"SELECT '' AS actor UNION SELECT {row}.source WHERE {row}.source IS NOT NULL "
        f"UNION SELECT {row}.target WHERE {row}.target IS NOT NULL"
    )
    key = (
        f"coalesce({row}.month, ''), {row}.status, {row}.told_as, {row}.category, "
        f"coalesce({row}.is_shown, 0)"
    )
    names = (*KEY, "is_shown")
    counted = (
        f"INSERT INTO event_numbers ({', '.join(names)}, number, undated) "
        f"SELECT actor, {key}, {sign}1, "
        f"{sign}({row}.start_day IS NULL) FROM ({actors}) WHERE {row}.retracted_at IS NULL "
        f"ON CONFLICT ({', '.join(names)}) DO UPDATE SET "
        "number = number + excluded.number, undated = undated + excluded.undated;"
    )
    if sign == "+":
        return counted
    same = f"({', '.join(names[1:])}) = ({key})"
    return (
        f"{counted} DELETE FROM event_numbers WHERE actor IN ({actors}) AND {same} AND number = 0;"
    )
