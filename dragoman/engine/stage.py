"""At which stage of its work a process is: noted by who works, read when the work comes to grief.

Each thread has its own. A worker also tells it to who waits for it, since a process that is ended
can't be asked any more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

_here = threading.local()


def at(stage: str | None) -> None:
    """From now on this thread is at that stage."""
    _here.stage = stage
    tell: Callable[[str], None] | None = getattr(_here, "tell", None)
    if tell is not None and stage is not None:
        tell(stage)


def now() -> str | None:
    """The stage that this thread is at."""
    stage: str | None = getattr(_here, "stage", None)
    return stage


def told_to(tell: Callable[[str], None]) -> None:
    """Tell the stages of this thread from now on."""
    _here.tell = tell
