"""Bulk texts: JSON Lines in, (line id, `Capture`) out, one for each line and in order.

A line is `{"id", "text", "language"?, "published"?}`, a scrape's also has `"url"?`; a line that is
not gives an error that names its number, and the lines after it are still read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TextIO

from pydantic import BaseModel, ConfigDict, StrictInt, StrictStr, ValidationError

from dragoman.collect.pages import capture_text
from dragoman.errors import Unreadable
from dragoman.model import Capture


class Line(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: StrictStr | StrictInt
    text: str
    language: str | None = None
    published: str | None = None
    url: str | None = None


def open_lines(path: Path) -> TextIO:
    """A file of lines, or standard input for "-". Raises Unreadable when it can't be opened."""
    if str(path) == "-":
        return sys.stdin
    try:
        return path.open(encoding="utf-8", errors="replace")
    except OSError as fault:
        raise Unreadable(str(path), f"can't be opened ({fault.strerror})") from None


def capture_lines(
    lines: Iterable[str], origin: str, *, scraped: bool = False
) -> Iterator[tuple[str | int, Capture | Unreadable]]:
    """Texts that are vouched for as articles, or (`scraped`) texts that may be whole pages."""
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        yield _capture(raw, f"{origin}:{number}", number, scraped)


def _capture(
    raw: str, origin: str, number: int, scraped: bool
) -> tuple[str | int, Capture | Unreadable]:
    """A line that can't be used keeps its own id where it has one, else takes its number."""
    identity: str | int = number
    try:
        found = json.loads(raw.removeprefix("\ufeff"))
        if isinstance(found, dict) and type(found.get("id")) in (str, int):
            identity = found["id"]
        line = Line.model_validate(found)
    except ValidationError as fault:
        return identity, Unreadable(origin, _reason(fault))
    except (ValueError, RecursionError):
        return identity, Unreadable(origin, "not a JSON object with id and text")
    if line.published is not None and not is_day(line.published):
        return identity, Unreadable(origin, f"published: {line.published!r} is not an ISO date")
    return line.id, capture_text(
        line.text,
        origin,
        language=line.language,
        published=line.published,
        url=line.url if scraped else None,
        bare=not scraped,
    )


def _reason(fault: ValidationError) -> str:
    first = fault.errors()[0]
    if not first["loc"]:
        return "not a JSON object with id and text"
    if first["loc"][0] == "id" and first["type"] != "missing":
        return "id: neither a string nor a whole number"
    return f"{first['loc'][0]}: {first['msg']}"


def is_day(text: str) -> bool:
    """An ISO date, alone or with a time after it."""
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return len(text) == 10 or text[10] in "T "
