"""Whether our sentences are too near the public data that the coder is measured on.

In: our sentences and the folder of public data. Out: runs of nine words that both have, and near
twins: sentences with nearly the same words and pairs of words, or with all our words of content.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dragoman.knowledge.codebook import Example
from dragoman.record.gist import Gist

RUN = 9
TWIN = 0.85
MEANT = 0.86
"""The cosine of meaning from which two sentences tell the same in other words; what lies below,
down to .75, only shares a subject."""
CONTENT = 5
"""Letters from which on a word is one of content; cut there, for its endings."""
FEW = 5
"""Sentences with fewer words of content are not judged by them: they stand in any paragraph."""
DIMENSIONS = 2048
FACTOR = np.uint64(6364136223846793005)
PAGES = {".html", ".xz"}
CUT = re.compile(r"(?<=[.!?])\s+|[\n\t]")
TAG = re.compile(r"<[^<>]*>")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrt]")


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


# --- public data -------------------------------------------------------------------------------


def public_texts(folder: Path) -> Iterator[str]:
    """The text of every file; tags and columns of labels are taken out.

    Pages are passed over: `lines.jsonl.gz` has the same ones, flattened.
    """
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not PAGES & set(path.suffixes):
            yield _text(path)


def _text(path: Path) -> str:
    body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text = body.decode("utf-8", "replace")
    if path.name.startswith("cameo_spans"):
        text = untagged(text)
    if ".json" in path.name:
        text = ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else " ", text)
    return TAG.sub(" ", text) if path.suffix in {".xml", ".tml"} else text


def untagged(text: str) -> str:
    """A token a line with its tag, blank lines between sentences → a sentence a line."""
    return "\n".join(
        " ".join(line.rpartition(" ")[0] for line in block.splitlines())
        for block in text.split("\n\n")
    )


def public_sentences(folder: Path) -> Iterator[str]:
    """Sentences of what the coder is measured on or read for: events, articles, the document."""
    for part in ("events", "ner_fr", "quotes", "seed.txt"):
        root = folder / part
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.suffix in {".txt", ".tsv"}:
                yield from (s for s in CUT.split(_text(path)) if len(s) > 20)


# --- runs of words -----------------------------------------------------------------------------


def shared_runs(ours: Sequence[str], texts: Iterable[str]) -> set[str]:
    """Runs of nine words that stand in one of ours and in one of the texts."""
    numbers: dict[str, int] = {}
    runs: dict[int, str] = {}
    for sentence in ours:
        words = words_of(sentence)
        row = np.array([numbers.setdefault(w, len(numbers) + 1) for w in words], np.uint64)
        for i, key in enumerate(_keys(row)):
            runs[int(key)] = " ".join(words[i : i + RUN])
    found: set[str] = set()
    for text in texts:
        row = np.array([numbers.get(w, 0) for w in words_of(text)], np.int64).astype(np.uint64)
        found |= {runs[key] for key in _keys(row).tolist() if key in runs}
    return found


def _keys(row: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A number for each run; runs with a word that is none of ours are passed over."""
    count = max(len(row) - RUN + 1, 0)
    keys, known = np.zeros(count, np.uint64), np.ones(count, bool)
    for i in range(RUN):
        part = row[i : i + count]
        keys = keys * FACTOR + part  # wraps around, as meant
        known &= part > 0
    return keys[known]


# --- near twins --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Twin:
    ours: str
    theirs: str
    nearness: float

    def __str__(self) -> str:
        return f"{self.nearness:.2f}  {self.ours}"


def near_twins(ours: Sequence[str], theirs: Sequence[str]) -> list[Twin]:
    """Pairs whose words and pairs of words have a cosine of .85 or more, or of which ours has no
    word of content that theirs lacks."""
    found: dict[int, Twin] = {}
    left, left_content = _vectors(ours), _contents(ours)
    sizes = left_content.sum(1)
    for start in range(0, len(theirs), 2048):
        some = theirs[start : start + 2048]
        near = left @ _vectors(some).T >= TWIN - 0.05  # folded words may lie nearer than they are
        inside = left_content @ _contents(some).T >= sizes[:, None]
        inside &= (sizes >= FEW)[:, None]
        for i, j in zip(*np.nonzero(near | inside), strict=True):
            nearness = cosine(ours[i], some[j])
            words = content(ours[i])
            if nearness >= TWIN or (len(words) >= FEW and words <= content(some[j])):
                found[int(i)] = Twin(ours[i], some[j], nearness)
    return list(found.values())


def grams(text: str) -> Counter[str]:
    words = words_of(text)
    return Counter(words) + Counter(f"{a} {b}" for a, b in pairwise(words))


def cosine(a: str, b: str) -> float:
    x, y = grams(a), grams(b)
    dot = sum(n * y[gram] for gram, n in x.items())
    norm = sqrt(sum(n * n for n in x.values()) * sum(n * n for n in y.values()))
    return dot / norm if norm else 0.0


def content(text: str) -> set[str]:
    return {word[:CONTENT] for word in words_of(text) if len(word) >= CONTENT}


def _vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    rows = np.zeros((len(texts), DIMENSIONS), np.float32)
    for row, text in zip(rows, texts, strict=True):
        for gram, n in grams(text).items():
            row[crc32(gram.encode()) % DIMENSIONS] += n
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), np.float32)


def _contents(texts: Sequence[str]) -> NDArray[np.float32]:
    rows = np.zeros((len(texts), DIMENSIONS), np.float32)
    for row, text in zip(rows, texts, strict=True):
        row[[crc32(word.encode()) % DIMENSIONS for word in content(text)]] = 1
    return rows


def alike_in_meaning(ours: Sequence[Example], theirs: Sequence[str], gist: Gist) -> list[Twin]:
    """Twins by the words' meaning, as the desk's own categories are told apart (record/gist.py).

    In the languages whose words the model of acts holds.
    """
    found: list[Twin] = []
    for language in sorted({example.language for example in ours} & gist.model.words.keys()):
        known = gist.model.words[language]
        placed = [
            (text, place)
            for text in theirs
            if sum(word in known for word in words_of(text)) >= FEW
            and (place := gist.place(language, words_of(text))) is not None
        ]
        if not placed:
            continue  # nothing public is in this language
        rows = np.stack([place for _, place in placed])
        for example in ours:
            place = gist.place(language, words_of(example.text))
            if example.language != language or place is None:
                continue
            cosines = rows @ place
            found += [
                Twin(example.text, placed[i][0], round(float(cosines[i]), 2))
                for i in np.flatnonzero(cosines >= MEANT)
            ]
    return found
