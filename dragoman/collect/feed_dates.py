"""Dates as feeds write them to ISO instants in UTC; None for what names no day.

Feeds should follow RFC 822 or 3339. Some write months in their own language: CLDR knows their
names. A date that can't be read is None, never a guess.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from time import struct_time

from babel import Locale, UnknownLocaleError

LANGUAGES = ("en", "fr", "ru", "de", "es", "it", "pt", "nl", "pl", "uk", "tr", "az", "el", "ro")
WORDED = re.compile(
    r"\b(?P<day>\d{1,2})\.?\s+(?:de\s+)?(?P<month>[^\W\d]{3,12})\.?,?\s+(?:de\s+)?(?P<year>\d{4})\b"
    r"(?:\D{1,6}(?P<hour>\d{1,2})[:hH](?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?:\s*(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2}))?)?"
)
AHEAD = timedelta(days=1)
"""How far a date may lie ahead before it is doubted: clocks and time zones are often wrong."""


def from_struct(parsed: struct_time | None) -> str | None:
    """feedparser's own reading of a date, which is in UTC."""
    if parsed is None:
        return None
    try:
        return _iso(datetime(*parsed[:5], min(parsed[5], 59), tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def from_text(text: object) -> str | None:
    """RFC 3339, or a day with its month in words: "lun., 18 mars 2024 10:00:00 +0100"."""
    if not isinstance(text, str) or not text.strip():
        return None
    try:
        return _iso(datetime.fromisoformat(text.strip()))
    except (ValueError, OverflowError):
        return _worded(text)


def is_ahead(published: str | None, now: str) -> bool:
    """Whether a date lies so far in the future that it can't be right."""
    if published is None:
        return False
    return datetime.fromisoformat(published) > datetime.fromisoformat(now) + AHEAD


def _worded(text: str) -> str | None:
    found = WORDED.search(text[:200])
    month = month_names().get(found["month"].casefold()) if found else None
    if found is None or month is None:
        return None
    ahead = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
    try:
        zone = timezone(-ahead if found["sign"] == "-" else ahead)
        day = datetime(int(found["year"]), month, int(found["day"]), tzinfo=zone)
        hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
        return _iso(day.replace(hour=hour, minute=minute, second=second))
    except (ValueError, OverflowError):
        return None


def _iso(moment: datetime) -> str | None:
    """In UTC; what names no zone is taken to be there."""
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="seconds") if 1970 < moment.year < 9999 else None


@cache
def month_names() -> dict[str, int]:
    """Names and short names of the months, folded; a name that two months share is left out."""
    found: dict[str, set[int]] = {}
    for code in LANGUAGES:
        try:
            months = Locale.parse(code).months
        except UnknownLocaleError:
            continue
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[use][width].items():
                    found.setdefault(name.casefold().rstrip("."), set()).add(number)
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1}
