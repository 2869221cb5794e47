"""Questions in SQL over Parquet files: an archive's tables, an export, a snapshot.

In: a folder or a file, and a SELECT. Out: columns and rows. The tables are views under plain names.
Nothing else can be read, nothing written, nothing reached over a network: what is not a SELECT is
refused, and DuckDB is closed to all files but these before the question is put.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import DragomanError
from dragoman.extras import needed
from dragoman.store.duck import MEMORY, duck, duckdb_module, listed, literal, name
from dragoman.store.question_examples import EXAMPLES, Example

AT_ONCE = 1000
INNER = frozenset({"printings", "keys", "texts", "current"})
"""Tables of an archive that only its own steps use."""
ALL_STATES = frozenset({"captures", "set_aside", "copies"})
"""Tables of an archive that have more than the captures that count."""
CALLED = {"references": "mentions"}
"""Names that SQL keeps for itself."""
JSON_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "instant": "VARCHAR"}
"""Of the keys of a snapshot's lines; what is not here is JSON."""


def _first_day(of: str) -> str:
    """A snapshot writes a month or year as such; its first day stands for it."""
    return f"try_cast(left({of}->>'start' || '-01-01', 10) AS DATE)"


PLAINER: Mapping[str, Mapping[str, str]] = {
    "events": {"day": _first_day("date")},
    "reports": {
        "day": _first_day("date"),
        "source": "sources->0->>'actor'",
        "target": "targets->0->>'actor'",
        "outlet": "article->>'outlet'",
        "language": "article->>'language'",
    },
    "articles": {"day": _first_day("published")},
}
"""Columns that are added to a snapshot's tables, by the names that an archive has for the same."""


@dataclass(frozen=True, slots=True)
class View:
    name: str
    columns: tuple[tuple[str, str], ...]
    """Name and type."""


@dataclass(frozen=True, slots=True)
class Answer:
    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


@contextmanager
def questions(over: Path, memory: str = MEMORY) -> Iterator[Questions]:
    """What may be asked of a folder or file. Raises DragomanError for what is neither."""
    with duck(memory) as connection:
        for called, query in _views(over).items():
            try:
                connection.execute(f"CREATE VIEW {name(called)} AS {query}")
            except duckdb_module().Error as fault:
                raise DragomanError(
                    f"{over}: the table {called} can't be read ({_first_line(fault)})"
                ) from fault
        where = over.resolve()
        allowed = "allowed_directories" if where.is_dir() else "allowed_paths"
        connection.execute(f"SET {allowed} = {listed([str(where) + '/' * where.is_dir()])}")
        connection.execute("SET python_enable_replacements = false")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield Questions(connection)


