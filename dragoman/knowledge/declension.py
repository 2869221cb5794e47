"""How a language declines names: `declension.toml` of its folder in, dictionary forms out.

In: a word as a text has it. Out: the forms under which a list of names may have it, each with the
cases that the ending tells. A form is only proposed: whether it is a name, the list of names says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice, product
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from dragoman.errors import DataFileError
from dragoman.knowledge.files import read_toml

NOMINATIVE = "nom"
GROUPS = frozenset({"person", "demonym", "other"})
"""Sorts of names that may decline each in their way."""
MOST_FORMS = 64
"""Dictionary forms of one name that are tried."""
REMEMBERED = 50_000
_MARKS = re.compile(r"[\u0300-\u036f\u00ad]")
"""Stress and soft hyphens, of which no ending is told."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Ending(_Strict):
    of: list[str]
    after: str = ""
    least: int = 3
    groups: list[str] = Field(default_factory=list)
    forms: dict[str, list[str]]


class _Patronymics(_Strict):
    pattern: str = r"(?!)"
    behind: list[str] = Field(default_factory=list)
    particles: list[str] = Field(default_factory=list)


class _File(_Strict):
    apart: str = ""
    never: list[str] = Field(default_factory=list)
    opening: list[str] = Field(default_factory=list)
    patronymics: _Patronymics = Field(default_factory=_Patronymics)
    ending: list[_Ending]


@dataclass(frozen=True, slots=True)
class Form:
    """A dictionary form that a word may be of. `cases`: pairs of case and group; None where the
    word stands as the dictionary has it, which agrees with any case: not all names decline."""

    text: str
    cases: frozenset[tuple[str, str]] | None = None

    @property
    def is_nominative(self) -> bool:
        return self.cases is None or any(case == NOMINATIVE for case, _ in self.cases)


@dataclass(frozen=True, slots=True)
class _Rule:
    of: str
    after: re.Pattern[str] | None
    least: int
    cases: frozenset[tuple[str, str]]


@dataclass(frozen=True, eq=False)
class Declension:
    """`opening`: names that at the start of a sentence are ordinary words ("Того")."""

    endings: Mapping[str, Sequence[_Rule]]
    longest: int
    never: frozenset[str]
    opening: frozenset[str]
    patronymic: re.Pattern[str]
    behind: frozenset[str]
    particles: frozenset[str]
    apart: re.Pattern[str] | None = None
    _known: dict[str, tuple[Form, ...]] = field(default_factory=dict)

    def forms(self, word: str) -> tuple[Form, ...]:
        """The word itself, and what it may be a declined form of."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[word] = (Form(word), *self._declined(word))
        return known

    def phrases(self, name: str) -> Iterator[str]:
        """A name of several words in the forms that agree, as it stands first."""
        words = name.split()
        if self.apart is not None:
            words = [self.apart.sub("", word) for word in words]
        for forms in islice(product(*(self.forms(word) for word in words)), MOST_FORMS):
            if agreed(forms):
                yield " ".join(form.text for form in forms)

    def is_within(self, words: Sequence[str], at: int) -> bool:
        """Whether a name may go on behind the word: a patronymic ("Владимировича", both words of
        "Гейдар оглы") or a particle ("аль")."""
        lower = words[at].lower()
        return (
            self.patronymic.fullmatch(lower) is not None
            or lower in self.behind
            or lower in self.particles
            or (at + 1 < len(words) and words[at + 1].lower() in self.behind)
        )

    def _declined(self, word: str) -> Iterator[Form]:
        word = _MARKS.sub("", unicodedata.normalize("NFC", word))
        lower = _plain(word)
        if lower in self.never:
            return
        found: dict[str, frozenset[tuple[str, str]]] = {}
        for length in range(min(self.longest, len(lower)), -1, -1):
            stem = lower[: len(lower) - length]
            for rule in self.endings.get(lower[len(stem) :], ()):
                if len(stem) >= rule.least and (rule.after is None or rule.after.search(stem)):
                    of = rule.of.upper() if word.isupper() and len(word) > 1 else rule.of
                    text = word[: len(stem)] + of
                    found[text] = found.get(text, frozenset()) | rule.cases
        yield from (Form(text, cases) for text, cases in found.items())


def agreed(forms: Iterable[Form]) -> bool:
    """Whether one case and group is left that all words of a name can be in."""
    told = [form.cases for form in forms if form.cases is not None]
    return not told or bool(reduce(frozenset.__and__, told))


def load_declension(path: Path) -> Declension:
    """Read and check a `declension.toml`."""
    own = read_toml(path, _File)
    endings: dict[str, list[_Rule]] = {}
    for ending in own.ending:
        groups = ending.groups or sorted(GROUPS)
        if wrong := set(groups) - GROUPS:
            raise DataFileError(path, None, f"ending.groups: there is no {min(wrong)!r}")
        after = _pattern(path, "after", f"(?:{ending.after})$") if ending.after else None
        by_form: dict[str, set[str]] = {}
        for case, forms in ending.forms.items():
            for form in forms:
                by_form.setdefault(_plain(form), set()).add(case)
        for form, cases in by_form.items():
            pairs = frozenset((case, group) for case in cases for group in groups)
            rules = [_Rule(of, after, ending.least, pairs) for of in ending.of if of != form]
            endings.setdefault(form, []).extend(rules)
    return Declension(
        endings=endings,
        longest=max(map(len, endings), default=0),
        never=frozenset(map(_plain, own.never)),
        opening=frozenset(map(_plain, own.opening)),
        patronymic=_pattern(path, "patronymics.pattern", own.patronymics.pattern),
        behind=frozenset(own.patronymics.behind),
        particles=frozenset(own.patronymics.particles),
        apart=_pattern(path, "apart", f"(?:{own.apart})$") if own.apart else None,
    )


def _pattern(path: Path, key: str, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as fault:
        raise DataFileError(path, None, f"{key}: not a pattern ({fault})") from fault


def _plain(word: str) -> str:
    """Lower case with one length for one letter, ё as е: endings are compared so."""
    return "".join(c.lower()[:1] for c in word).replace("ё", "е")
