"""Time expressions against gold: a folder of TimeML texts, and lines of our own.

    from benchmarks.facts_times import dating, english, measure

Scored as TempEval-3 has it: a found expression takes a gold one that it overlaps (the one of equal
span before others), each gold one counts once. relaxed: overlap, strict: equal span, value and
type: overlap and that attribute equal; each an F1. Only the grammar of times is run; `ms` is its
time for one text. `dating` asks which of a sentence's times each predicate is given.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import process_time

from lxml import etree

from dragoman.clean.language import identify
from dragoman.model import Article, Block, Dated, Sentence, Time
from dragoman.pipeline import Steps
from dragoman.read import read
from dragoman.read.times import read_times
from dragoman.record.timing import Timing

FIGURES = ("relaxed", "strict", "value", "type")


@dataclass(frozen=True, slots=True)
class Marked:
    """One expression, of the gold or found."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Timed:
    """A text with its gold expressions and its day of publication."""

    text: str
    published: date | None
    gold: tuple[Marked, ...]
    language: str | None = None


def measure(path: Path, steps: Steps) -> dict[str, float]:
    """F1 over all `.tml` files of a folder, and milliseconds for a text."""
    files = sorted(path.glob("*.tml"))
    if not files:
        raise SystemExit(f"{path}: no .tml file; name a folder of TimeML texts")
    return scored([timeml(file) for file in files], steps)


def english(path: Path, steps: Steps, split: str | None = None) -> dict[str, float]:
    """F1 over JSON lines of `text`, `published` and `times`; of one `split` where it is named."""
    return scored(list(lines(path, split)), steps)


def scored(texts: Sequence[Timed], steps: Steps) -> dict[str, float]:
    unsaid = [timed.text for timed in texts if timed.language is None]
    common = _language(unsaid, steps) if unsaid else ""
    found: list[list[Marked]] = []
    seconds = 0.0
    for timed in texts:
        rules = steps.knowledge.languages[timed.language or common].times
        published = None if timed.published is None else (timed.published, timed.published)
        start = process_time()
        times = read_times(timed.text, [(0, len(timed.text))], rules, published)
        seconds += process_time() - start
        found.append([Marked(t.start, t.end, t.type, t.value) for t in times])
    figures = f1([timed.gold for timed in texts], found)
    return {**figures, "ms": round(1000 * seconds / len(texts), 2)}


def _language(texts: Sequence[str], steps: Steps) -> str:
    """The language that most of a set is in: a single short text may be taken for another."""
    known = steps.knowledge.identifying
    read = [code for text in texts if (code := identify(text, known)) in steps.knowledge.languages]
    if not read:
        raise SystemExit("no text is in a language that is read")
    return str(Counter(read).most_common(1)[0][0])


def f1(golds: Iterable[Sequence[Marked]], founds: Iterable[Sequence[Marked]]) -> dict[str, float]:
    """F1 of each figure over all texts together; 1 where there is nothing and nothing is found."""
    right = dict.fromkeys(FIGURES, 0)
    total = 0
    for gold, found in zip(golds, founds, strict=True):
        total += len(gold) + len(found)
        for ours, theirs in paired(gold, found):
            right["relaxed"] += 1
            right["strict"] += (ours.start, ours.end) == (theirs.start, theirs.end)
            right["value"] += ours.value == theirs.value
            right["type"] += ours.type == theirs.type
    return {
        f"{name}_f1": round(2 * count / total, 3) if total else 1.0 for name, count in right.items()
    }


def paired(gold: Sequence[Marked], found: Sequence[Marked]) -> Iterable[tuple[Marked, Marked]]:
    """Each found expression with the gold one it takes."""
    free = list(gold)
    for ours in found:
        over = [g for g in free if ours.start < g.end and g.start < ours.end]
        equal = [g for g in over if (g.start, g.end) == (ours.start, ours.end)]
        if over:
            taken = (equal or over)[0]
            free.remove(taken)
            yield ours, taken


def timeml(path: Path) -> Timed:
    """A TimeML file: what its TEXT holds, its TIMEX3 with offsets, its day of creation."""
    # Corpora of the nineties are not all valid XML; what can be read of them is.
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(recover=True, huge_tree=False))
    body = next(root.iter("TEXT"), None)
    if body is None:
        raise SystemExit(f"{path}: no <TEXT>; this is not TimeML")
    parts: list[str] = []
    gold: list[Marked] = []
    _walk(body, parts, gold)
    gold = sorted((mark for mark in gold if mark.end > mark.start), key=lambda m: (m.start, m.end))
    return Timed("".join(parts), _created(root), tuple(gold))


def _walk(element: etree._Element, parts: list[str], gold: list[Marked]) -> None:
    start = sum(map(len, parts))
    parts.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            _walk(child, parts, gold)
        parts.append(child.tail or "")
    if element.tag == "TIMEX3":
        kind, value = element.get("type", ""), element.get("value", "")
        gold.append(Marked(start, sum(map(len, parts)), kind, value))


def _created(root: etree._Element) -> date | None:
    for mark in root.iter("TIMEX3"):
        if mark.get("functionInDocument") in {"CREATION_TIME", "PUBLICATION_TIME"}:
            try:
                return date.fromisoformat(mark.get("value", "")[:10])
            except ValueError:
                continue
    return None


def lines(path: Path, split: str | None = None) -> Iterable[Timed]:
    for line in path.read_text("utf-8").splitlines():
        case = json.loads(line)
        if split is None or case.get("split") == split:
            gold = tuple(Marked(t["start"], t["end"], t["type"], t["value"]) for t in case["times"])
            day = case.get("published")
            yield Timed(
                case["text"], date.fromisoformat(day[:10]) if day else None, gold,
                case.get("language", "en"),
            )  # fmt: skip


def dating(path: Path, steps: Steps) -> dict[str, float]:
    """Share of predicates that get the right time of their sentence, or rightly none.

    `nearest` is the anchor: the time in the sentence with the fewest characters between.
    """
    right = nearest = total = 0
    for line in path.read_text("utf-8").splitlines():
        case = json.loads(line)
        language = steps.knowledge.languages[case["language"]]
        reading = read(_bare(case), language, steps.parser(case["language"]))
        for pair in case["pairs"]:
            sentence = next(s for s in reading.sentences if s.start <= pair["start"] < s.end)
            timing = Timing(sentence, reading.times, language)
            at = next(i for i, t in enumerate(sentence.tokens) if pair["start"] < t.end)
            right += _is_meant(timing.of(at), pair)
            nearest += _is_meant(_nearest(timing.times, sentence, at), pair)
            total += 1
    if not total:
        raise SystemExit(f"{path}: no pairs of predicate and time")
    return {"right": round(right / total, 3), "nearest": round(nearest / total, 3)}


def _bare(case: Mapping[str, str]) -> Article:
    text, day = case["text"], case["published"]
    block = Block("body", 0, len(text), "given")
    published = Dated(day, day, "day", "given")
    return Article("a-dating", "c-dating", text, case["language"], blocks=(block,),
                   published=published)  # fmt: skip


def _is_meant(time: Time | None, pair: Mapping[str, int | str | None]) -> bool:
    start, end = pair["date_start"], pair["date_end"]
    if not isinstance(start, int) or not isinstance(end, int):
        return time is None
    return time is not None and time.start < end and start < time.end


def _nearest(times: Sequence[Time], sentence: Sentence, at: int) -> Time | None:
    token = sentence.tokens[at]
    return min(times, key=lambda t: max(t.start - token.end, token.start - t.end), default=None)
