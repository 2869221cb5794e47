"""`dragoman add` and `build`: what changes the desk."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    desk_of,
    print_line,
    require_desk,
    tell,
)

if TYPE_CHECKING:
    from dragoman.desk.corpus import Desk, Outcome
    from dragoman.publish.terminal.changes import Tally


def add(
    sources: Annotated[
        list[str], typer.Argument(metavar="PATH|URL...", help="Pages, folders, web archives.")
    ],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Read pages, texts or web archives and keep them in the desk, joined with what is there.

    Adding the same thing again changes nothing. A run that was stopped is simply run again.

    [dim]Examples:[/]
      dragoman add saved-pages/ --home mydesk
      dragoman add https://example.org/news/1 notes.txt CC-NEWS-20240318.warc.gz
    """
    from functools import partial

    from dragoman.collect.archives import captures_in
    from dragoman.collect.manners import manners_of
    from dragoman.collect.pages import capture, expand, is_archive
    from dragoman.desk.corpus import Outcome, refusal
    from dragoman.errors import DragomanError
    from dragoman.model import Capture

    missed: list[Outcome] = []
    with desk_of(home) as desk, manners_of(desk.steps.config) as manners:

        def miss(origin: str, fault: DragomanError) -> None:
            desk.store.set_aside("", origin, "collect", str(fault))
            missed.append(Outcome(origin, "failed", reason=str(fault)))

        origins: list[str] = []
        for source in sources:
            try:
                origins += expand(source)
            except DragomanError as fault:
                miss(source, fault)

        def of_archive(origin: str) -> Iterator[Capture]:
            faults = 0
            for found in captures_in(Path(origin)):
                if isinstance(found, Capture):
                    yield found
                else:
                    miss(origin, found)
                    faults += 1
            if not faults:  # it may have been cut off the last time
                desk.store.had_after_all(origin)

        def captures() -> Iterator[Capture]:
            for origin in origins:
                stone = desk.store.refused(origin)
                if stone is not None:  # an address that is not even asked for
                    missed.append(refusal(origin, stone))
                    continue
                if is_archive(origin):
                    yield from of_archive(origin)
                    continue
                try:
                    yield capture(origin, get=partial(manners.get, robots=False))
                except DragomanError as fault:
                    miss(origin, fault)

        tell(desk.add(captures()), len(origins), as_json, missed)


def build(
    first: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--from", metavar="STEP", help="Redo from clean, read, link or record."),
    ] = None,
    since: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            metavar="VERSION", help="Only what a version of the step before this one made."
        ),
    ] = None,
    failed: Annotated[bool, typer.Option(help="Try again what was set aside.")] = False,
    limit_seconds: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(
            min=1, metavar="SECONDS", help="How long one article may be read, for this time."
        ),
    ] = None,
    examples: Annotated[
        int, typer.Option(min=0, metavar="N", help="With --from clean: examples of each change.")
    ] = 3,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Resume what was interrupted, or redo steps over what the desk holds. Collects nothing.

    From clean on it also says what the cleaner now makes otherwise, by field and by rule.

    [dim]Examples:[/]
      dragoman build                      finish what a stopped run left
      dragoman build --from record        code everything again
      dragoman build --from clean --since 2 --examples 10
      dragoman build --failed --limit-seconds 600
    """
    from dragoman.publish.terminal.changes import Tally
    from dragoman.versions import STEPS

    if first is not None and first not in STEPS:
        raise typer.BadParameter(f"--from takes {', '.join(STEPS)}")
    if since is not None and first is None:
        raise typer.BadParameter("--since says which results of --from STEP to redo: name a step")
    require_desk(home)
    with desk_of(home, seconds=limit_seconds) as desk:
        store = desk.store
        waiting = store.waiting()
        if failed:
            waiting += sorted({f.capture_id for f in store.failures() if f.capture_id})
        tell(desk.resume(waiting), len(waiting), as_json, [], quiet_if_empty=first is not None)
        _finish_judgements(desk, as_json)
        if first is not None:
            ids = [i for i in store.article_ids() if _is_older(store.versions(i), first, since)]
            _redo(desk, ids, first, Tally(examples), as_json)


def _finish_judgements(desk: Desk, as_json: bool) -> None:
    """Let the record follow judgements that a stopped run, or an older version, left."""
    from dragoman.desk.judging import finish

    for done in finish(desk):
        number, reason = done.judgement.id, done.reason
        if as_json:
            made = {"judgement": number, "articles_made_anew": done.articles, "reason": reason}
            print_line(made)
        elif reason is not None:
            print(f"dragoman: judgement {number} is not carried out: {reason}", file=sys.stderr)
        else:
            print(f"judgement {number} carried out")


def _redo(desk: Desk, ids: Sequence[str], first: str, tally: Tally, as_json: bool) -> None:
    """The outcomes; after them, where pages were cleaned anew, what that changed."""

    def tallied() -> Iterator[Outcome]:
        for outcome in desk.redo(ids, first):
            if outcome.change is not None and outcome.kept is not None:
                tally.add(outcome.kept.article.id, outcome.change)
            yield outcome

    try:
        tell(tallied(), len(ids), as_json, [])
    finally:
        if first == "clean" and as_json:
            print_line({"summary": tally.json()})
        elif tally.articles:
            print("\n".join(tally.lines()))


def _is_older(versions: Mapping[str, str], step: str, since: str | None) -> bool:
    """Whether that step was last done by a version before `since` (numbers, part by part)."""

    def parts(version: str) -> list[int]:
        return [int(part) for part in version.split(".") if part.isdigit()]

    return since is None or parts(versions.get(step, "0")) < parts(since)
