"""Objects as JSON, one a line (UTF-8)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import BinaryIO

_SURROGATE = re.compile("[\ud800-\udfff]")


def write_lines(objects: Iterable[Mapping[str, object]], out: BinaryIO) -> int:
    """Gives the number of lines. A lone surrogate, which no encoding can hold, is escaped."""
    count = 0
    for one in objects:
        out.write(_SURROGATE.sub(_escaped, json.dumps(one, ensure_ascii=False)).encode() + b"\n")
        count += 1
    return count


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
