"""`dragoman codebook …`: the categories that a desk adds to PLOVER's, checked before they code."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Optional

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    console,
    group,
    knowledge_of,
    print_json,
)

app = group("codebook", "The desk's own categories, coded beside PLOVER's.")


@app.command()
def check(
    folder: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(metavar="FOLDER", help="Files to check; default: codebook/ of the desk."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """What each category's examples are worth: unusable ones, confused ones, and what to do.

    Every example is held against its category without itself. The exit code is
    1 while a category is not coded or has examples that can't be used.

    [dim]Examples:[/]
      dragoman codebook check --home mydesk
      dragoman codebook check drafts/energy --json
    """
    from dragoman.config import load_config
    from dragoman.errors import DragomanError
    from dragoman.knowledge import Knowledge
    from dragoman.pipeline import Steps
    from dragoman.publish.terminal.own import shown
    from dragoman.record.checking import check as checked

    if folder is not None and not folder.is_dir():
        raise DragomanError(f"{folder}: there is no such folder; name one with a TOML file in it")
    knowledge = Knowledge(own_folder=folder) if folder is not None else knowledge_of(home)
    if knowledge is None or not knowledge.own.categories:
        raise DragomanError(_nothing(folder, home))
    found = [asdict(one) for one in checked(Steps(load_config(home), knowledge).lessons)]
    if as_json:
        print_json({"folder": str(knowledge.own_folder), "categories": found})
    else:
        to = console()
        for part in shown(found):
            to.print(part)
    if any(one["aside"] or not one["coded"] for one in found):
        raise typer.Exit(1)


@app.command("list")
def list_(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """The desk's own categories: id, quad class, label, and how many examples each has."""
    from dragoman.errors import DragomanError
    from dragoman.publish.terminal.controls import quiet
    from dragoman.publish.words import QUADS

    knowledge = knowledge_of(home)
    if knowledge is None or not knowledge.own.categories:
        raise DragomanError(_nothing(None, home))
    categories = list(knowledge.own.plain.values())
    if as_json:
        rows = [
            {"id": c.id, "quad": c.quad, "label": c.label, "examples": len(c.examples)}
            for c in categories
        ]
        print_json({"categories": rows})
        return
    for c in categories:
        label = next(iter(c.label.values()), c.id)
        print(quiet(f"{c.id}: {label}, {QUADS[c.quad]}, {len(c.examples)} examples"))


def _nothing(folder: Path | None, home: Path) -> str:
    if folder is not None:
        return f"{folder}: no category is in here; put a TOML file for each into it"
    return f"{home}: this desk has no codebook of its own; make a folder codebook/ in it"
