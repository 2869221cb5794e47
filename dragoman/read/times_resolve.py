"""From fields to TIMEX3 type and value, and to the days they name.

In: a `Found`, the day of writing (or None), the day last named (or None), and which way the
sentence looks. Out: `Answer`. It guesses no day of writing: without one, relative words keep a
value with X and an open interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.model import Precision
from dragoman.read.times_calendar import (
    Span,
    add_days,
    day_span,
    part_of,
    shift,
    unit_span,
    years_span,
)
from dragoman.read.times_dates import resolve_date, unit_of, word_of
from dragoman.read.times_found import Found

Type = Literal["DATE", "TIME", "DURATION", "SET"]
Rests = Literal["stated", "publication", "text"]
OPEN = Span(None, None, "range")
CALENDAR = frozenset({"D", "W", "WE", "M", "Q", "Y"})
BLANK = {"Y": "XXXX", "Q": "XXXX-QX", "M": "XXXX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE"}
COARSER = {
    "week": "W", "month": "M", "quarter": "Q", "season": "Q", "year": "Y", "decade": "Y",
    "range": "D",
}  # fmt: skip
"""The unit that a precision stands for; a day, where it isn't here."""
UNITS = "DWMQY"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a relative expression may lean on."""

    writing: date | None
    named: date | None = None
    """The day last named in the text."""
    around: Span | None = None
    """The days last named in the text, be they a month or a year."""
    ahead: int = 0
    """2 right after "until" and the like, 1 where the sentence looks forward, -1 where it looks
    back, -2 right after "since", else 0."""
    ref_type: Type = "DATE"
    decade_mark: str = "X"


@dataclass(frozen=True, slots=True)
class Answer:
    type: Type
    value: str
    span: Span
    rests: Rests = "stated"


def resolve(found: Found, setting: Setting) -> Answer | None:
    """The meaning of one expression; None where its numbers make no date (30 February)."""
    match found.kind:
        case "date" | "numeric":
            return _date(found, setting)
        case "day":
            return _offset_day(found, setting.writing, "publication")
        case "beside":
            return _offset_day(found, setting.named, "text")
        case "ago":
            return _ago(found, setting)
        case "shift":
            return _shift(found, setting)
        case "recent":
            return _recent(found, setting)
        case "duration" | "since":
            return _duration(found, setting)
        case "clock" | "part":
            return _clock(found, setting)
        case "set":
            return _set(found)
        case _:
            value = found.word("ref") or "PRESENT_REF"
            kind: Type = "DATE" if found.word("type") == "DATE" else setting.ref_type
            return Answer(kind, value, OPEN)


def _date(found: Found, setting: Setting) -> Answer | None:
    counted = _counted(found, setting)
    if counted is not None:
        dated = resolve_date(counted, None, None, 0, setting.decade_mark)
        rests: Rests = "text" if found.word("base") == "text" else "publication"
        return None if dated is None else Answer("DATE", dated.value, dated.span, rests)
    dated = resolve_date(found, setting.writing, setting.named, setting.ahead, setting.decade_mark)
    if dated is None:
        return None
    clock = _time_of_day(found)
    if not clock:
        return Answer("DATE", dated.value, dated.span, dated.rests)
    return Answer("TIME", dated.value + clock, dated.span, dated.rests)


def _counted(found: Found, setting: Setting) -> Found | None:
    """ "March of last year", "that summer": the date with its year, where that can be told."""
    count = found.number("in_year")
    around = setting.around
    base = around.first if found.word("base") == "text" and around is not None else setting.writing
    if count is None or base is None:
        return None
    return Found(found.start, found.end, found.kind, {**found.fields, "year": base.year + count})


def _time_of_day(found: Found) -> str:
    hour, noon = found.number("hour"), found.number("noon")
    if hour is None and noon is not None:
        hour = noon
    if hour is not None:
        meridiem = found.word("meridiem")
        if meridiem is not None:
            hour = hour % 12 + (12 if meridiem == "pm" else 0)
        return f"T{hour:02}:{found.number('minute') or 0:02}"
    part = found.word("part")
    return f"T{part}" if part else ""


def _offset_day(found: Found, base: date | None, rests: Rests) -> Answer:
    days = found.number("offset") or found.number("beside") or 0
    clock = _time_of_day(found)
    kind: Type = "TIME" if clock else "DATE"
    day = None if base is None else add_days(base, days)
    if day is None:
        return Answer(kind, "XXXX-XX-XX" + clock, OPEN, rests)
    return Answer(kind, day.isoformat() + clock, day_span(day), rests)


def _ago(found: Found, setting: Setting) -> Answer:
    count, (size, unit) = found.number("number") or found.number("roundabout"), unit_of(found)
    if found.word("half") == "only":
        size //= 2
    sign = found.number("sign") or -1
    base, rests = _base(found, setting, unit)
    if unit not in CALENDAR or (found.number("tensed") and setting.ahead < 1):
        return Answer("DURATION", period(found), OPEN, rests)
    if not count:
        vague = found.word("vague")
        return Answer("DATE" if vague else "DURATION", vague or period(found), OPEN, rests)
    day = None if base is None or not size else shift(base, sign * count * size, unit)
    if day is None:
        return Answer("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", OPEN, rests)
    span = unit_span(day, unit)
    return Answer("DATE", name_of(span, unit), span, rests)


def _shift(found: Found, setting: Setting) -> Answer:
    """The day, week, month … before, around or after the day of writing, or what was last named."""
    size, unit = unit_of(found)
    side = found.number("side") or 0
    base, rests = _base(found, setting, unit)
    if found.number("tensed") and setting.ahead < 1 and base is not None and base.weekday() < 5:
        side = -1
    if unit not in CALENDAR or size not in {1, 10, 100}:
        value = "PAST_REF" if side < 0 else "FUTURE_REF" if side > 0 else "PRESENT_REF"
        return Answer("DATE", value, OPEN, rests)
    day = None if base is None else shift(base, side * size, unit)
    if day is None:
        return Answer("DATE", BLANK.get(unit, "XXXX-XX-XX"), OPEN, rests)
    edge = found.word("edge")
    span = unit_span(day, unit) if size == 1 else years_span(day.year, size)
    named = name_of(span, unit if size == 1 else str(size)).replace("X", setting.decade_mark)
    return Answer("DATE", named, part_of(span, edge) if edge else span, rests)


def _base(found: Found, setting: Setting, unit: str) -> tuple[date | None, Rests]:
    """The day to count from: that of writing, or what was last named, known as finely as the unit.

    Without such a day "three days later" can't be counted; "a year earlier" goes from the writing.
    """
    if found.word("base") != "text":
        return setting.writing, "publication"
    if setting.around is not None and unit[0] in UNITS:
        if UNITS.index(COARSER.get(setting.around.precision, "D")) <= UNITS.index(unit[0]):
            return setting.around.first, "text"
        return setting.named, "text"
    later = (found.number("sign") or found.number("side") or 0) > 0
    return (None if later else setting.writing), "publication"


def name_of(span: Span, unit: str) -> str:
    """The TIMEX3 value of a calendar unit; "10" and "100" are decades and centuries."""
    first = span.first
    if first is None:
        return "XXXX"
    match unit:
        case "10":
            return f"{first.year // 10:03}X"
        case "100":
            return f"{first.year // 100:02}XX"
        case "Y":
            return f"{first.year:04}"
        case "Q":
            return f"{first.year:04}-Q{first.month // 3 + 1}"
        case "M":
            return f"{first.year:04}-{first.month:02}"
        case "W":
            return _week_of(first)
        case "WE":
            return f"{_week_of(first)}-WE"
        case _:
            return first.isoformat()


def _week_of(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


HALVES = {"1Y": "P6M", "1H": "PT30M", "1D": "PT12H", "1MIN": "PT30S"}


def period(found: Found) -> str:
    """A TIMEX3 length: P2Y, PT24H, PXD where it isn't said how many."""
    term = found.word("term")
    if term:
        return term
    size, unit = unit_of(found)
    if found.word("half") == "only":
        return HALVES.get(f"{size}{unit}", f"P{size // 2}{unit}" if size > 1 else f"P0.5{unit}")
    count = found.fields.get("number", found.fields.get("roundabout", 0))
    if isinstance(count, str):
        amount = count if size == 1 else "X"
    else:
        amount = str(count * size) if count else "X"
    if found.word("half") == "more":
        amount = f"{amount}.5" if size == 1 else "X"
    if word_of(found).endswith(("DE", "CE")):
        return f"P{count or 'X'}{word_of(found)[-2:]}"
    if unit == "WE":
        return f"P{amount}WE"
    return f"PT{amount}{unit[0]}" if unit in {"H", "MIN", "S"} else f"P{amount}{unit}"


