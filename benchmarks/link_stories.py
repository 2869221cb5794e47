"""Scores of stories: clusters of articles, likeness of pairs, translations found again, tellings.

Each function takes a path to public data, or to our own sets, and gives figures from 0 to 1. All go
through the code of a desk: `Steps`, signatures, and stories kept in a store.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from lxml import etree

from dragoman.collect.pages import capture_text
from dragoman.desk.days import day_of
from dragoman.desk.stories import Stories
from dragoman.link.measure import measured
from dragoman.link.signature import sign
from dragoman.link.similarity import compared, similarity
from dragoman.model import Kept, Signature
from dragoman.pipeline import Steps
from dragoman.store import open_store

ORDERS = 3
NEAR = 10
"""Texts whose likeness is looked at, of those that mean nearly the same."""
ADDRESS = re.compile(r"\s*(?:https?\s?:|www\s?\.)")
"""ECB+ has the page's address for a first sentence; it is no part of the text."""
MOJIBAKE = re.compile(r"Ã.|â€|Â.|�")
FEW_ODD = 3
"""More odd pairs of letters than this and a text was decoded wrongly."""
_BEFORE = re.compile(r" (?=[.,;:!?%)\]]|'s\b|n't\b)|(?<=[(\[$]) ")


@dataclass(frozen=True, slots=True)
class Told:
    """An article and the story that it is known to tell."""

    kept: Kept
    story: str


def ecb(folder: Path, steps: Steps | None = None) -> dict[str, float]:
    """BCubed of the stories of ECB+, where each topic holds two twin happenings, `ecb` and
    `ecbplus`. Mean of three orders; the texts have no dates."""
    using = steps or Steps()
    told = [
        Told(_read(using, "\n".join(_sentences(path)), "en"), _topic(path))
        for path in sorted(folder.glob("*/*.xml"))
    ]
    return _clustered(told)


def tellings(files: Sequence[Path], steps: Steps | None = None) -> dict[str, float]:
    """Our own happenings told in several languages: BCubed F and the F1 of pairs that are joined,
    of all together and, of BCubed F, for each two of the languages."""
    using = steps or Steps()
    told = [
        Told(
            _read(using, f"{one['title']}\n{one['text']}", one["language"], one["published"]),
            one["happening"],
        )
        for path in files
        for one in _lines(path)
    ]
    whole = _clustered(told)
    scores = {name: whole[name] for name in ("bcubed_f1", "pairwise_f1")}
    languages = sorted({one.kept.article.language or "" for one in told})
    for pair in combinations(languages, 2):
        of_pair = [one for one in told if one.kept.article.language in pair]
        scores["-".join(pair)] = _clustered(of_pair)["bcubed_f1"]
    return scores


def pairs(path: Path, steps: Steps | None = None) -> dict[str, float]:
    """Pearson correlation of likeness with how similar people called two articles, by languages
    and for all pairs together.

    Texts that were decoded wrongly are left out; `pairs` says how many pairs were not.
    """
    using = steps or Steps()
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for one in json.loads(path.read_text("utf-8")):
        texts = [(one["text1"], one["lang1"]), (one["text2"], one["lang2"])]
        if any(len(MOJIBAKE.findall(text)) > FEW_ODD for text, _ in texts):
            continue
        a, b = (sign(_read(using, text, language)) for text, language in texts)
        languages = "-".join(sorted((one["lang1"], one["lang2"])))
        found[languages].append((similarity(a, b).likeness, -float(one["overall"])))
    scores = {languages: _pearson(rows) for languages, rows in sorted(found.items())}
    scores["all"] = _pearson([row for rows in found.values() for row in rows])
    return scores | {"pairs": float(sum(len(rows) for rows in found.values()))}


