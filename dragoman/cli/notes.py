"""`dragoman notes …`: what readers of the site say is wrong, and that it was dealt with."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from dragoman.cli.app import DEFAULT_HOME, HomeOption, JsonOption, group, print_json, store_of
from dragoman.cli.judging import ByOption

app = group("notes", "Errors that readers report on the pages of events.")

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `notes list` shows it.")]


@app.command("list")
def list_(
    with_done: Annotated[bool, typer.Option("--all", help="Those that are done too.")] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """What readers reported, oldest first, with the event it is about.

    [dim]Example:[/]
      dragoman notes list
      dragoman judge reject e-0123456789abcdef --note "a reader was right"
    """
    from dragoman.cli.listing import print_table
    from dragoman.publish.forms.error_note import WRONG

    with store_of(home) as store:
        found = store.error_notes(with_done=with_done)
    if as_json:
        print_json([asdict(one) for one in found])
    elif found:
        names = ("note", "on", "event", "what is wrong", "in their words", "done")
        rows = [
            (
                str(one.id),
                one.at[:10],
                one.event_id,
                WRONG.get(one.what, one.what),
                one.text,
                (one.done_at or "")[:10],
            )
            for one in found
        ]
        print_table(names, rows)
    else:
        print("No reader reported an error." if with_done else "No note waits.")


@app.command()
def done(
    number: Number,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Mark a note as dealt with; what was decided stands in the judgements.

    [dim]Example:[/]
      dragoman notes done 3
    """
    with store_of(home) as store:
        note = store.error_note_done(number, by)
    print_json(asdict(note)) if as_json else print(f"Note {number} is done.")


@app.command("open")
def open_(number: Number, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Take that back: the note waits again.

    [dim]Example:[/]
      dragoman notes open 3
    """
    with store_of(home) as store:
        note = store.error_note_open(number)
    print_json(asdict(note)) if as_json else print(f"Note {number} waits again.")
