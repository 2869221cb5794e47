"""Words of a query as phrases of stems, and where a text holds them.

In: words as they were written, and languages. Out: each way in which some language stems them; the
same for the index of any database, and for lighting up what was found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from dragoman.model.query import Words
from dragoman.store.analyse import analysed, placed


@dataclass(frozen=True, slots=True)
class Phrase:
    """Stems that stand one after the other; of the last one perhaps only how it begins."""

    stems: tuple[str, ...]
    is_begun: bool = False


def phrases_of(words: Words, languages: Iterable[str | None]) -> tuple[Phrase, ...]:
    """What any of these languages, or none, makes of the words; empty where nothing is left.

    Words that are begun are also found where they stand whole: an ending is no part of a stem.
    """
    said = " ".join(words.words)
    plain = tuple(analysed(said, None).split())
    found: dict[Phrase, None] = {}
    for language in (*languages, None):
        if stems := tuple(analysed(said, language).split()):
            found[Phrase(stems)] = None
            if words.is_begun and plain:
                found[Phrase((*stems[:-1], plain[-1]), is_begun=True)] = None
    return tuple(found)


def hits(
    text: str, language: str | None, phrases: Collection[Phrase]
) -> tuple[tuple[int, int], ...]:
    """Where a composed text holds words of the phrases, as offsets of whole words in order."""
    if not phrases:
        return ()
    found = list(placed(text, language))
    stems = [stem for _, _, stem in found]
    lit: set[int] = set()
    for phrase in phrases:
        size = len(phrase.stems)
        for first in range(len(stems) - size + 1):
            if _stands(phrase, stems[first : first + size]):
                lit.update(range(first, first + size))
    return tuple(found[number][:2] for number in sorted(lit))


def _stands(phrase: Phrase, stems: list[str]) -> bool:
    *before, last = phrase.stems
    if stems[:-1] != before:
        return False
    return stems[-1].startswith(last) if phrase.is_begun else stems[-1] == last
