"""Time words and forms of one language: a TOML file in, compiled rules out.

A form is a regular expression over lower-case text with slots such as `<month>`; `{...}` encloses
the words that are the expression, what stands outside is context. Refuses files with unknown keys,
unknown slots or forms that do not compile. Knows no calendar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
_GROUP = re.compile(r"\((\?(?:<?[=!]|:(?:,\??)? ))?[^()]*\)\??")
"""A group without groups; the first is there where it can't go on with a word before it."""
WORD = r"\d+|[^\W\d_]+"
_SHORT, _LONG = frozenset({"d", "dd", "d0"}), frozenset({"dddd", "ddd0"})
_SHAPES: Mapping[str, frozenset[str]] = {
    "day": _SHORT, "yy": _SHORT, "quarter": _SHORT, "century": _SHORT,
    "third": _SHORT | _LONG | {"ddd", "dd0"}, "second": _SHORT, "iso": _LONG, "year": _LONG,
    "tens": frozenset({"d0", "ddd0"}), "hour": _SHORT | _LONG,
}  # fmt: skip
"""Shapes of the numbers that a slot takes; an hour may be glued to its minutes ("1430 GMT")."""
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
    ref_type: Literal["DATE", "TIME"] = "DATE"
    decade_mark: Literal["X", ""] = "X"
    capitalised: list[str] = Field(default_factory=list)
    names: list[str] = Field(default_factory=list)
    future: list[str] = Field(default_factory=list)
    until: list[str] = Field(default_factory=list)
    deadline: list[str] = Field(default_factory=list)
    begun: list[str] = Field(default_factory=list)
    past: list[str] = Field(default_factory=list)
    borders: list[str] = Field(default_factory=list)
    joins: list[str] = Field(default_factory=list)
    ranges: list[_Range] = Field(default_factory=list)
    macros: dict[str, str] = Field(default_factory=dict)
    words: dict[str, dict[str, WordValue]]
    pattern: list[_Pattern] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class TimeForm:
    """One form, compiled. Kind `never` catches what only looks like a time (ages).

    `needs`: sets of words, of each of which one must stand where the form fits; it is tried only
    near those that the text has fewest of. Numbers go by their shape (`shape_of`).
    """

    kind: FormKind
    regex: re.Pattern[str]
    constants: Mapping[str, WordValue]
    needs: frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class TimeRules:
    """All that is known of one language's ways to name a time."""

    language: str
    numeric_order: str
    ref_type: Literal["DATE", "TIME"]
    decade_mark: str
    """What stands for the years of a decade ("198X", "198"), twice for those of a century."""
    capitalised: frozenset[str]
    names: frozenset[str]
    """Words that are a name where they stand alone with a capital ("Mars")."""
    future: re.Pattern[str]
    """Words of the sentence that put its time after the writing."""
    until: re.Pattern[str]
    """Words right before a date that put it after the writing."""
    deadline: re.Pattern[str]
    """The same, unless the tense says otherwise ("by Friday they had left")."""
    begun: re.Pattern[str]
    """Words right before a date that put it before the writing ("since")."""
    past: re.Pattern[str]
    """Words of the sentence that put its time before the writing."""
    borders: re.Pattern[str]
    """What parts one clause from the next."""
    joins: re.Pattern[str]
    """What stands between the two dates of a range or list."""
    ranges: re.Pattern[str]
    """What stands before, a NUL, and what stands between the two ends of a range."""
    words: Mapping[str, Mapping[str, WordValue]]
    forms: tuple[TimeForm, ...]
    needing: Mapping[str, tuple[frozenset[str], ...]]
    """Each word that a form needs, with the sets it stands in."""


def load_times(path: Path) -> TimeRules:
    """Read, check and compile a `times.toml`."""
    data = read_toml(path, _File)
    return _compile(data.model_copy(update={"words": _each(data.words)}), path)


def _each(words: Mapping[str, Mapping[str, WordValue]]) -> dict[str, dict[str, WordValue]]:
    """Every form by itself; those that are worth the same may stand together ("март|марта")."""
    return {
        name: {form: value for forms, value in table.items() for form in forms.split("|")}
        for name, table in words.items()
    }


def _line_of(path: Path, form: str) -> int | None:
    written = form.replace("\\", "\\\\")
    lines = path.read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if written in line), None)


