"""What the program tells of its own doing: one line for each event, for people or as JSON.

In: events with fields (`note`), and whatever the libraries log. Out: lines on standard error once
`set_up` was called; before, no event is told. No secret leaves: what is known to be one
(`keep_quiet`) is left out wherever it stands, and so are passwords and queries in addresses and our
own tokens.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal

Form = Literal["text", "json"]
Level = Literal["debug", "info", "warning", "error"]
FORMS: tuple[Form, ...] = ("text", "json")
LEVELS: tuple[Level, ...] = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Telling:
    """How much is told, and in which form."""

    form: Form = "text"
    level: Level = "warning"


HIDDEN = "[…]"
LONGEST = 20_000
"""Characters of one field."""
_FIELDS = "dragoman_fields"
_USER = re.compile(r"(?<=://)[^\s/@'\"]*@")
"""Who signs in at an address, with a password or without."""
_QUERY = re.compile(r"(?P<before>[a-z][a-z0-9+.-]*://[^\s?#'\"<>]*)[?#][^\s'\"<>)\],;]*")
"""What follows the path of an address: there keys of feeds and words of searches stand."""
_ASKED = re.compile(r"(?<=\S)\?[\w.%~-]+=[^\s'\"<>)\],;]*")
"""The same of an address without its host."""
_FEED = re.compile(r"(?<=/alerts/)[\w-]+")
"""Whoever has the address of a member's feed reads it."""
_TOKEN = re.compile(r"\bdgm_[A-Za-z0-9_-]+")
_secrets: set[str] = set()
_log = logging.getLogger("dragoman.events")
_log.setLevel(logging.CRITICAL + 1)
_before = sys.excepthook
_chosen: list[Telling] = []


def note(event: str, *, level: Level = "info", fault: BaseException | None = None,
         **fields: object) -> None:  # fmt: skip
    """Tell that something happened. `fault`: its traceback becomes a field."""
    number = logging.getLevelNamesMapping()[level.upper()]
    if _log.isEnabledFor(number):
        _log.log(number, event, exc_info=fault, extra={_FIELDS: fields})


def set_up(telling: Telling) -> None:
    """From now on all that is logged in this process goes to standard error, in this form.

    Of the libraries, which tell addresses and more, warnings alone are told.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson() if telling.form == "json" else AsText())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    _log.setLevel(telling.level.upper())
    server = logging.getLogger("uvicorn.error")
    server.setLevel(telling.level.upper())
    server.addFilter(_is_told_once)
    sys.excepthook = _at_the_end
    _chosen[:] = [telling]


def chosen() -> Telling:
    """What was set up in this process; without that, warnings for people."""
    return _chosen[0] if _chosen else Telling()


def is_on() -> bool:
    """Whether events are told in this process, so that a command need not say the same."""
    return _log.isEnabledFor(logging.ERROR)


def keep_quiet(secret: str | None) -> None:
    """From now on it stands in no line. What is too short to be a secret would tear words apart."""
    if secret and len(secret) >= 4:
        _secrets.add(secret)


def hushed(text: str) -> str:
    """A text without the secrets in it."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    text = _USER.sub("", text)
    text = _QUERY.sub(rf"\g<before>?{HIDDEN}", text)
    for pattern in (_ASKED, _FEED, _TOKEN):
        text = pattern.sub(HIDDEN, text)
    return text[:LONGEST]


class AsJson(logging.Formatter):
    """One object a line: time, level, event, then the fields of the event."""

    def format(self, record: logging.LogRecord) -> str:
        made = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "event": hushed(_event(record)),
        }
        more = {name: _plain(value) for name, value in _told(record).items()}
        return json.dumps(made | more | made, ensure_ascii=False)


class AsText(logging.Formatter):
    """The same as a line for people; a traceback stands below it."""

    def format(self, record: logging.LogRecord) -> str:
        fields = dict(_told(record))
        below = fields.pop("traceback", None)
        said = "".join(f" {name}={_word(value)}" for name, value in fields.items())
        level = "" if record.levelno <= logging.INFO else f"{record.levelname.lower()}: "
        line = f"{_time(record)} {level}{_one_line(hushed(_event(record)))}{said}"
        return line if below is None else f"{line}\n{hushed(str(below)).rstrip()}"


def _event(record: logging.LogRecord) -> str:
    return "message" if not hasattr(record, _FIELDS) else record.getMessage()


def _told(record: logging.LogRecord) -> Mapping[str, object]:
    """The fields of a record, without those that say nothing."""
    fields: dict[str, object] = dict(getattr(record, _FIELDS, {}))
    if not hasattr(record, _FIELDS):  # a library's own words
        fields = {"message": record.getMessage(), "logger": record.name}
    kind, fault, trace = record.exc_info or (None, None, None)
    if kind is not None and fault is not None:
        fields |= {"error": f"{kind.__name__}: {fault}", "traceback": _traceback(fault, trace)}
    return {name: value for name, value in fields.items() if value is not None}


def _traceback(fault: BaseException, trace: TracebackType | None) -> str:
    return "".join(traceback.format_exception(type(fault), fault, trace))


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _plain(value: object) -> object:
    """What JSON can hold, without secrets: numbers as they are, all else as words."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Mapping):
        return {hushed(str(name)): _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return hushed(str(value)).encode("utf-8", "backslashreplace").decode()


def _word(value: object) -> str:
    made = value if isinstance(value, str) else json.dumps(_plain(value), ensure_ascii=False)
    made = _one_line(hushed(made))
    return json.dumps(made, ensure_ascii=False) if " " in made or not made else made


def _one_line(text: str) -> str:
    """Nothing that was written by strangers begins a line of its own or moves a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _at_the_end(
    kind: type[BaseException], fault: BaseException, trace: TracebackType | None
) -> None:
    """What ends the program is a line as well."""
    if issubclass(kind, Exception):
        note("error", level="error", fault=fault)
    else:
        _before(kind, fault, trace)


def _is_told_once(record: logging.LogRecord) -> bool:
    """The site tells of an answer that failed by itself, with the route."""
    return not record.getMessage().startswith("Exception in ASGI application")
