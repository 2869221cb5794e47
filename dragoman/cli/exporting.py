"""What leaves the desk in bulk: `export`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    console,
    print_json,
    room_of,
)
from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from dragoman.publish.exporting import Exported
    from dragoman.publish.formats import Format
    from dragoman.publish.room import ReadingRoom

STDOUT = Path("-")


def export(
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="Which events or articles; default: all.")
    ] = "",
    format_: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--format", "-f", help="Default: by the file's suffix, else jsonl."),
    ] = None,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", "-o", metavar="FILE", help="Default, and -: stdout. .gz compresses."),
    ] = None,
    public: Annotated[
        bool,
        typer.Option("--public", help="Leads and evidence only, but for licensed texts."),
    ] = False,
    retracted: Annotated[
        bool, typer.Option("--retracted", help="Also events that no report tells any more.")
    ] = False,
    no_about: Annotated[
        bool, typer.Option("--no-about", help="Write no FILE.about.json beside the file.")
    ] = False,
    dictionary: Annotated[
        bool, typer.Option("--dictionary", help="Print what every column means, and no data.")
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Take events or articles away as a file: CSV, JSON Lines, GDELT, POLECAT, ACLED, Parquet …

    [dim]Examples:[/]
      dragoman export --home mydesk -o events.csv
      dragoman export "category:SANCTION after:2024-01" --format gdelt -o sanctions.csv
      dragoman export --format articles --public -o for-others.articles.jsonl.gz
      dragoman export --dictionary --format csv
    """
    from dragoman.publish.exporting import format_named

    if dictionary:
        _print_dictionary(format_named(format_) if format_ else None, as_json)
        return
    if out == STDOUT:
        out = None
    chosen = _chosen(format_, out)
    with room_of(home, public=public) as room:
        if out is None:
            made = _to_stdout(room, query, chosen, retracted)
            if as_json:
                print(json.dumps(made.as_json(), ensure_ascii=False), file=sys.stderr)
            elif made.left_out:
                print(f"dragoman: {_summary(made)}", file=sys.stderr)
            return
        _to_file(room, query, chosen, out, retracted, with_about=not no_about, as_json=as_json)


def _chosen(name: str | None, out: Path | None) -> Format:
    """By its name, else by the file's suffix. Raises DragomanError where no format has that one."""
    from dragoman.publish.exporting import DEFAULT, format_named, format_of

    if name:
        return format_named(name)
    found = format_of(out) if out is not None else None
    if found is not None:
        return found
    if out is not None and out.suffix and (out.is_file() or not out.exists()):
        raise DragomanError(
            f"{out}: no format has this suffix; name one with --format "
            "(`dragoman export --dictionary` lists all)"
        )
    return format_named(DEFAULT)


def _to_stdout(room: ReadingRoom, query: str, chosen: Format, retracted: bool) -> Exported:
    from dragoman.publish.exporting import export as write

    if sys.stdout is None:  # it was closed by whoever started the command
        raise DragomanError("the standard output is closed; name a file with -o")
    sys.stdout.flush()
    made = write(room, query, chosen, sys.stdout.buffer, with_retracted=retracted)
    sys.stdout.buffer.flush()
    return made


def _to_file(
    room: ReadingRoom,
    query: str,
    chosen: Format,
    out: Path,
    retracted: bool,
    *,
    with_about: bool,
    as_json: bool,
) -> None:
    from dragoman.publish.exporting import described, whole_file
    from dragoman.publish.exporting import export as write

    with _progress(chosen, as_json) as note, whole_file(out) as file:
        made = write(room, query, chosen, file, with_retracted=retracted, note=note)
    said = described(made, out) if out.is_file() else made.as_json()
    if with_about and out.is_file():
        with whole_file(out.with_name(out.name + ".about.json")) as file:
            file.write((json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode())
    if out.is_file():
        print_json(said) if as_json else print(f"{out}: {_summary(made)}")
    else:  # the data went to a pipe or device, which may be stdout itself
        print(json.dumps(said) if as_json else f"{out}: {_summary(made)}", file=sys.stderr)


def _summary(made: Exported) -> str:
    rows = f"{made.rows:,} row{'' if made.rows == 1 else 's'} ({made.format.name})"
    if not made.left_out:
        return rows
    return (
        f"{rows}; {made.left_out:,} {made.format.takes} left out, which have no place in this "
        "format (--dictionary tells why)"
    )


@contextmanager
def _progress(chosen: Format, as_json: bool) -> Iterator[Callable[[], None]]:
    """A count on a terminal while it is written."""
    from rich.progress import Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn(f"{{task.completed:,}} {chosen.takes}"))
    is_shown = sys.stderr.isatty() and not as_json
    with Progress(
        *columns, console=console(stderr=True), transient=True, disable=not is_shown
    ) as bar:
        task = bar.add_task("", total=None)
        yield lambda: bar.advance(task)


def _print_dictionary(chosen: Format | None, as_json: bool) -> None:
    from dragoman.publish.dictionary import dictionary_json, dictionary_markdown
    from dragoman.publish.formats import formats

    found = [chosen] if chosen is not None else list(formats().values())
    if as_json:
        print_json(dictionary_json(found))
    else:
        print(dictionary_markdown(found), end="")
