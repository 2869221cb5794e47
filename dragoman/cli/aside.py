"""`dragoman aside`: what could not be used, when, at which step and why; its bytes to look at."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from dragoman.cli.app import DEFAULT_HOME, HomeOption, JsonOption, at_home, print_json, store_of

if TYPE_CHECKING:
    from dragoman.store.rows import Failure

STEPS = ("collect", "clean", "read", "link", "record")


def aside(
    since: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="DAY", help="Only what was set aside from this day on."),
    ] = None,
    step: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="STEP", help="Only what came to grief in collect, clean, read …"),
    ] = None,
    show: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="CAPTURE", help="Print the page itself, byte for byte as it came."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """What was set aside, newest first: when, at which step, what, and why. Nothing is lost.

    What was fetched is kept, whatever became of it; `dragoman build --failed` reads it again.

    [dim]Examples:[/]
      dragoman aside --since 2026-11-01 --step read
      dragoman aside --show c-0123456789abcdef > page.html
    """
    if step is not None and step not in STEPS:
        raise typer.BadParameter(f"--step takes {', '.join(STEPS)}")
    if show is not None:
        if as_json:
            raise typer.BadParameter("--show prints the page as it came; leave --json out")
        _show(show, home)
        return
    first = _day(since) or ""
    with store_of(home) as store:
        found = [one for one in store.failures() if one.at >= first and step in (None, one.step)]
    if as_json:
        print_json([aside_json(one) for one in found])
    elif found:
        _print(found, home)
    else:
        print("Nothing is set aside.")


def aside_json(one: Failure) -> dict[str, object]:
    """What was set aside as one object; `capture` is null where nothing could be fetched."""
    return {
        "at": one.at,
        "step": one.step,
        "origin": one.origin,
        "reason": one.why,
        "capture": one.capture_id or None,
    }


def _print(found: Sequence[Failure], home: Path) -> None:
    from dragoman.cli.listing import print_table

    rows = [
        (one.at[:16].replace("T", " "), one.step, one.capture_id or "–", one.origin, one.why)
        for one in found
    ]
    print_table(("when (UTC)", "step", "capture", "what", "why"), rows)
    counted = Counter(one.step for one in found)
    said = ", ".join(f"{number} in {step}" for step, number in counted.most_common())
    print(f"\n{len(found)} set aside: {said}")
    if any(one.capture_id for one in found):
        print(f"next: `{at_home('dragoman build --failed', home)}` reads them again")


def _show(capture_id: str, home: Path) -> None:
    """The bytes as they are, for a file or another program: no terminal should be trusted with
    them."""
    from dragoman.errors import DragomanError
    from dragoman.publish.terminal.controls import quiet

    with store_of(home) as store:
        capture = store.capture(capture_id)
    if capture is None:
        raise DragomanError(
            f"{capture_id}: the desk holds no such capture; "
            f"`{at_home('dragoman aside', home)}` lists those that were set aside"
        )
    if sys.stdout.isatty():
        print("\n".join(map(quiet, capture.body.decode("utf-8", "replace").splitlines())))
        return
    sys.stdout.buffer.write(capture.body)
    sys.stdout.buffer.flush()


def _day(text: str | None) -> str | None:
    from datetime import date

    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise typer.BadParameter("--since takes a day such as 2026-11-29") from None
