"""Calendar dates, whole and partial, to the days they name.

In: the fields of one date. Out: `Dating`, or None where they make no date. A partial date is
completed from the day of writing, else from the day last named in the text, else left with X.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date
from typing import Literal

from dragoman.read.times_calendar import (
    SEASONS,
    Span,
    add_days,
    day_span,
    feast,
    make_day,
    month_span,
    part_of,
    year_span,
)
from dragoman.read.times_found import Found

OPEN = Span(None, None, "range")
_NEAR = 3
"""Years to each side in which the weekday of "samedi 5 juin" must fit."""
NEAREST_HOLDS = {1: 150, -1: 60}
"""Days within which the nearest March is meant, although the sentence looks ahead (1) or back (-1):
beyond, the two that might be meant are about as far, and what is past is often told with what is
announced."""
_ROMAN = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Dating:
    value: str
    span: Span
    rests: Literal["stated", "publication", "text"] = "stated"


def word_of(found: Found) -> str:
    """A unit as its table has it: "1D", "1DE" for a decade, "15D" for a fortnight."""
    return found.word("unit") or found.word("units") or "1D"


def unit_of(found: Found) -> tuple[int, str]:
    """How many of which calendar unit a unit word means: (10, "Y") for a decade."""
    word = word_of(found).replace("1DE", "10Y").replace("1CE", "100Y")
    digits = len(word) - len(word.lstrip("0123456789"))
    return int(word[:digits]), word[digits:]


def resolve_date(
    found: Found, writing: date | None, named: date | None, ahead: int, decade_mark: str = "X"
) -> Dating | None:
    """Complete and name one date."""
    if found.kind == "numeric":
        return _numeric(found)
    year = _year(found)
    dating = _long_span(found, decade_mark)
    edge = found.word("edge")
    if dating is not None:
        return replace(dating, span=part_of(dating.span, edge)) if edge else dating
    if year is not None:
        return _stated(found, year)
    if found.number("generic") and not ahead:
        return Dating(_unknown(found), OPEN)
    base, rests = writing, "publication"
    if base is None and named is not None and not found.number("side"):
        base, rests = named, "text"
    if base is None:
        return Dating(_unknown(found), OPEN, "publication")
    return _completed(found, base, ahead, "text" if rests == "text" else "publication")


def _year(found: Found) -> int | None:
    year = found.number("year")
    if year is None:
        short = found.word("yy")
        # Two digits mean a year already lived through by whoever wrote after 2000.
        if short is not None:
            year = int(short) + (2000 if int(short) < 30 else 1900)
    return year


def _numeric(found: Found) -> Dating | None:
    """2024-03-17, 17/03/2024; where day and month can't be told apart, only the year is kept."""
    iso = found.word("iso")
    if iso:
        try:
            day: date | None = date.fromisoformat(iso)
        except ValueError:
            return None
        return None if day is None else Dating(iso, day_span(day))
    first, second, third = (found.number(name) or 0 for name in ("first", "second", "third"))
    if first >= 1000:
        return _numbered(first, second, third)
    year = third if third >= 1000 else third + (2000 if third < 70 else 1900)
    order = found.word("order") or "dmy"
    if order == "unclear" and first <= 12 and second <= 12 and first != second:
        return Dating(f"{year:04}", year_span(year))
    if (order == "mdy" and first <= 12) or second > 12:
        return _numbered(year, first, second)
    return _numbered(year, second, first)


def _numbered(year: int, month: int, number: int) -> Dating | None:
    day = make_day(year, month, number)
    return None if day is None else Dating(day.isoformat(), day_span(day))


def _long_span(found: Found, mark: str) -> Dating | None:
    """Decades and centuries."""
    tens = found.word("tens")
    if tens:
        first = int(tens) if len(tens) == 4 else 1900 + int(tens)
        return Dating(f"{first // 10}{mark}", month_span(first, 1, 120, "decade"))
    decade = found.number("decade")
    if decade:
        return Dating(f"{decade // 10}{mark}", month_span(decade, 1, 120, "decade"))
    century = found.number("century")
    roman, digits = found.word("roman"), found.word("century")
    if roman:
        century = _from_roman(roman)
    elif digits:
        century = int(digits)
    if not century:
        return None
    span = month_span(max(1, (century - 1) * 100), 1, 1200, "range")
    return Dating(f"{century - 1:02}{mark * 2}", span)


def _from_roman(letters: str) -> int:
    numbers = [_ROMAN[letter] for letter in letters]
    following = [*numbers[1:], 0]
    return sum(-n if n < m else n for n, m in zip(numbers, following, strict=True))


def _stated(found: Found, year: int) -> Dating | None:
    """A date whose year is written."""
    span = _in_year(found, year)
    if span is None:
        return None
    edge = found.word("edge")
    return Dating(_value(found, span, year), part_of(span, edge) if edge else span)


