"""One language's page furniture: patterns for lines, by-lines, footers, captions, bios, genres.

In: a `furniture.toml`. Out: `FurnitureRules` with compiled patterns. A pattern that does not
compile is an error with file and line; nothing here looks at a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from dragoman.errors import DataFileError
from dragoman.knowledge.files import read_toml
from dragoman.model import Label

Cue = Literal["none", "weak", "strong"]
"""What a match says of the text: a strong cue alone proves that it was scraped from a page."""
FOOTER_PARTS = {
    "{title}": r".{1,400}?",
    "{outlet}": r"(?P<outlet>[^\n]{2,160}?)",
    "{agency}": r"(?P<agency>[^\n.;:]{2,60}?)",
}
# A name may hold a full stop; a sentence's end is one with space, line end or glued word behind it.
FOOTER_END = (
    r"[\s\])»”\"'*_]*(?:(?:(?<!\bSt)(?<!\bMt)(?<!\bDr)(?<!\bU\.S)[.!]|[。।։])"
    r"(?:[\])»”\"'*_]*(?:\s|\Z)|(?=(?-i:[A-ZÀ-Ý][a-zà-ÿ]{3})))|\Z|(?=\n)|(?=\s[|•·]))"
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _LineShape(_Strict):
    label: Label
    rule: str
    cue: Cue = "none"
    opens: Label | None = None
    whole: list[str] = Field(default_factory=list)
    start: list[str] = Field(default_factory=list)
    anywhere: list[str] = Field(default_factory=list)


class _FooterShape(_Strict):
    rule: str
    patterns: list[str]


class _FurnitureShape(_Strict):
    line: list[_LineShape] = Field(default_factory=list)
    footer: list[_FooterShape] = Field(default_factory=list)
    agency_lines: list[str] = Field(default_factory=list)
    agency_signatures: list[str] = Field(default_factory=list)
    outlet_words: list[str] = Field(default_factory=list)
    no_outlets: list[str] = Field(default_factory=list)
    press_words: list[str] = Field(default_factory=list)
    second_person: list[str] = Field(default_factory=list)
    releases: list[str] = Field(default_factory=list)
    official: list[str] = Field(default_factory=list)
    placeholders: list[str] = Field(default_factory=list)
    bylines: list[str] = Field(default_factory=list)
    datelines: list[str] = Field(default_factory=list)
    captions: list[str] = Field(default_factory=list)
    credits: list[str] = Field(default_factory=list)
    photo_agencies: list[str] = Field(default_factory=list)
    joined_names: list[str] = Field(default_factory=list)
    name_particles: list[str] = Field(default_factory=list)
    bios: list[str] = Field(default_factory=list)
    outsiders: list[str] = Field(default_factory=list)
    genres: dict[str, list[str]] = Field(default_factory=dict)
    markup: dict[Label, list[str]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LineRule:
    """A pattern for a whole line of furniture. `opens`: the label of what hangs below it."""

    label: Label
    name: str
    cue: Cue
    opens: Label | None
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class FooterRule:
    """A sentence that names the first publisher, in its group `outlet`."""

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, eq=False)
class FurnitureRules:
    """Equal only to itself, so that what is made of several rules can be kept by them."""

    lines: tuple[LineRule, ...] = ()
    footers: tuple[FooterRule, ...] = ()
    agency_lines: tuple[re.Pattern[str], ...] = ()
    """Sentences that credit an agency for a part of the text, in their group `agency`."""
    agency_signatures: tuple[re.Pattern[str], ...] = ()
    """Lines by which an agency signs or owns the whole of it."""
    outlet_words: tuple[str, ...] = ()
    """What may stand between "published in" and the name: articles, "the newspaper"."""
    no_outlets: tuple[str, ...] = ()
    """What is named as a source and is no outlet: social networks, encyclopedias, "own work"."""
    press_words: tuple[str, ...] = ()
    """What names of outlets are made of: an unknown name that holds one is believed to be one."""
    second_person: tuple[re.Pattern[str], ...] = ()
    """How a question speaks to the person who is interviewed."""
    releases: tuple[re.Pattern[str], ...] = ()
    """Marks of the wires that carry press releases."""
    official: tuple[re.Pattern[str], ...] = ()
    """Hosts of governments and their bodies, which print releases."""
    placeholders: tuple[re.Pattern[str], ...] = ()
    bylines: tuple[re.Pattern[str], ...] = ()
    """With a group `names`."""
    datelines: tuple[re.Pattern[str], ...] = ()
    """With an optional group `agency`."""
    captions: tuple[re.Pattern[str], ...] = ()
    credits: tuple[re.Pattern[str], ...] = ()
    """Words that announce a photo credit; what follows is the credit."""
    photo_agencies: tuple[str, ...] = ()
    joined_names: frozenset[str] = frozenset()
    """Names with a capital inside ("YouTube"), which are not two words glued together."""
    name_particles: frozenset[str] = frozenset()
    bios: tuple[re.Pattern[str], ...] = ()
    """With a group `subject` where the life begins with its name."""
    outsiders: tuple[re.Pattern[str], ...] = ()
    """What a life says of an author from outside the outlet."""
    genres: Mapping[str, tuple[re.Pattern[str], ...]] = field(default_factory=dict)
    markup: tuple[tuple[Label, frozenset[str]], ...] = ()
    """Words of class names that say what an element holds; the first label that fits decides."""

    @cached_property
    def any_line(self) -> re.Pattern[str]:
        """All line patterns as one, for lower-case text: what it does not match, none matches.
        Ignoring case takes three times as long."""
        return _any_of(rule.pattern for rule in self.lines)

    @cached_property
    def any_footer(self) -> re.Pattern[str]:
        """The same for footers."""
        return _any_of(rule.pattern for rule in self.footers)

    def proofs(self) -> FurnitureRules:
        """What proves a scrape in other languages too: themes are often not translated."""
        return FurnitureRules(
            lines=tuple(rule for rule in self.lines if rule.cue == "strong"),
            footers=self.footers,
        )

    def joined(self, other: FurnitureRules) -> FurnitureRules:
        """These rules, then the other's: how a language and `any` are read together."""
        kinds = {*self.genres, *other.genres}
        return FurnitureRules(
            lines=self.lines + other.lines,
            footers=self.footers + other.footers,
            agency_lines=self.agency_lines + other.agency_lines,
            agency_signatures=self.agency_signatures + other.agency_signatures,
            outlet_words=self.outlet_words + other.outlet_words,
            no_outlets=self.no_outlets + other.no_outlets,
            press_words=self.press_words + other.press_words,
            second_person=self.second_person + other.second_person,
            releases=self.releases + other.releases,
            official=self.official + other.official,
            placeholders=self.placeholders + other.placeholders,
            bylines=self.bylines + other.bylines,
            datelines=self.datelines + other.datelines,
            captions=self.captions + other.captions,
            credits=self.credits + other.credits,
            photo_agencies=self.photo_agencies + other.photo_agencies,
            joined_names=self.joined_names | other.joined_names,
            name_particles=self.name_particles | other.name_particles,
            bios=self.bios + other.bios,
            outsiders=self.outsiders + other.outsiders,
            markup=self.markup + other.markup,
            genres={k: self.genres.get(k, ()) + other.genres.get(k, ()) for k in kinds},
        )


