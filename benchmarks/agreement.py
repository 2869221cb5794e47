"""How far two readers agree who marked the same texts without seeing each other's marks.

    python -m benchmarks.agreement parallel
    python -m benchmarks.agreement articles --folder ../shared/data/ner_fr
    python -m benchmarks.agreement sample

In: the readers' files of `tests/gate/readers`, or `--one FILE --two FILE` in the same form. Out:
JSON. For a sentence: do both, or neither, see an event in it (with Cohen's kappa)? For events: F1
of those with overlapping predicates and one category; status on those that match. `sample`:
codebook examples labelled by somebody who had not seen their labels.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from benchmarks.event_gold import (
    GOLD,
    Event,
    Marked,
    is_same_category,
    match,
    read_articles,
    read_by_one,
    read_parallel,
)
from benchmarks.event_scores import Span, f1, overlap
from dragoman.collect.pages import capture_text
from dragoman.knowledge import Knowledge
from dragoman.knowledge.codebook import NONE
from dragoman.pipeline import Steps

READERS = GOLD / "readers"
Pair = tuple[Marked, Marked]
Figures = dict[str, float | int]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("parallel", "articles", "sample"))
    parser.add_argument("--folder", type=Path, metavar="DIR", help="the articles' texts, ID.txt")
    parser.add_argument("--one", type=Path, metavar="FILE")
    parser.add_argument("--two", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    if options.what == "articles" and not options.folder:
        parser.error("the articles' texts are not in the project: name --folder DIR")
    if options.what == "sample":
        print(json.dumps(of_sample(options.two or READERS / "sample.tsv", Knowledge()), indent=1))
        return
    one = options.one or READERS / f"{options.what}_one.jsonl"
    two = options.two or READERS / f"{options.what}_two.jsonl"
    found = read_articles(options.folder) if options.folder else read_parallel()
    texts = {marked.name: marked for marked in found}
    readings = list(zip(read_by_one(one, texts), read_by_one(two, texts), strict=True))
    print(json.dumps(agreement(readings, whole=options.what == "parallel"), indent=1))


def agreement(readings: Sequence[Pair], *, whole: bool) -> Figures:
    """Agreement over texts that are one sentence each (`whole`), or are cut in sentences."""
    steps = None if whole else Steps()
    judged = [
        (_any(one.events, span), _any(two.events, span))
        for one, two in readings
        for span in (_sentences(one, steps) if steps else [(0, len(one.text))])
    ]
    matches = [match(one.events, two.events) for one, two in readings]
    pairs = [pair for matched in matches for pair in matched.pairs]
    alike = [(a, b) for a, b in pairs if is_same_category(a, b)]
    events = [len(list(chain.from_iterable(p[i].events for p in readings))) for i in (0, 1)]
    return {
        "sentences": len(judged),
        "same_judgement": _share(a == b for a, b in judged),
        "kappa": kappa(judged),
        "events_one": events[0],
        "events_two": events[1],
        "predicate_f1": round(f1(len(pairs), *events), 3),
        "category_f1": round(f1(len(alike), *events), 3),
        "status_same": _share(a.status == b.status for a, b in alike),
        "source_same": _share(_is_same(a.source, b.source) for a, b in alike),
        "target_same": _share(_is_same(a.target, b.target) for a, b in alike),
        "arguable_same": _share(a.arguable == b.arguable for a, b in pairs),
    }


def kappa(judged: Sequence[tuple[bool, bool]]) -> float:
    """Cohen's kappa of two yes-or-no judgements; 1 where both always say the same one thing."""
    n = len(judged)
    same = sum(a == b for a, b in judged) / n
    yes = [sum(pair[i] for pair in judged) / n for i in (0, 1)]
    chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    return 1.0 if chance == 1 else round((same - chance) / (1 - chance), 3)


def _any(events: Iterable[Event], span: Span) -> bool:
    return any(overlap(event.predicate, span) for event in events)


def _sentences(marked: Marked, steps: Steps) -> list[Span]:
    kept = steps.all(capture_text(marked.text, marked.name, language=marked.language))
    return [(s.start, s.end) for s in kept.reading.sentences]


def _is_same(one: Sequence[Sequence[Span]], two: Sequence[Sequence[Span]]) -> bool:
    """Each mention of either reader meets one of the other's; none and none are the same."""
    if not one or not two:
        return not one and not two

    def met(some: Sequence[Sequence[Span]], others: Sequence[Sequence[Span]]) -> bool:
        return all(any(overlap(s, o) for s in m for x in others for o in x) for m in some)

    return met(one, two) and met(two, one)


def _share(same: Iterable[bool]) -> float:
    listed = list(same)
    return round(sum(listed) / len(listed), 3) if listed else 0.0


def of_sample(path: Path, knowledge: Knowledge) -> Figures:
    """Labels of `language, text, root, category, status` beside the codebook's own."""
    known = {(e.language, e.text): e for e in knowledge.codebook.examples}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    pairs = [(known[key], r) for r in rows if (key := (r["language"], r["text"])) in known]
    acts = [(e, r) for e, r in pairs if NONE not in {e.category, r["category"]}]
    return {
        "n": len(rows),
        "still_there": len(pairs),
        "root_same": _share(e.root == r["root"] for e, r in pairs),
        "category_same": _share(e.category == r["category"] for e, r in pairs),
        "none_kappa": kappa([(e.category == NONE, r["category"] == NONE) for e, r in pairs]),
        "status_same": _share(e.status == r["status"] for e, r in acts),
    }


if __name__ == "__main__":
    main()
