"""A desk of an older version: its tables, with all that they can hold of a desk of today.

In: a version, and a desk of today. Out: a file as that version would have left it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine

from dragoman.store import migrations
from dragoman.store.schema import APPLICATION_ID

MADE_BY_TRIGGERS = "event_numbers"
WORDS = "article_words"


def make_old(path: Path, today: Path, version: str) -> None:
    old_tables(path, version)
    with closing(sqlite3.connect(path)) as file:
        file.execute("ATTACH ? AS today", (str(today),))
        for table in _shared_tables(file):
            own = _columns(file, "main", table)
            both = [name for name in _columns(file, "today", table) if name in own]
            said = ", ".join(f'"{name}"' for name in both)
            file.execute(f"INSERT INTO main.{table} ({said}) SELECT {said} FROM today.{table}")
        # Before articles had numbers by their day, their words stood under those of arrival.
        number = "newest" if "newest" in _columns(file, "main", "articles") else "seq"
        file.execute(
            f"INSERT INTO main.{WORDS} (rowid, headline, body) SELECT a.{number}, w.headline, "
            f"w.body FROM today.{WORDS} w JOIN today.articles a ON a.newest = w.rowid"
        )
        file.commit()


def old_tables(path: Path, version: str) -> None:
    """Bring the tables of a file to a version, as that program did."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrations.upgrade(connection, to=version)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    engine.dispose()


def _shared_tables(file: sqlite3.Connection) -> list[str]:
    """Those whose rows are to be copied: not what SQLite, Alembic or the indices keep."""
    query = """SELECT name FROM main.sqlite_master WHERE type = 'table' AND name IN
        (SELECT name FROM today.sqlite_master WHERE type = 'table') AND name <> ?
        AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'alembic_*'
        AND name NOT GLOB '*_words*' AND name NOT GLOB '*_vocabulary'"""
    return [name for (name,) in file.execute(query, (MADE_BY_TRIGGERS,))]


def _columns(file: sqlite3.Connection, schema: str, table: str) -> list[str]:
    query = "SELECT name FROM pragma_table_info(?, ?)"
    return [name for (name,) in file.execute(query, (table, schema))]
