"""What was learnt from judged comments: a table of weights, and which texts taught it.

In: vectors with the judgement, spam or not. Out: `Weights`, whose sum over a comment's places is
the log-odds of spam. It is a logistic model found by coordinate steps in the dual: a lesson pushes
until the model is no longer surprised by it, and never harder than `STRONGEST`. One step over a new
lesson is learning, steps over all lessons again and again are fitting. Weights are whole numbers,
so that what a lesson added can be taken away exactly.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp

import numpy as np
import numpy.typing as npt

from dragoman.errors import DragomanError
from dragoman.publish.spam.grams import PLACES, Places, Sparse
from dragoman.publish.spam.sameness import Signatures, alike

STRONGEST = 10.0
"""The most that a lesson can push; the C of other logistic models."""
PASSES = 15
UNIT = 1 << 20
"""Steps of a weight in 1."""
REMEMBERED = 20_000
"""Lessons whose texts are known again; of more, the oldest are forgotten."""
VERSION = 1
"""Of places and traits. Bytes of another version are not ours to read."""
_MAGIC = b"dragoman-comments"
_HEAD = struct.Struct("<HII")
_LESSON = struct.Struct("<HBQI")
Steps = npt.NDArray[np.int32]


class WeightsError(DragomanError):
    """Bytes that are no weights or no lesson of this version."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What one judgement added to the table; nothing where the same text had taught it before."""

    is_spam: bool
    signature: int
    places: Places
    steps: Steps

    def to_bytes(self) -> bytes:
        head = _LESSON.pack(VERSION, self.is_spam, self.signature, len(self.places))
        return _MAGIC + head + zlib.compress(self.places.tobytes() + self.steps.tobytes())

    @classmethod
    def from_bytes(cls, data: bytes) -> Lesson:
        """`WeightsError` for anything that `to_bytes` did not write."""
        version, is_spam, signed, count = _head(data, _LESSON)
        body = _body(data, _LESSON, version, 8 * count)
        places = np.frombuffer(body, np.int32, count)
        if count and not 0 <= places.min() <= places.max() < PLACES:
            raise WeightsError("A lesson names places that the table does not have.")
        return cls(bool(is_spam), signed, places, np.frombuffer(body, np.int32, count, 4 * count))


@dataclass(slots=True, eq=False)
class Weights:
    table: Steps = field(default_factory=lambda: np.zeros(PLACES, np.int32))
    taught: dict[bool, Signatures] = field(
        default_factory=lambda: {kind: np.empty(0, np.uint64) for kind in (False, True)}
    )
    """By judgement, the signatures of the texts that taught it."""

    def parts(self, vector: Sparse) -> npt.NDArray[np.float64]:
        """What each place of a vector adds to the log-odds."""
        return self.table[vector.places] * (vector.amounts / np.float64(UNIT))

    def learn(self, vector: Sparse, signed: int, is_spam: bool, margin: float) -> Lesson:
        """Take one step; `margin`: the log-odds of spam before it, by all that is known.

        A text that taught the same before adds nothing: a thousand copies teach as one.
        """
        taught = self.taught[is_spam]
        push = 0.0
        if not len(alike(signed, taught)):
            push = settled(margin if is_spam else -margin, vector.square)
        steps = np.rint(vector.amounts * (push if is_spam else -push) * UNIT).astype(np.int32)
        held = steps != 0
        lesson = Lesson(is_spam, signed, vector.places[held], steps[held])
        self.table[lesson.places] += lesson.steps
        if len(lesson.places):
            self.taught[is_spam] = np.append(taught, np.uint64(signed))[-REMEMBERED:]
        return lesson

    def unlearn(self, lesson: Lesson) -> None:
        """Take away exactly what a lesson added, whatever was learnt since."""
        self.table[lesson.places] -= lesson.steps
        taught = self.taught[lesson.is_spam]
        if len(lesson.places):
            last = np.flatnonzero(taught == np.uint64(lesson.signature))[-1:]
            self.taught[lesson.is_spam] = np.delete(taught, last)

    def to_bytes(self) -> bytes:
        """Version, places that hold something, their weights, and the signatures; compressed."""
        places = np.flatnonzero(self.table).astype(np.int32)
        ham, spam = self.taught[False], self.taught[True]
        counts = np.array([len(ham), len(spam)], np.uint32)
        body = places.tobytes() + self.table[places].tobytes()
        body += counts.tobytes() + ham.tobytes() + spam.tobytes()
        head = _HEAD.pack(VERSION, len(places), len(ham) + len(spam))
        return _MAGIC + head + zlib.compress(body)

    @classmethod
    def from_bytes(cls, data: bytes) -> Weights:
        """`WeightsError` for anything that `to_bytes` did not write."""
        version, count, signed = _head(data, _HEAD)
        body = _body(data, _HEAD, version, 8 * count + 8 + 8 * signed)
        places = np.frombuffer(body, np.int32, count)
        if count and not 0 <= places.min() <= places.max() < PLACES:
            raise WeightsError("The weights name places that the table does not have.")
        weights = cls()
        weights.table[places] = np.frombuffer(body, np.int32, count, 4 * count)
        ham = int(np.frombuffer(body, np.uint32, 2, 8 * count)[0])
        signatures = np.frombuffer(body, np.uint64, signed, 8 * count + 8)
        weights.taught = {False: signatures[:ham].copy(), True: signatures[ham:].copy()}
        return weights


