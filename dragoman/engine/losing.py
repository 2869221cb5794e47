"""Why an item was given up, in words that end a sentence about it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import TypeVar

from dragoman.engine import Lost
from dragoman.errors import WorkerLost

A = TypeVar("A")
B = TypeVar("B")


def given_up(item: A, lost: Lost, instead: Callable[[A, Lost], B] | None) -> B:
    """What stands for a lost item; raises where nothing does."""
    if instead is None:
        raise WorkerLost(lost.reason)
    return instead(item, lost)


def too_slow(seconds: float, stage: str | None) -> Lost:
    return Lost(f"reading took longer than {seconds:g} s{_in(stage)}", stage)


def out_of_memory(megabytes: int | None, stage: str | None) -> Lost:
    most = f"more than {megabytes} MB of memory" if megabytes else "more memory than there is"
    return Lost(f"reading took {most}{_in(stage)}", stage)


def died(exit_code: int | None, stage: str | None) -> Lost:
    """Of a process that ended by itself, or was ended by others."""
    if exit_code == -signal.SIGKILL:
        how = "was killed from outside, as a system does that runs out of memory"
    elif exit_code is not None and exit_code < 0:
        how = f"crashed ({_name(-exit_code)})"
    else:
        how = f"ended (exit code {exit_code})"
    return Lost(f"the process that read it {how}{_in(stage)}", stage)


def _in(stage: str | None) -> str:
    return f", in the step {stage}" if stage else ""


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