def translated(path: Path, steps: Steps | None = None) -> dict[str, float]:
    """Share of articles whose machine translation is the likest text of all translations. The
    texts that mean most nearly the same are found first, then the likest of these."""
    using = steps or Steps()
    rows = json.loads(path.read_text("utf-8"))
    sources = [sign(_read(using, one["src_text"], one["src_lang"])) for one in rows]
    copies = [sign(_read(using, one["mt_text"], one["mt_lang"])) for one in rows]
    hits = [
        rows[_likest(source, copies)]["mt_text"] == one["mt_text"]
        for source, one in zip(sources, rows, strict=True)
    ]
    return {"recall_at_1": round(sum(hits) / len(hits), 3), "articles": float(len(hits))}


def stories_of(told: Iterable[Kept]) -> dict[str, str]:
    """The story of each article, as a desk finds it when they arrive in this order."""
    with TemporaryDirectory() as home, open_store(home) as store:
        stories, ids = Stories(store), []
        for kept in told:
            with store.together():
                store.keep(kept, {})
                stories.keep([(kept.signature or sign(kept), day_of(kept.article, None) or "")])
            ids.append(kept.article.id)
        return store.stories_of_articles(ids)


def pairwise(found: Sequence[Hashable], known: Sequence[Hashable]) -> float:
    """F1 of the pairs of items that are in one cluster."""

    def pairs(of: Iterable[int]) -> int:
        return sum(n * (n - 1) // 2 for n in of)

    both = pairs(Counter(zip(found, known, strict=True)).values())
    joined, due = pairs(Counter(found).values()), pairs(Counter(known).values())
    return 2 * both / (joined + due) if joined + due else 1.0


def bcubed(found: Sequence[Hashable], known: Sequence[Hashable]) -> tuple[float, float]:
    """Precision and recall: of each item's cluster the share that belongs, on the mean."""
    both, own, due = Counter(zip(found, known, strict=True)), Counter(found), Counter(known)
    right = sum(n * n / own[cluster] for (cluster, _), n in both.items())
    reached = sum(n * n / due[story] for (_, story), n in both.items())
    return right / len(found), reached / len(found)


def _clustered(told: Sequence[Told]) -> dict[str, float]:
    signed = [replace(one.kept, signature=sign(one.kept)) for one in told]
    known = [one.story for one in told]
    runs: list[tuple[float, ...]] = []
    for seed in range(ORDERS):
        order = random.Random(seed).sample(signed, len(signed))
        stories = stories_of(order)
        found = [stories[kept.article.id] for kept in signed]
        runs.append((*bcubed(found, known), float(len(set(found))), pairwise(found, known)))
    precision, recall, clusters, joined = (
        sum(column) / ORDERS for column in zip(*runs, strict=True)
    )
    f1 = 2 * precision * recall / (precision + recall)
    return {
        "bcubed_f1": round(f1, 3),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "clusters": round(clusters, 1),
        "pairwise_f1": round(joined, 3),
    }


def _read(steps: Steps, text: str, language: str, published: str | None = None) -> Kept:
    """A bare text through the steps of one article, up to its links."""
    capture = replace(capture_text(text, "text", language=language, published=published), bare=True)
    return steps.read(steps.clean(capture))


def _likest(one: Signature, others: Sequence[Signature]) -> int:
    meaning = compared(measured(one), np.concatenate([measured(o) for o in others])).meaning
    near = np.argsort(-meaning, kind="stable")[:NEAR]
    return max(map(int, near), key=lambda i: (similarity(one, others[i]).likeness, meaning[i]))


def _pearson(rows: Sequence[tuple[float, float]]) -> float:
    if len(rows) < 2:
        return 0.0
    return round(float(np.corrcoef(np.array(rows).T)[0, 1]), 3)


def _sentences(path: Path) -> Iterator[str]:
    """The text of an ECB+ file, a sentence a line, tokens put together as they are written."""
    words: dict[int, list[str]] = defaultdict(list)
    for token in etree.parse(str(path)).iter("token"):
        words[int(token.get("sentence", "0"))].append(token.text or "")
    for number in sorted(words):
        line = " ".join(words[number])
        if not ADDRESS.match(line):
            yield _BEFORE.sub("", line.replace("`` ", "“").replace(" ''", "”"))


def _topic(path: Path) -> str:
    return f"{path.parent.name} {'ecbplus' if 'ecbplus' in path.stem else 'ecb'}"


def _lines(path: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