def _compile(data: _File, path: Path) -> TimeRules:
    classes = {name: _alternatives(table) for name, table in data.words.items()}
    slots = {**_DIGITS, **classes}
    number = classes.get("number", r"\d+")
    slots["number"] = (
        rf"(?:\d{{1,3}}(?:[ .,]\d{{3}})+|\d{{1,3}}(?:[.,]\d+)?|{number}(?:-{number})*)"
    )
    forms: list[TimeForm] = []
    for pattern in data.pattern:
        for form in pattern.forms:
            try:
                regex = re.compile(_expand(form, slots, data.macros))
            except (re.error, KeyError) as error:
                reason = f"form {form!r}: {error}"
                raise DataFileError(path, _line_of(path, form), reason) from error
            forms.append(TimeForm(pattern.kind, regex, pattern.set, _needs(form, data)))
    return TimeRules(
        language=data.language,
        numeric_order=data.numeric_order,
        ref_type=data.ref_type,
        decade_mark=data.decade_mark,
        capitalised=frozenset(data.capitalised),
        names=frozenset(data.names),
        future=_any_of(data.future),
        until=_right_before(data.until),
        deadline=_right_before(data.deadline),
        begun=_right_before(data.begun),
        past=_any_of(data.past),
        borders=re.compile(rf"[,;:]|(?<!\w){_choice(data.borders)}(?!\w)"),
        joins=re.compile(rf"\s*{_choice(data.joins)}\s*"),
        ranges=re.compile(
            _choice(rf"(?:{r.before})\s*\0\s*(?:{r.between})\s*$" for r in data.ranges)
        ),
        words=data.words,
        forms=tuple(forms),
        needing=_needing(forms),
    )


def _any_of(expressions: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_choice(expressions)}(?!\w)")


def _right_before(expressions: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_choice(expressions)}\s*$")


def _choice(expressions: Iterable[str]) -> str:
    """One of them; nothing fits where there are none."""
    return f"(?:{'|'.join(expressions) or '(?!)'})"


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


def _needs(form: str, data: _File) -> frozenset[frozenset[str]]:
    """What must stand in the text where the form fits: its word classes, numbers and written words
    outside every optional group and every choice."""
    bare = _SLOT.sub(lambda slot: data.macros.get(slot[2], slot[0]), form)
    bare = re.sub(r"\\.|\[[^\]]*\]", "\0", bare)
    # A group that goes on with letters ("ayı(?:nda)?") leaves the word before it open.
    while (reduced := _GROUP.sub(lambda group: " " if group[1] else "\0", bare)) != bare:
        bare = reduced
    if "|" in bare:
        return frozenset()
    # "<part>s?" has more than a part; numbers end where letters begin.
    slots = [
        name
        for _, slot, group in re.findall(_SLOT.pattern + r"(?=(\0?))(?![^\W\d_])", bare)
        if (name := slot.rstrip("23")) not in data.words or not group
    ]
    needs = [need for slot in slots if (need := _need(slot, data))]
    written = re.findall(r"(?<![\w\0+])[^\W\d_]{3,}(?![\w?*\0])", _SLOT.sub(" ", bare))
    return frozenset((*needs, *(frozenset({word}) for word in written)))


def _needing(forms: Iterable[TimeForm]) -> dict[str, tuple[frozenset[str], ...]]:
    needing: dict[str, tuple[frozenset[str], ...]] = {}
    for need in {need for form in forms for need in form.needs}:
        for word in need:
            needing[word] = (*needing.get(word, ()), need)
    return needing


def _need(slot: str, data: _File) -> frozenset[str]:
    if slot in data.words and slot not in _MAYBE_DIGITS:
        return frozenset(_longest(entry) for entry in data.words[slot])
    return _SHAPES.get(slot, frozenset()) if slot not in data.words else frozenset()


def _longest(entry: str) -> str:
    """The word by which an entry is looked for: "the end of" by "end", "a.m." by "m"."""
    words: list[str] = re.findall(WORD, entry)
    return max(reversed(words), key=len)


def words_of(flat: str) -> dict[str, list[int]]:
    """Where each word of a text begins; a number stands under its shape too."""
    found: dict[str, list[int]] = {}
    for match in re.finditer(WORD, flat):
        word = match[0]
        found.setdefault(word, []).append(match.start())
        if word[0].isdigit():
            found.setdefault(shape_of(word), []).append(match.start())
    return found


def shape_of(number: str) -> str:
    """ "17" is "dd", "2024" is "dddd", whole tens of years end in "0": "d0", "ddd0"."""
    return "d" * (len(number) - 1) + ("0" if number[-1] == "0" and len(number) > 1 else "d")
