"""`dragoman judge …`: what people say of the record; it outranks the machine and can be undone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    desk_of,
    group,
    print_line,
    require_desk,
    store_of,
)

if TYPE_CHECKING:
    from dragoman.desk.corpus import Desk
    from dragoman.desk.judging import Applied
    from dragoman.model import VerdictKind, Word
    from dragoman.store import Store
    from dragoman.store.rows import Judgement

app = group(
    "judge",
    "Your word on the record: it outranks the machine, survives rebuilds, and can be undone.",
)

NoteOption = Annotated[Optional[str], typer.Option(help="Why.")]  # noqa: UP045
ByOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(envvar=["DRAGOMAN_USER", "USER"], help="Who says so; left out: this user."),
]
JudgedId = Annotated[str, typer.Argument(metavar="ID", help="A report (r-…) or event (e-…).")]
UNKNOWN = "unknown"


@app.command()
def confirm(
    identity: JudgedId,
    note: NoteOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """It is right as it stands: no later coder changes it or takes it away.

    Of an event: all its reports as they stand.

    [dim]Example:[/]
      dragoman judge confirm r-0123456789abcdef --note "seen in print"
    """
    _verdict("confirm", identity, note, by, home, as_json)


@app.command()
def reject(
    identity: JudgedId,
    note: NoteOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """It is wrong: it is withdrawn, leaves its event, and stays out at every rebuild.

    [dim]Example:[/]
      dragoman judge reject r-0123456789abcdef --note "the visit was called off"
    """
    _verdict("reject", identity, note, by, home, as_json)


@app.command()
def unsure(
    identity: JudgedId,
    note: NoteOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Nobody can tell: the machine's answer stands, and is shown as doubted.

    [dim]Example:[/]
      dragoman judge unsure e-0123456789abcdef --note "both sides deny it"
    """
    _verdict("unsure", identity, note, by, home, as_json)


@app.command()
def correct(
    identity: Annotated[str, typer.Argument(metavar="ID", help="A report (r-…).")],
    values: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD=VALUE...",
            help="category, root, mode, status, told_as, source, target, date, place; - is none.",
        ),
    ],
    note: NoteOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Say what a report should say; what follows from that changes with it.

    A side is an actor by id or name, or words of the sentence; name several by
    giving the field again.

    [dim]Examples:[/]
      dragoman judge correct r-0123456789abcdef category=CONSULT mode=visit
      dragoman judge correct r-0123456789abcdef source=FRA source=Germany date=2024-03-17
      dragoman judge correct r-0123456789abcdef status=planned place=Tripoli/LBN
    """
    from dragoman.desk.saying import correction

    given = _values(values)
    _say(lambda desk: correction(desk, identity, given), note, by, home, as_json)


@app.command()
def merge(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID ID...", help="Events, stories, or two actors.")
    ],
    note: NoteOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """These are one. Of two actors, the first is the second.

    [dim]Examples:[/]
      dragoman judge merge e-0123456789abcdef e-fedcba9876543210
      dragoman judge merge s-0123456789abcdef s-fedcba9876543210
      dragoman judge merge old-group new-group --note "renamed in May"
    """
    from dragoman.desk.saying import merge as merged

    _say(lambda desk: merged(desk, ids), note, by, home, as_json)


@app.command()
def split(
    identity: Annotated[str, typer.Argument(metavar="ID", help="An event, story or actor.")],
    out: Annotated[
        str,
        typer.Option(
            metavar="ID,ID...", help="What is apart: reports of an event, articles of the others."
        ),
    ],
    into: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--as", metavar="ACTOR", help="Who it is there; left out: nobody known."),
    ] = None,
    note: NoteOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Some of it is apart from the rest. Of an actor: it is somebody else in these articles.

    [dim]Examples:[/]
      dragoman judge split e-0123456789abcdef --out r-0123456789abcdef,r-fedcba9876543210
      dragoman judge split GEO --out a-0123456789abcdef --as USA
    """
    from dragoman.desk.saying import split as parted

    parts = [one.strip() for one in out.split(",") if one.strip()]
    _say(lambda desk: parted(desk, identity, parts, into), note, by, home, as_json)


@app.command(name="list")
def list_(
    identity: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(metavar="ID", help="Only what names this id."),
    ] = None,
    undone: Annotated[bool, typer.Option("--undone", help="With those that were undone.")] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """What people said, oldest first: who, when and why.

    [dim]Examples:[/]
      dragoman judge list
      dragoman judge list e-0123456789abcdef --undone
    """
    with store_of(home) as store:
        found = store.judgements(identity, with_undone=undone)
        for one in found:
            _print(store, one, as_json)
    if not found and not as_json:
        print("nothing was judged" if identity is None else f"{identity}: nothing was said of it")