class Questions:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def _run(self, query: str) -> list[tuple[str, str]]:
        rows: list[tuple[str, str]] = self._connection.execute(query).fetchall()
        return rows

    def views(self) -> list[View]:
        names = [str(row[0]) for row in self._run("SHOW TABLES")]
        return [View(one, tuple(self._run(_COLUMNS.format(name(one))))) for one in sorted(names)]

    def examples(self) -> list[Example]:
        """Questions that can be put to these views."""
        columns = {view.name: {column for column, _ in view.columns} for view in self.views()}
        found: list[Example] = []
        for example in EXAMPLES:
            fitting = (of for of in example.over if all(
                set(wanted) <= columns.get(table, set()) for table, wanted in of.items()
            ))  # fmt: skip
            tables = next(fitting, None)
            if tables is not None:
                found.append(example.asked_of(next(iter(tables))))
        return found

    def ask(self, question: str) -> Answer:
        """Raises DragomanError, in a sentence, for what can't be answered."""
        duckdb = duckdb_module()
        try:
            statements = self._connection.extract_statements(question)
            self._check(statements)
            found = self._connection.execute(statements[0])
            columns = tuple(one[0] for one in found.description)
            first = found.fetchmany(AT_ONCE)
        except duckdb.Error as fault:
            raise DragomanError(self._told(fault)) from fault
        except RuntimeError as fault:
            raise _interrupted(fault) from fault
        return Answer(_apart(columns), self._rows(first))

    def _check(self, statements: list[Any]) -> None:
        if not statements:
            raise DragomanError("the question is empty; write a SELECT")
        if len(statements) > 1:
            raise DragomanError("one question at a time: this is several statements")
        kind = statements[0].type
        if kind != duckdb_module().StatementType.SELECT:
            raise DragomanError(
                f"only a SELECT is answered, nothing is written or set; this is {kind.name}"
            )

    def _rows(self, some: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        while some:
            yield from some
            try:
                some = self._connection.fetchmany(AT_ONCE)
            except duckdb_module().Error as fault:
                raise DragomanError(self._told(fault)) from fault
            except RuntimeError as fault:
                raise _interrupted(fault) from fault

    def _told(self, fault: Exception) -> str:
        said = str(fault)
        kind, _, rest = said.partition(" Error: ")
        if kind == "Out of Memory":
            return "the question needs more memory than it may take; allow more with --memory"
        if kind == "Permission":
            return "no other file can be read, and nothing from a network: only the views are there"
        if kind == "Catalog" and "Table with name" in rest:
            there = ", ".join(view.name for view in self.views())
            return f"{_first_line(fault)} There are: {there}"
        return f"the question can't be answered: {rest.strip() or said}"


def _interrupted(fault: RuntimeError) -> BaseException:
    """DuckDB takes Ctrl-C for itself, and says so in an error of Python's own."""
    return KeyboardInterrupt() if "interrupted" in str(fault) else fault


_COLUMNS = "SELECT column_name, column_type FROM (DESCRIBE {})"


def _apart(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Names that differ, so that none hides another."""
    made: list[str] = []
    for one in columns:
        number, called = 2, one
        while called in made:
            called, number = f"{one}_{number}", number + 1
        made.append(called)
    return tuple(made)


def _first_line(fault: Exception) -> str:
    return str(fault).partition(" Error: ")[2].partition("\n")[0] or str(fault).partition("\n")[0]


# --- what views there are -------------------------------------------------------------------


def _views(over: Path) -> dict[str, str]:
    if over.is_file() and over.suffix == ".parquet":
        return {_called(over.stem): _plain([str(over)])}
    if not over.is_dir():
        raise DragomanError(
            f"{over}: no folder, and no Parquet file; name what `dragoman archive`, `export` or "
            "`freeze` wrote"
        )
    if (over / "plan.json").exists():
        return _of_archive(over)
    if (over / "manifest.json").exists():
        return _of_snapshot(over)
    files = sorted(over.glob("*.parquet"))
    if not files:
        raise DragomanError(f"{over}: no Parquet file is in this folder")
    return {_called(file.stem): _plain([str(file)]) for file in files}


def _called(stem: str) -> str:
    return re.sub(r"\W+", "_", stem.lower()).strip("_") or "rows"


def _plain(files: list[str]) -> str:
    """An export's first day is called as an archive calls it."""
    try:
        names = needed("pyarrow.parquet").read_schema(files[0]).names
    except needed("pyarrow").ArrowException as fault:
        raise DragomanError(f"{files[0]}: this is no Parquet file, or it is damaged") from fault
    day = ", date_start AS day" if "date_start" in names and "day" not in names else ""
    return f"SELECT *{day} FROM read_parquet({listed(files)})"


def _of_archive(over: Path) -> dict[str, str]:
    if not (over / "manifest.json").exists():
        raise DragomanError(
            f"{over}: this archive is not finished; run the same `dragoman archive` again"
        )
    tables = {
        folder.name: f"read_parquet({literal(str(folder / '*.parquet'))})"
        for folder in sorted(over.iterdir())
        if folder.is_dir() and next(folder.glob("*.parquet"), None) is not None
    }
    views: dict[str, str] = {}
    for table, rows in tables.items():
        if table in INNER:
            continue
        query = f"SELECT t.* FROM {rows} t"
        if table not in ALL_STATES:
            query += f" SEMI JOIN {tables['current']} USING (part, row)"
        views[CALLED.get(table, table)] = query
    return views


def _of_snapshot(over: Path) -> dict[str, str]:
    """The lines of a snapshot by its own dictionary."""
    try:
        dictionary = json.loads((over / "manifest.json").read_bytes())["dictionary"]
        tables = {
            str(one["file"]): {str(f["name"]): str(f["type"]) for f in one["fields"]}
            for one in dictionary
        }
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise DragomanError(f"{over}: its manifest is damaged, or it is no snapshot") from fault
    views: dict[str, str] = {}
    for file, fields in tables.items():
        table = file.partition(".")[0]
        types = ", ".join(
            f"{literal(one)}: {literal(JSON_TYPES.get(type_, 'JSON'))}"
            for one, type_ in fields.items()
        )
        added = "".join(f", {made} AS {name(one)}" for one, made in PLAINER.get(table, {}).items())
        views[table] = (
            f"SELECT *{added} FROM read_json({literal(str(over / file))}, "
            f"columns = {{{types}}}, format = 'newline_delimited')"
        )
    return views
