"""`dragoman fetch` and `watch`: rounds of collecting, once or for good."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional, TypeVar

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    at_home,
    complain,
    console,
    desk_of,
    outcome_json,
    print_line,
    require_desk,
)

if TYPE_CHECKING:
    from dragoman.desk.corpus import Outcome
    from dragoman.model import Source
    from dragoman.rounds import Call, Rounds

Told = TypeVar("Told", "Call", "Outcome")
Note = Callable[[Sequence["Call"], Counter[str], float], None]
"""Of a round: its visits, what became of how many pages, and the seconds it took."""

ROUND_SECONDS = 300
"""How long `watch` fetches pages before it looks which sources are due."""
LEAST_WAIT = 1.0
MOST_WAIT = 60.0
"""Sources that another process adds are seen after this."""


@contextmanager
def rounds_of(home: Path, stop: threading.Event | None = None) -> Iterator[Rounds]:
    """Collecting for the desk in a folder, with its settings for fetching."""
    from dragoman.collect.manners import manners_of
    from dragoman.rounds import Rounds

    asked = stop or threading.Event()
    with desk_of(home) as desk, manners_of(desk.steps.config, sleep=asked.wait) as manners:
        yield Rounds(desk, manners.get, stop=asked)


def fetch(
    names: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--source", metavar="ID|URL", help="Only this source, due or not."),
    ] = None,
    since: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="DAY", help="Fill the past from sitemaps and archives, from this day"),
    ] = None,
    until: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="DAY", help="up to this one."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Visit all sources, also those not due yet.")
    ] = False,
    limit: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(min=0, help="Fetch at most so many pages; the others wait."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Visit the sources that are due, once, and read what they name.

    What can't be fetched now is tried again by a later run. A run that was stopped is run again.

    [dim]Examples:[/]
      dragoman fetch
      dragoman fetch --source https://example.org/feed.xml --limit 20
      dragoman fetch --since 2024-01-01 --until 2024-03-31
    """
    from dragoman.collect.visits import Span

    span = Span(_day(since, "--since"), _day(until, "--until")) if since or until else None
    if span is not None and span.since and span.until and span.since > span.until:
        raise typer.BadParameter(f"--since {since} comes after --until {until}")
    require_desk(home)
    with rounds_of(home) as rounds, rounds.store.arriving():
        is_first = not rounds.store.counts()["articles"]
        sources = _chosen(rounds, names, everything or span is not None)
        calls = _shown(rounds.visit(sources, span), len(sources), "visiting", as_json)
        theirs = sources if names else None
        waiting = limit if limit is not None else 0
        outcomes = _shown(rounds.read(sources=theirs, limit=limit), waiting, "reading", as_json)
        _alerted(rounds, as_json)
        if not as_json:
            counted = Counter(outcome.what for outcome in outcomes)
            print(summary(calls, counted, is_span=span is not None) or _nothing_due(rounds))
            if is_first and any(o.what == "added" for o in outcomes):
                serve = at_home("dragoman serve", home)
                print(f"next: `{serve}` shows what they tell, as a site", file=sys.stderr)
    if any(call.fault for call in calls) or any(o.what == "failed" for o in outcomes):
        raise typer.Exit(2)


