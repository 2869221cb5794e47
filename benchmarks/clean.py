"""Cleaning beside its peers: article text of pages and of bare text, on public development sets.

    make peers
    python -m benchmarks.clean --json                 # everything, with the models as shipped
    python -m benchmarks.clean --json --unseen        # no page judged by a model that saw its site
    python -m benchmarks.clean --only pages --misses  # and the pages where a peer keeps us honest

All extractors run in one process, on the same bytes; seconds are of the processor. The models that
are shipped were fitted on these very sets: `--unseen` fits them again in parts, so that the figures
are of sites that the model has never met. Read those.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.clean_peers import PEERS, Extract
from benchmarks.clean_sets import (
    Page,
    f1,
    line_sets,
    overlap,
    page_sets,
    score_kinds,
    shingles,
)  # fmt: skip
from dragoman.clean.article import clean
from dragoman.clean.draft import CleaningKnowledge
from dragoman.clean.memory import FEWEST_PAGES, SiteMemory
from dragoman.collect.pages import capture_bytes
from dragoman.errors import Unreadable
from dragoman.knowledge import Knowledge
from dragoman.model import BODY_LABELS, Article, Capture

SETS = Path(__file__).parents[2] / "shared" / "data" / "clean"
MOST_LOST = 0.05
"""F1 that we may lose on a page to the peer before it is listed with its cause."""
RIVAL = "trafilatura"
KnowledgeFor = Callable[[Page], CleaningKnowledge]


@dataclass(slots=True)
class Run:
    """One extractor over the pages: a score a page, and its processor time."""

    scores: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    seconds: float = 0.0


def body_of(article: Article) -> str:
    """What `dragoman clean` gives as `body`."""
    kept = (block for block in article.blocks if block.label in BODY_LABELS)
    return "\n".join(article.text[block.start : block.end] for block in kept)


def cleaned(page: Page, knowledge: CleaningKnowledge) -> Article | None:
    try:
        return clean(capture_bytes(page.body, page.id, url=page.url), knowledge)
    except Unreadable:
        return None


def measure_pages(
    pages: Sequence[Page], extractors: Mapping[str, Extract], note: Callable[[str], None]
) -> dict[str, Run]:
    runs = {name: Run() for name in extractors}
    for number, page in enumerate(pages, 1):
        for name, extract in extractors.items():
            start = process_time()
            text = extract(page)
            runs[name].seconds += process_time() - start
            runs[name].scores[page.set, page.id] = overlap(page.gold, text)
        if number % 50 == 0:
            note(f"{number} of {len(pages)} pages")
    return runs


def summary(pages: Sequence[Page], run: Run) -> dict[str, Any]:
    """F1 by set, and for DAnIEL by language too."""
    found: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for page in pages:
        score = run.scores[page.set, page.id]
        found[page.set].append(score)
        if page.set == "daniel":
            found[f"daniel {page.language}"].append(score)
    by_set: dict[str, Any] = {name: round(f1(scores), 4) for name, scores in sorted(found.items())}
    return by_set | {"pages_per_second": round(len(pages) / max(run.seconds, 1e-9), 1)}


def lost_pages(
    pages: Sequence[Page], ours: Run, rival: Run, knowledge_for: KnowledgeFor
) -> list[dict[str, Any]]:
    """Pages where we lose more than `MOST_LOST` to the rival, worst first, each with its cause."""
    lost = []
    for page in pages:
        own, theirs = (f1([run.scores[page.set, page.id]]) for run in (ours, rival))
        if theirs - own > MOST_LOST:
            cause = cause_of(page, cleaned(page, knowledge_for(page)))
            row = {
                "set": page.set,
                "id": page.id,
                "ours": round(own, 3),
                "theirs": round(theirs, 3),
            }
            lost.append(row | {"cause": cause})
    return sorted(lost, key=lambda row: row["ours"] - row["theirs"])


def cause_of(page: Page, article: Article | None) -> str:
    """What we missed by the rule that labelled it, and what we kept by the rule that kept it."""
    if article is None:
        return "could not be read"
    wanted = set(shingles(page.gold))
    missed: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for block in article.blocks:
        own = shingles(article.text[block.start : block.end])
        inside = sum(count for shingle, count in own.items() if shingle in wanted)
        if block.label not in BODY_LABELS and 2 * inside > own.total():
            missed[f"{block.label} ({block.rule})"] += inside
        elif block.label in BODY_LABELS and 2 * inside < own.total():
            kept[f"{block.label} ({block.rule})"] += own.total() - inside
    parts = [f"missed as {what}: {count} shingles" for what, count in missed.most_common(2)]
    parts += [f"kept too much as {what}: {count}" for what, count in kept.most_common(2)]
    return "; ".join(parts) or "wording of the gold differs from the page's"


def measure_lines(pages: Sequence[Page], knowledge_for: KnowledgeFor) -> dict[str, Any]:
    """By set and language; and for sites with enough pages with their memory and without."""
    found: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    memory, sites = SiteMemory(), Counter(page.host for page in pages if page.host)
    for page in pages:
        if page.host:
            memory.learn(page.host, page.body.decode())
    for page in pages:
        capture = Capture("c", "-", "text/plain", page.body, charset="utf-8")
        known = knowledge_for(page)
        score = overlap(page.gold, body_of(clean(capture, known)))
        for name in ("all", page.set, page.language):
            found[name].append(score)
        if page.host and sites[page.host] >= FEWEST_PAGES:
            capture = replace(capture, url=f"http://{page.host}/")
            found["sites without memory"].append(score)
            with_memory = overlap(page.gold, body_of(clean(capture, known, memory)))
            found["sites with memory"].append(with_memory)
    return {name: round(f1(scores), 4) for name, scores in sorted(found.items())}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", type=Path, default=SETS, help="folder of the public sets")
    parser.add_argument("--only", choices=("pages", "lines", "kinds", "stated"), help="one part")
    parser.add_argument("--unseen", action="store_true", help="fit the layout models anew in parts")
    parser.add_argument("--misses", action="store_true", help=f"pages lost to {RIVAL}")
    parser.add_argument("--json", action="store_true", help="print one JSON object on a line")
    given = parser.parse_args(arguments)
    result = measure(given.sets, given.only, given.unseen, given.misses)
    print(json.dumps(result) if given.json else json.dumps(result, indent=1, ensure_ascii=False))


def measure(folder: Path, only: str | None, unseen: bool, misses: bool) -> dict[str, Any]:
    result: dict[str, Any] = {"models": "unseen" if unseen else "shipped, fitted on these sets"}
    parts = (only,) if only else ("pages", "lines", "kinds", "stated")
    if "pages" in parts:
        result |= pages_part(folder, _knowledge_for(folder, "page", unseen), misses or not only)
    if "lines" in parts:
        result["lines"] = measure_lines(
            [page for page, _ in line_sets(folder)], _knowledge_for(folder, "text", unseen)
        )
    if "kinds" in parts:
        result["kinds"] = score_kinds(folder, _labelled)
    if "stated" in parts:
        from benchmarks.metadata import read_pages, score_metadata

        result["stated"] = score_metadata(list(read_pages(folder / "fundus.json")))
    return result


def pages_part(folder: Path, knowledge_for: KnowledgeFor, misses: bool) -> dict[str, Any]:
    pages = list(page_sets(folder))

    def ours(page: Page) -> str:
        article = cleaned(page, knowledge_for(page))
        return body_of(article) if article else ""

    absent = [name for name, extract in PEERS.items() if extract is None]
    peers = {name: extract for name, extract in PEERS.items() if extract is not None}
    runs = measure_pages(pages, {"dragoman": ours} | peers, _note)
    result: dict[str, Any] = {"pages": {name: summary(pages, run) for name, run in runs.items()}}
    if absent:
        result["absent"] = f"{', '.join(absent)}: `make peers` installs them"
    with_metadata = runs["trafilatura with metadata"].seconds
    result["speed_over_trafilatura_with_metadata"] = round(
        with_metadata / runs["dragoman"].seconds, 2
    )
    if misses:
        result["lost"] = lost_pages(pages, runs["dragoman"], runs[RIVAL], knowledge_for)
    return result


def _labelled(text: str, url: str | None = None) -> Article:
    body = text.encode()
    return clean(Capture("c", "-", "text/plain", body, charset="utf-8", url=url), _KNOWLEDGE)


_KNOWLEDGE = Knowledge()


def _knowledge_for(folder: Path, kind: str, unseen: bool) -> KnowledgeFor:
    if not unseen:
        return lambda _: _KNOWLEDGE
    from benchmarks.fit_layout import unseen_models

    _note(f"fitting the {kind} model in parts")
    models = unseen_models(kind, folder)
    known = {id(model): _With(_KNOWLEDGE, {kind: model}) for model in models.values()}
    return lambda page: known[id(models[page.set, page.id])]


class _With:
    """What the desk knows, with other layout models."""

    def __init__(self, knowledge: Knowledge, models: Mapping[str, Any]) -> None:
        self.furniture = knowledge.furniture
        self.outlets = knowledge.outlets
        self.layout = {**knowledge.layout, **models}
        self.identifying = knowledge.identifying


def _note(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
