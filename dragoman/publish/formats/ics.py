"""What is to come as a calendar (RFC 5545): all-day entries that a calendar can be subscribed to.

Held is what was announced or planned for a day, or for a week, month, season or quarter, which then
is the span of the entry and tentative. What is known by its year alone is left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import BinaryIO
from urllib.parse import urlsplit

from dragoman.model import Event
from dragoman.publish.formats import Field, Format
from dragoman.publish.formats.account import account, headline, last_told, tags
from dragoman.publish.gathering import About, EventItem
from dragoman.publish.wording import N_

COARSE = frozenset({"week", "month", "season", "quarter", "range"})
"""Precisions that tell between which days, not on which."""
TOO_COARSE = frozenset({"year", "decade"})
OFF = frozenset({"halted", "denied"})
DONE = frozenset({"happened", "ongoing"})
LINE = 75
"""Octets; longer lines are folded."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|\n")
FIELDS = (
    Field("UID", "text", "Id of the event at the desk's host; it never changes."),
    Field("DTSTAMP", "instant", "When it was last told anew or withdrawn, in UTC."),
    Field("SEQUENCE", "integer", "Revision of the event; grows with every change."),
    Field("DTSTART", "date", "The day, or the first on which it may be."),
    Field("DTEND", "date", "The day after the last, as calendars have it."),
    Field("SUMMARY", "text", "Who does what to whom, and when, in a line."),
    Field("DESCRIPTION", "text", "The sentence, the article it is from, and both addresses."),
    Field("LOCATION", "text", "Name of the place; absent if it is not known."),
    Field("GEO", "numbers", "Its latitude and longitude in degrees (WGS 84)."),
    Field("URL", "text", "Address of its page on the desk."),
    Field("CATEGORIES", "list of codes", "Category, status, and whether it is news or to come."),
    Field(
        "STATUS",
        "code",
        "CANCELLED if halted, denied or withdrawn; TENTATIVE if demanded, threatened or alleged, "
        "or if only a span is told; else CONFIRMED.",
    ),
    Field("TRANSP", "code", "Always TRANSPARENT: it takes nobody's time."),
)


def is_to_come(item: EventItem) -> bool:
    """Announced or planned when it was told, also where it has happened or was called off since."""
    event = item.event
    is_planned = event.status == "planned" or any(t.status == "planned" for t in event.history)
    return (event.told_as == "announced" or is_planned) and _days(event) is not None


def _days(event: Event) -> tuple[date, date] | None:
    """First and last day; None where they are not known, or are those of a year."""
    dated = event.date
    if dated is None or dated.is_bounds or dated.precision in TOO_COARSE:
        return None
    try:
        first, last = (date.fromisoformat((day or "")[:10]) for day in (dated.start, dated.end))
    except ValueError:
        return None
    return (first, last) if first <= last < date.max else None


def _write(items: Iterable[EventItem], about: About, out: BinaryIO) -> int:
    name = text_value(": ".join(one for one in (about.title, about.query) if one))
    _lines(
        out,
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", f"-//Dragoman//Dragoman {about.program}//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("NAME", name),
        ("X-WR-CALNAME", name),  # what was read before RFC 7986 gave it a name, and still is
    )
    count = 0
    for item in items:
        days = _days(item.event)
        if days is not None and is_to_come(item):
            _lines(out, *_entry(item, about, *days))
            count += 1
    _lines(out, ("END", "VCALENDAR"))
    return count


def _entry(item: EventItem, about: About, first: date, last: date) -> Iterator[tuple[str, str]]:
    stamp = last_told(item) or datetime.fromisoformat(about.made_at)
    host = urlsplit(about.base).hostname or "dragoman"
    yield "BEGIN", "VEVENT"
    yield "UID", f"{item.event.id}@{host}"
    yield "DTSTAMP", f"{stamp:%Y%m%dT%H%M%SZ}"
    yield "SEQUENCE", str(item.revision)
    yield "DTSTART;VALUE=DATE", _day(first)
    yield "DTEND;VALUE=DATE", _day(last + timedelta(days=1))
    yield "SUMMARY", text_value(headline(item))
    yield "DESCRIPTION", text_value(account(item))
    yield from _where(item)
    yield "URL", item.address
    yield "CATEGORIES", ",".join(text_value(one) for one in tags(item))
    yield "STATUS", _status(item)
    yield "TRANSP", "TRANSPARENT"
    yield "END", "VEVENT"


def _day(day: date) -> str:
    """Years before 1000 with four digits, which `strftime` does not promise."""
    return day.isoformat().replace("-", "")


def _where(item: EventItem) -> Iterator[tuple[str, str]]:
    place = item.event.place
    if place is None:
        return
    yield "LOCATION", text_value(place.name)
    if place.lat is not None and place.lon is not None:
        yield "GEO", f"{place.lat:.6f};{place.lon:.6f}"


def _status(item: EventItem) -> str:
    event = item.event
    if event.status in OFF or item.retracted_at is not None:
        return "CANCELLED"
    is_span = event.date is not None and event.date.precision in COARSE
    is_sure = event.status in DONE or (event.status == "planned" and not is_span)
    return "CONFIRMED" if is_sure else "TENTATIVE"


def text_value(text: str) -> str:
    """A text as a value: without control characters, its line ends and separators escaped."""
    plain = _LINE_ENDS.sub("\n", _CONTROLS.sub("", text))
    escaped = re.sub(r"([\\;,])", r"\\\1", plain)
    return escaped.replace("\n", "\\n")


def _lines(out: BinaryIO, *lines: tuple[str, str]) -> None:
    for name, value in lines:
        out.write(b"\r\n ".join(_folded(f"{name}:{value}")) + b"\r\n")


def _folded(line: str) -> Iterator[bytes]:
    """Pieces of at most 75 octets, with the space that a continued line begins with; no character
    is cut in two."""
    rest, room = line.encode(), LINE
    while len(rest) > room:
        end = room
        while rest[end] & 0xC0 == 0x80:
            end -= 1
        yield rest[:end]
        rest, room = rest[end:], LINE - 1
    yield rest


FORMAT = Format(
    "ics",
    ".ics",
    "text/calendar",
    "events",
    N_(
        "Announced and planned events as a calendar to subscribe to, for any calendar "
        "program. Left out is what was not announced, and what has no day or is known by its "
        "year alone."
    ),
    _write,
    FIELDS,
    holds=is_to_come,
)