def watch(
    home: HomeOption = DEFAULT_HOME,
    metrics: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            metavar="FILE", help="Write metrics there after each round, for node_exporter (.prom)."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Stay, and visit each source in its own rhythm, until Ctrl-C or SIGTERM.

    A line for each round in which something was done. Sources that are added meanwhile are seen.

    [dim]Examples:[/]
      dragoman watch --home mydesk
      dragoman watch --json >> rounds.jsonl
      dragoman watch --metrics /var/lib/node_exporter/dragoman.prom
    """
    require_desk(home)
    stop = threading.Event()
    with stopped_by_signals(stop), rounds_of(home, stop) as rounds:
        if not rounds.store.sources():
            complain(f"{home}: no source yet; `dragoman sources add` adds one")
        keep_watching(rounds, as_json, note=_counted(rounds, metrics))
    if not as_json:
        print("stopped")


def _counted(rounds: Rounds, file: Path | None) -> Note:
    """What takes note of a round, where a file for it is asked for."""
    if file is None:
        return lambda _calls, _pages, _seconds: None
    from dragoman.publish.metrics.watching import RoundsCounted

    counted = RoundsCounted(rounds.store, file)

    def note(calls: Sequence[Call], pages: Counter[str], seconds: float) -> None:
        visits = (call.what for call in calls)
        counted.note(visits, pages.elements(), at=time.time(), seconds=seconds)

    return note


def keep_watching(
    rounds: Rounds,
    as_json: bool,
    *,
    note: Note = lambda _calls, _pages, _seconds: None,
    speed: float = 1.0,
) -> None:
    """Round after round, until `rounds.stop`. `speed`: seconds that its clock shows in one of ours,
    where a day is replayed."""
    from dragoman.errors import DragomanError

    while not rounds.stop.is_set():
        try:
            begun = time.monotonic()
            with rounds.store.arriving():
                calls, pages = _one_round(rounds, as_json)
            note(calls, pages, time.monotonic() - begun)
            wait = _wait(rounds)
        except DragomanError as fault:  # a desk that others keep busy, a full disk: it passes
            complain(str(fault))
            wait = MOST_WAIT
        rounds.stop.wait(wait / speed)


def _one_round(rounds: Rounds, as_json: bool) -> tuple[list[Call], Counter[str]]:
    from datetime import timedelta

    from dragoman.logs import is_on
    from dragoman.publish.terminal.controls import quiet

    calls = list(rounds.visit(rounds.due()))
    until = rounds.clock() + timedelta(seconds=ROUND_SECONDS)
    # Counted as they come: hundreds of articles with all their trees are not to be held at once.
    pages = Counter(outcome.what for outcome in rounds.read(until=until))
    at = rounds.clock()
    _alerted(rounds, as_json)
    for call in calls:
        if call.fault and not as_json and not is_on():
            print(f"dragoman: {quiet(call.fault)}", file=sys.stderr, flush=True)
    if as_json and (calls or pages):
        print_line({"at": at.isoformat(), "sources": [call_json(c) for c in calls],
                    "pages": pages})  # fmt: skip
    elif calls or pages:
        print(f"{at:%Y-%m-%d %H:%M} {summary(calls, pages)}", flush=True)
    return calls, pages


def _alerted(rounds: Rounds, as_json: bool) -> None:
    """Members are told what they asked for."""
    from dragoman.cli.alerting import after_round, round_json, summary

    steps = rounds.desk.steps
    made = after_round(rounds.store, steps.knowledge, steps.config)
    if as_json and (made.found or made.sent):
        print_line({"alerts": round_json(made)})
    elif told := summary(made):
        print(told, flush=True)


def _wait(rounds: Rounds) -> float:
    moment = rounds.next_moment()
    if moment is None:
        return MOST_WAIT
    return min(max((moment - rounds.clock()).total_seconds(), LEAST_WAIT), MOST_WAIT)


@contextmanager
def stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    """The first Ctrl-C or SIGTERM ends the round under way; a second one ends the program."""
    import signal

    kinds = (signal.SIGINT, signal.SIGTERM)
    before = {kind: signal.getsignal(kind) for kind in kinds}

    def end(*_: object) -> None:
        stop.set()
        for kind, handler in before.items():
            signal.signal(kind, handler)

    for kind in kinds:
        signal.signal(kind, end)
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


def _day(text: str | None, option: str) -> str | None:
    from datetime import date

    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{option} takes a day such as 2024-03-18") from None


def _chosen(rounds: Rounds, names: Sequence[str] | None, everything: bool) -> list[Source]:
    from dragoman.cli.sources import find

    if names:
        return [find(rounds.store, name) for name in names]
    if everything:
        return [source for source in rounds.store.sources() if source.active]
    return rounds.due()


def _shown(made: Iterator[Told], total: int, what: str, as_json: bool) -> list[Told]:
    """All of them; each is told as it comes, beside a bar on a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    seen: list[Told] = []
    is_bar = sys.stderr.isatty() and not as_json
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    to = console(stderr=True)
    with Progress(*columns, console=to, transient=True, disable=not is_bar) as progress:
        task = progress.add_task(what, total=total or None)
        for one in made:
            seen.append(one)
            progress.advance(task)
            _tell(one, as_json)
    return seen


def _tell(one: Call | Outcome, as_json: bool) -> None:
    from dragoman.logs import is_on
    from dragoman.publish.terminal.controls import quiet
    from dragoman.rounds import Call

    if as_json:
        print_line(call_json(one) if isinstance(one, Call) else outcome_json(one))
        return
    fault = one.fault if isinstance(one, Call) else one.reason
    if fault and not is_on():
        print(f"dragoman: {quiet(fault)}", file=sys.stderr)


def call_json(call: Call) -> dict[str, object]:
    """A visit as one object."""
    return {
        "source": call.source.id,
        "address": call.source.address,
        "new": call.new,
        "known": call.known,
        "older": call.older,
        "unchanged": call.unchanged,
        "error": call.fault,
        "damaged": call.damaged,
        "put_off": call.put_off,
    }


def summary(calls: Sequence[Call], pages: Mapping[str, int], *, is_span: bool = False) -> str:
    """One line: "3 sources (1 failed), 12 new entries; 10 added, 2 put off".

    `pages`: how many by what became of them; `is_span`: days were asked for, so what is left lies
    outside them.
    """
    said: list[str] = []
    if calls:
        failed = sum(call.fault is not None for call in calls)
        same = sum(call.unchanged for call in calls)
        later = sum(call.put_off for call in calls)
        kinds = ((failed, "failed"), (same, "unchanged"), (later, "put off"))
        apart = [f"{n} {word}" for n, word in kinds if n]
        of_them = f" ({', '.join(apart)})" if apart else ""
        new, older = sum(call.new for call in calls), sum(call.older for call in calls)
        said.append(
            f"{_number(len(calls), 'source')}{of_them}, {_number(new, 'new entr', 'y', 'ies')}"
        )
        if older and is_span:
            said[-1] += f", {_number(older, 'other')} outside these days"
        elif older:
            said[-1] += f", {_number(older, 'older one')} left (--since takes them)"
    if pages:
        said.append(", ".join(f"{n} {what}" for what, n in sorted(pages.items())))
    return "; ".join(said)


def _number(number: int, noun: str, one: str = "", many: str = "s") -> str:
    return f"{number} {noun}{one if number == 1 else many}"


def _nothing_due(rounds: Rounds) -> str:
    moment = rounds.next_moment()
    if moment is None:
        return "no active source; `dragoman sources add` adds one"
    return f"nothing is due before {moment:%Y-%m-%d %H:%M} UTC; --all visits every source now"
