"""How long a pattern takes on what is made against it.

    python -m tests.security.slow [--data]

In: patterns. Out: those that take more than a pattern may, each with the text that shows it.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterable, Iterator
from time import process_time

from dragoman.knowledge import Knowledge
from tests.security.attacks import attacks
from tests.security.patterns import Placed, of_code, of_data

MOST_SECONDS = 1.0
"""Of processor time, for a single search. What goes through a text by the square of its length
takes a tenth of this, what goes by the cube or worse many times as much."""


def slow(patterns: Iterable[Placed]) -> Iterator[str]:
    before = signal.signal(signal.SIGVTALRM, _stop)
    try:
        for one in patterns:
            for make in attacks(one.pattern):
                text = make(one.sees)
                if (took := _timed(one, text)) > MOST_SECONDS:
                    written = one.pattern.pattern[:90]
                    yield f"{one.place}: {took:.1f} s for {text[:40]!r}…: {written}"
                    break
    finally:
        signal.signal(signal.SIGVTALRM, before)


class _TooLong(Exception):
    pass


def _stop(*_: object) -> None:
    raise _TooLong


def _timed(one: Placed, text: str) -> float:
    began = process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, 1.5 * MOST_SECONDS)
    try:
        (one.pattern.match if one.sees < 2_000 else one.pattern.search)(text)
    except _TooLong:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return process_time() - began


if __name__ == "__main__":
    found = list(slow(of_data(Knowledge()) if "--data" in sys.argv else of_code()))
    print("\n".join(found) or "no slow pattern")
    sys.exit(bool(found))
