"""`dragoman copy-store`, `backup`, `restore`: a desk in another place, with the proof of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    complain,
    console,
    print_json,
    there,
)

if TYPE_CHECKING:
    from dragoman.store import Carried

SHOWN = 12
"""Signs of a digest that people compare."""


def copy_store(
    old: Annotated[
        str, typer.Argument(metavar="FROM", help="A desk: postgresql://…, a SQLite file, a folder.")
    ],
    new: Annotated[
        str, typer.Argument(metavar="TO", help="A new and empty one, in any of these forms.")
    ],
    as_json: JsonOption = False,
) -> None:
    """Copy a desk into another database or file, and prove that all of it came over.

    Others may go on writing to the old desk; what they write once it began is not in the copy.
    Stopped half-way it leaves the new desk empty: begin again. Settings stay in the home folder.

    [dim]Examples:[/]
      dragoman copy-store mydesk postgresql://ada@db.example/desk
      dragoman copy-store postgresql://ada@db.example/desk mydesk/desk.sqlite
    """
    from dragoman.store import NotTheSame, open_store, shown_address

    with open_store(old, read_only=True) as here, open_store(new) as there:
        try:
            with watched(as_json) as told:
                carried: Sequence[Carried] = here.copy_into(there, told)
        except NotTheSame as fault:
            _tell(shown_address(old), shown_address(new), fault.carried, as_json)
            raise
    _tell(shown_address(old), shown_address(new), carried, as_json)


def backup(
    into: Annotated[Path, typer.Argument(metavar="TO", help="The folder that holds backups.")],
    keep: Annotated[
        int | None,
        typer.Option(min=1, help="Remove the oldest backups in TO but so many; left out: none."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Back up a whole desk while it runs: its store, settings, own codebook and snapshots.

    Makes a new folder in TO, named by the moment, and checks it before it gets that name.

    [dim]Examples:[/]
      dragoman backup backups --home mydesk
      dragoman backup backups --home mydesk --keep 7
    """
    from dragoman import backups
    from dragoman.logs import note

    with watched(as_json) as told:
        made, gone = backups.make(home, there(home), into, keep=keep, told=told)
    rows = backups.read(made).rows
    if left := backups.fuller_than(into, made):
        complain(
            f"{len(left)} of the other backups have more than twice as many articles as {made} "
            f"({rows['articles']}): none of them is removed; if the desk was lost, "
            f"`dragoman restore {left[-1]} --home NEW`"
        )
    note("backup", made=made.name, rows=sum(rows.values()), removed=[one.name for one in gone])
    if as_json:
        print_json({"backup": str(made), "rows": rows, "removed": [str(one) for one in gone]})
        return
    print(f"{made}: {rows['articles']} articles, {sum(rows.values())} rows in all; checked")
    for one in gone:
        print(f"removed {one}")


def restore(
    made: Annotated[
        Path,
        typer.Argument(metavar="FROM", help="A backup: a folder desk-… in the folder of them."),
    ],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Make the desk of a backup again, in a new and empty home; its store elsewhere with --store.

    The settings come with it, but for where the store was; say so anew if it is not in the home.

    [dim]Examples:[/]
      dragoman restore backups/desk-2026-11-29T03-00-00Z --home newdesk
      dragoman restore backups/desk-2026-11-29T03-00-00Z --home newdesk --store postgresql://…
    """
    from dragoman import backups
    from dragoman.config import named_store
    from dragoman.store import shown_address

    store = named_store()
    with watched(as_json) as told:
        found = backups.restore(made, home, store, told)
    place = shown_address(store) if store else str(home / "desk.sqlite")
    if as_json:
        print_json({"home": str(home), "store": place, "made": found.made, "rows": found.rows})
        return
    print(f"{home}: {found.rows['articles']} articles as they were on {found.made}; checked")
    if store:
        print(f'The store is {place}: name it with --store, DRAGOMAN_STORE or store = "…".')


@contextmanager
def watched(as_json: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Progress on a terminal: what is told of which table, how many rows are done, of how many."""
    from rich.progress import Progress

    shown = console(stderr=True)
    with Progress(
        console=shown, transient=True, disable=as_json or not shown.is_terminal
    ) as progress:
        task = progress.add_task("", total=None)

        def told(what: str, done: int, total: int) -> None:
            progress.update(task, description=what, completed=done, total=total)

        yield told


def _tell(old: str, new: str, carried: Sequence[Carried], as_json: bool) -> None:
    from dragoman.cli.listing import print_table

    is_same = all(one.is_same for one in carried)
    if as_json:
        tables = [asdict(one) | {"same": one.is_same} for one in carried]
        print_json({"from": old, "to": new, "same": is_same, "tables": tables})
        return
    rows = [
        (
            one.table,
            str(one.old.rows),
            str(one.new.rows),
            one.old.digest[:SHOWN],
            one.new.digest[:SHOWN],
            "same" if one.is_same else "DIFFERENT",
        )
        for one in carried
        if one.old.rows or one.new.rows
    ]
    print_table(("table", "rows", "copied", "digest", "of the copy", ""), rows)
    total = sum(one.old.rows for one in carried)
    if is_same:
        print(f"{total} rows of {len(carried)} tables and indices are in {new}, each the same.")
