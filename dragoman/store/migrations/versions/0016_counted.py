"""Numbers of events by actor and month, kept in step by triggers; indexes that dossiers sort by.

Whether an event is told stands in its row from now on, whoever withdrew its reports.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

SORTED = ["start_day", "end_day", "id", "month", "status", "told_as", "category", "retracted_at"]
STANDS = sa.text("retracted_at IS NULL")
COARSE = sa.text("retracted_at IS NULL AND month IS NULL")
KEY = ("actor", "month", "status", "told_as", "category")
WATCHED = "source, target, month, status, told_as, category, start_day, retracted_at"


def upgrade() -> None:
    _settle()
    op.drop_index("ix_events_month", "events")
    for side in ("source", "target"):
        op.drop_index(f"ix_events_{side}", "events")
    for name, columns, where in (
        ("pair", ["source", "target", *SORTED], STANDS),
        ("source", ["source", *SORTED], STANDS),
        ("target", ["target", *SORTED, "source"], STANDS),
        ("source_coarse", ["source", *SORTED], COARSE),
        ("target_coarse", ["target", *SORTED, "source"], COARSE),
    ):
        op.create_index(f"ix_events_{name}", "events", columns, sqlite_where=where)
    op.create_table(
        "event_numbers",
        *(sa.Column(name, sa.Text, primary_key=True) for name in KEY),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("undated", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    _fill()
    if op.get_context().dialect.name == "sqlite":
        _keep_in_step()


def _settle() -> None:
    # Of what was withdrawn while its event stayed as it was, the last report tells when.
    op.execute(
        "UPDATE events SET retracted_at = (SELECT max(r.retracted_at) FROM event_reports x "
        "JOIN reports r ON r.id = x.report_id WHERE x.event_id = events.id) "
        "WHERE retracted_at IS NULL AND NOT EXISTS (SELECT 1 FROM event_reports x "
        "JOIN reports r ON r.id = x.report_id "
        "WHERE x.event_id = events.id AND r.retracted_at IS NULL)"
    )
    # What was withdrawn had no month, so as not to be counted.
    op.execute(
        "UPDATE events SET month = substr(start_day, 1, 7) WHERE retracted_at IS NOT NULL "
        "AND substr(start_day, 1, 7) = substr(end_day, 1, 7) "
        "AND json_extract(json, '$.date.start') IS NOT NULL "
        "AND json_extract(json, '$.date.end') IS NOT NULL"
    )


def _fill() -> None:
    for actor, where in (
        ("''", "true"),
        ("source", "source IS NOT NULL"),
        ("target", "target IS NOT NULL AND (source IS NULL OR source <> target)"),
    ):
        op.execute(
            f"INSERT INTO event_numbers SELECT {actor}, coalesce(month, ''), status, told_as, "
            "category, count(*), count(*) - count(start_day) FROM events "
            f"WHERE retracted_at IS NULL AND {where} GROUP BY 1, 2, 3, 4, 5 "
            f"ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET "
            "number = number + excluded.number, undated = undated + excluded.undated"
        )


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
    key = f"coalesce({row}.month, ''), {row}.status, {row}.told_as, {row}.category"
    counted = (
        f"INSERT INTO event_numbers SELECT actor, {key}, {sign}1, "
        f"{sign}({row}.start_day IS NULL) FROM ({actors}) WHERE {row}.retracted_at IS NULL "
        f"ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET "
        "number = number + excluded.number, undated = undated + excluded.undated;"
    )
    if sign == "+":
        return counted
    same = f"({', '.join(KEY[1:])}) = ({key})"
    return (
        f"{counted} DELETE FROM event_numbers WHERE actor IN ({actors}) AND {same} AND number = 0;"
    )
