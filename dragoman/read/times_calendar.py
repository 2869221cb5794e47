"""Calendar arithmetic for time expressions: days in, intervals of days out. Knows no words.

Beyond the years 1 to 9999 there are no days: intervals are cut there, single days are None.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from dragoman.model import Precision

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of each season, as weather services count them in the north. Southern seasons are
told by the place, which this step does not know."""

MONTHS = {"M": 1, "Q": 3, "Y": 12}


@dataclass(frozen=True, slots=True)
class Span:
    """Days from first to last, both included; None where that side is open."""

    first: date | None
    last: date | None
    precision: Precision


def day_span(day: date) -> Span:
    return Span(day, day, "day")


def month_span(year: int, month: int, months: int = 1, precision: Precision = "month") -> Span:
    end_year, end_month = year + (month + months - 2) // 12, (month + months - 2) % 12 + 1
    if end_year > MAXYEAR:
        return Span(date(year, month, 1), date.max, precision)
    last = date(end_year, end_month, monthrange(end_year, end_month)[1])
    return Span(date(year, month, 1), last, precision)


def year_span(year: int) -> Span:
    return month_span(year, 1, 12, "year")


def years_span(year: int, count: int) -> Span:
    """The decade (10) or century (100) that holds a year."""
    first = max(MINYEAR, year - year % count)
    return month_span(first, 1, 12 * count, "decade" if count == 10 else "range")


def week_span(day: date) -> Span:
    monday = day - timedelta(days=day.weekday())
    return Span(monday, add_days(monday, 6) or date.max, "week")


def make_day(year: int, month: int, day: int) -> date | None:
    """A date, or None for 30 February and its like."""
    if not (1 <= month <= 12 and 1 <= year <= 9998):
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def add_days(day: date, count: int) -> date | None:
    """The day `count` days later, or None where the calendar has no such day."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def shift(day: date, count: int, unit: str) -> date | None:
    """The day `count` units later; the 31st becomes the last day of a shorter month.

    None before year 1 and after year 9999.
    """
    if unit in {"D", "W", "WE"}:
        return add_days(day, count * (1 if unit == "D" else 7))
    if unit not in MONTHS:
        return day
    months = day.year * 12 + day.month - 1 + count * MONTHS[unit]
    year, month = months // 12, months % 12 + 1
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def unit_span(day: date, unit: str) -> Span:
    """The day, week, weekend, month, quarter or year that holds `day`."""
    if unit == "W":
        return week_span(day)
    if unit == "WE":
        saturday = add_days(day, 5 - day.weekday()) or date.max
        return Span(saturday, add_days(saturday, 1) or date.max, "range")
    if unit == "M":
        return month_span(day.year, day.month)
    if unit == "Q":
        return month_span(day.year, (day.month - 1) // 3 * 3 + 1, 3, "quarter")
    return year_span(day.year) if unit == "Y" else day_span(day)


def part_of(span: Span, edge: str) -> Span:
    """Its first half for START, last half for END, middle half for MID.

    "Early March" may stretch to the middle but not beyond; a third would cut true days off.
    """
    if span.first is None or span.last is None:
        return span
    length = (span.last - span.first).days
    half = timedelta(days=length // 2)
    quarter = timedelta(days=length // 4)
    if edge == "START":
        return Span(span.first, span.first + half, "range")
    if edge == "END":
        return Span(span.last - half, span.last, "range")
    return Span(span.first + quarter, span.last - quarter, "range")


def feast(rule: str, year: int) -> date | None:
    """A holiday's day: "12-25", "easter+49", or "11/4/4", the fourth Thursday of November."""
    if rule.startswith("easter"):
        return add_days(easter(year), int(rule.removeprefix("easter")))
    if "/" not in rule:
        return make_day(year, *(int(part) for part in rule.split("-")))
    month, weekday, which = (int(part) for part in rule.split("/"))
    every = (make_day(year, month, number) for number in range(1, 32))
    days = [day for day in every if day is not None and day.isoweekday() == weekday]
    return days[which - 1 if which > 0 else which] if days else None


def easter(year: int) -> date:
    """Western Easter, after the anonymous Gregorian computus."""
    golden, century = year % 19, year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    days = moon - weekday
    month = 3 + (days + 40) // 44
    return date(year, month, days + 28 - 31 * (month // 4))