def load_furniture(path: Path) -> FurnitureRules:
    """Patterns are matched without regard to case, on text whose apostrophes are straight."""
    shape = read_toml(path, _FurnitureShape)
    compiler = _Compiler(path)
    return FurnitureRules(
        lines=tuple(rule for line in shape.line for rule in _line_rules(compiler, line)),
        footers=tuple(
            FooterRule(footer.rule, compiler.sentence("outlet", pattern))
            for footer in shape.footer
            for pattern in footer.patterns
        ),
        agency_lines=tuple(compiler.sentence("agency", p) for p in shape.agency_lines),
        agency_signatures=tuple(compiler.sentence("agency", p) for p in shape.agency_signatures),
        outlet_words=tuple(shape.outlet_words),
        no_outlets=tuple(shape.no_outlets),
        press_words=tuple(shape.press_words),
        second_person=compiler.all(shape.second_person),
        releases=compiler.all(shape.releases),
        official=compiler.all(shape.official),
        placeholders=compiler.all(shape.placeholders),
        bylines=tuple(compiler.needing("names", pattern) for pattern in shape.bylines),
        datelines=compiler.all(shape.datelines, flags=0),
        captions=compiler.all(shape.captions),
        credits=compiler.all(shape.credits),
        photo_agencies=tuple(shape.photo_agencies),
        joined_names=frozenset(shape.joined_names),
        name_particles=frozenset(shape.name_particles),
        bios=compiler.all(shape.bios),
        outsiders=compiler.all(shape.outsiders),
        genres={kind: compiler.all(patterns) for kind, patterns in shape.genres.items()},
        markup=tuple((label, frozenset(words)) for label, words in shape.markup.items()),
    )


