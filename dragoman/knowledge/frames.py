"""The frame lexicon of a language: predicates, where their sides stand, and when they count.

In: `frames.tsv` and `classes.tsv`. Out: `Frames`, looked up by lemma. It codes nothing itself;
the meaning of slots and conditions is told in `docs/frames.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from dragoman.knowledge.files import Row, read_table, split_members

COLUMNS = (
    "lemma",
    "pos",
    "category",
    "mode",
    "cameo",
    "source",
    "target",
    "when",
    "flags",
)
PLAIN_CONDITIONS = frozenset(
    {"obj", "comp", "refl", "passive", "iobj", "subj", "agent", "prt", "between", "support"}
)
SLOT_CONDITIONS = frozenset({"obj", "subj", "of", "by", "agent", "poss", "iobj", "comp.subj"})
WORDS_BESIDE: Mapping[str, Literal["prt", "mod", "comp"]] = {
    "prt": "prt",
    "mod": "mod",
    "comp": "comp",
}
ACTOR = "@actor"
PLACE = "@place"
BUILT_IN = frozenset({ACTOR, PLACE})
FLAGS = frozenset({"recip"})


@dataclass(frozen=True, slots=True)
class Condition:
    """One requirement on a clause.

    kind `plain`: the slot is filled. `slot`: a filler's head lemma is in `values`.
    `pp`: a pp with one of `prepositions` is there (and its head is in `values`, unless empty).
    `prt`: the verb's particle is in `values`. `mod`: a modifier's lemma is in `values`.
    `comp`: the complement clause's verb, or a small word at it, is in `values`.
    """

    kind: Literal["plain", "slot", "pp", "prt", "mod", "comp"]
    slot: str
    values: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    negate: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate in one construction, with the category of its plain, past, positive use."""

    lemma: str
    pos: Literal["v", "n"]
    category: str
    mode: str | None
    cameo: str | None
    source: tuple[str, ...]
    target: tuple[str, ...]
    when: tuple[Condition, ...]
    reciprocal: bool
    line: int

    @property
    def weight(self) -> int:
        """More conditions are tried first; naming a lemma counts more than filling a slot."""
        return sum(3 if c.values else 1 for c in self.when)

    def __str__(self) -> str:
        shown = " ".join(c.text for c in self.when)
        return f"{self.lemma}/{self.pos}" + (f" [{shown}]" if shown else "")


@dataclass(frozen=True, slots=True)
class Frames:
    by_lemma: Mapping[tuple[str, str], tuple[Frame, ...]]
    classes: Mapping[str, frozenset[str]]

    def get(self, lemma: str, pos: str) -> tuple[Frame, ...]:
        return self.by_lemma.get((lemma, pos), ())

    def of(self, lemmas: Iterable[str], pos: str) -> list[Frame]:
        """All frames of any of the lemmas, heaviest first."""
        found = [frame for lemma in lemmas for frame in self.get(lemma, pos)]
        return sorted(found, key=lambda frame: -frame.weight)

    def words(self, pos: str) -> frozenset[str]:
        return frozenset(lemma for lemma, p in self.by_lemma if p == pos)


def load_frames(folder: Path, categories: frozenset[str]) -> Frames:
    """The frames of one language folder; categories must be in the codebook (or NONE)."""
    classes = load_classes(folder / "classes.tsv")
    found: dict[tuple[str, str], list[Frame]] = {}
    for row in read_table(folder / "frames.tsv", COLUMNS):
        for frame in _frames(row, classes, categories):
            found.setdefault((frame.lemma, frame.pos), []).append(frame)
    ordered = {
        key: tuple(sorted(frames, key=lambda frame: (-frame.weight, frame.line)))
        for key, frames in found.items()
    }
    return Frames(ordered, classes)


def load_classes(path: Path) -> dict[str, frozenset[str]]:
    classes: dict[str, frozenset[str]] = {}
    for row in read_table(path, ("class", "lemmas")):
        if row["class"] in classes:
            raise row.fault(f"class {row['class']} stands twice")
        classes[row["class"]] = frozenset(row.members("lemmas"))
    return classes


def _frames(
    row: Row, classes: Mapping[str, frozenset[str]], categories: frozenset[str]
) -> list[Frame]:
    """One frame for each lemma of the row: a family of verbs may share a construction."""
    if row["category"] not in categories | {"NONE"}:
        raise row.fault(f"category {row['category']!r} is not in the codebook")
    if row["pos"] not in {"v", "n"}:
        raise row.fault(f"pos must be v or n, not {row['pos']!r}")
    flags = frozenset(row.members("flags"))
    if flags - FLAGS:
        raise row.fault(f"unknown flags {', '.join(sorted(flags - FLAGS))}")
    when = row.optional("when") or ""
    shared = Frame(
        lemma="",
        pos="v" if row["pos"] == "v" else "n",
        category=row["category"],
        mode=row.optional("mode"),
        cameo=row.optional("cameo"),
        source=_slots(row, "source"),
        target=_slots(row, "target"),
        when=tuple(_condition(row, part, classes) for part in when.split()),
        reciprocal="recip" in flags,
        line=row.line,
    )
    return [replace(shared, lemma=lemma) for lemma in row.members("lemma")]


KNOWN_SLOTS = frozenset(
    {
        "subj",
        "subj.by",
        "obj",
        "iobj",
        "agent",
        "goal",
        "comp.subj",
        "comp.obj",
        "obj.poss",
        "obj.of",
        "obj.comp.subj",
        "poss",
        "of",
        "by",
        "between",
        "support",
        "adj",
        "none",
    }
)

PREPOSITIONAL = ("pp:", "obj.pp:", "comp.pp:", "support.pp:")


def _slots(row: Row, column: str) -> tuple[str, ...]:
    slots = split_members(row[column])
    for slot in slots:
        if slot not in KNOWN_SLOTS and not slot.startswith(PREPOSITIONAL):
            raise row.fault(f"{column}: unknown slot {slot!r}")
    return slots


def _condition(row: Row, text: str, classes: Mapping[str, frozenset[str]]) -> Condition:
    negate = text.startswith(("not-", "no-"))
    body = text.split("-", 1)[1] if negate else text
    if body in PLAIN_CONDITIONS:
        return Condition("plain", body, negate=negate, text=text)
    name, _, rest = body.partition(":")
    if not rest:
        raise row.fault(f"unknown condition {text!r}")
    if name == "pp":
        prepositions, _, wanted = rest.partition("=")
        return Condition(
            "pp",
            "pp",
            _values(row, wanted, classes),
            frozenset(p.replace("_", " ") for p in prepositions.split("/")),
            negate,
            text,
        )
    values = _values(row, rest, classes)
    if name in WORDS_BESIDE:
        return Condition(WORDS_BESIDE[name], name, values, negate=negate, text=text)
    if name in SLOT_CONDITIONS:
        return Condition("slot", name, values, negate=negate, text=text)
    raise row.fault(f"unknown condition {text!r}")


def _values(row: Row, text: str, classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    values: set[str] = set()
    for part in filter(None, text.split("/")):
        if part in BUILT_IN:
            values.add(part)
        elif part.startswith("@"):
            if part[1:] not in classes:
                raise row.fault(f"class {part} is not in classes.tsv")
            values |= classes[part[1:]]
        else:
            values.add(part.replace("_", " "))
    return frozenset(values)
