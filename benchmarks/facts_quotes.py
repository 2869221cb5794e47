"""Quotes against gold: how much of what is said is found, and whose words it is held to be.

    python -m benchmarks.facts_quotes FOLDER --json
    python -m benchmarks.facts_quotes --french GOLD.jsonl TEXTS --json

FOLDER holds PolNeAR's `text/` and `attributions/` (English); of a text with several annotators the
first file by name counts. A content is a set of characters, spaces aside, for it may lie in several
places; stretches of one turn are one content. Overlap is characters shared over characters of
either (intersection over union). Contents are matched one to one, the greatest overlap first;
`f1_30` and `f1_80` count a match from .3 and .8 on. `speaker`, over the contents matched at .3:
where the gold names a source, half of our phrase or more lies in it; where it names none, we name
none.

French gold has a line for each text, `{"id", "split", "quotes": [{"start", "end", "kind",
"speaker", "cue"}]}`, whose speaker is a span or null; a split quote is two there, and only what is
said aloud counts. A speaker is right too if our phrase holds the head of the gold's, by our own
parse, or if both stand for one actor.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

if not __package__:  # run as a file, with its own folder in place of the project's
    sys.path[0] = str(Path(__file__).parents[1])

from dragoman.model import Kept, Quote
from dragoman.pipeline import Steps

LOOSE, CLOSE = 0.3, 0.8
"""Overlaps from which a content counts as found."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """One content: its characters, and those of its speaker (none: nobody is named)."""

    content: frozenset[int]
    speaker: frozenset[int]
    actor: str | None = None
    head: int | None = None
    """Where the speaker's head begins, for gold that is judged by it."""


@dataclass(slots=True)
class Tally:
    gold: int = 0
    found: int = 0
    loose: int = 0
    close: int = 0
    right: int = 0

    def add(self, gold: Sequence[Said], found: Sequence[Said]) -> None:
        self.gold += len(gold)
        self.found += len(found)
        for overlap, one, other in matched(gold, found):
            self.loose += 1
            self.close += overlap >= CLOSE
            self.right += is_right(one, other)

    def figures(self) -> dict[str, float]:
        both = self.gold + self.found
        return {
            "f1_30": round(2 * self.loose / both, 3) if both else 0.0,
            "f1_80": round(2 * self.close / both, 3) if both else 0.0,
            "speaker": round(self.right / self.loose, 3) if self.loose else 0.0,
        }


