"""The number of an article or event in the word index: it grows with the day, then with arrival.

An index that is walked by number gives the newest first and stops when enough is found. What has no
day stands before everything that has one.
"""

from __future__ import annotations

from datetime import date

_ARRIVAL_BITS = 32


def number_of(day: str | None, seq: int) -> int:
    """`day` is ISO; more than four thousand million arrivals are not foreseen."""
    try:
        days = date.fromisoformat(day[:10]).toordinal() if day else 0
    except ValueError:
        days = 0
    return days << _ARRIVAL_BITS | seq