def _line_rules(compiler: _Compiler, line: _LineShape) -> Iterable[LineRule]:
    """`whole` must fill the line but for marks around it; `start` its beginning."""
    shapes = (
        (line.whole, r"\W*(?:{})\W*\Z"),
        (line.start, r"\W*(?:{})"),
        (line.anywhere, r".*?(?:{})"),
    )
    for sources, shape in shapes:
        compiler.all(sources)  # each alone first, so that a fault names the one at fault
        if sources:
            pattern = re.compile(shape.replace("{}", "|".join(sources)), re.IGNORECASE)
            yield LineRule(line.label, line.rule, line.cue, line.opens, pattern)


def _lowered(source: str) -> str:
    """The pattern without names of groups, its letters in lower case but for those of escapes."""
    nameless = re.sub(r"\(\?P<\w+>", "(?:", source)
    return re.sub(r"\\.|[^\W\d_]", lambda m: m[0] if m[0][0] == "\\" else m[0].lower(), nameless)


def _any_of(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    return _compiled("|".join(f"(?:{_lowered(one.pattern)})" for one in patterns) or r"(?!)")


@lru_cache(maxsize=64)
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


@dataclass(frozen=True, slots=True)
class _Compiler:
    path: Path

    def one(self, source: str, as_written: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
        try:
            return re.compile(source, flags)
        except re.error as fault:
            raise self._fault(as_written, str(fault)) from None

    def all(
        self, sources: Iterable[str], flags: int = re.IGNORECASE
    ) -> tuple[re.Pattern[str], ...]:
        return tuple(self.one(source, source, flags) for source in sources)

    def needing(self, group: str, source: str) -> re.Pattern[str]:
        return self._with_group(group, self.one(source, source), source)

    def sentence(self, group: str, source: str) -> re.Pattern[str]:
        """A pattern with the parts {title}, {outlet}, {agency}, up to its sentence's end."""
        full = source
        for part, meaning in FOOTER_PARTS.items():
            full = full.replace(part, meaning)
        return self._with_group(group, self.one(f"(?:{full}){FOOTER_END}", source), source)

    def _with_group(self, group: str, pattern: re.Pattern[str], source: str) -> re.Pattern[str]:
        if group not in pattern.groupindex:
            raise self._fault(source, f"the pattern has no group {group!r}")
        return pattern

    def _fault(self, as_written: str, reason: str) -> DataFileError:
        lines = self.path.read_text("utf-8").splitlines()
        found = (number for number, line in enumerate(lines, 1) if as_written in line)
        return DataFileError(self.path, next(found, None), f"{as_written!r}: {reason}")
