"""What was measured, and which errors are known, in the words of the reader.

In: `Measures` of what the desk knows. Out: lines for the page on method, figures as they were
written down, and `figure_words` to print them.
"""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import format_decimal

from dragoman.knowledge.measures import Measures
from dragoman.publish.room import in_words
from dragoman.publish.wording import spoken_language


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as it stands in the benchmarks: ".787", "62 %"."""

    label: str
    value: str
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class MeasureLine:
    label: str
    set: str
    seen: bool
    date: str
    command: str | None
    figures: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True)
class ErrorLine:
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class ErrorLines:
    date: str
    of: int
    kinds: tuple[ErrorLine, ...]


def measure_lines(measures: Measures) -> tuple[MeasureLine, ...]:
    return tuple(
        MeasureLine(
            in_words(one.label),
            in_words(one.set),
            one.seen,
            one.date,
            one.command,
            tuple(FigureLine(in_words(f.label), f.value, f.low, f.high) for f in one.figures),
        )
        for one in measures.parts
    )


def error_lines(measures: Measures) -> ErrorLines:
    found = measures.errors
    kinds = tuple(ErrorLine(in_words(one.label), one.number) for one in found.kinds)
    return ErrorLines(found.date, found.of, kinds)


def figure_words(value: str) -> str:
    """ ".787" as "0.787", with the spoken language's own sign; a percentage stays one."""
    number, _, percent = value.partition(" ")
    places = len(number.partition(".")[2])
    pattern = f"0.{'0' * places}" if places else "0"
    made = format_decimal(float(number), format=pattern, locale=spoken_language())
    return f"{made} {percent}" if percent else made
