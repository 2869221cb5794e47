"""Time expressions of a text: where they stand, what they name, on which days.

In: text, spans that are read, one language's rules, the days on which it may have been published.
Out: `Time` records in order. A relative expression is resolved only if every day of publication
gives the same answer; else it keeps an open interval.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from dragoman.knowledge.times import TimeRules
from dragoman.model import Time
from dragoman.read.times_bounds import bounds_of, publication_bounds
from dragoman.read.times_calendar import Span
from dragoman.read.times_cues import Cues
from dragoman.read.times_found import Found, find_expressions
from dragoman.read.times_resolve import Answer, Setting, resolve

__all__ = ["find_times", "publication_bounds", "read_times"]

Published = tuple[date, date] | None
BASES = {
    "stated": "stated",
    "publication": "from publication",
    "text": "from another date in the text",
}
_OPENED = re.compile(r"\([^)]*$")


@dataclass(slots=True)
class _Context:
    """What is known so far while the text is read in order."""

    published: Published
    inferred: bool = False
    """`published` was bounded from the text's own dates."""
    named: date | None = None
    around: Span | None = None
    stated: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    """(month, day) → years in which the text states it; day 0 stands for the month."""


def find_times(
    text: str,
    start: int,
    end: int,
    rules: TimeRules,
    *,
    published: Published,
    previous: date | None = None,
) -> list[Time]:
    """Times of `text[start:end]`; `previous` is the day last named before it."""
    context = _Context(published, named=previous)
    founds = find_expressions(text, start, end, rules)
    _note_stated(founds, context)
    return _resolve_all(founds, text, start, end, rules, context)


def read_times(
    text: str, spans: Iterable[tuple[int, int]], rules: TimeRules, published: Published
) -> tuple[Time, ...]:
    """Times of all `spans` in order. Without `published`, the text's own dates bound it first."""
    blocks = [(a, b, find_expressions(text, a, b, rules)) for a, b in spans]
    context = _Context(published)
    for _, _, founds in blocks:
        _note_stated(founds, context)
    times = _over(blocks, text, rules, context)
    if published is not None:
        return times
    bounds = bounds_of(times, text, rules)
    if bounds is None:
        return times
    return _over(blocks, text, rules, _Context(bounds, inferred=True, stated=context.stated))


def _over(
    blocks: Iterable[tuple[int, int, list[Found]]], text: str, rules: TimeRules, context: _Context
) -> tuple[Time, ...]:
    context.named = context.around = None
    return tuple(
        time
        for start, end, founds in blocks
        for time in _resolve_all(founds, text, start, end, rules, context)
    )


def _note_stated(founds: Iterable[Found], context: _Context) -> None:
    for found in founds:
        month, year = found.number("month"), found.number("year")
        if found.kind == "date" and month is not None and year is not None:
            days = {0, found.number("day") or 0}
            for day in days:
                context.stated.setdefault((month, day), set()).add(year)


def _resolve_all(
    founds: list[Found], text: str, start: int, end: int, rules: TimeRules, context: _Context
) -> list[Time]:
    cues = Cues(text[start:end], rules)
    answers: dict[int, Answer] = {}
    year_before: tuple[int, int] | None = None
    for found in founds:
        if found.kind == "numeric":
            found.fields.setdefault("order", rules.numeric_order)
        if year_before is not None and found.start - year_before[0] <= _YEAR_REACH:
            between = cues.flat[year_before[0] - start : found.start - start]
            _take_year(found, year_before[1], between)
        ahead = cues.looks_ahead(found.start - start, found.end - start)
        answer = _answer(found, ahead, rules, context)
        if answer is None:
            continue
        answers[id(found)] = answer
        span = answer.span
        if span.precision in {"day", "minute"} and span.first is not None and _moves(found):
            context.named = span.first
        if answer.type in {"DATE", "TIME"} and span.first is not None and _moves(found):
            context.around = span
        year = found.number("year") or (int(answer.value) if _is_year(found, answer) else None)
        year_before = (found.end, year) if year else year_before
    _order_ranges(founds, answers, rules)
    return [_time(found, answers, context) for found in founds if id(found) in answers]