def _in_year(found: Found, year: int) -> Span | None:
    """The days that the fields name in that year."""
    if not MINYEAR <= year <= MAXYEAR:
        return None
    month, number, season = found.number("month"), found.number("day"), found.word("season")
    holiday = found.word("holiday")
    if holiday is not None:
        day = feast(holiday, year)
        return None if day is None else day_span(day)
    if month is not None and number is not None:
        day = make_day(year, month, number)
        return None if day is None else day_span(day)
    if month is not None:
        return month_span(year, month)
    if season is not None:
        return month_span(year, SEASONS[season], 3, "season")
    quarter = found.number("quarter") or found.number("ordinal")
    if quarter is not None:
        return month_span(year, 3 * quarter - 2, 3, "quarter") if quarter <= 4 else None
    half = found.number("half")
    if half is not None:
        return month_span(year, 6 * half - 5, 6, "range")
    return year_span(year)


def _value(found: Found, span: Span, year: int) -> str:
    season = found.word("season")
    quarter, half = found.number("quarter") or found.number("ordinal"), found.number("half")
    month = found.number("month")
    if found.word("holiday") is not None and span.first is not None:
        return span.first.isoformat()
    if month is not None:
        number = found.number("day")
        return f"{year:04}-{month:02}" + (f"-{number:02}" if number is not None else "")
    if season is not None:
        return f"{year:04}-{season}"
    if quarter is not None:
        return f"{year:04}-Q{quarter}"
    return f"{year:04}-H{half}" if half is not None else f"{year:04}"


def _completed(
    found: Found, base: date, ahead: int, rests: Literal["publication", "text"]
) -> Dating | None:
    """A date without a year, seen from `base`."""
    weekday = found.number("weekday")
    if weekday is not None and found.number("month") is None:
        if rests == "text":  # "mardi" counts from the day of writing, not from any day named
            return Dating(_unknown(found), OPEN, "publication")
        day = _weekday(weekday, base, found.number("side"), ahead)
        if day is None:
            return Dating(_unknown(found), OPEN, rests)
        return Dating(day.isoformat(), day_span(day), rests)
    near = range(base.year - _NEAR, base.year + _NEAR + 1)
    years = [year for year in near if _fits(found, year)]
    if not years and weekday is not None:  # a slip of the pen in the weekday loses no date
        found = replace(found, fields={k: v for k, v in found.fields.items() if k != "weekday"})
        years = [year for year in near if _fits(found, year)]
    year = _choose(years, base, found, ahead)
    if year is None:
        return None
    dating = _stated(found, year)
    return None if dating is None else Dating(dating.value, dating.span, rests)


def _fits(found: Found, year: int) -> bool:
    span, weekday = _in_year(found, year), found.number("weekday")
    if span is None or span.first is None:
        return False
    return weekday is None or span.first.isoweekday() == weekday


def _choose(years: list[int], base: date, found: Found, ahead: int) -> int | None:
    """The year by "last"/"next", else forward after "until" and the like, else the nearest."""

    def first(year: int) -> date:
        span = _in_year(found, year)
        return span.first if span is not None and span.first is not None else base

    def last(year: int) -> date:
        span = _in_year(found, year)
        return span.last if span is not None and span.last is not None else base

    side = found.number("side")
    key: Callable[[int], int] = lambda year: abs((first(year) - base).days)  # noqa: E731
    if side == -1:
        years = [year for year in years if last(year) < base]
    elif side == 1:
        years = [year for year in years if first(year) > base]
    elif side == 0:
        years = [year for year in years if year == base.year] or years
    elif ahead > 1 or (ahead > 0 and _is_part_of_year(found)):
        years = [year for year in years if last(year) >= base] or years
    elif _is_part_of_year(found) or ahead < -1:
        years = [year for year in years if first(year) <= base] or years
    elif ahead and min(map(key, years), default=0) > NEAREST_HOLDS[ahead]:
        seen = [
            year for year in years if (last(year) >= base if ahead > 0 else first(year) <= base)
        ]
        years = seen or years
    return min(years, key=key, default=None)


def _is_part_of_year(found: Found) -> bool:
    """A quarter or half: what is told of it is mostly its results."""
    return any(found.number(name) for name in ("quarter", "ordinal", "half"))


def _weekday(weekday: int, base: date, side: int | None, ahead: int) -> date | None:
    """The last one up to today; "next" and forward-looking sentences: the first one from today."""
    back = (base.isoweekday() - weekday) % 7
    forward = (weekday - base.isoweekday()) % 7
    if side == -1:
        return add_days(base, -(back or 7))
    if side == 1:
        return add_days(base, forward or 7)
    if side == 0 and ahead <= 0:
        return add_days(base, -back if back <= forward else forward)
    return add_days(base, forward if ahead > 0 else -back)


def _unknown(found: Found) -> str:
    """The TIMEX3 value with X for what isn't known."""
    weekday, month = found.number("weekday"), found.number("month")
    if month is None and weekday is not None:
        return f"XXXX-WXX-{weekday}"
    number, season = found.number("day"), found.word("season")
    if month is not None:
        return f"XXXX-{month:02}" + (f"-{number:02}" if number is not None else "")
    quarter, half = found.number("quarter") or found.number("ordinal"), found.number("half")
    if season is not None:
        return f"XXXX-{season}"
    if quarter is not None:
        return f"XXXX-Q{quarter}"
    return f"XXXX-H{half}" if half is not None else "XXXX"
