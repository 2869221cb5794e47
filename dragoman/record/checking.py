"""How well a desk's own categories are told apart, and which examples confuse which.

In: `Lessons`. Out: a `Checked` for each category. Every example is held against its category
without itself, and against all other categories; nothing here changes what is coded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.knowledge.acts import Vector
from dragoman.knowledge.own import ENOUGH, SetAside
from dragoman.record.labelling import Learned
from dragoman.record.teaching import Lessons, Taught

WELL = 0.7
"""The share of examples found again from which on a category is told well."""
OFTEN = 2
"""So many confused examples are worth a word on the two categories."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """An example that is more like another category than like its own."""

    example: str
    category: str
    score: float
    """Against its own category, without itself."""
    other: str
    other_score: float
    nearest: str
    """The example of the other category that is most like it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """`threshold` is that of parsed examples. `missed`: below it without themselves.
    `found_again`: the share of usable examples that are neither missed nor confused."""

    id: str
    label: str
    files: tuple[str, ...]
    examples: int
    usable: int
    coded: bool
    threshold: float | None
    found_again: float
    aside: tuple[SetAside, ...]
    missed: tuple[str, ...]
    confusions: tuple[Confusion, ...]
    advice: tuple[str, ...]


def check(lessons: Lessons) -> tuple[Checked, ...]:
    return tuple(_checked(one, lessons) for one in lessons.taught)


def _checked(one: Taught, lessons: Lessons) -> Checked:
    category = one.own.category
    confusions = tuple(
        found for own in one.learned for found in _confusions(own, lessons, own is one.read)
    )
    missed = tuple(
        example.text
        for own in one.learned
        for example, score in zip(own.examples, own.left_out, strict=True)
        if score < own.threshold
    )
    lost = {*missed, *(found.example for found in confusions)}
    share = round(1 - len(lost) / one.usable, 2) if one.usable else 0.0
    return Checked(
        id=category.id,
        label=category.label.get("en") or next(iter(category.label.values()), category.id),
        files=tuple(path.name for path in one.own.files),
        examples=one.usable + len(one.aside),
        usable=one.usable,
        coded=one.is_coded,
        threshold=one.read.threshold if one.read is not None else None,
        found_again=share,
        aside=one.aside,
        missed=missed,
        confusions=confusions,
        advice=tuple(_advice(one, share, confusions)),
    )


def _confusions(own: Learned, lessons: Lessons, is_read: bool) -> Iterator[Confusion]:
    """Of another category of the desk's by what its examples share, of ours by the example."""
    every = [two for one in lessons.taught for two in (one.read if is_read else one.encoded,)]
    others = [two for two in every if two is not None and two.category != own.category]
    for i, example in enumerate(own.examples):
        vector, score = own.vectors[i], float(own.left_out[i])
        found = [two.label(vector) for two in others]
        best = max(found, key=lambda label: label.score, default=None)
        if best is not None and best.score > score:
            yield Confusion(
                example.text, own.category, round(score, 3), best.category, best.score, best.example
            )
        elif is_read and score < own.threshold:
            yield from _like_ours(own, i, lessons)


def _like_ours(own: Learned, i: int, lessons: Lessons) -> Iterator[Confusion]:
    """An example of ours that is more like it than any other of its own category."""
    vector, gist = own.vectors[i], lessons.gist
    rest: Vector = np.delete(own.vectors, i, axis=0) @ vector
    nearest = float(rest.max()) if len(rest) else 0.0
    cosines = gist.background @ vector
    j = int(cosines.argmax())
    if cosines[j] > nearest:
        yield Confusion(
            own.examples[i].text, own.category, round(nearest, 3),
            gist.examples[j].root, round(float(cosines[j]), 3), gist.examples[j].text,
        )  # fmt: skip


def _advice(one: Taught, share: float, confusions: Sequence[Confusion]) -> Iterator[str]:
    if not one.is_coded:
        yield f"write {ENOUGH - one.usable} more usable examples: nothing is coded before"
    if one.usable and share < WELL:
        yield (
            "its examples have too little in common: write more that resemble those missed, "
            "or make two categories of it"
        )
    others = [found.other for found in confusions]
    for other in dict.fromkeys(others):
        if others.count(other) >= OFTEN:
            yield (
                f"often taken for {other}: write examples with the words that only this one has, "
                "or join the two"
            )