def _order_ranges(founds: list[Found], answers: dict[int, Answer], rules: TimeRules) -> None:
    """ "Between January 1 and September 26": the first end takes the year that puts it first."""
    for found in founds:
        one, other = answers.get(id(found)), answers.get(id(found.partner))
        if (
            one is None
            or other is None
            or found.partner is None
            or found.partner.start < found.start
        ):
            continue
        if "year" in found.fields or not (one.span.first and other.span.first):
            continue
        if one.span.first > other.span.first and found.number("month") is not None:
            last = other.span.first.year
            late = found.number("month") or 0
            year = last if late <= other.span.first.month else last - 1
            earlier = resolve(
                replace_year(found, year), Setting(None, decade_mark=rules.decade_mark)
            )
            if earlier is not None:
                answers[id(found)] = replace(earlier, rests=one.rests)


def _moves(found: Found) -> bool:
    """What the tale goes on from; a look back ("the day before") does not move it."""
    return found.kind != "since" and (found.number("beside") or 0) >= 0


_YEAR_REACH = 50
"""Characters within which a bare month in the same sentence shares the year just written."""


def _is_year(found: Found, answer: Answer) -> bool:
    return "yy" in found.fields and answer.value.isdigit()


def _take_year(found: Found, year: int, between: str) -> None:
    """After "en 1997 (en janvier …, en octobre …)": the months are of that year."""
    bare = found.kind == "date" and "month" in found.fields and "day" not in found.fields
    if bare and not {"year", "yy", "side"} & found.fields.keys() and _OPENED.search(between):
        found.fields["year"] = year


def _answer(found: Found, ahead: int, rules: TimeRules, context: _Context) -> Answer | None:
    def seen_from(day: date | None) -> Answer | None:
        return resolve(
            found,
            Setting(day, context.named, context.around, ahead, rules.ref_type, rules.decade_mark),
        )

    if context.published is None:
        return _from_text(found, seen_from(None), context.stated)
    first, last = (seen_from(day) for day in context.published)
    if first == last:
        return first
    begun = [answer.span.first for answer in (first, last) if answer is not None]
    if found.kind == "since" and len(begun) == 2 and begun[0] == begun[1]:
        return first
    return _from_text(found, seen_from(None), context.stated)


def _from_text(
    found: Found, answer: Answer | None, stated: Mapping[tuple[int, int], set[int]]
) -> Answer | None:
    """Take "17 mars dernier" for the 17 March that the text states, if it states just one."""
    month = found.number("month")
    if answer is None or answer.rests == "stated" or found.kind != "date" or month is None:
        return answer
    if found.number("side") == 1:
        return answer
    years = stated.get((month, found.number("day") or 0), set())
    if len(years) != 1:
        return answer
    whole = replace_year(found, next(iter(years)))
    completed = resolve(whole, Setting(None))
    return None if completed is None else replace(completed, rests="text")


def replace_year(found: Found, year: int) -> Found:
    return Found(found.start, found.end, found.kind, {**found.fields, "year": year})


def _time(found: Found, answers: Mapping[int, Answer], context: _Context) -> Time:
    answer = answers[id(found)]
    span = answer.span
    other = answers.get(id(found.partner)) if found.partner is not None else None
    if other is not None:
        span = _range(span, other.span)
    basis = BASES[answer.rests]
    if answer.rests == "publication" and (context.inferred or context.published is None):
        basis = BASES["text"]
    return Time(
        found.start, found.end, answer.type, answer.value,
        span.first.isoformat() if span.first else None,
        span.last.isoformat() if span.last else None, span.precision, basis,
    )  # fmt: skip


def _range(one: Span, other: Span) -> Span:
    """Both ends of a range carry its whole interval; the value keeps the end itself."""
    days = [day for day in (one.first, one.last, other.first, other.last) if day is not None]
    return Span(min(days), max(days), "range") if len(days) == 4 else one
