"""Sketches: the few numbers of a text by which others with the same words are looked up.

In: an article's body. Out: its words as numbers, a digest of them all, and a sample of its word
runs. The sample is nested: what a part's sample has is in the whole's too, so that an excerpt is
found as a copy is. It compares nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
import numpy.typing as npt

from dragoman.model import BODY_LABELS, Article

RUN = 4
"""Words in a run: with 15 words in 100 changed half of the runs are left."""
FEWEST = 24
"""Runs sampled of any text that has so many: the smallest by hash."""
EVERY = 8
"""Of all runs one in so many is sampled besides; of a quotation of 60 words seven are."""
MOST = 2000
"""Runs sampled of the longest texts."""
CAPITAL, NUMBER = 1 << 30, 1 << 31
"""Marks on a word's number: a name or the like (capital letter within a sentence); with a digit."""
WORD = (1 << 30) - 1

Words = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]

_TOKEN = re.compile(r"\w+")
_SENTENCE_END = frozenset(".!?…:\n«»“”„\"'")
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93],
    dtype=np.uint64,
)
_UNCAPPED = np.uint32(NUMBER | WORD)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_THRESHOLD = np.uint64((1 << 63) // EVERY)


class _Numbers(dict[str, int]):
    """A word's 30 bits and its marks; worked out once for each word."""

    def __missing__(self, word: str) -> int:
        if len(self) > 500_000:
            self.clear()
        folded = word.casefold()
        made = crc32(folded.encode("utf-8", "surrogatepass")) & WORD
        made |= NUMBER if any(c.isdigit() for c in word) else 0
        made |= CAPITAL if word[0].isupper() else 0
        self[word] = made
        return made


_numbers = _Numbers()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the body by its offsets into the article's text."""

    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Body:
    """The words of an article's body as numbers, in order."""

    words: Words

    @cached_property
    def digest(self) -> int:
        """Equal for equal words and marks: 63 bits. Names are told by their capitals, so what is
        written without them is another text, of the same words."""
        made = hashlib.blake2b(self.words.tobytes(), digest_size=8).digest()
        return int.from_bytes(made, "big") >> 1

    @cached_property
    def keys(self) -> list[int]:
        """The sampled runs, ascending: integers below 2**63."""
        return [int(key) for key in sampled([self.words])[0]]

    @cached_property
    def plain(self) -> list[int]:
        """The words without their marks."""
        return [int(word) for word in (self.words & np.uint32(WORD)).tolist()]

    @cached_property
    def facts(self) -> list[int]:
        """Names and numbers at their places, zero for every other word."""
        told = (self.words & np.uint32(CAPITAL | NUMBER)) != 0
        return [int(word) for word in np.where(told, self.words & _UNCAPPED, 0).tolist()]

    def __len__(self) -> int:
        return len(self.words)


def body_of(article: Article) -> Body:
    """The words of standfirst, headings, body and quotations."""
    found: list[int] = []
    for start, end in _stretches(article):
        found += numbered(article.text, start, end)
    return Body(np.array(found, dtype=np.uint32))


def tokens_of(article: Article) -> list[Token]:
    """Where each word of the body stands, in the order of `body_of`."""
    return [
        Token(found.start(), found.end())
        for start, end in _stretches(article)
        for found in _TOKEN.finditer(article.text, start, end)
    ]


def numbered(text: str, start: int, end: int) -> list[int]:
    """A stretch's words as marked numbers; a word that opens a sentence is not marked a name."""
    made = [_numbers[word] for word in _TOKEN.findall(text, start, end)]
    if any(number & CAPITAL for number in made):
        for n, found in enumerate(_TOKEN.finditer(text, start, end)):
            if made[n] & CAPITAL and _opens(text, found.start(), start):
                made[n] &= ~CAPITAL
    return made


def sampled(texts: Sequence[Words]) -> list[Hashes]:
    """Of each text the sampled runs as 63-bit hashes, ascending; many texts cost less at once."""
    lengths = np.array([len(words) for words in texts], dtype=np.int64)
    if not lengths.sum():
        return [np.empty(0, dtype=np.uint64) for _ in texts]
    all_words = np.concatenate(texts) & np.uint32(WORD)
    hashes = hashes_of_runs(all_words)
    owner = np.repeat(np.arange(len(texts)), lengths)
    first, last = owner[: len(hashes)], owner[RUN - 1 :]
    hashes, owner = hashes[first == last], first[first == last]
    order = np.lexsort((hashes, owner))
    hashes, owner = hashes[order], owner[order]
    new = np.ones(len(hashes), dtype=bool)
    new[1:] = (hashes[1:] != hashes[:-1]) | (owner[1:] != owner[:-1])
    hashes, owner = hashes[new], owner[new]
    starts = np.searchsorted(owner, np.arange(len(texts) + 1))
    rank = np.arange(len(owner)) - starts[owner]
    kept = (rank < FEWEST) | ((hashes < _THRESHOLD) & (rank < MOST))
    hashes, owner = hashes[kept], owner[kept]
    return np.split(hashes, np.searchsorted(owner, np.arange(1, len(texts))))


def hashes_of_runs(words: Words) -> Hashes:
    """One 63-bit hash for the run that begins at each word."""
    number = max(len(words) - RUN + 1, 0)
    made = np.zeros(number, dtype=np.uint64)
    wide = words.astype(np.uint64)
    for offset, factor in enumerate(_FACTORS):
        made = (made ^ (made >> np.uint64(29))) + wide[offset : offset + number] * factor
        made *= _MIX
    return (made ^ (made >> np.uint64(32))) >> np.uint64(1)


def _stretches(article: Article) -> Iterator[tuple[int, int]]:
    for block in article.blocks:
        if block.label in BODY_LABELS:
            yield block.start, block.end


def _opens(text: str, at: int, start: int) -> bool:
    """Whether nothing but spaces stands between the word and a sentence's end before it."""
    before = at - 1
    while before >= start and text[before] in " \u00a0\u202f—–-":
        before -= 1
    return before < start or text[before] in _SENTENCE_END
