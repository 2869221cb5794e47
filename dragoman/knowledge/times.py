"""Time words and forms of one language: a TOML file in, compiled rules out.

A form is a regular expression over lower-case text with slots such as `<month>`; `{...}` encloses
the words that are the expression, what stands outside is context. Refuses files with unknown keys,
unknown slots or forms that do not compile. Knows no calendar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from dragoman.errors import DataFileError
from dragoman.knowledge.files import read_toml

FormKind = Literal[
    "date", "numeric", "day", "beside", "ago", "shift", "recent", "duration", "since",
    "clock", "part", "set", "ref", "never",
]  # fmt: skip
WordValue = int | str

_DIGITS: Mapping[str, str] = {
    "day": r"(?:3[01]|[12]\d|0?[1-9])",
    "year": r"(?:1[0-9]\d\d|20\d\d)(?![\d.,]\d|[\s.,]\d{3}(?!\d)|\s?[%€$£])",
    "yy": r"(?:[3-9]\d|0\d)(?=\s*(?:[,.;:)(»\"]|$))",
    "hour": r"(?:2[0-4]|1\d|0?\d)",
    "minute": r"[0-5]\d",
    "tens": r"(?:(?:1\d|20)\d0|[1-9]0)",
    "roman": r"[ivx]{1,5}",
    "first": r"\d{1,4}",
    "second": r"\d{1,2}",
    "third": r"\d{2,4}",
    "iso": r"\d{4}-\d{2}-\d{2}",
    "quarter": r"[1-4]",
    "century": r"[12]?\d",
}
_MAYBE_DIGITS = frozenset({"number"})
_SLOT = re.compile(r"<(_?)(\w+)>")


class _Pattern(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: FormKind
    forms: list[str] = Field(min_length=1)
    set: dict[str, WordValue] = Field(default_factory=dict)


class _Range(BaseModel):
    model_config = ConfigDict(extra="forbid")
    before: str
    between: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    language: str
    numeric_order: Literal["dmy", "mdy", "unclear"]
    ref_type: Literal["DATE", "TIME"]
    decade_mark: Literal["X", ""]
    capitalised: list[str] = Field(default_factory=list)
    future: list[str]
    until: list[str]
    deadline: list[str] = Field(default_factory=list)
    past: list[str]
    borders: list[str]
    joins: list[str]
    ranges: list[_Range]
    macros: dict[str, str] = Field(default_factory=dict)
    words: dict[str, dict[str, WordValue]]
    pattern: list[_Pattern] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class TimeForm:
    """One form, compiled. Kind `never` catches what only looks like a time (ages).

    `needs` names the word class near which alone it is tried, if any.
    """

    kind: FormKind
    regex: re.Pattern[str]
    constants: Mapping[str, WordValue]
    needs: str | None


@dataclass(frozen=True, slots=True)
class TimeRules:
    """All that is known of one language's ways to name a time."""

    language: str
    numeric_order: str
    ref_type: Literal["DATE", "TIME"]
    decade_mark: str
    """What stands for the years of a decade ("198X", "198"), twice for those of a century."""
    capitalised: frozenset[str]
    future: re.Pattern[str]
    """Words of the sentence that put its time after the writing."""
    until: re.Pattern[str]
    """Words right before a date that put it after the writing."""
    deadline: re.Pattern[str]
    """The same, unless the tense says otherwise ("by Friday they had left")."""
    past: re.Pattern[str]
    """Words of the sentence that put its time before the writing."""
    borders: re.Pattern[str]
    """What parts one clause from the next."""
    joins: re.Pattern[str]
    """What stands between the two dates of a range or list."""
    ranges: re.Pattern[str]
    """What stands before, a NUL, and what stands between the two ends of a range."""
    words: Mapping[str, Mapping[str, WordValue]]
    classes: Mapping[str, re.Pattern[str]]
    forms: tuple[TimeForm, ...]


def load_times(path: Path) -> TimeRules:
    """Read, check and compile a `times.toml`."""
    return _compile(read_toml(path, _File), path)


def _line_of(path: Path, form: str) -> int | None:
    written = form.replace("\\", "\\\\")
    lines = path.read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if written in line), None)


def _compile(data: _File, path: Path) -> TimeRules:
    classes = {name: _alternatives(table) for name, table in data.words.items()}
    slots = {**_DIGITS, **classes}
    number = classes.get("number", r"\d+")
    slots["number"] = rf"(?:\d{{1,3}}(?:[.,]\d+)?|{number}(?:-{number})*)"
    forms: list[TimeForm] = []
    for pattern in data.pattern:
        for form in pattern.forms:
            try:
                regex = re.compile(_expand(form, slots, data.macros))
            except (re.error, KeyError) as error:
                reason = f"form {form!r}: {error}"
                raise DataFileError(path, _line_of(path, form), reason) from error
            forms.append(TimeForm(pattern.kind, regex, pattern.set, _need(form, classes)))
    return TimeRules(
        language=data.language,
        numeric_order=data.numeric_order,
        ref_type=data.ref_type,
        decade_mark=data.decade_mark,
        capitalised=frozenset(data.capitalised),
        future=_any_of(data.future),
        until=re.compile(rf"(?<!\w)(?:{'|'.join(data.until)})\s*$"),
        deadline=re.compile(rf"(?<!\w)(?:{'|'.join(data.deadline) or '(?!)'})\s*$"),
        past=_any_of(data.past),
        borders=re.compile(rf"[,;:]|(?<!\w)(?:{'|'.join(data.borders)})(?!\w)"),
        joins=re.compile(rf"\s*(?:{'|'.join(data.joins)})\s*"),
        ranges=re.compile(
            "|".join(rf"(?:{r.before})\s*\0\s*(?:{r.between})\s*$" for r in data.ranges)
        ),
        words=data.words,
        classes={
            "digit": re.compile(r"\d+"),
            **{name: re.compile(rf"(?<!\w){words}") for name, words in classes.items()},
        },
        forms=tuple(forms),
    )


def _any_of(expressions: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(expressions)})(?!\w)")


def _alternatives(table: Mapping[str, WordValue]) -> str:
    longest_first = sorted(table, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first) + ")"


def _expand(form: str, slots: Mapping[str, str], macros: Mapping[str, str]) -> str:
    """Turn a form into a regular expression; a slot is a group unless written `<_name>`."""

    def fill(slot: re.Match[str]) -> str:
        silent, name = slot[1], slot[2]
        plain = name.rstrip("23")
        if name in macros:
            return f"(?:{_SLOT.sub(fill, macros[name])})"
        return f"(?:{slots[plain]})" if silent else f"(?P<{name}>{slots[plain]})"

    inner = form if "{" in form else "{" + form + "}"
    before, rest = inner.split("{", 1)
    words, after = rest.split("}", 1)
    before, words, after = (_SLOT.sub(fill, part.replace(" ?", r"\s*").replace(" ", r"\s+"))
                            for part in (before, words, after))  # fmt: skip
    edge = "" if inner[0] in "[\\" else r"(?<!\w)"  # "[,(]" may follow a letter
    return rf"{edge}{before}(?P<span>(?<!\w){words}(?!\w)){after}"


def _need(form: str, classes: Mapping[str, str]) -> str | None:
    """The first word class that stands in the form outside every optional group."""
    bare = form
    while (reduced := re.sub(r"\([^()]*\)\??", "", bare)) != bare:
        bare = reduced
    named = [name for _, name in _SLOT.findall(bare)]
    word = next((name for name in named if name in classes and name not in _MAYBE_DIGITS), None)
    return word or next(("digit" for name in named if name in _DIGITS and name != "roman"), None)
