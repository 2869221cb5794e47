"""A JSON document around a long list, written as the list comes.

In: what stands before the list, its entries, and what can be said only after them. Out: UTF-8; half
a surrogate pair, which no encoding can hold, becomes a question mark.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO

Json = Mapping[str, object]


def write_document(
    head: Json,
    key: str,
    entries: Iterable[Json],
    out: BinaryIO,
    *,
    tail: Callable[[int], Json] = lambda _count: {},
) -> int:
    """Gives the number of entries; `tail` is asked with it when all are written."""
    out.write(_encoded(head)[:-1] + (b", " if head else b"") + _encoded(key) + b": [")
    count = 0
    for entry in entries:
        out.write((b",\n" if count else b"\n") + _encoded(entry))
        count += 1
    end = _encoded(tail(count))[1:]
    out.write(b"\n]" + (b", " if end != b"}" else b"") + end + b"\n")
    return count


def _encoded(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