def _recent(found: Found, setting: Setting) -> Answer:
    """A stretch that ends ("the last two years") or begins with the day of writing."""
    count, (size, unit) = found.number("number"), unit_of(found)
    side = found.number("side") or -1
    day = setting.writing
    if day is None:
        return Answer("DURATION", period(found), OPEN, "publication")
    other = shift(day, side * count * size, unit) if count and unit in CALENDAR else None
    span = Span(other, day, "range") if side < 0 else Span(day, other, "range")
    return Answer("DURATION", period(found), span, "publication")


def _duration(found: Found, setting: Setting) -> Answer:
    """A length. "For two years (until now)" begins in a year that can be named."""
    count, (size, unit) = found.number("number"), unit_of(found)
    if found.kind == "duration" or not count or unit not in CALENDAR:
        return Answer("DURATION", period(found), OPEN)
    day = None if setting.writing is None else shift(setting.writing, -count * size, unit)
    if day is None:
        return Answer("DURATION", period(found), OPEN, "publication")
    begun = unit_span(day, unit)
    return Answer(
        "DURATION", period(found), Span(begun.first, None, begun.precision), "publication"
    )


def _clock(found: Found, setting: Setting) -> Answer:
    """A time of day belongs to the day last named, "this evening" to the day of writing."""
    this = found.number("side") == 0
    day = setting.writing if this else (setting.named or setting.writing)
    rests: Rests = "publication" if this or setting.named is None else "text"
    clock = _time_of_day(found)
    if day is None:
        return Answer("TIME", "XXXX-XX-XX" + clock, OPEN, rests)
    precision: Precision = "minute" if found.kind == "clock" else "day"
    return Answer("TIME", day.isoformat() + clock, Span(day, day, precision), rests)


def _set(found: Found) -> Answer:
    frequency = found.word("frequency")
    if frequency:
        return Answer("SET", frequency, OPEN)
    weekday = found.number("weekday") or found.number("weekdays")
    if weekday:
        return Answer("SET", f"XXXX-WXX-{weekday}" + _time_of_day(found), OPEN)
    part, month, season = found.word("part"), found.number("month"), found.word("season")
    if part:
        return Answer("SET", f"XXXX-XX-XXT{part}", OPEN)
    if month or season:
        return Answer("SET", f"XXXX-{season or f'{month:02}'}", OPEN)
    size, unit = unit_of(found)
    time = "T" if unit in {"H", "MIN", "S"} else ""
    return Answer("SET", f"P{time}{found.number('number') or size}{unit[0]}", OPEN)
