"""`dragoman freeze` and `diff`: the record as it was on a day, and how two days differ."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    console,
    print_json,
    print_line,
    room_of,
)

if TYPE_CHECKING:
    from dragoman.publish.room import ReadingRoom
    from dragoman.publish.snapshots.snapshot import Snapshot


def freeze(
    name: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(metavar="NAME", help="Letters, digits, '.', '_' and '-'."),
    ] = None,
    query: Annotated[str, typer.Option(help="Only the events that it finds.")] = "",
    public: Annotated[
        bool, typer.Option("--public", help="Only what others may see, as on a public desk.")
    ] = False,
    show: Annotated[bool, typer.Option("--list", help="The snapshots that there are.")] = False,
    check: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="NAME", help="Compare a snapshot with its digests."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Write a dated snapshot of the record that is never changed, and that can be cited.

    It stands in the desk's folder below `snapshots/`: events, reports, credits of articles,
    judgements and tombstones, with a manifest, a citation and a dictionary of the data.

    [dim]Examples:[/]
      dragoman freeze 2024-spring --home mydesk
      dragoman freeze caucasus --query "actor:ARM actor:AZE" --public
      dragoman freeze --list
      dragoman freeze --check 2024-spring
    """
    from dragoman.publish.snapshots.snapshot import SNAPSHOTS
    from dragoman.publish.snapshots.snapshot import freeze as freeze_now

    snapshots = home / SNAPSHOTS
    if show:
        _list(snapshots, as_json)
        return
    if check is not None:
        _check(snapshots, check, as_json)
        return
    if name is None:
        raise typer.BadParameter("give the snapshot a NAME (or use --list, or --check NAME)")
    with room_of(home, public=public) as room, _progress(room, "freezing", as_json) as advance:
        made = freeze_now(room, snapshots, name, query, advance)
    if as_json:
        print_json(_said(made))
        return
    from dragoman.publish.snapshots.citing import CITATION

    print(_told(made))
    print((made.folder / CITATION).read_text("utf-8"), end="")


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="A snapshot, its folder, or now.")],
    after: Annotated[
        str, typer.Argument(metavar="B", help="The same; now is the desk as it is.")
    ] = "now",
    examples: Annotated[
        int, typer.Option(min=0, metavar="N", help="Examples of each kind of change.")
    ] = 3,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1 where they differ.")
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """What appeared, changed and went between two snapshots, or since one.

    With --json a line for each change, and a last one that sums them up.

    [dim]Examples:[/]
      dragoman diff 2024-spring
      dragoman diff 2024-spring 2024-summer --examples 10
      dragoman diff colleagues/2024-spring now --json
    """
    from dragoman.publish.snapshots.difference import COMPARED, SHOWN, Tally, differences
    from dragoman.publish.terminal.difference_words import (
        change_json,
        headings,
        lines,
        summary_json,
    )

    with _sides(home, before, after, as_json) as (old, new):
        tallies = {table: Tally(examples) for table in COMPARED}
        for change in differences(old, new):
            tallies[change.table].add(change)
            if as_json and change.what in SHOWN:
                print_line(change_json(change))
        if as_json:
            print_line({"summary": summary_json(old, new, tallies)})
        else:
            told = [line for table, tally in tallies.items() for line in lines(table, tally)]
            print("\n".join([*headings(old, new), *told]))
    if exit_code and any(tally.differs for tally in tallies.values()):
        raise typer.Exit(1)


@contextmanager
def _sides(
    home: Path, before: str, after: str, as_json: bool
) -> Iterator[tuple[Snapshot, Snapshot]]:
    """Both sides, whole; the desk as it is is asked what the other side was asked."""
    from tempfile import TemporaryDirectory

    from dragoman.publish.snapshots.snapshot import NOW, SNAPSHOTS, found, opened, whole, write

    snapshots = home / SNAPSHOTS
    kept = {name: whole(opened(found(snapshots, name))) for name in (before, after) if name != NOW}
    if len(kept) == 2 or before == after != NOW:
        yield kept[before], kept[after]
        return
    like = next(iter(kept.values()), None)
    query, public = (like.manifest.query, like.manifest.public) if like else ("", False)
    with TemporaryDirectory() as aside:
        folder = Path(aside) / NOW
        folder.mkdir()
        with room_of(home, public=public) as room, _progress(room, "reading", as_json) as advance:
            kept[NOW] = write(room, folder, NOW, query, advance)
        yield kept[before], kept[after]


@contextmanager
def _progress(room: ReadingRoom, doing: str, as_json: bool) -> Iterator[Callable[[], None]]:
    """Events and articles, on a terminal."""
    from rich.progress import Progress

    held = room.store.counts()
    with Progress(
        console=console(stderr=True), transient=True, disable=not sys.stderr.isatty() or as_json
    ) as progress:
        task = progress.add_task(doing, total=held["events"] + held["articles"])
        yield lambda: progress.advance(task)


def _list(snapshots: Path, as_json: bool) -> None:
    """A damaged one is listed as such, and stops nothing."""
    from dragoman.errors import DragomanError
    from dragoman.publish.snapshots.snapshot import named, opened

    folders = named(snapshots)
    for folder in folders:
        try:
            made = opened(folder)
        except DragomanError as fault:
            print_line({"name": folder.name, "fault": str(fault)}) if as_json else print(
                f"{folder.name}  {fault}"
            )
            continue
        print_line(_said(made)) if as_json else print(_told(made))
    if not folders and not as_json:
        print("no snapshot yet; `dragoman freeze NAME` makes one")


def _check(snapshots: Path, name: str, as_json: bool) -> None:
    from dragoman.publish.snapshots.snapshot import faults, found, opened

    made = opened(found(snapshots, name))
    wrong = faults(made)
    if as_json:
        print_json({"name": name, "digest": made.manifest.digest, "faults": wrong})
    else:
        print("\n".join(wrong) or f"{name}: every file is as it was written")
    if wrong:
        raise typer.Exit(1)


def _said(made: Snapshot) -> dict[str, object]:
    said = made.manifest.model_dump(exclude={"dictionary"})
    return {**said, "folder": str(made.folder)}


def _told(made: Snapshot) -> str:
    from dragoman.publish.terminal.controls import quiet
    from dragoman.publish.words import counted

    said = made.manifest
    held = f"{counted(said.rows('events'), 'event')}, {counted(said.rows('reports'), 'report')}"
    query = f"  query “{said.query}”" if said.query else ""
    return quiet(f"{said.name}  {said.made_at[:10]}  {held}  {said.digest[:12]}{query}")
