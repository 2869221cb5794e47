"""`dragoman archive` and `import`: web archives in bulk into tables, and these into a desk."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    console,
    desk_of,
    print_json,
    steps_of,
    tell,
)

if TYPE_CHECKING:
    from dragoman.archive.plan import Done
    from dragoman.archive.run import Engines, Summary
    from dragoman.config import Config
    from dragoman.errors import DragomanError
    from dragoman.model import Capture, Kept

    Note = Callable[[Done, int], object]
    Made = tuple[Capture, Callable[[], Kept | DragomanError]]

MemoryOption = Annotated[
    str, typer.Option(metavar="SIZE", help="Memory that DuckDB may take, such as 500MB or 8GB.")
]


def archive(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="PATH|URL...", help="WARC or Parquet: files, folders, patterns."),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where to write.")],
    engine: Annotated[
        Literal["local", "ray"], typer.Option(help="Processes of this machine, or Ray.")
    ] = "local",
    jobs: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(
            min=1, metavar="N", help="Worker processes; else what the desk's settings say."
        ),
    ] = None,
    address: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="HOST:PORT", help="Of a Ray cluster; else Ray runs on this machine."),
    ] = None,
    store_less: Annotated[
        bool, typer.Option("--store-less", help="Keep no pages: no desk can be made of it then.")
    ] = False,
    part: Annotated[
        int, typer.Option(min=1, metavar="N", help="Records of a part: what a stop loses at most.")
    ] = 200,
    memory: MemoryOption = "2GB",
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Read whole web archives in bulk, without a desk, into Parquet tables.

    A run that was stopped is simply run again. What can't be used is in the table set_aside. Of the
    desk's folder only settings and codebook are looked at.

    [dim]Examples:[/]
      dragoman archive CC-NEWS-202403*.warc.gz --out march --jobs 8
      dragoman archive s3://bucket/news/ --out march --engine ray --address head:6379 --jobs 200
      dragoman sql --over march
    """
    from dragoman.archive.run import archive as run
    from dragoman.collect.bulk import files_of
    from dragoman.errors import DragomanError

    if address is not None and engine != "ray":
        raise DragomanError("--address is of a Ray cluster: add --engine ray")
    steps = steps_of(home)
    number = jobs or steps.config.jobs
    files = files_of(sources)
    with _engines(engine, number, address, steps.config) as engines, _progress(as_json) as note:
        made = run(
            files,
            out.absolute(),  # other machines have other working folders
            steps,
            engines(number),
            engines(-1),
            with_pages=not store_less,
            every=part,
            memory=memory,
            note=note,
        )
    if as_json:
        print_json({"out": str(out), **asdict(made)})
    else:
        print(_told(made, out))


@contextmanager
def _engines(engine: str, jobs: int, address: str | None, config: Config) -> Iterator[Engines]:
    """Engines by the number of workers; -1 is one process beside ours in any case."""
    from dragoman.engine import Engine, Limits, engine_for

    if engine == "local":
        from dragoman.engine.processes import Processes

        # The time of an article is kept inside of its part.
        memory = Limits(None, config.article_memory)

        with ExitStack() as ended:

            def local(number: int) -> Engine:
                is_here = number == 1 and config.article_seconds == 0
                made = engine_for(1) if is_here else Processes(abs(number), memory)
                ended.callback(made.close)
                return made

            yield local
        return
    from dragoman.engine.ray import Ray, started

    with started(jobs, address):
        yield lambda number: Ray(max(number, 1))


@contextmanager
def _progress(as_json: bool) -> Iterator[Note]:
    from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("parts"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(
        *columns,
        console=console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty() or as_json,
    ) as bar:
        task = bar.add_task("", total=None)

        def note(_done: Done, of: int) -> None:
            bar.update(task, total=of, advance=1)

        yield note


def _told(made: Summary, out: Path) -> str:
    there = made.parts - made.done_now
    lines = [
        f"{out}: {made.articles:,} articles of {made.captures:,} captures, "
        f"{made.reports:,} reports, {made.copies:,} copies; {made.set_aside:,} set aside",
        f"{made.done_now:,} parts done now" + (f", {there:,} were there" if there else ""),
    ]
    if made.set_aside:
        lines.append(f'dragoman sql "SELECT origin, reason FROM set_aside" --over {out}')
    return "\n".join(lines)


def import_(
    source: Annotated[Path, typer.Argument(metavar="DIR", help="What `dragoman archive` wrote.")],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Take what `archive` made into a desk, as it is: nothing is read again.

    Copies, stories and happenings are formed as they are for pages that are added. Taking it again
    changes nothing; what was stopped is simply run again.

    [dim]Examples:[/]
      dragoman import march --home mydesk
    """
    from dragoman.archive.plan import dones_of
    from dragoman.archive.taking import Aside, finished, found_in
    from dragoman.desk.corpus import MadeBy, Outcome

    plan = finished(source)
    missed: list[Outcome] = []
    with desk_of(home) as desk:

        def found() -> Iterator[Made]:
            for one in found_in(source, plan):
                if isinstance(one, Aside):
                    desk.store.set_aside("", one.origin, one.step, one.reason)
                    missed.append(Outcome(one.origin, "failed", reason=one.reason))
                else:
                    yield one.capture, one.made

        made_by = MadeBy(plan.made_by.steps, plan.made_by.known)
        total = sum(done.captures for done in dones_of(source, plan))
        tell(desk.take(found(), made_by), total, as_json, missed)


import_.__name__ = "import"  # what the command is called; Python keeps the word for itself
