"""What is told without quotation marks, or around them: the record that finders of it share."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.read.contents import Content
from dragoman.read.cues import Cue

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """`place`: of the word, preposition or colon that tells it; `cue`: where that is a word of
    speech."""

    content: Content
    speaker: Span | None
    cue: Cue | None
    place: Span
    sentence: int
    sentence_end: int
    after_colon: bool = False

    @property
    def start(self) -> int:
        return self.content.spans[0][0]

    @property
    def end(self) -> int:
        return self.content.spans[-1][1]
