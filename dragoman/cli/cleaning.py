"""`dragoman clean`: pages or lines in, their labelled text out; nothing is parsed or kept."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    console,
    print_line,
    steps_of,
)

if TYPE_CHECKING:
    from dragoman.clean.memory import SiteMemory
    from dragoman.collect.fetch import Response
    from dragoman.engine import Guarded, Limits
    from dragoman.errors import DragomanError
    from dragoman.model import Article, Capture

Found = tuple[str | int, "Capture | DragomanError"]
Made = tuple[str | int, "Article | DragomanError"]


def clean(
    sources: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(metavar="PATH|URL|-...", help="Pages or texts, also gzipped; folders."),
    ] = None,
    as_json: JsonOption = False,
    jsonl: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="FILE", help='Clean lines {"id", "text", "url"?} of scraped text.'),
    ] = None,
    jobs: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=1, help="Processes to use; else as the desk's settings say."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Label every block of pages or texts, and print what is the article and what is not.

    Lines with a "url" are cleaned with what their site prints on its other pages in the file.

    [dim]Examples:[/]
      dragoman clean page.html
      dragoman clean saved-pages/ --json --jobs 2 > clean.jsonl
      dragoman clean --jsonl scraped.jsonl --json
    """
    from contextlib import closing
    from functools import partial

    from dragoman.collect.lines import capture_lines, open_lines
    from dragoman.collect.manners import manners_of
    from dragoman.pipeline import line_given_up

    if bool(sources) == (jsonl is not None):
        raise typer.BadParameter("name pages or folders, or one file of lines with --jsonl FILE")
    steps = steps_of(home)
    with ExitStack() as stack:
        found: Iterable[Found]
        if jsonl is None:
            manners = stack.enter_context(manners_of(steps.config))
            found = _pages(sources or [], partial(manners.get, robots=False))
        else:
            if str(jsonl) != "-":
                steps.memory = _memory_of(jsonl)
            lines = stack.enter_context(open_lines(jsonl))
            found = capture_lines(lines, str(jsonl), scraped=True)
        engine = _engine(jobs or steps.config.jobs, steps.config.limits)
        made = stack.enter_context(closing(engine)).map(steps.cleaned, found, line_given_up)
        done, failed = _print(made, "path" if jsonl is None else "id", as_json)
    if failed:
        print(f"dragoman: {failed} of {done + failed} could not be read", file=sys.stderr)
    if failed and not done:
        raise typer.Exit(2)


def _engine(jobs: int, limits: Limits) -> Guarded:
    """Cleaning alone needs no model: one job is done here, under an alarm."""
    from dragoman.engine import engine_for
    from dragoman.engine.here import Here

    return Here(limits) if jobs == 1 else engine_for(jobs, limits)


def _memory_of(path: Path) -> SiteMemory:
    """What the sites in a file of lines print again and again: the file is gone through once."""
    from dragoman.clean.memory import SiteMemory
    from dragoman.collect.lines import capture_lines, open_lines
    from dragoman.errors import DragomanError
    from dragoman.knowledge.outlets import host_of

    memory = SiteMemory()
    with open_lines(path) as lines:
        for _, found in capture_lines(lines, str(path), scraped=True):
            if not isinstance(found, DragomanError) and found.url:
                memory.learn(host_of(found.url), found.body.decode("utf-8", "replace"))
    return memory


def _pages(sources: Iterable[str], get: Callable[[str], Response]) -> Iterator[Found]:
    """Each page under its path; one that can't be had is the error that says why."""
    from dragoman.collect.pages import capture, expand
    from dragoman.errors import DragomanError

    for source in sources:
        try:
            paths = expand(source)
        except DragomanError as fault:
            yield source, fault
            continue
        for path in paths:
            try:
                yield path, capture(path, get=get)
            except DragomanError as fault:
                yield path, fault


def _print(made: Iterable[Made], key: str, as_json: bool) -> tuple[int, int]:
    """Each result as soon as it is there; how many could be read, and how many could not."""
    from dragoman.errors import DragomanError
    from dragoman.publish.formats.clean_json import clean_json
    from dragoman.publish.terminal.blocks import blocks
    from dragoman.publish.terminal.controls import quiet

    screen = console()
    counts = {True: 0, False: 0}
    for name, result in made:
        failed = isinstance(result, DragomanError)
        counts[failed] += 1
        if as_json:
            line: Mapping[str, object] = {key: name, **clean_json(result)}
            print_line(line)
        elif isinstance(result, DragomanError):
            print(f"dragoman: {quiet(str(result))}", file=sys.stderr)
        else:
            screen.print(blocks(str(name), result))
    return counts[False], counts[True]
