"""Desks as every released version left them, with data in every table that it had.

`schemas/` holds the rows of desks that the program of that version made, of three pages of our own:
a wire story, a copy of it and a French one. Tables that it left empty are filled by `filling`; what
was withdrawn in a desk is made so here. A version whose records are those of an earlier one takes
its rows, brought up by the migrations between.
"""

from __future__ import annotations

import base64
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine

from benchmarks.kill_old import old_tables
from tests.store.filling import DAY, MOMENT, fill_empty, is_ours

SCHEMAS = Path(__file__).with_name("schemas")
ROWS_OF = {
    "0001": "0001", "0002": "0001", "0003": "0001",
    "0004": "0004", "0005": "0004", "0006": "0004", "0007": "0004",
    "0008": "0008", "0009": "0008", "0010": "0008", "0011": "0008",
    "0012": "0012", "0013": "0012", "0014": "0012", "0015": "0012",
    "0016": "0016", "0017": "0016", "0018": "0016",
    "0019": "0019", "0020": "0019", "0021": "0019", "0022": "0019", "0023": "0019",
    "0024": "0019",
}  # fmt: skip
"""Version of the tables → the version whose program made the rows; a new one gets its line here,
with rows of its own under `schemas/` where it writes records of another form."""
INDICES = {"article_words", "event_words"}
Rows = list[tuple[object, ...]]
Table = tuple[list[str], Rows]


def make_all(folder: Path) -> dict[str, Path]:
    """A desk's file for every version."""
    made: dict[str, Path] = {}
    bare = folder / "bare.sqlite"
    for version, rows_of in ROWS_OF.items():
        if version == rows_of:
            bare.unlink(missing_ok=True)
            old_tables(bare, version)
            _load(bare, SCHEMAS / f"{version}.json")
        else:
            old_tables(bare, version)
        made[version] = folder / version / "desk.sqlite"
        made[version].parent.mkdir()
        shutil.copyfile(bare, made[version])
        _withdraw(made[version])
        engine = create_engine(f"sqlite:///{made[version]}")
        with engine.begin() as connection:
            fill_empty(connection)
            # A word is of something: of a confirmed event all that is held of its reports.
            connection.exec_driver_sql(
                "UPDATE judgements SET target_id = (SELECT min(event_id) FROM event_reports)"
            )
        engine.dispose()
    return made


def rows_in(path: Path) -> dict[str, Table]:
    """Table → its columns and rows, in order."""
    with closing(sqlite3.connect(path)) as file:
        names = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        found: dict[str, Table] = {}
        for (name,) in names:
            if is_ours(name) or name in INDICES:
                made = file.execute(f'SELECT * FROM "{name}"')
                columns = [str(one[0]) for one in made.description]
                found[name] = (columns, sorted(made.fetchall(), key=repr))
        return found


def faults(path: Path) -> list[tuple[object, ...]]:
    """What SQLite finds wrong with a file."""
    with closing(sqlite3.connect(path)) as file:
        whole = file.execute("PRAGMA integrity_check").fetchall()
        return [*(one for one in whole if one != ("ok",)),
                *file.execute("PRAGMA foreign_key_check").fetchall()]  # fmt: skip


def _load(path: Path, rows: Path) -> None:
    tables = json.loads(rows.read_text("utf-8"))
    with closing(sqlite3.connect(path)) as file:
        # Triggers count events as they come in; what was counted is put in their place.
        for name in sorted(tables, key=lambda one: one == "event_numbers"):
            if name == "event_numbers":
                file.execute("DELETE FROM event_numbers")
            columns = tables[name]["columns"]
            marks = ", ".join("?" * len(columns))
            names = ", ".join(f'"{column}"' for column in columns)
            file.executemany(
                f"INSERT INTO {name} ({names}) VALUES ({marks})",
                [[*_values(row)] for row in tables[name]["rows"]],
            )
        file.commit()
    assert faults(path) == []


def _values(row: list[object]) -> Iterator[object]:
    for one in row:
        yield base64.b64decode(one["base64"]) if isinstance(one, dict) else one


def _withdraw(path: Path) -> None:
    """One event loses all its reports, as an article that was coded anew leaves it."""
    with closing(sqlite3.connect(path)) as file:
        columns = {name for _, name, *_ in file.execute("PRAGMA table_info(reports)")}
        event = file.execute("SELECT max(event_id) FROM event_reports").fetchone()[0]
        gone = "SELECT report_id FROM event_reports WHERE event_id = ?"
        file.execute(f"UPDATE reports SET retracted_at = '{MOMENT}' WHERE id IN ({gone})", [event])
        if "last_event" in columns:
            file.execute(f"UPDATE reports SET last_event = ? WHERE id IN ({gone})", [event, event])
        file.execute("DELETE FROM event_reports WHERE event_id = ?", [event])
        if "retracted_at" in {name for _, name, *_ in file.execute("PRAGMA table_info(events)")}:
            file.execute(f"UPDATE events SET retracted_at = '{DAY}T09:00:00+00:00' WHERE id = ?",
                         [event])  # fmt: skip
        file.commit()
