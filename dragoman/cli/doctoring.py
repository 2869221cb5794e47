"""`dragoman doctor`: what is wrong with a desk and its machine, and the command that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    at_home,
    print_json,
    there,
)

if TYPE_CHECKING:
    from dragoman.config import Config
    from dragoman.doctor.finding import Finding


def doctor(
    full: Annotated[
        bool,
        typer.Option(
            "--full",
            help="Compare all indices of the file and read every article; slow on a large desk.",
        ),
    ] = False,
    mend: Annotated[
        bool, typer.Option("--mend", help="Mend first what the desk can mend by itself.")
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Look a desk over: what is wrong, why it matters, and the command that mends it.

    Looking changes nothing. The exit code is 1 where something is wrong; what is only to be known
    leaves it 0. --mend makes indices anew and removes what leads nowhere; no capture and no word
    of a person goes.

    [dim]Examples:[/]
      dragoman doctor --home mydesk --full
      dragoman doctor --home mydesk --mend
      dragoman doctor --json
    """
    from dragoman.doctor.machine import versions

    found = list(_found(home, full=full, mend=mend))
    is_well = not any(one.weight == "wrong" for one in found)
    here = versions()
    if as_json:
        print_json({"well": is_well, "versions": here, "findings": [asdict(one) for one in found]})
    else:
        print(", ".join(f"{name} {number}" for name, number in here.items()))
        _print(found)
    if not is_well:
        raise typer.Exit(1)


def _found(home: Path, *, full: bool, mend: bool) -> list[Finding]:
    """All findings; without settings that can be read, of the machine alone."""
    from dragoman.cli.app import knowledge_of
    from dragoman.doctor.finding import Finding
    from dragoman.doctor.folder import settings
    from dragoman.doctor.machine import machine
    from dragoman.pipeline import Steps

    config = settings(home)
    if isinstance(config, Finding):
        return [config, *machine(Steps())]
    found = list(machine(Steps(config, knowledge_of(home))))
    return [*found, *_of_desk(home, config, full=full, mend=mend)]


def _of_desk(home: Path, config: Config, *, full: bool, mend: bool) -> list[Finding]:
    from datetime import UTC, datetime

    from dragoman.doctor.desk import desk
    from dragoman.doctor.finding import Finding
    from dragoman.doctor.folder import folder, site
    from dragoman.doctor.mending import mend as mend_desk
    from dragoman.errors import DragomanError
    from dragoman.store import open_store

    found = list(site(config, home))
    try:
        with open_store(there(home), read_only=not mend) as store:
            if mend:
                mend_desk(store)
            found += folder(home, store.size()) if home.is_dir() else ()
            now = datetime.now(UTC)
            found += desk(store, config, now, lambda words: at_home(words, home), full=full)
    except DragomanError as fault:
        found += folder(home, 0) if home.is_dir() else ()
        found.append(
            Finding(
                "store",
                f"the desk can't be opened: {fault}",
                "Nothing of it can be read or written.",
                "do what the message says; a damaged desk is made again from a backup: "
                "`dragoman restore BACKUP --home NEW`",
            )
        )
    return found


def _print(found: Sequence[Finding]) -> None:
    from dragoman.publish.terminal.controls import quiet

    for one in found:
        sign = "wrong" if one.weight == "wrong" else "to know"
        print(f"\n{sign}: {quiet(one.what)}\n  {one.why}\n  mend: {quiet(one.mend)}")
    wrong = sum(one.weight == "wrong" for one in found)
    print(f"\n{wrong} wrong, {len(found) - wrong} to know" if found else "All is well.")
