"""All that a desk holds, to be set beside another: every table, and every word of its indices.

In: a desk's folder. Out: rows by table, without clocks; the names of the tables that differ; what
SQLite itself finds wrong with the file.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from dragoman.store.connect import FILE_NAME

CLOCKS = re.compile(r".*_at|at|until|due|next_try|first_seen|first_kept|first_made|fetched|added")
"""Columns that say when something was done."""
APART = frozenset(
    {"sources.state", "comments.circumstances", "comments.person", "keys.name", "keys.value"}
)
"""Columns with a clock inside them, of visits, of how long a form was open, of a day; and keys,
which are drawn by chance."""
INDICES = ("article_words", "event_words")
_SHADOWS = re.compile(rf"({'|'.join(INDICES)})(_.*)?|sqlite_.*|article_vocabulary")

Rows = list[tuple[object, ...]]
Held = Mapping[str, Rows]


def held(home: Path) -> Held:
    """Rows by table, in an order of their own."""
    with closing(sqlite3.connect(home / FILE_NAME)) as file:
        named = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [name for (name,) in named if _SHADOWS.fullmatch(name) is None]
        found = {name: _rows(file, name) for name in tables}
        return found | {name: _words(file, name) for name in INDICES}


def differences(expected: Held, found: Held) -> list[str]:
    """Table by table, how many rows are missing and how many are too many."""
    said = []
    for name in sorted({*expected, *found}):
        here, there = expected.get(name, []), found.get(name, [])
        if here != there:
            less = [row for row in here if row not in there]
            more = [row for row in there if row not in here]
            shown = "; ".join(f"{row!r:.160}" for row in (*less[:1], *more[:1]))
            said.append(f"{name}: {len(less)} missing, {len(more)} too many ({shown})")
    return said


def unsound(home: Path) -> list[str]:
    """What SQLite finds wrong: the file, its references, its word indices."""
    wrong: list[str] = []
    with closing(sqlite3.connect(home / FILE_NAME)) as file:
        checked = [row[0] for row in file.execute("PRAGMA integrity_check")]
        wrong += [f"integrity: {one}" for one in checked if one != "ok"]
        loose = file.execute("PRAGMA foreign_key_check").fetchall()
        wrong += [f"foreign key: {row}" for row in loose[:3]]
        for name in INDICES:
            if _exists(file, name):
                try:
                    file.execute(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
                except sqlite3.DatabaseError as fault:
                    wrong.append(f"{name}: {fault}")
        file.rollback()
    return wrong


def _rows(file: sqlite3.Connection, table: str) -> Rows:
    found = file.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in found.description]
    kept = [
        i
        for i, name in enumerate(names)
        if CLOCKS.fullmatch(name) is None and f"{table}.{name}" not in APART
    ]
    return sorted((tuple(_plain(row[i]) for i in kept) for row in found), key=repr)


def _plain(value: object) -> object:
    """A record's text without clocks."""
    if isinstance(value, str) and value.startswith("{"):
        made = json.loads(value)
        return json.dumps(
            {k: v for k, v in made.items() if CLOCKS.fullmatch(k) is None}, sort_keys=True
        )
    return value


def _words(file: sqlite3.Connection, index: str) -> Rows:
    """Every word of every row, with its column and place."""
    if not _exists(file, index):
        return []
    file.execute(f"CREATE VIRTUAL TABLE temp.seen_{index} USING fts5vocab(main, {index}, instance)")
    return sorted(file.execute(f"SELECT doc, term, col, offset FROM temp.seen_{index}"))


def _exists(file: sqlite3.Connection, table: str) -> bool:
    named = "SELECT 1 FROM sqlite_master WHERE name = ?"
    return file.execute(named, (table,)).fetchone() is not None
