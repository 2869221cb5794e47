"""Moments that were put down by a clock which was wrong, and how they are taken.

In: a column with moments, and the moment that is now (ISO). Out: a condition. Nothing that we put
off is put off for longer than a day and a tenth: what lies further ahead was put down while the
clock was ahead, or the clock was set back since.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, and_, or_

from dragoman.store.handed_out import later

FURTHEST_HOURS = 27.0
"""More than a day and a tenth, which is what visits, pages and messages are put off at most."""


def has_come(moment: Column[Any], now: str) -> ColumnElement[bool]:
    """Whether a moment has come, or is one that can't be."""
    return or_(moment <= now, moment > later(now, hours=FURTHEST_HOURS))


def is_near(moment: Column[Any], now: str, *, hours: float) -> ColumnElement[bool]:
    """Whether a moment lies less than so many hours before or after now."""
    return and_(moment > later(now, hours=-hours), moment < later(now, hours=hours))


def not_before(moment: str, then: str | None) -> str:
    """A moment, or the one that it must follow where that is later: what ends has begun."""
    return max(moment, then or moment)