@app.command()
def undo(
    number: Annotated[int, typer.Argument(metavar="N", help="The judgement's number.")],
    why: Annotated[Optional[str], typer.Option(help="Why.")] = None,  # noqa: UP045
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Take a judgement back: what was said before it, or the machine, counts again.

    [dim]Example:[/]
      dragoman judge undo 12 --why "another officer of that name"
    """
    from dragoman.desk.judging import undo as undone

    require_desk(home)
    with desk_of(home) as desk:
        _tell(desk.store, undone(desk, number, why, by or None), as_json)


@app.command()
def export(
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", "-o", metavar="FILE", help="A file; default: standard output."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """All judgements with names and notes, those undone too: a JSON object a line.

    [dim]Example:[/]
      dragoman judge export -o judgements.jsonl
    """
    from dragoman.desk.exchanging import line_of
    from dragoman.publish.exporting import whole_file

    with store_of(home) as store:
        lines = [line_of(one) for one in store.judgements(with_undone=True)]
    if out is None:
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        return
    with whole_file(out) as file:
        file.write("".join(f"{line}\n" for line in lines).encode("utf-8"))
    if as_json:
        print_line({"file": str(out), "judgements": len(lines)})


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `export` wrote.")],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Take the judgements of a file; those that are here already change nothing.

    What contradicts a word of this desk is taken too and told: the later counts.

    [dim]Example:[/]
      dragoman judge import judgements.jsonl
    """
    from dragoman.desk.exchanging import take
    from dragoman.errors import Unreadable

    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as fault:
        raise Unreadable(
            str(file), "this is no text; `dragoman judge export` writes one"
        ) from fault
    require_desk(home)
    counted: dict[str, int] = {}
    with desk_of(home) as desk:
        for taken in take(desk, lines):
            counted[taken.what] = counted.get(taken.what, 0) + 1
            number = taken.judgement.id if taken.judgement is not None else None
            against = taken.against.id if taken.against is not None else None
            if as_json:
                told = {"line": taken.line, "outcome": taken.what, "number": number}
                said = {"against": against, "absent": taken.absent, "reason": taken.reason}
                print_line(told | said)
                continue
            for reason in (
                taken.reason,
                f"judgement {number} is against {against} of this desk; the later of the two counts"
                if against is not None
                else None,
                f"judgement {number} is of what the desk does not hold; it waits for that"
                if taken.absent
                else None,
            ):
                if reason is not None:
                    print(f"dragoman: {file}:{taken.line}: {reason}", file=sys.stderr)
    if not as_json:
        print(", ".join(f"{n} {what}" for what, n in sorted(counted.items())) or "nothing to take")
    if counted.get("refused"):
        raise typer.Exit(2)


def _verdict(
    kind: VerdictKind, identity: str, note: str | None, by: str | None, home: Path, as_json: bool
) -> None:
    from dragoman.desk.saying import verdict

    _say(lambda desk: verdict(desk.store, kind, identity), note, by, home, as_json)


def _say(
    word: Callable[[Desk], Word], note: str | None, by: str | None, home: Path, as_json: bool
) -> None:
    from dragoman.desk.judging import judge

    require_desk(home)
    with desk_of(home) as desk:
        _tell(desk.store, judge(desk, word(desk), note, by or None), as_json)


def _tell(store: Store, done: Applied, as_json: bool) -> None:
    from dragoman.publish.words import counted

    _print(store, done.judgement, as_json, done=done)
    if not as_json and done.is_known:
        print("it is already so; nothing was added")
    if not as_json and done.articles:
        print(f"{counted(done.articles, 'article')} made anew")


def _values(given: list[str]) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for one in given:
        name, found, value = one.partition("=")
        if not found:
            raise typer.BadParameter(f"{one!r}: write FIELD=VALUE, such as category=CONSULT")
        made.setdefault(name.strip(), []).append(value)
    return made


def _print(store: Store, one: Judgement, as_json: bool, *, done: Applied | None = None) -> None:
    from dataclasses import asdict

    from dragoman.desk.judging import is_lost
    from dragoman.publish.terminal.controls import quiet
    from dragoman.publish.views.judged import judged_line

    line, lost = judged_line(one), is_lost(store, one)
    if as_json:
        told = {**asdict(line), "lost": lost}
        if done is not None:
            told |= {"articles_made_anew": done.articles, "already_said": done.is_known}
        print_line(told)
        return
    said = f"{line.number}  {line.at[:10]}  {line.target}  {line.words}, by {line.by or UNKNOWN}"
    said += f": {line.note}" if line.note else ""
    if line.undone_at is not None:
        said += f" [undone {line.undone_at[:10]} by {line.undone_by or UNKNOWN}"
        said += f": {line.undone_why}]" if line.undone_why else "]"
    if lost:
        said += f" [its sentence is gone from the article: {', '.join(lost)}]"
    if one.is_due:
        said += " [not carried out yet; `dragoman build` does so]"
    print(quiet(said))
