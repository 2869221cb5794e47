"""What is packed for a test: the same bytes whenever it runs, since bytes may name a test."""

from __future__ import annotations

from gzip import compress


def zipped(data: bytes, level: int = 9) -> bytes:
    """By gzip, without the time of day."""
    return compress(data, level, mtime=0)
