"""What is said on stderr while older tables are brought up to date, if that takes a moment.

In: how many migrations are done, of how many. Out: nothing where it is done at once; else a line
that says what goes on, and one after each step.
"""

from __future__ import annotations

import sys
from threading import Lock, Timer
from typing import Self

MOMENT = 1.0
"""Seconds after which somebody wonders."""


class Saying:
    """Give it to `open_store`, and leave the block when the store is open."""

    def __init__(self, moment: float = MOMENT) -> None:
        self._moment = moment
        self._timer: Timer | None = None
        self._lock = Lock()
        self._done = 0
        self._total = 0
        self._is_said = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()

    def __call__(self, done: int, total: int) -> None:
        with self._lock:
            self._done, self._total = done, total
            if self._is_said:
                self._say()
        if self._timer is None:
            self._timer = Timer(self._moment, self._begin)
            self._timer.daemon = True
            self._timer.start()

    def _begin(self) -> None:
        with self._lock:
            self._is_said = True
            print(
                "dragoman: the desk was made by an older version and is brought up to date; "
                "stopped half-way it stays as it was",
                file=sys.stderr,
            )
            self._say()

    def _say(self) -> None:
        print(f"dragoman: {self._done} of {self._total} steps done", file=sys.stderr, flush=True)
