"""`dragoman audit …`: samples of coded sentences, read by people, and what they come to."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional, TypeVar

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    console,
    group,
    print_json,
    room_of,
    store_of,
)

if TYPE_CHECKING:
    from dragoman.model.audit import AuditResult
    from dragoman.publish.room import ReadingRoom

app = group(
    "audit", "How right is the code? Draw a sample, read it, and see precision with intervals."
)

T = TypeVar("T")
TOLD_EVERY = 1000
"""Things counted between two signs of progress."""
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="As `audit list` has it.")]
ReaderOption = Annotated[str, typer.Option("--reader", metavar="NAME", help="Who reads.")]


def counting(things: Iterator[T], what: str, as_json: bool) -> Iterator[T]:
    """The things, with a sign of progress on a terminal."""
    from rich.progress import Progress, TextColumn

    quiet = as_json or not sys.stderr.isatty()
    words = TextColumn(f"{{task.completed:,.0f}} {what} read")
    with Progress(words, console=console(stderr=True), transient=True, disable=quiet) as progress:
        task = progress.add_task("reading", total=None)
        for number, one in enumerate(things, 1):
            yield one
            if number % TOLD_EVERY == 0:
                progress.update(task, completed=number)


@app.command()
def new(
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help='As `search` takes it; "" is the whole desk.')
    ] = "",
    number: Annotated[int, typer.Option("--n", min=1, max=100_000, help="Reports to draw.")] = 200,
    by: Annotated[
        str,
        typer.Option(
            metavar="NAMES",
            help="Strata: category, root, quad, status, told, lang, outlet, year; with commas.",
        ),
    ] = "category,lang",
    name: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="What to call it; default: audit-1, audit-2 …"),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed draws the same reports.")] = 1,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Draw a sample of the reports that a query finds, and keep it as it is now.

    Every stratum has five reports in it, or all that it has; the others follow the strata's sizes.

    [dim]Examples:[/]
      dragoman audit new "actor:AZE after:2023" --n 200 --by category,lang
      dragoman audit new "" --n 300 --by quad,year --name whole-desk
    """
    from dragoman.checking.sampling import draw, parted_by
    from dragoman.model.audit import Audit
    from dragoman.publish.formats.view_json import view_json
    from dragoman.publish.gathering import events
    from dragoman.publish.words import counted

    with room_of(home) as room:
        called = _free_name(room, name)
        names = parted_by(by)
        found = (row for item in events(room, query) for row in item.reports)
        rows = counting(found, "reports", as_json)
        strata, items = draw(rows, names, number, seed, room.knowledge.outlets)
        audit = Audit(called, query, names, seed, room.now, strata)
        room.store.keep_audit(audit, items)
    if as_json:
        print_json(view_json(audit))
        return
    whole = counted(audit.reports, "report")
    print(f"{called}: {audit.drawn} of {whole} drawn, from {len(strata)} strata")
    print(f"`dragoman audit ask {called} --reader YOUR-NAME` begins to read")


