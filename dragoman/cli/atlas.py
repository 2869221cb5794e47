"""`dragoman atlas …`: what is wrong or old in the atlas, and what articles could add to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    group,
    knowledge_of,
    print_json,
    store_of,
)

if TYPE_CHECKING:
    from dragoman.knowledge.atlas_check import Finding
    from dragoman.link.told import Suggestion

EVIDENCE = 3
"""Tellings shown of each suggestion; --json has all."""

app = group("atlas", "Actors, their offices and memberships: what is wrong, old or lacking.")


@app.command()
def check(
    folder: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(metavar="FOLDER", help="Tables to check; default: the program's own."),
    ] = None,
    day: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="The day on which open roles are old or not; default: today."),
    ] = None,
    show_open: Annotated[
        bool, typer.Option("--open", help="List every open role past its last look-up.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Gaps, overlaps, doubles and clashing names, each with file, line and what to do.

    Two holders of an office of one, one person under two ids, one name for two
    actors, memberships that overlap and impossible dates are faults: the exit
    code is 1 while there are any. Times without a holder, people whose names
    look alike, and open roles that have not been looked up lately are notes.

    [dim]Examples:[/]
      dragoman atlas check
      dragoman atlas check --open --day 2026-01-01
      dragoman atlas check drafts/atlas --json
    """
    from dragoman.errors import DragomanError
    from dragoman.knowledge import ATLAS
    from dragoman.knowledge.atlas_check import check_atlas, is_date

    if folder is not None and not folder.is_dir():
        raise DragomanError(f"{folder}: there is no such folder; name one that holds the tables")
    on = day or date.today().isoformat()
    if len(on) != len("2026-01-01") or not is_date(on):
        raise DragomanError(f"--day {on}: this is no day; write it as 2026-01-31")
    found = check_atlas(folder or ATLAS, on)
    faults = sum(one.level == "fault" for one in found)
    if as_json:
        print_json({"day": on, "faults": faults, "findings": [_shown(one) for one in found]})
    else:
        _tell(found, show_open=show_open)
    if faults:
        raise typer.Exit(1)


@app.command()
def suggestions(
    least: Annotated[
        int, typer.Option(min=1, metavar="N", help="Only what N outlets tell or more.")
    ] = 1,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Offices that the desk's articles tell of and the atlas lacks, with rows to paste.

    An office told beside a name ("X, the Kenyan foreign minister") is listed with
    how many articles and outlets tell it, the first and last day, its words, and
    whom the atlas has instead. Lines without # go into people.tsv and roles.tsv
    once a person has looked the fact up; nothing is added by itself.

    [dim]Examples:[/]
      dragoman atlas suggestions --home mydesk
      dragoman atlas suggestions --least 2 --json
    """
    from dragoman.knowledge import Knowledge
    from dragoman.knowledge.publishers import outlet_name
    from dragoman.link.told import suggestions as joined
    from dragoman.link.told import told_offices
    from dragoman.publish.words import counted

    knowledge = knowledge_of(home) or Knowledge()
    with store_of(home) as store:
        told = [
            one
            for identity in store.article_ids()
            if (kept := store.kept(identity)) is not None
            for one in told_offices(
                kept, knowledge.atlas, outlet_name(kept.article, knowledge.outlets)
            )
        ]
    found = [one for one in joined(told, knowledge.atlas) if one.outlets >= least]
    if as_json:
        print_json({"suggestions": [{**asdict(one), "rows": one.rows()} for one in found]})
        return
    for one in found:
        _tell_office(one)
    print(f"# {counted(len(found), 'suggestion')} from {counted(len(told), 'telling')}")


def _tell_office(one: Suggestion) -> None:
    from dragoman.publish.terminal.controls import quiet
    from dragoman.publish.words import counted

    articles, outlets = counted(one.articles, "article"), counted(one.outlets, "outlet")
    print(quiet(f"# {one.name}: {articles}, {outlets}, {one.first} to {one.last}"))
    for told in one.evidence[:EVIDENCE]:
        print(quiet(f"#   {told.article_id}: {told.words}"))
    if one.rivals:
        print(f"#   the atlas has {', '.join(one.rivals)} in that office")
    for row in one.rows():
        print(row)


def _shown(one: Finding) -> dict[str, object]:
    return {
        "level": one.level,
        "kind": one.kind,
        "file": str(one.path),
        "line": one.line,
        "text": one.text,
    }


def _tell(found: Sequence[Finding], *, show_open: bool) -> None:
    for one in found:
        if one.kind != "open" or show_open:
            print(f"{one.level}: {one}")
    levels = Counter(one.level for one in found)
    old = sum(one.kind == "open" for one in found)
    print(f"{levels['fault']} faults, {levels['note']} notes")
    if old and not show_open:
        print(f"{old} of the notes are open roles past their last look-up; --open lists them")
