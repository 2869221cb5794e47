"""An answer that can be used, and what its headers say of time.

In: header values as sent. Out: seconds to wait or to keep, or None where nothing readable is
said. Reads no clock but the one passed in; a server's dates are measured against its own `Date`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 86_400.0
"""A server that asks for more than a day is asked again after a day."""
LONGEST_FRESH = 31_536_000.0
_SECONDS = re.compile(r"\s*(\d+)(?:\.\d*)?\s*")
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask later whether anything is new: its ETag and Last-Modified."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """An answer that can be used: a body, or (304) word that the one we have is still right."""

    url: str
    """The address after redirects."""
    status: int
    """200, or 304 with an empty body."""
    body: bytes
    media_type: str | None
    charset: str | None
    validators: Validators
    """To be sent with the next request for the same address."""
    moved_to: str | None = None
    """The address to remember instead: set when every redirect on the way was permanent."""
    retry_after: float | None = None
    """Seconds that the server asks us to wait before the next request."""
    fresh_for: float | None = None
    """Seconds for which the server says that the answer stays as it is."""


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds from `Retry-After`, given as a number or a date; at most a day."""
    value = headers.get("retry-after")
    if value is None:
        return None
    number = _SECONDS.fullmatch(value)
    wait = _number(number[1]) if number else _until(value, headers, now)
    return None if wait is None else min(max(wait, 0.0), LONGEST_WAIT)


def fresh_for(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds for which the server says that nothing new will come; at most a year."""
    age = _MAX_AGE.search(headers.get("cache-control", ""))
    if age:
        passed = _SECONDS.fullmatch(headers.get("age", ""))
        fresh: float | None = _number(age[1]) - (_number(passed[1]) if passed else 0.0)
    else:
        fresh = _until(headers.get("expires", ""), headers, now)
    return None if fresh is None else min(max(fresh, 0.0), LONGEST_FRESH)


def _number(digits: str) -> float:
    return min(float(digits), LONGEST_FRESH)


def _until(value: str, headers: Mapping[str, str], now: datetime) -> float | None:
    moment = _date(value)
    if moment is None:
        return None
    return (moment - (_date(headers.get("date", "")) or now)).total_seconds()


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # A date that names no zone, or "-0000", is in universal time.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