def matched(gold: Sequence[Said], found: Sequence[Said]) -> Iterator[tuple[float, Said, Said]]:
    """Pairs that overlap enough, one to one, the greatest overlap first."""
    pairs = sorted(
        (
            (overlap(one.content, other.content), i, j)
            for i, one in enumerate(gold)
            for j, other in enumerate(found)
            if one.content & other.content
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    for share, i, j in pairs:
        if share >= LOOSE and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield share, gold[i], found[j]


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Characters in both over characters in either."""
    either = len(one | other)
    return len(one & other) / either if either else 0.0


def is_right(gold: Said, found: Said) -> bool:
    if not gold.speaker or not found.speaker:
        return bool(gold.speaker) == bool(found.speaker)
    if gold.head in found.speaker or (gold.actor is not None and gold.actor == found.actor):
        return True
    return 2 * len(gold.speaker & found.speaker) >= len(found.speaker)


def measure(path: Path, steps: Steps) -> dict[str, float]:
    """The figures on a folder in PolNeAR's form, as fractions."""
    tally = Tally()
    for text, gold in polnear(path):
        kept = steps.read(steps.text(text, "en"))
        tally.add(gold, turns(kept))
    return tally.figures()


def french(path: Path, texts: Path, steps: Steps) -> dict[str, dict[str, float]]:
    """The figures on French gold beside the texts of a folder, by split."""
    tallies: dict[str, Tally] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        text = (texts / f"{row['id']}.txt").read_text("utf-8")
        kept = steps.read(steps.text(text, "fr"))
        gold = [_gold(quote, kept) for quote in row["quotes"]]
        tallies.setdefault(row["split"], Tally()).add(gold, aloud(kept))
    return {split: tally.figures() for split, tally in sorted(tallies.items())}


def _gold(quote: dict[str, int | Span | None], kept: Kept) -> Said:
    speaker = quote.get("speaker")
    assert isinstance(quote["start"], int)
    assert isinstance(quote["end"], int)
    where: list[Span] = [(speaker[0], speaker[1])] if isinstance(speaker, list) else []
    actor = next((_actor(kept, span) for span in where), None)
    content = _characters([(quote["start"], quote["end"])], kept.article.text)
    head = next((_head(kept, span) for span in where), None)
    return Said(content, _characters(where, kept.article.text), actor, head)


def _head(kept: Kept, span: Span) -> int | None:
    """Where the word of a phrase begins that hangs from outside it."""
    for sentence in kept.reading.sentences:
        inside = {i: t for i, t in enumerate(sentence.tokens) if span[0] <= t.start < span[1]}
        for i, token in inside.items():
            if token.head not in inside or token.head == i:
                return token.start
    return None


def _actor(kept: Kept, span: Span) -> str | None:
    """The actor that a phrase stands for by our own links."""
    inside = (r for r in kept.references if span[0] <= r.mention.start < span[1] and r.actor)
    return next((r.actor for r in inside), None)


def turns(kept: Kept) -> list[Said]:
    """What the article says others say or think, a turn as one content."""
    grouped: dict[int, list[Quote]] = {}
    for quote in kept.reading.quotes:
        grouped.setdefault(quote.turn, []).append(quote)
    return [_said(quotes, kept) for quotes in grouped.values()]


def aloud(kept: Kept) -> list[Said]:
    """What is said aloud, stretch by stretch."""
    return [_said([quote], kept) for quote in kept.reading.quotes if quote.is_speech]


def _said(quotes: Sequence[Quote], kept: Kept) -> Said:
    text = kept.article.text
    speaker = next((q.speaker for q in quotes if q.speaker is not None), None)
    by = next((q.by for q in quotes if q.by is not None), None)
    content = _characters(((q.start, q.end) for q in quotes), text)
    where = _characters([] if speaker is None else [speaker], text)
    return Said(content, where, None if by is None else by.actor)


def _characters(spans: Iterable[Span], text: str) -> frozenset[int]:
    return frozenset(i for start, end in spans for i in range(start, end) if not text[i].isspace())


def polnear(path: Path) -> Iterator[tuple[str, list[Said]]]:
    """Texts with their contents; a file of a text is named as the text, with an annotator's tag."""
    done: set[str] = set()
    for file in sorted((path / "attributions").glob("*.ann")):
        name = file.stem.rpartition("_")[0]
        if name not in done:
            done.add(name)
            text = (path / "text" / f"{name}.txt").read_text("utf-8")
            yield text, list(attributions(file.read_text("utf-8"), text))


def attributions(lines: str, text: str) -> Iterator[Said]:
    """The attributions of one file in brat's stand-off form."""
    rows = [line.partition("\t") for line in lines.splitlines()]
    spans = {name: _places(rest) for name, _, rest in rows if name.startswith("T")}
    for name, _, rest in rows:
        if name.startswith("E"):
            parts = [part.partition(":") for part in rest.split()]
            content, source = (
                [s for label, _, one in parts if label.startswith(role) for s in spans.get(one, [])]
                for role in ("Content", "Source")
            )
            if content:
                yield Said(_characters(content, text), _characters(source, text))


def _places(rest: str) -> list[Span]:
    """ "Content 3 9;12 20" and the words after a tab, as places."""
    places = rest.split("\t")[0].partition(" ")[2].split(";")
    return [(int(start), int(end)) for start, end in (place.split() for place in places)]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--french", nargs=2, type=Path, metavar=("GOLD", "TEXTS"))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    steps = Steps()
    found: dict[str, object] = {}
    if options.folder:
        found["polnear"] = measure(options.folder, steps)
    if options.french:
        gold, texts = options.french
        found["french"] = french(gold, texts, steps)
    print(json.dumps(found) if options.json else json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
