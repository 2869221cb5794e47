"""Near-copies in bulk: recall by kind of change, precision and speed on 100,000 made-up texts.

In: how many texts, and a seed. Out: figures of the desk's own functions (`link.sketches`,
`link.copies`), run over all texts at once; and of datasketch on the same texts where the group
`peers` is installed. The words are drawn after Zipf's law and mean nothing.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import numpy.typing as npt

from dragoman.link.copies import LEAST_KEYS, compare
from dragoman.link.sketches import Body, Hashes, numbered, sampled

SEED, TEXTS, COPIES, WORDS, VOCABULARY = 1951, 100_000, 20_000, 60, 50_000
KINDS = ("furniture", "cut_30", "edited_5", "edited_15")
SHORT, LONG, EXCERPTS = 100, 400, 2_000
"""Words of a text of which `WORDS` are quoted in one piece, and of the one that quotes them; and
how many of these there are."""
PROCESSES = 2
AT_ONCE = 2_000

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Set:
    """Texts, and which of them is which kind of copy of which."""

    texts: list[str]
    planted: dict[Pair, str]


def build(texts: int = TEXTS, copies: int = COPIES, seed: int = SEED) -> Set:
    """Each copy has an original of its own, and the kinds take turns."""
    random = Random(seed)
    draw = zipf(seed)
    originals = [draw(WORDS) for _ in range(texts - copies)]
    planted: dict[Pair, str] = {}
    made = list(originals)
    for n in range(copies):
        kind = KINDS[n % len(KINDS)]
        planted[n, len(made)] = kind
        made.append(_changed(originals[n], kind, random, draw))
    return Set([" ".join(words) for words in made], planted)


def excerpts(number: int = EXCERPTS, seed: int = SEED) -> Set:
    """Texts of `SHORT` words, and for each a longer one that quotes `WORDS` of them."""
    random = Random(seed)
    draw = zipf(seed + 1)
    sources = [draw(SHORT) for _ in range(number)]
    quoting = []
    for words in sources:
        start, at = random.randint(0, SHORT - WORDS), random.randint(0, LONG - WORDS)
        own = draw(LONG - WORDS)
        quoting.append(own[:at] + words[start : start + WORDS] + own[at:])
    texts = [" ".join(words) for words in sources + quoting]
    return Set(texts, {(n, number + n): "excerpts" for n in range(number)})


def zipf(seed: int) -> Callable[[int], list[str]]:
    """Draws so many words: the n-th most common one n times as seldom as the first."""
    source = np.random.default_rng(seed)
    weights = 1 / np.arange(1, VOCABULARY + 1)
    steps = np.cumsum(weights / weights.sum())
    # Drawn in one go: a draw of sixty words costs as much as one of a million.
    stock: Iterator[str] = iter(())

    def draw(number: int) -> list[str]:
        nonlocal stock
        drawn = [word for word, _ in zip(stock, range(number), strict=False)]
        while len(drawn) < number:
            found = np.searchsorted(steps, source.random(1_000_000))
            stock = iter([f"w{n}" for n in found.tolist()])
            drawn += [word for word, _ in zip(stock, range(number - len(drawn)), strict=False)]
        return drawn

    return draw


def _changed(
    words: list[str], kind: str, random: Random, draw: Callable[[int], list[str]]
) -> list[str]:
    if kind == "furniture":
        return draw(8) + words + draw(12)
    if kind == "cut_30":
        return words[: round(len(words) * 0.7)]
    share = 0.05 if kind == "edited_5" else 0.15
    places = random.sample(range(len(words)), round(len(words) * share))
    made = list(words)
    for place, word in zip(places, draw(len(places)), strict=True):
        made[place] = word
    return made


def found(texts: Sequence[str], processes: int = PROCESSES) -> set[Pair]:
    """All pairs of copies, by the desk's own rules."""
    pool = multiprocessing.get_context("fork").Pool(processes)
    try:
        parts = [texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)]
        made = pool.map(_sketched, parts, chunksize=1)
        bodies = [body for words, _ in made for body in words]
        pairs = candidates([keys for _, sketches in made for keys in sketches])
        jobs = [
            [(i, j, bodies[i], bodies[j]) for i, j in pairs[start : start + AT_ONCE]]
            for start in range(0, len(pairs), AT_ONCE)
        ]
        return {pair for part in pool.imap_unordered(_copies, jobs) for pair in part}
    finally:
        pool.close()
        pool.join()


