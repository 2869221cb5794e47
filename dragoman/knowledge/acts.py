"""The model of acts: how likely each category is for a clause, by the words in each of its roles.

In: `codebook/acts.npz` and a clause's features. Out: a probability per category, NONE among them,
and the examples of the codebook that are most like the clause. How it was fitted, on what, and
what it scores stands in `codebook/README.md`; nothing here learns.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import DataFileError

Vector = NDArray[np.float32]
ROLES = ("pred", "obj", "pp", "comp", "compobj", "gov", "mod", "objmod", "sup", "all")
"""Parts of a clause whose words are averaged apart: the predicate, heads of objects and of
prepositional phrases, complement verbs and what hangs from these, what governs the predicate,
modifiers of predicate and object, the support verb, and all words of the compressed clause."""
PARTS = (
    "classes",
    "flags",
    "weights",
    "flag_weights",
    "bias",
    "temperature",
    "scale",
    "basis",
    "neighbours",
    "neighbour_texts",
)


@dataclass(frozen=True, slots=True)
class Features:
    """A clause for the model: lemmas in each role of `ROLES`, and yes-no traits with weights."""

    language: str
    words: Mapping[str, Sequence[str]]
    flags: Mapping[str, float]


@dataclass(frozen=True)
class ActModel:
    """A linear model over averaged word vectors.

    `vectors[xx]`: words by dimensions, 8 bits with one `scale`. `weights`: roles by dimensions by
    classes. `basis` turns a clause's vectors into the space in which `neighbours`, a row for each
    example in `neighbour_texts`, are near what means the same.
    """

    classes: tuple[str, ...]
    flags: Mapping[str, int]
    weights: Vector
    flag_weights: Vector
    bias: Vector
    temperature: float
    words: Mapping[str, Mapping[str, int]]
    vectors: Mapping[str, NDArray[np.int8]]
    scale: float
    nouns: Mapping[str, frozenset[str]]
    """Nouns that tell acts in the examples, by language, whether or not the lexicon has them."""
    basis: Vector
    neighbours: NDArray[np.int8]
    neighbour_texts: tuple[str, ...]

    @cached_property
    def _matrix(self) -> Vector:
        return np.ascontiguousarray(self.weights.reshape(-1, len(self.classes)))

    def probabilities(self, features: Features) -> dict[str, float]:
        """By category; they add up to one."""
        scores = self.roles(features).ravel() @ self._matrix + self.bias
        for name, value in features.flags.items():
            i = self.flags.get(name)
            if i is not None:
                scores = scores + value * self.flag_weights[i]
        scores = scores / self.temperature
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        return dict(zip(self.classes, shares.tolist(), strict=True))

    def roles(self, features: Features) -> Vector:
        """The mean vector of each role's words, zeros if none is known (roles by dimensions)."""
        known = self.words.get(features.language, {})
        table = self.vectors.get(features.language)
        found = np.zeros(self.weights.shape[:2], np.float32)
        if table is None:
            return found
        for i, role in enumerate(ROLES):
            rows = [known[word] for word in features.words.get(role, ()) if word in known]
            if rows:
                found[i] = table[rows].mean(axis=0, dtype=np.float32) * self.scale
        return found

    def blend(self, language: str, weights: Mapping[str, float]) -> Vector:
        """The sum of the words' directions, each by its weight; zeros if none is known."""
        known, table = self.words.get(language, {}), self.vectors.get(language)
        found = np.zeros(self.weights.shape[1], np.float32)
        if table is None:
            return found
        for word, weight in weights.items():
            if word in known:
                row = table[known[word]].astype(np.float32)
                found += weight * row / (np.linalg.norm(row) + 1e-9)
        return found

    def nearest(self, features: Features, n: int = 3) -> list[tuple[str, float]]:
        """The n most similar examples, each with its cosine, best first."""
        wanted = self.roles(features).ravel() @ self.basis
        length = float(np.linalg.norm(wanted))
        if not length:
            return []
        rows = self.neighbours.astype(np.float32)
        cosines = rows @ wanted / (np.linalg.norm(rows, axis=1) * length + 1e-9)
        best = np.argsort(-cosines, kind="stable")[:n]
        return [(self.neighbour_texts[i], round(float(cosines[i]), 3)) for i in best]


def load_acts(path: Path) -> ActModel:
    """Raises `DataFileError` when a part is missing or the file can't be read."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            parts: dict[str, Any] = {name: file[name] for name in PARTS}
            languages = [n.removeprefix("words_") for n in file.files if n.startswith("words_")]
            for part, code in product(("words", "vectors", "nouns"), languages):
                parts[f"{part}_{code}"] = file[f"{part}_{code}"]
    except FileNotFoundError:
        raise DataFileError(path, None, "the file is missing") from None
    except (KeyError, ValueError, OSError, EOFError, BadZipFile, zlib.error) as fault:
        raise DataFileError(path, None, f"not a model of acts ({fault})") from None
    words = {
        language: {word: i for i, word in enumerate(parts[f"words_{language}"].tolist())}
        for language in languages
    }
    return ActModel(
        classes=tuple(parts["classes"].tolist()),
        flags={name: i for i, name in enumerate(parts["flags"].tolist())},
        weights=parts["weights"].astype(np.float32),
        flag_weights=parts["flag_weights"].astype(np.float32),
        bias=parts["bias"].astype(np.float32),
        temperature=float(parts["temperature"]),
        words=words,
        vectors={language: parts[f"vectors_{language}"] for language in languages},
        scale=float(parts["scale"]),
        nouns={language: frozenset(parts[f"nouns_{language}"].tolist()) for language in languages},
        basis=parts["basis"].astype(np.float32),
        neighbours=parts["neighbours"],
        neighbour_texts=tuple(parts["neighbour_texts"].tolist()),
    )
