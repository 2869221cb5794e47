"""`dragoman republish …`: which licensed articles are handed on whole to other sites."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    group,
    print_json,
    room_of,
)
from dragoman.cli.judging import ByOption

if TYPE_CHECKING:
    from dragoman.model.republishing import Ruling

app = group("republish", "Licensed articles: which of them other sites are handed, whole.")

ArticleId = Annotated[str, typer.Argument(metavar="ID", help="An article (a-…).")]
WhyOption = Annotated[Optional[str], typer.Option("--why", help="Kept with it.")]  # noqa: UP045
NeededWhy = Annotated[str, typer.Option("--why", help="Kept with it.")]


@app.command("list")
def list_(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """The newest licensed articles, those that wait first, with what was decided.

    [dim]Example:[/]
      dragoman republish list
    """
    from dragoman.cli.listing import print_table
    from dragoman.publish.forms.republish import STATE_WORDS, queued

    with room_of(home) as room:
        found = queued(room)
    if as_json:
        print_json(
            [
                {
                    "article": one.article.id,
                    "title": one.article.title,
                    "outlet": one.outlet,
                    "licence": one.licence,
                    "state": state,
                    "decision": asdict(decision) if decision is not None else None,
                }
                for one, state, decision in found
            ]
        )
    elif found:
        names = ("article", "headline", "outlet", "licence", "state", "by")
        rows = [
            (
                one.article.id,
                one.article.title or "",
                one.outlet,
                one.licence,
                STATE_WORDS[state],
                (decision.by or "") if decision is not None else "",
            )
            for one, state, decision in found
        ]
        print_table(names, rows)
    else:
        print("No article of this desk has a licence that permits it.")


@app.command()
def approve(
    identity: ArticleId,
    lead: Annotated[
        str, typer.Option("--lead", help="A lead in the desk's own words; the text stays.")
    ] = "",
    why: WhyOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Hand it on, as it stands; when its text changes it waits again.

    [dim]Example:[/]
      dragoman republish approve a-0123456789abcdef --lead "What the port expects of spring."
    """
    _decide(identity, "approved", lead, why, by, home, as_json)


@app.command()
def drop(
    identity: ArticleId,
    why: NeededWhy,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Don't hand it on.

    [dim]Example:[/]
      dragoman republish drop a-0123456789abcdef --why "not for our readers"
    """
    _decide(identity, "dropped", "", why, by, home, as_json)


@app.command()
def undo(
    identity: ArticleId,
    why: NeededWhy,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Take the decision back: it waits again, and both stay in the log.

    [dim]Example:[/]
      dragoman republish undo a-0123456789abcdef --why "dropped by mistake"
    """
    _decide(identity, "waiting", "", why, by, home, as_json)


def _decide(
    identity: str,
    what: Ruling,
    lead: str,
    why: str | None,
    by: str | None,
    home: Path,
    as_json: bool,
) -> None:
    from dragoman.errors import DragomanError
    from dragoman.model.republishing import LONGEST_LEAD
    from dragoman.publish.republishing import licensed_one

    words = " ".join(lead.split())
    if len(words) > LONGEST_LEAD:
        raise typer.BadParameter(f"a lead has at most {LONGEST_LEAD} characters")
    if what != "approved" and not (why or "").strip():
        raise typer.BadParameter("say why in a few words", param_hint="--why")
    with room_of(home) as room:
        found = licensed_one(room, identity)
        if found is None:
            raise DragomanError(
                f"{identity}: the desk holds no article of this id whose licence permits it; "
                "`dragoman republish list` shows those that it does"
            )
        made = room.store.decide_republishing(
            identity, what, digest=found.digest, lead=words, by=by, why=why
        )
    print_json(asdict(made)) if as_json else print(f"{identity}: {_SAID[what]}")


_SAID: dict[Ruling, str] = {
    "approved": "approved; it is in the feed for others",
    "dropped": "dropped; it is handed on to nobody",
    "waiting": "taken back; it waits",
}
