"""`dragoman comments …`: what readers say under articles, and what is decided about it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Optional

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    group,
    print_json,
    room_of,
    store_of,
)
from dragoman.cli.judging import ByOption

app = group(
    "comments", "Comments of readers: what waits, what was decided, and what is past its time."
)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `comments list` shows it.")]
WhyOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--why", help="The reason, for the log."),
]


@app.command("list")
def list_(
    state: Annotated[
        str, typer.Option("--state", help="held (they wait), shown, spam or gone.")
    ] = "held",
    most: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Comments that wait, oldest first; or those in another folder, newest first.

    [dim]Examples:[/]
      dragoman comments list
      dragoman comments list --state spam
    """
    from dragoman.cli.listing import print_table
    from dragoman.model.comment import COMMENT_STATES
    from dragoman.publish.comments.reasons import worded
    from dragoman.publish.comments.typed import visible, visible_name

    found = next((one for one in COMMENT_STATES if one == state), None)
    if found is None:
        raise typer.BadParameter(f"--state takes {', '.join(COMMENT_STATES)}, not {state[:40]!r}")
    with store_of(home) as store:
        comments = store.comments_in(found, most)
    if as_json:
        print_json([asdict(one) for one in comments])
    elif comments:
        names = ("number", "on", "article", "name", "comment", "spam", "why")
        rows = [
            (
                str(one.id),
                one.made_at[:10],
                one.article_id,
                visible_name(one.name),
                visible(one.text),
                f"{one.score:.2f}",
                worded(one.reasons[0]) if one.reasons else "",
            )
            for one in comments
        ]
        print_table(names, rows)
    else:
        print("No comment waits." if found == "held" else f"No comment is {found}.")


@app.command()
def show(
    number: Number,
    why: WhyOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Show it under its article; the filter learns that such comments are none of spam.

    [dim]Example:[/]
      dragoman comments show 12
    """
    _decide("show", number, why, by, home, as_json)


@app.command()
def hold(
    number: Number,
    why: WhyOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Let it wait again.

    [dim]Example:[/]
      dragoman comments hold 12 --why "ask the author first"
    """
    _decide("hold", number, why, by, home, as_json)


@app.command()
def spam(
    number: Number,
    why: WhyOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Put it with the spam; the filter learns of it.

    [dim]Example:[/]
      dragoman comments spam 12
    """
    _decide("spam", number, why, by, home, as_json)


@app.command()
def remove(
    number: Number,
    why: WhyOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Take it away for another reason than spam; until it is past its time it can come back.

    [dim]Example:[/]
      dragoman comments remove 12 --why "insults"
    """
    _decide("remove", number, why, by, home, as_json)


@app.command()
def undo(
    number: Number,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Take the last decision about it back, and what the filter learnt of it.

    [dim]Example:[/]
      dragoman comments undo 12
    """
    _decide("undo", number, None, by, home, as_json)


@app.command()
def block(
    number: Number,
    why: WhyOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Hold whatever its author sends from now on; what is there stays where it is.

    [dim]Example:[/]
      dragoman comments block 12 --why "the same advertisement each day"
    """
    _decide("block", number, why, by, home, as_json)


@app.command()
def export(number: Number, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """All that is kept of a comment, as JSON: for whoever wrote it and asks.

    [dim]Example:[/]
      dragoman comments export 12 > comment-12.json
    """
    from dragoman.errors import StoreError
    from dragoman.publish.forms.own_comment import comment_json

    with store_of(home) as store:
        found = store.comment(number)
        if found is None:
            raise StoreError(f"there is no comment {number}; `dragoman comments list` shows them")
        print_json(comment_json(store, found))


@app.command()
def erase(
    number: Number,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Erase it for good, as its author wants; what others answered stays.

    [dim]Example:[/]
      dragoman comments erase 12 --yes
    """
    with store_of(home) as store:
        if not yes:
            typer.confirm(f"Erase comment {number} for good?", abort=True, err=True)
        store.erase_comment(number)
    print_json({"erased": number}) if as_json else print(f"Comment {number} is erased.")


@app.command()
def purge(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Erase what is past its time by the settings; a desk that is served does so daily.

    [dim]Example:[/]
      dragoman comments purge
    """
    from dragoman.config import load_config
    from dragoman.publish.comments.keeping import purge as purged

    with store_of(home) as store:
        done = purged(store, load_config(home).comments)
    if as_json:
        print_json(dict(done))
    else:
        print(
            f"Erased: {done['spam']} of spam, {done['removed']} that were removed; "
            f"{done['persons']} hashes of networks forgotten."
        )


def _decide(
    do: str, number: int, why: str | None, by: str | None, home: Path, as_json: bool
) -> None:
    from dragoman.cli.judging import UNKNOWN
    from dragoman.publish.comments.deciding import decide

    with room_of(home) as room:
        made = decide(room, room.store, do, number, by or UNKNOWN, why)
    if as_json:
        print_json(asdict(made))
    else:
        print(f"Comment {number} is {made.state}.")