@app.command("list")
def list_(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """All audits with their query, size and how much of each was read.

    [dim]Example:[/] dragoman audit list --home mydesk
    """
    from dragoman.publish.terminal.controls import quiet

    with store_of(home) as store:
        rows = [
            {
                "name": one.name,
                "query": one.query,
                "made_at": one.made_at,
                "reports": one.reports,
                "drawn": one.drawn,
                "read": len({said.report_id for said in store.audit_verdicts(one.name)}),
            }
            for one in store.audits()
        ]
    if as_json:
        print_json({"audits": rows})
        return
    for row in rows:
        about = f"“{row['query']}”" if row["query"] else "the whole desk"
        print(quiet(f"{row['name']}: {about}, {row['drawn']} drawn, {row['read']} read"))
    if not rows:
        print("no audit yet; `dragoman audit new` draws one")


@app.command()
def show(name: NameArgument, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Precision overall, by stratum and by part, with intervals; agreement of readers.

    [dim]Example:[/] dragoman audit show audit-1 --json
    """
    from dragoman.checking.results import result_of
    from dragoman.checking.session import audit_named
    from dragoman.publish.formats.view_json import view_json

    with store_of(home) as store:
        result = result_of(store, audit_named(store, name))
    if as_json:
        print_json(view_json(result))
    else:
        _print(result)


@app.command()
def ask(
    name: NameArgument,
    reader: ReaderOption,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Judge the sentences of an audit in the terminal, one at a time; stop and go on at will.

    [dim]Example:[/] dragoman audit ask audit-1 --reader Ada
    """
    from dragoman.checking.session import Session, audit_named
    from dragoman.checking.verdicts import reader_named
    from dragoman.cli.asking import go_through

    with room_of(home) as room:
        audit = audit_named(room.store, name)
        go_through(room, Session(room.store, audit, reader_named(reader)), console())


@app.command()
def serve(
    name: NameArgument,
    reader: ReaderOption,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8001,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Judge the sentences of an audit in a browser of this machine, one a page.

    [dim]Example:[/] dragoman audit serve audit-1 --reader Ada
    """
    import uvicorn

    from dragoman.checking.session import Session, audit_named
    from dragoman.checking.verdicts import reader_named
    from dragoman.errors import DragomanError
    from dragoman.publish.site.auditing import audit_site

    with room_of(home) as room:
        session = Session(room.store, audit_named(room.store, name), reader_named(reader))
        print(f"Read {name} at http://localhost:{port} (Ctrl-C stops)", flush=True)
        try:
            uvicorn.run(audit_site(room, session), host="127.0.0.1", port=port, log_level="warning")
        except SystemExit as end:  # what it logs says no way out
            raise DragomanError(
                f"port {port} can't be listened on; --port takes another number"
            ) from end


@app.command()
def export(
    name: NameArgument,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", "-o", metavar="FILE", help="Default: stdout."),
    ] = None,
    reader: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--reader", metavar="NAME", help="Fill in this reader's verdicts."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """The sample as CSV, with columns for verdict, what is wrong, and a note.

    [dim]Example:[/] dragoman audit export audit-1 -o for-bela.csv
    """
    from dragoman.checking.session import audit_named
    from dragoman.checking.verdicts import as_csv
    from dragoman.publish.exporting import whole_file

    with store_of(home) as store:
        items = store.audit_items(audit_named(store, name).name)
        made = as_csv(items, store.audit_verdicts(name, reader) if reader is not None else ())
    if out is None:
        print(made, end="")
    else:
        with whole_file(out) as file:
            file.write(made.encode("utf-8-sig"))  # marked, so that spreadsheets read accents


@app.command("import")
def import_(
    name: NameArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV as `export` writes it.")],
    reader: ReaderOption,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Keep the verdicts of a CSV file; all of them, or none where a line can't be understood.

    [dim]Example:[/] dragoman audit import audit-1 for-bela.csv --reader Béla
    """
    from dragoman.checking.session import audit_named
    from dragoman.checking.verdicts import from_csv, reader_named

    with store_of(home) as store:
        items = store.audit_items(audit_named(store, name).name)
        made = from_csv(file.read_bytes(), str(file), items, reader_named(reader))
        store.rule(name, made)
    if as_json:
        print_json({"audit": name, "reader": reader_named(reader), "kept": len(made)})
    else:
        print(f"{len(made)} verdicts kept; {len(items) - len(made)} have none in this file")


def _free_name(room: ReadingRoom, name: str | None) -> str:
    import re

    from dragoman.errors import DragomanError

    taken = {one.name for one in room.store.audits()}
    if name is None:
        return next(made for i in range(1, len(taken) + 2) if (made := f"audit-{i}") not in taken)
    if not re.fullmatch(r"\w[\w.-]{0,99}", name):
        raise DragomanError(f"--name takes letters, digits, dots and hyphens, and not {name!r}")
    if name in taken:
        raise DragomanError(f"there is an audit {name} already; choose another --name")
    return name


def _print(result: AuditResult) -> None:
    from rich.table import Table

    from dragoman.publish.terminal.audit_words import PART_WORDS, result_lines, share_words
    from dragoman.publish.terminal.controls import quiet

    to = console()
    for line in result_lines(result):
        to.print(quiet(line), markup=False)
    if not result.read:
        return
    strata = Table("stratum", "reports", "drawn", "right", "wrong", "unsure", "precision")
    for one in result.strata:
        numbers = (one.reports, one.drawn, one.right, one.wrong, one.unsure)
        words = quiet(", ".join(one.values) or "all")
        strata.add_row(words, *map(str, numbers), share_words(one.precision))
    to.print(strata)
    parts = Table("part", "right")
    for part, share in result.parts:
        label = "it tells an event" if part == "not-an-event" else f"{part}: {PART_WORDS[part]}"
        parts.add_row(label, share_words(share))
    to.print(parts)
