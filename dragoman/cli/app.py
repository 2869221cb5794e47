"""What all commands share: the application, its options, and how a desk is opened and shown."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from dragoman import logs
from dragoman.cli.storing import Commands

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.desk.corpus import Desk, Outcome
    from dragoman.knowledge import Knowledge
    from dragoman.pipeline import Steps
    from dragoman.publish.room import ReadingRoom
    from dragoman.store import Store

HELP = {"help_option_names": ["-h", "--help"]}
app = Commands(
    name="dragoman",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    help="A news desk for world affairs: clean articles with full credits, and a sourced record "
    "of who did what to whom.",
    pretty_exceptions_enable=False,
    context_settings=HELP,
)

HomeOption = Annotated[
    Path, typer.Option("--home", envvar="DRAGOMAN_HOME", help="The desk's folder.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
DEFAULT_HOME = Path("desk")


def _version(asked: bool) -> None:
    if asked:
        from dragoman import __version__

        print(f"dragoman {__version__}")
        raise typer.Exit


@app.callback()
def options(
    log: Annotated[
        Optional[logs.Form],  # noqa: UP045
        typer.Option(
            envvar="DRAGOMAN_LOG",
            help="Tell each event as a line on stderr: dragoman --log json watch",
        ),
    ] = None,
    log_level: Annotated[
        Optional[logs.Level],  # noqa: UP045
        typer.Option(envvar="DRAGOMAN_LOG_LEVEL", help="What is told at least; info by default."),
    ] = None,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print it and end."),
    ] = False,
) -> None:
    # No docstring: what --help says stands above.
    if log is not None or log_level is not None:
        logs.set_up(logs.Telling(log or "text", log_level or "info"))


def complain(words: str) -> None:
    """What went wrong, in words: a line of the log where one was asked for."""
    if logs.is_on() and logs.chosen() != logs.Telling():
        logs.note("error", level="error", message=words)
    else:
        print(f"dragoman: {words}", file=sys.stderr, flush=True)


def group(name: str, says: str) -> typer.Typer:
    """A command that has commands of its own."""
    return Commands(
        name=name, no_args_is_help=True, rich_markup_mode="rich", context_settings=HELP, help=says
    )


def at_home(command: str, home: Path) -> str:
    """A command as it is to be typed for the desk in this folder, wherever that is kept."""
    from dragoman.config import named_store

    made = f"{command} --home {quote(str(home))}" if home != DEFAULT_HOME else command
    if (store := named_store()) is None:
        return made
    from dragoman.store import shown_address

    return f"{made} --store {quote(shown_address(store))}"


def steps_of(home: Path) -> Steps:
    from dragoman.config import load_config
    from dragoman.pipeline import Steps

    return Steps(load_config(home), knowledge_of(home))


def knowledge_of(home: Path) -> Knowledge | None:
    """What the desk knows, if it has a codebook of its own; else None, for what all desks know."""
    from dragoman.knowledge import Knowledge
    from dragoman.knowledge.own import own_folder

    own = own_folder(home)
    return Knowledge(own_folder=own) if own is not None else None


@contextmanager
def store_of(home: Path) -> Iterator[Store]:
    with opened(there(home)) as store:
        yield store


@contextmanager
def opened(address: Path | str) -> Iterator[Store]:
    """The store at an address; while older tables are brought up to date it is said how far."""
    from dragoman.cli.upgrading import Saying
    from dragoman.store import open_store

    with Saying() as upgrading:
        store = open_store(address, upgrading=upgrading)
    with store:
        yield store


@contextmanager
def room_of(home: Path, *, public: bool = False) -> Iterator[ReadingRoom]:
    """The desk of a home as its pages are made from; closed with the block."""
    from dragoman.config import load_config
    from dragoman.knowledge import Knowledge
    from dragoman.publish.room import room_over

    with store_of(home) as store:
        known = knowledge_of(home) or Knowledge()
        yield room_over(store, known, load_config(home), public=public)


def require_desk(home: Path) -> None:
    """Raises StoreError unless the folder holds a desk (or names one by address)."""
    there(home)


def there(home: Path) -> Path | str:
    """The address of a desk that is there already. Raises StoreError."""
    from dragoman.config import desk_address
    from dragoman.errors import StoreError
    from dragoman.store import shown_address, stands_at

    address = desk_address(home)
    if not stands_at(address):
        raise StoreError(
            f"{shown_address(address)}: there is no desk here; `dragoman add` or "
            "`dragoman sources add` with this --store makes one"
        )
    return address


@contextmanager
def desk_of(home: Path, *, seconds: float | None = None) -> Iterator[Desk]:
    """The desk of a home; `seconds` is how long an article may be read, for this time."""
    from contextlib import closing
    from dataclasses import replace

    from dragoman.desk.corpus import AT_ONCE, Desk
    from dragoman.engine import engine_for
    from dragoman.errors import StoreError

    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        why = "this is a file" if home.is_file() else fault.strerror
        raise StoreError(
            f"{home}: no desk can be made here ({why}); name a folder with --home"
        ) from fault
    steps = steps_of(home)
    limits = steps.config.limits
    if seconds is not None:
        limits = replace(limits, seconds=seconds)
    with (
        opened(address_of(home)) as store,
        # So many that they are read while as many others are joined.
        closing(engine_for(steps.config.jobs, limits, AT_ONCE)) as engine,
    ):
        store.require_writable()
        yield Desk(store, steps, engine)


def address_of(home: Path) -> Path | str:
    from dragoman.config import load_config

    return load_config(home).store or home


def tell(
    outcomes: Iterator[Outcome],
    total: int,
    as_json: bool,
    missed: list[Outcome],
    *,
    quiet_if_empty: bool = False,
) -> None:
    """Progress on a terminal, a line for each failure, a summary; exit 2 if anything failed."""
    from rich.progress import Progress

    from dragoman.desk.corpus import noted

    counted: dict[str, int] = {}
    said: list[str] = []

    def note(outcome: Outcome) -> None:
        counted[outcome.what] = counted.get(outcome.what, 0) + 1
        if as_json:
            print_line(outcome_json(outcome))
        elif outcome.reason is not None:
            aside = "set aside: " if outcome.what == "failed" else ""
            said.append(f"dragoman: {aside}{outcome.reason}")

    with Progress(
        console=console(stderr=True), transient=True, disable=not sys.stderr.isatty() or as_json
    ) as progress:
        task = progress.add_task("reading", total=total)
        for outcome in outcomes:
            note(outcome)
            progress.advance(task)
    for outcome in missed:
        note(noted(outcome))
    for line in said if not logs.is_on() else ():  # the log has told it
        print(line, file=sys.stderr)
    if not as_json and (counted or not quiet_if_empty):
        print(", ".join(f"{n} {what}" for what, n in sorted(counted.items())) or "nothing to do")
    if counted.get("failed") or counted.get("refused"):
        raise typer.Exit(2)


def outcome_json(outcome: Outcome) -> Mapping[str, object]:
    """What became of a page, as one object; what cleaning it anew changed, where it was."""
    from dragoman.publish.formats.change_json import change_json

    made = {
        "origin": outcome.origin,
        "outcome": outcome.what,
        "article": outcome.kept.article.id if outcome.kept else None,
        "reason": outcome.reason,
    }
    if outcome.change is None:
        return made
    return made | {"changes": change_json(outcome.change)}


def show(
    path: str,
    home: Path,
    as_json: bool,
    *,
    as_of: str | None = None,
    only: Sequence[str] = (),
    start: int = 0,
    parameters: Sequence[tuple[str, str]] = (),
) -> None:
    """What the site shows at an address, as words or JSON: one view for both.

    `as_of`, `only` ("name=value"), `start` and `parameters` are asked of that address.
    """
    from dragoman.config import load_config
    from dragoman.publish.terminal.page import look

    with store_of(home) as store:
        known = knowledge_of(home)
        look(
            store,
            load_config(home),
            path,
            console(),
            as_json=as_json,
            knowledge=known,
            parameters=[("start", str(start)), *_parameters(as_of, only), *parameters],
        )


def _parameters(as_of: str | None, only: Sequence[str]) -> list[tuple[str, str]]:
    from dragoman.publish.views.asking import PARAMETERS

    made = [("asof", as_of)] if as_of is not None else []
    for one in only:
        name, found, value = one.partition("=")
        if not found or name not in PARAMETERS:
            known = ", ".join(PARAMETERS)
            raise typer.BadParameter(f"--only takes NAME=VALUE, with one of {known}")
        made.append((name, value))
    return made


def console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False)


def print_json(value: object) -> None:
    print(_encodable(json.dumps(value, ensure_ascii=False, indent=1)))


def print_line(value: object) -> None:
    print(_encodable(json.dumps(value, ensure_ascii=False)), flush=True)


def _encodable(text: str) -> str:
    """A lone surrogate, which no encoding can hold, as JSON's own escape."""
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text)