def _sketched(texts: Sequence[str]) -> tuple[list[npt.NDArray[np.uint32]], list[Hashes]]:
    words = [np.array(list(numbered(text, 0, len(text))), dtype=np.uint32) for text in texts]
    return words, sampled(words)


def _copies(
    job: Sequence[tuple[int, int, npt.NDArray[np.uint32], npt.NDArray[np.uint32]]],
) -> list[Pair]:
    return [(i, j) for i, j, one, other in job if compare(Body(one), Body(other)) is not None]


def candidates(sketches: Sequence[Hashes]) -> list[Pair]:
    """Pairs that share `LEAST_KEYS` sampled runs, as `store.texts_with` finds them one by one."""
    owners = np.repeat(np.arange(len(sketches)), [len(keys) for keys in sketches])
    keys = np.concatenate(sketches) if sketches else np.empty(0, dtype=np.uint64)
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    pairs: list[npt.NDArray[np.int64]] = []
    step = 1
    while step < len(keys):
        # Holders of one key stand side by side: neighbours first, then those two apart, …
        same = keys[step:] == keys[:-step]
        if not same.any():
            break
        pairs.append(owners[:-step][same] * len(sketches) + owners[step:][same])
        step += 1
    if not pairs:
        return []
    numbers, counts = np.unique(np.concatenate(pairs), return_counts=True)
    kept = numbers[counts >= LEAST_KEYS]
    return [(int(n) // len(sketches), int(n) % len(sketches)) for n in kept]


def score(planted: dict[Pair, str], got: set[Pair]) -> dict[str, float]:
    """Recall of each kind, and the share of the pairs that were planted."""
    figures: dict[str, float] = {}
    for kind in dict.fromkeys(planted.values()):
        of_kind = {pair for pair, name in planted.items() if name == kind}
        figures[f"recall_{kind}"] = round(len(of_kind & got) / len(of_kind), 4)
    figures["precision"] = round(len(got & set(planted)) / len(got), 4) if got else 0.0
    return figures


def datasketch(made: Set) -> dict[str, float]:
    """The same with datasketch: 128 permutations of three-word runs, 32 bands of 4; one process."""
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return {}
    began, spent = time.perf_counter(), _cpu_seconds()
    index = MinHashLSH(num_perm=128, params=(32, 4))
    got: set[Pair] = set()
    for n, text in enumerate(made.texts):
        words = text.split()
        minhash = MinHash(num_perm=128)
        minhash.update_batch([" ".join(words[i : i + 3]).encode() for i in range(len(words) - 2)])
        got |= {(int(other), n) for other in index.query(minhash)}
        index.insert(str(n), minhash)
    seconds, spent = time.perf_counter() - began, _cpu_seconds() - spent
    return score(made.planted, got) | {
        "texts_per_second": round(len(made.texts) / seconds),
        "texts_per_cpu_second": round(len(made.texts) / spent),
    }


def _cpu_seconds() -> float:
    """Of this process and those that it started: what else the machine does is left out."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def measure(
    texts: int = TEXTS, copies: int = COPIES, *, peer_texts: int = 20_000, seed: int = SEED
) -> dict[str, dict[str, float]]:
    """Figures of the desk's rules and of datasketch, which is given fewer texts."""
    made, quoted = build(texts, copies, seed), excerpts(seed=seed)
    began, spent = time.perf_counter(), _cpu_seconds()
    got = found(made.texts)
    seconds, spent = time.perf_counter() - began, _cpu_seconds() - spent
    figures = score(made.planted, got)
    quotes = score(quoted.planted, found(quoted.texts))
    figures["recall_excerpts"] = quotes["recall_excerpts"]
    figures["precision_excerpts"] = quotes["precision"]
    figures |= {
        "texts": texts,
        "texts_per_second": round(texts / seconds),
        "texts_per_cpu_second": round(texts / spent),
        "processes": PROCESSES,
    }
    few = build(peer_texts, peer_texts * copies // texts, seed)
    return {"near": figures, "datasketch": datasketch(few)}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
