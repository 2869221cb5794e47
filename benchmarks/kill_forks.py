"""Commands in processes that start in milliseconds and can be killed at any moment.

In: a command as it is typed, and when to kill it. Out: what it printed, and how it ended. All that
a command loads is loaded once, here; each runs in a fork of this process, from the program's own
entry point, and is a process like any other to SIGKILL. Nothing here may run in a thread.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from dragoman.knowledge import Knowledge

PAUSE = 0.0003
"""Seconds between looks at a file that is being written."""
LOADED = (
    "alembic.command",
    "dragoman.alerting",
    "dragoman.cli.alerting",
    "dragoman.collect.manners",
    "dragoman.desk.judging",
    "dragoman.forgetting",
    "dragoman.publish.terminal.changes",
    "dragoman.rounds",
)
"""What commands import when they run."""
LONGEST = 120.0
"""Seconds after which a command that was not to be killed is taken for one that hangs."""


@dataclass(frozen=True, slots=True)
class Kill:
    """`after`: seconds from the start; `in_write`: then wait until this file is written to."""

    after: float
    in_write: Path | None = None


@dataclass(frozen=True, slots=True)
class Ran:
    lines: list[str]
    """What was printed whole."""
    code: int | None
    """None where it was killed."""
    seconds: float


def load() -> None:
    """Import what commands import when they run, and let all of them share what is known."""
    for name in LOADED:
        import_module(name)
    known = Knowledge()
    for name in ("dragoman.pipeline", "dragoman.publish.site.workers"):
        vars(import_module(name))["Knowledge"] = lambda *_, **__: known


def call(arguments: Sequence[str]) -> int:
    """A command in this process; its exit code."""
    from dragoman.cli import main

    sys.argv = ["dragoman", *arguments]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


def run(arguments: Sequence[str], out: Path, kill: Kill | None = None) -> Ran:
    """A command to its end, or until it is killed."""
    began = time.monotonic()
    child = started(lambda: call(arguments), out)
    killer = started(lambda: _kill(child, kill or Kill(LONGEST)), Path(os.devnull))
    status = os.waitpid(child, 0)[1]
    seconds = time.monotonic() - began
    end(killer)
    killed = os.WIFSIGNALED(status)
    if killed and kill is None:
        raise SystemExit(f"dragoman {' '.join(arguments)} did not end: {out.read_text()[-2000:]}")
    return Ran(printed(out), None if killed else os.waitstatus_to_exitcode(status), seconds)


@contextmanager
def running(arguments: Sequence[str], out: Path, kill: Kill | None = None) -> Iterator[int]:
    """A command that serves; its process, which is ended with the block."""
    child = started(lambda: call(arguments), out)
    killer = started(lambda: _kill(child, kill), Path(os.devnull)) if kill is not None else None
    try:
        yield child
    finally:
        end(child)
        if killer is not None:
            end(killer)


def printed(out: Path) -> list[str]:
    """Whole lines: one that a kill cut was not read by anybody."""
    text = out.read_text(encoding="utf-8", errors="replace")
    return text[: text.rfind("\n") + 1].splitlines()


def started(work: Callable[[], int | None], out: Path) -> int:
    """A fork of this process that does the work and ends; its number."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        _lead(os.open(os.devnull, os.O_RDONLY), 0)
        _lead(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1, 2)
        code = work() or 0
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def end(child: int) -> None:
    """Kill it, where it still runs."""
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(child, 0)


def _lead(source: int, *targets: int) -> None:
    for target in targets:
        os.dup2(source, target)
    os.close(source)


def _kill(child: int, kill: Kill) -> None:
    time.sleep(kill.after)
    if kill.in_write is not None:
        before = _written(kill.in_write)
        until = time.monotonic() + LONGEST
        while _written(kill.in_write) == before and time.monotonic() < until:
            time.sleep(PAUSE)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def _written(path: Path) -> tuple[int, int]:
    """Its size, and when it was last written to: a log that is begun anew does not grow."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_size, found.st_mtime_ns
