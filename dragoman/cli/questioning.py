"""`dragoman sql`: questions in SQL over Parquet files that Dragoman wrote."""

from __future__ import annotations

import json
import sys
from itertools import islice
from math import isfinite
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from dragoman.cli.app import DEFAULT_HOME, HomeOption, JsonOption, console, print_json, print_line

if TYPE_CHECKING:
    from dragoman.store.questions import Answer, Questions


def sql(
    question: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(metavar="SQL", help="A SELECT; without one, what there is to be asked."),
    ] = None,
    over: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="DIR|FILE|NAME", help="An archive, an export, or a snapshot."),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print comma-separated values.")] = False,
    rows: Annotated[
        int, typer.Option(min=1, metavar="N", help="Rows of the table that is printed.")
    ] = 50,
    memory: Annotated[
        str, typer.Option(metavar="SIZE", help="Memory that DuckDB may take: 500MB, 8GB.")
    ] = "2GB",
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Ask in SQL over what `archive`, `export` or `freeze` wrote. Reads these files and no others.

    [dim]Examples:[/]
      dragoman sql --over march
      dragoman sql "SELECT language, count(*) FROM articles GROUP BY language" --over march
      dragoman sql "SELECT day, source, target FROM events" --over events.parquet --csv
      dragoman sql "SELECT count(*) FROM events" --over 2024-spring --home mydesk
    """
    from dragoman.errors import DragomanError
    from dragoman.store.questions import questions

    if over is None:
        raise DragomanError(
            "say over what: --over DIR, with a folder that `dragoman archive`, `freeze` or "
            "`export` wrote, or a Parquet file"
        )
    with questions(_found(over, home), memory) as asked:
        if question is None:
            _show_views(asked, over, as_json)
            return
        answer = asked.ask(question)
        if as_json:
            _print_lines(answer)
        elif as_csv:
            _print_csv(answer)
        else:
            _print_table(answer, rows)


def _found(over: Path, home: Path) -> Path:
    """A folder or file, or else a snapshot of the desk by its name."""
    from dragoman.publish.snapshots.snapshot import NAME, SNAPSHOTS

    own = home / SNAPSHOTS / over.name
    if not over.exists() and NAME.fullmatch(str(over)) and own.is_dir():
        return own
    return over


def _show_views(asked: Questions, over: Path, as_json: bool) -> None:
    views, examples = asked.views(), asked.examples()
    if as_json:
        print_json({
            "views": [
                {"name": view.name, "columns": [
                    {"name": column, "type": type_} for column, type_ in view.columns
                ]}
                for view in views
            ],
            "examples": [{"asks": one.asks, "sql": one.sql} for one in examples],
        })  # fmt: skip
        return
    for view in views:
        print(view.name)
        for column, type_ in view.columns:
            print(f"  {column}  {type_.lower()}")
    for one in examples:
        print(f'\n{one.asks}:\n  dragoman sql "{one.sql}" --over {over}')


def _print_lines(answer: Answer) -> None:
    for row in answer.rows:
        print_line({name: _plain(value) for name, value in zip(answer.columns, row, strict=True)})


def _print_csv(answer: Answer) -> None:
    from dragoman.publish.formats.columns import Column, write_csv

    columns = [Column(name, "text", "", itemgetter(at)) for at, name in enumerate(answer.columns)]
    sys.stdout.flush()
    rows = (tuple(_cell(value) for value in row) for row in answer.rows)
    write_csv(columns, rows, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _print_table(answer: Answer, most: int) -> None:
    from rich.table import Table
    from rich.text import Text

    from dragoman.publish.terminal.controls import quiet

    def text(value: object) -> Text:
        return Text(quiet("" if value is None else str(value)), overflow="fold")

    table = Table(box=None, pad_edge=False)
    for name in answer.columns:
        table.add_column(text(name))
    for row in islice(answer.rows, most):
        table.add_row(*(text(_cell(value)) for value in row))
    console().print(table)
    if next(answer.rows, None) is not None:
        print(f"… and more: --rows shows more than {most}; --csv and --json, all", file=sys.stderr)


def _plain(value: Any) -> object:
    """As JSON has it: days and instants in ISO form, bytes by their number."""
    if isinstance(value, bytes | bytearray | memoryview):
        return f"<{len(value)} bytes>"
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, float):
        return value if isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _cell(value: Any) -> str | int | float | None:
    plain = _plain(value)
    if plain is None or isinstance(plain, str | int | float):
        return plain
    return json.dumps(plain, ensure_ascii=False)
