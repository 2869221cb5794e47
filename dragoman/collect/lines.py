"""Bulk texts: JSON Lines in, (line id, `Capture`) out, one for each line and in order.

A line is `{"id", "text", "language"?, "published"?}`; a line that is not gives an error that
names its number, and the lines after it are still read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict, ValidationError

from dragoman.collect.pages import capture_text
from dragoman.errors import Unreadable
from dragoman.model import Capture


class Line(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str | int
    text: str
    language: str | None = None
    published: str | None = None


def capture_lines(
    lines: Iterable[str], origin: str
) -> Iterator[tuple[str | int, Capture | Unreadable]]:
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        yield _capture(raw, f"{origin}:{number}", number)


def _capture(raw: str, origin: str, number: int) -> tuple[str | int, Capture | Unreadable]:
    try:
        line = Line.model_validate(json.loads(raw))
        if line.published is not None:
            date.fromisoformat(line.published[:10])
    except (ValueError, ValidationError) as fault:
        reason = (
            "not a JSON object with id and text"
            if not isinstance(fault, ValidationError)
            else (f"{'.'.join(map(str, fault.errors()[0]['loc']))}: {fault.errors()[0]['msg']}")
        )
        return number, Unreadable(origin, reason)
    capture = capture_text(line.text, origin, language=line.language, published=line.published)
    return line.id, capture
