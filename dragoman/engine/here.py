"""The engine of this process: one item after the other.

A limit of time is kept by an alarm, in the main thread alone. It ends what is written in Python
and what asks for signals, such as regular expressions; other C code it ends when that returns.
Memory is not limited here: what there is not enough of is noted when it lacks.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from dragoman.engine import FREE, Limits, Lost, stage
from dragoman.engine.losing import given_up, out_of_memory, too_slow

A = TypeVar("A")
B = TypeVar("B")
AGAIN = 0.5
"""Seconds after which the alarm rings again: something may have caught the first."""


class TooLong(BaseException):
    """No `Exception`: code that goes on after any of these must not go on after this."""


class Here:
    def __init__(self, limits: Limits = FREE) -> None:
        self.limits = limits

    def map(
        self,
        function: Callable[[A], B],
        items: Iterable[A],
        instead: Callable[[A, Lost], B] | None = None,
    ) -> Iterator[B]:
        for item in items:
            yield self._done(function, item, instead)

    def close(self) -> None:
        """Nothing was started."""

    def _done(
        self, function: Callable[[A], B], item: A, instead: Callable[[A, Lost], B] | None
    ) -> B:
        stage.at(None)
        try:
            with _within(self.limits.seconds):
                return function(item)
        except TooLong:
            lost = too_slow(self.limits.seconds or 0, stage.now())
        except MemoryError:
            lost = out_of_memory(None, stage.now())
        return given_up(item, lost, instead)


@contextmanager
def _within(seconds: float | None) -> Iterator[None]:
    """Raises TooLong in the block when the time is over."""
    is_main = threading.current_thread() is threading.main_thread()
    if seconds is None or not is_main or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, ring)
    others = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, *others)  # one that was wound up for another purpose
