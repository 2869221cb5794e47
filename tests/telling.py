"""The log of a test: what the program tells between the beginning and the end of it."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest

from dragoman import logs
from dragoman.logs import Form, Level, Telling


class Log:
    def __init__(self) -> None:
        self.written = StringIO()

    @property
    def text(self) -> str:
        return self.written.getvalue()

    def lines(self, event: str | None = None) -> list[dict[str, Any]]:
        """The events of JSON lines, or those of one kind."""
        found = [json.loads(line) for line in self.text.splitlines()]
        return [one for one in found if event in (None, one["event"])]


@contextmanager
def told(form: Form = "json", level: Level = "debug") -> Iterator[Log]:
    """All that is logged inside; afterwards everything is as it was."""
    root, events = logging.getLogger(), logging.getLogger("dragoman.events")
    server = logging.getLogger("uvicorn.error")
    loggers = (root, events, server)
    before = [(one, one.level, one.handlers[:], one.filters[:]) for one in loggers]
    log = Log()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "excepthook", sys.excepthook)
        patch.setattr(logs, "_chosen", [])
        patch.setattr(logs, "_secrets", set())
        patch.setattr(sys, "stderr", log.written)
        try:
            logs.set_up(Telling(form, level))
            yield log
        finally:
            for one, number, handlers, filters in before:
                one.setLevel(number)
                one.handlers[:], one.filters[:] = handlers, filters


def silence() -> None:
    """Nothing is told any more, as before the program was started."""
    root, server = logging.getLogger(), logging.getLogger("uvicorn.error")
    ours = (logs.AsJson, logs.AsText)
    root.handlers[:] = [one for one in root.handlers if not isinstance(one.formatter, ours)]
    logging.getLogger("dragoman.events").setLevel(logging.CRITICAL + 1)
    server.setLevel(logging.NOTSET)
    server.removeFilter(logs._is_told_once)
    logs._chosen.clear()
    sys.excepthook = logs._before
