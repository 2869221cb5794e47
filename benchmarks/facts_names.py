"""Scores names of persons, places and organisations on articles annotated in BRAT's form.

In: a folder of X.txt with X.ann, and `Steps`. Out: F1 of PER, LOC and ORG, where a name is right if
both ends and its kind are; and the same of the parser's own tags, from the same parse. Nested
names count like any other. Other types of annotation (dates, events, products) are passed over.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.collect.pages import capture_text
from dragoman.model import Kept
from dragoman.pipeline import Steps
from dragoman.publish.formats.article_json import article_json

Name = tuple[int, int, str]
KINDS: Mapping[str, str] = {
    "Person": "PER",
    "Location": "LOC",
    "Organization": "ORG",
    "PER": "PER",
    "LOC": "LOC",
    "ORG": "ORG",
}
ANNOTATION = re.compile(r"(?P<type>\S+) (?P<start>\d+) (?:\d+;\d+ )*(?P<end>\d+)")


@dataclass(frozen=True, slots=True)
class Scored:
    """Names of one article: as annotated, as we have them, as the parser alone has them."""

    id: str
    due: frozenset[Name]
    found: frozenset[Name]
    parser: frozenset[Name]


def measure(path: Path, steps: Steps, language: str = "fr") -> dict[str, float]:
    """F1 by kind ("per", "loc", "org"), and of the parser alone ("parser_per", …)."""
    return figures(read_names(path, steps, language))


def measure_halves(path: Path, steps: Steps, language: str = "fr") -> dict[str, dict[str, float]]:
    """The same for the half whose errors may be read ("dev") and the other ("check")."""
    scored = list(read_names(path, steps, language))
    return {
        half: figures(one for one in scored if half_of(one.id) == half) for half in ("dev", "check")
    }


def half_of(name: str) -> str:
    """The half of an article, by a digest of its name: the same wherever it is asked."""
    return ("dev", "check")[hashlib.sha256(name.encode()).digest()[0] % 2]


def figures(scored: Iterable[Scored]) -> dict[str, float]:
    counts: Counter[tuple[str, str, str]] = Counter()
    for one in scored:
        for who, names in (("", one.found), ("parser_", one.parser)):
            counts.update((who, kind, "found") for _, _, kind in names)
            counts.update((who, kind, "right") for _, _, kind in names & one.due)
            counts.update((who, kind, "due") for _, _, kind in one.due)
    return {
        f"{who}{kind.lower()}": _f1(
            *(counts[who, kind, what] for what in ("right", "found", "due"))
        )
        for who in ("", "parser_")
        for kind in ("PER", "LOC", "ORG")
    }


def _f1(right: int, found: int, due: int) -> float:
    return round(2 * right / (found + due), 3) if found + due else 0.0


def read_names(path: Path, steps: Steps, language: str) -> Iterator[Scored]:
    """Every text of the folder, read as bare text."""
    texts = sorted(path.glob("*.txt"))
    if not texts:
        raise ValueError(f"{path}: no .txt files with .ann files beside them")
    for file in texts:
        text = file.read_bytes().decode("utf-8")
        kept = steps.all(capture_text(text, file.stem, language=language))
        if kept.article.text != text:
            raise ValueError(f"{file}: its text was changed, so the offsets do not hold")
        due = annotated(file.with_suffix(".ann"))
        yield Scored(file.stem, due, _found(kept), _tagged(kept))


def annotated(path: Path) -> frozenset[Name]:
    """The names of a BRAT file; an entity in pieces counts from its first to its last character."""
    names: set[Name] = set()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.startswith("T"):
            continue
        cells = line.split("\t")
        match = ANNOTATION.fullmatch(cells[1]) if len(cells) > 1 else None
        if match is None:
            raise ValueError(f"{path}, line {number}: not an annotation (ID, TAB, type start end)")
        if match["type"] in KINDS:
            names.add((int(match["start"]), int(match["end"]), KINDS[match["type"]]))
    return frozenset(names)


def _found(kept: Kept) -> frozenset[Name]:
    """The JSON's mentions, less those that name nobody."""
    mentions = article_json(kept)["mentions"]
    assert isinstance(mentions, list)
    return frozenset((m["start"], m["end"], m["kind"]) for m in mentions if m["kind"] in KINDS)


def _tagged(kept: Kept) -> frozenset[Name]:
    """Runs of one tag of the parser, in what was read of the article."""
    names: set[Name] = set()
    for sentence in kept.reading.sentences:
        start, end, kind = 0, 0, ""
        for token in sentence.tokens:
            tag = token.entity if token.entity in KINDS else ""
            if tag and tag == kind:
                end = token.end
                continue
            if kind:
                names.add((start, end, kind))
            start, end, kind = token.start, token.end, tag or ""
        if kind:
            names.add((start, end, kind))
    return frozenset(names)
