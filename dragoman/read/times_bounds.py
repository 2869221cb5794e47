"""When a text must have been written, by its own dates.

In: its times and its words. Out: the first and last possible day, or None where it states no
date. It reads only what is written; a page's own date always goes before this.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dragoman.knowledge.times import TimeRules
from dragoman.model import BOUNDS, Dated, Time
from dragoman.read.times_cues import Cues
from dragoman.read.times_found import find_expressions
from dragoman.read.times_resolve import Setting, resolve


def publication_bounds(
    times: Sequence[Time], text: str, rules: TimeRules, seen: date | None = None
) -> Dated | None:
    """Not before the latest day told as past; before what is said to come, and not after the day on
    which the text was `seen`."""
    cues = Cues(text, rules)
    low = _latest_past(times, cues, seen)
    if low is None:
        return None
    first = date.fromisoformat(low.start_day or "")
    basis = f"{BOUNDS}: not before {first.isoformat()} (stated)"
    last = seen
    coming = _first_to_come(first, times, text, cues)
    if coming is not None and (seen is None or coming[0] <= seen):
        opens, words = coming
        last = opens - timedelta(days=1)
        basis += f', before {opens.isoformat().removesuffix("-01")} ("{words}")'
    elif seen is not None:
        basis += f", not after {seen.isoformat()} (captured)"
    return Dated(first.isoformat(), last.isoformat() if last else None, "range", basis)


def bounds_of(times: Sequence[Time], text: str, rules: TimeRules) -> tuple[date, date] | None:
    """The same as days, where both ends are known."""
    dated = publication_bounds(times, text, rules)
    if dated is None or dated.start is None or dated.end is None:
        return None
    return date.fromisoformat(dated.start), date.fromisoformat(dated.end)


def _latest_past(times: Sequence[Time], cues: Cues, seen: date | None) -> Time | None:
    latest = (seen or date.max).isoformat()
    past = [t for t in times if t.basis == "stated" and t.start_day and t.type != "DURATION"
            and t.start_day <= latest and not cues.to_come(t.start, t.end)]  # fmt: skip
    return max(past, key=lambda time: time.start_day or "", default=None)


def _first_to_come(
    first: date, times: Sequence[Time], text: str, cues: Cues
) -> tuple[date, str] | None:
    """The earliest day that is still to come for whoever wrote on `first`, with its words.

    "Next November" is taken for the first November after `first`: a text is written soon after
    the latest thing it tells.
    """
    found: list[tuple[date, str]] = []
    for time in times:
        words = text[time.start : time.end]
        if time.basis == "stated":
            if time.start_day and cues.to_come(time.start, time.end):
                found.append((date.fromisoformat(time.start_day), words))
            continue
        for expression in find_expressions(text, time.start, time.end, cues.rules):
            side = expression.number("side")
            if expression.kind != "date" or not side or expression.number("month") is None:
                continue
            expression.fields["side"] = 1
            answer = resolve(expression, Setting(first))
            if answer is not None and answer.span.first is not None:
                # "17 mars dernier" is no longer last once the next one has come.
                found.append((answer.span.first, words))
    later = [(day, words) for day, words in found if day > first]
    return min(later, default=None)