def settled(margin: float, square: float) -> float:
    """How hard a lesson pushes: as hard as the model is still surprised once it has pushed.

    The one root of push = STRONGEST · σ(-(margin + square · push)); `margin` is the log-odds of
    what the lesson says.
    """
    low, high = 0.0, STRONGEST
    for _ in range(30):
        push = (low + high) / 2
        reach = margin + square * push
        surprise = 1 / (1 + exp(min(reach, 700.0)))
        if push > STRONGEST * surprise:
            high = push
        else:
            low = push
    return (low + high) / 2


def fitted(
    vectors: Sequence[Sparse],
    judged: Sequence[bool],
    signatures: Sequence[int],
    beside: Weights | None = None,
) -> Weights:
    """Weights of many lessons at once: the same step over each, in order, again and again.

    They are added to those `beside`, which stay. Of texts that are alike and judged alike only the
    first counts.
    """
    given = np.zeros(PLACES) if beside is None else beside.table / np.float64(UNIT)
    table = given.copy()
    pushes = [0.0] * len(vectors)
    chosen = _first_of_their_kind(signatures, judged)
    for number in chosen * PASSES:
        vector, sign = vectors[number], 1.0 if judged[number] else -1.0
        held = table[vector.places]
        margin = sign * float(held @ vector.amounts) - vector.square * pushes[number]
        push = settled(margin, vector.square)
        table[vector.places] = held + sign * (push - pushes[number]) * vector.amounts
        pushes[number] = push
    weights = Weights(np.rint((table - given) * UNIT).astype(np.int32))
    for is_spam in (False, True):
        told = [signatures[n] for n in chosen if judged[n] == is_spam]
        weights.taught[is_spam] = np.array(told, np.uint64)[-REMEMBERED:]
    return weights


def _first_of_their_kind(signatures: Sequence[int], judged: Sequence[bool]) -> list[int]:
    known = np.array(signatures, np.uint64)
    said = np.array(judged, bool)
    chosen: list[int] = []
    for number, signed in enumerate(signatures):
        before = alike(signed, known[:number])
        if not (said[before] == said[number]).any():
            chosen.append(number)
    return chosen


def _head(data: bytes, shape: struct.Struct) -> tuple[int, ...]:
    if not data.startswith(_MAGIC) or len(data) < len(_MAGIC) + shape.size:
        raise WeightsError("These bytes were not written by the filter of comments.")
    return shape.unpack_from(data, len(_MAGIC))


def _body(data: bytes, shape: struct.Struct, version: int, length: int) -> bytes:
    """The unpacked rest, which must be of this length; nothing longer is unpacked."""
    if version != VERSION:
        raise WeightsError(
            f"These weights are of version {version}, and this program reads {VERSION}: "
            "teach the filter again from the judged comments."
        )
    opened = zlib.decompressobj()
    try:
        body = opened.decompress(data[len(_MAGIC) + shape.size :], length + 1)
    except zlib.error as error:
        raise WeightsError(f"The weights are damaged: {error}.") from error
    if len(body) != length:
        raise WeightsError("The weights are damaged: they have another length than they say.")
    return body
