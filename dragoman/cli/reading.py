"""`dragoman read`: one page or many lines in, a card or JSON out; nothing is kept."""

from __future__ import annotations

import sys
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
    steps_of,
)

if TYPE_CHECKING:
    from dragoman.engine import Lost
    from dragoman.errors import DragomanError
    from dragoman.model import Capture
    from dragoman.pipeline import Steps


def read(
    source: Annotated[
        Optional[str], typer.Argument(metavar="FILE|URL|-", help="A page or a text.")  # noqa: UP045
    ] = None,
    as_json: JsonOption = False,
    jsonl: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            metavar="FILE",
            help='Read lines {"id", "text", "language"?, "published"?}; print one object a line.',
        ),
    ] = None,
    furniture: Annotated[
        bool, typer.Option(help="List what was taken for page furniture.")
    ] = False,
    url: Annotated[
        Optional[str], typer.Option(help="The address a saved page came from.")  # noqa: UP045
    ] = None,
    published: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="DATE", help="The day it was published, such as 2024-03-17."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Read one page or text and print what is in it; nothing is kept.

    [dim]Examples:[/]
      dragoman read article.txt
      dragoman read page.html --url https://example.org/a --json
      cat page.html | dragoman read - --published 2024-03-17
      dragoman read --jsonl texts.jsonl > coded.jsonl
    """
    steps = steps_of(home)
    if jsonl is not None:
        _read_lines(jsonl, steps)
        return
    if source is None:
        raise typer.BadParameter("name a file, an address, or - (or use --jsonl FILE)")
    from dataclasses import replace
    from functools import partial

    from dragoman.collect.lines import is_day
    from dragoman.collect.manners import manners_of
    from dragoman.collect.pages import capture, capture_id
    from dragoman.engine.here import Here
    from dragoman.errors import DragomanError

    with manners_of(steps.config) as manners:
        found = capture(source, get=partial(manners.get, robots=False))
    if url is not None:
        found = replace(found, url=url, id=capture_id(found.body, url))
    if published is not None:
        if not is_day(published):
            raise typer.BadParameter(
                f"{published!r} is no day; write it as 2024-03-17", param_hint="--published"
            )
        found = replace(found, published=published)
    (kept,) = Here(steps.config.limits).map(steps, [found], _given_up)
    if isinstance(kept, DragomanError):
        raise kept
    if as_json:
        from dragoman.publish.formats.article_json import article_json

        print_json(article_json(kept))
        return
    from dragoman.publish.terminal.card import print_card

    print_card(kept, console(), furniture=furniture)


def _given_up(found: Capture, lost: Lost) -> DragomanError:
    from dragoman.pipeline import given_up

    return given_up(found, lost)[1]


def _read_lines(path: Path, steps: Steps) -> None:
    from contextlib import ExitStack, closing

    from dragoman.collect.lines import capture_lines, open_lines
    from dragoman.engine import engine_for
    from dragoman.errors import DragomanError
    from dragoman.pipeline import line_given_up
    from dragoman.publish.formats.article_json import article_json

    failed = 0
    with ExitStack() as stack:
        lines = capture_lines(stack.enter_context(open_lines(path)), str(path))
        engine = stack.enter_context(closing(engine_for(steps.config.jobs, steps.config.limits)))
        for identity, made in engine.map(steps.line, lines, line_given_up):
            if isinstance(made, DragomanError):
                failed += 1
                print_line({"id": identity, "error": str(made)})
            else:
                print_line(dict(article_json(made)) | {"id": identity})
    if failed:
        print(f"dragoman: {failed} of the lines could not be read", file=sys.stderr)
        raise typer.Exit(2)
