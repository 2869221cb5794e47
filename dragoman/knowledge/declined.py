"""The index of names for languages that decline them, or write them in a script of their own.

In: names with what they stand for, the language's declension, and names of people that may be
spelled otherwise. Out: the hits of `NameIndex`, also for declined forms, with patronymics and
initials in them, and for full names that sound alike ("Նիկոլ Փաշինյան"). The longest hit wins, and
of two as long the one that is written so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.knowledge.declension import Declension, Form
from dragoman.knowledge.letters import OTHERWISE, bare, spoken
from dragoman.knowledge.names import END, WORD, Candidate, Entry, Hit, NameIndex, fold, joined

PERSONS = frozenset({"person", "surname", "heard"})
MOST_WORDS = 9
"""Of a name with what stands within it."""
LEAST_HEARD = 4
"""Sounds of a word's spoken form that can be a name by itself."""
SENTENCE_ENDS = ".!?…։\n"
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])?")


_Match = tuple[list[tuple[Candidate, bool]], int, bool]
"""Who is called so and whether in an oblique case, how many words, whether they are declined."""


def _group(candidate: Candidate) -> str:
    if candidate.kind in PERSONS:
        return "person"
    return "demonym" if candidate.kind == "demonym" else "other"


@dataclass(frozen=True, slots=True)
class _Path:
    """Where a walk stands: the node, the cases left, the dictionary forms so far."""

    node: dict[str, object]
    cases: frozenset[tuple[str, str]] | None
    forms: tuple[str, ...]

    def fitting(self) -> Iterator[tuple[Candidate, bool]]:
        """Who is called so, and whether in an oblique case."""
        entries = self.node.get(END, ())
        assert isinstance(entries, (list, tuple))
        for entry in entries:
            group = _group(entry.candidate)
            told = None if self.cases is None else {c for c, g in self.cases if g == group}
            if told != set() and entry.fits(self.forms):
                yield entry.candidate, told is not None and "nom" not in told


class DeclinedIndex(NameIndex):
    """`heard`: (spoken words, candidate) pairs, tried where nothing as long is written so."""

    def __init__(
        self,
        entries: Iterable[tuple[str, Candidate]],
        declension: Declension,
        language: str,
        heard: Iterable[tuple[str, Candidate]] = (),
    ) -> None:
        self._declension = declension
        self._language = language
        self._initials: dict[str, set[str]] = {}
        super().__init__(entries)
        self._spoken: dict[str, object] = {}
        for name, candidate in heard:
            node = self._spoken
            words = tuple(name.split())
            for word in words:
                step = node.setdefault(word, {})
                assert isinstance(step, dict)
                node = step
            bucket = node.setdefault(END, [])
            assert isinstance(bucket, list)
            bucket.append(Entry(words, candidate))
        self._begin: dict[str, bool] = {}

    def _insert(self, name: str, candidate: Candidate) -> None:
        super()._insert(name, candidate)
        if candidate.kind == "person" and " " in name:
            self._initials.setdefault(candidate.id, set()).add(fold(name[:1]))

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Non-overlapping longest hits in text[start:end], left to right."""
        words = list(WORD.finditer(text, start, len(text) if end is None else end))
        i = 0
        while i < len(words):
            hit = self._longest(text, words, i) if self._begins(words[i].group()) else None
            if hit is None or self._is_opening(text, hit[0]):
                i += 1
                continue
            found, used = hit
            yield found
            i += used

    def look_up(self, name: str) -> tuple[Candidate, ...]:
        """Candidates of exactly this name, in any case; surnames only as they are written."""
        return tuple(c for c in super().look_up(name) if c.kind != "heard")

    def _begins(self, word: str) -> bool:
        """Whether any name begins with the word, or with initials like it."""
        known = self._begin.get(word)
        if known is None:
            known = self._begin[word] = _INITIALS.fullmatch(word) is not None or any(
                fold(form.text) in self._trie
                or any(key in self._spoken for key in self._heard(form.text))
                for form in self._declension.forms(word)
            )
        return known

    def _is_opening(self, text: str, hit: Hit) -> bool:
        """An ordinary word that stands where a sentence begins."""
        if " " in hit.text or hit.text.lower() not in self._declension.opening:
            return False
        before = text[: hit.start].rstrip(' «"“„—–-')
        return not before or before[-1] in SENTENCE_ENDS

    def _longest(self, text: str, words: list[re.Match[str]], i: int) -> tuple[Hit, int] | None:
        behind = self._behind_initials(text, words, i)
        if behind > i:
            return self._with_initials(text, words, i, behind)
        return self._without_initials(text, words, i)

    def _without_initials(
        self, text: str, words: list[re.Match[str]], i: int
    ) -> tuple[Hit, int] | None:
        run = [words[i].group()]
        for j in range(i + 1, min(i + MOST_WORDS, len(words))):
            if not joined(text, words[j - 1].end(), words[j].start()):
                break
            run.append(words[j].group())
        written = self._walk(run, self._trie, spoken=False)
        heard = self._walk(run, self._spoken, spoken=True) if self._spoken else None
        best = heard if written is None or (heard and heard[1] > written[1]) else written
        if best is None:
            return None
        told, used, declined = best
        a, b = words[i].start(), words[i + used - 1].end()
        candidates = tuple(dict.fromkeys(candidate for candidate, _ in told))
        direct = {candidate.id for candidate, oblique in told if not oblique}
        others = frozenset(candidate.id for candidate in candidates) - direct
        return Hit(a, b, text[a:b], candidates, others, declined), used

    def _walk(self, run: Sequence[str], root: dict[str, object], *, spoken: bool) -> _Match | None:
        paths = [_Path(root, None, ())]
        best: _Match | None = None
        for j, word in enumerate(run):
            stepped = list(self._steps(paths, word, spoken))
            fitting = _preferred(
                [(p.cases is None, *told) for p in stepped for told in p.fitting()]
            )
            if fitting:
                plain = any(path.cases is None and any(path.fitting()) for path in stepped)
                best = fitting, j + 1, not plain
            if j and self._declension.is_within(run, j):
                stepped += paths
            if not stepped:
                break
            paths = stepped
        return best

    def _steps(self, paths: Sequence[_Path], word: str, spoken: bool) -> Iterator[_Path]:
        for form in self._declension.forms(word):
            keys = self._heard(form.text) if spoken else (fold(form.text),)
            for key in keys:
                for path in paths:
                    node = path.node.get(key)
                    cases = _both(path.cases, form)
                    if isinstance(node, dict) and (cases is None or cases):
                        yield _Path(node, cases, (*path.forms, key if spoken else form.text))

    def _heard(self, word: str) -> tuple[str, ...]:
        """Spoken forms of a word that may be a name by its first letter."""
        if not self._spoken or word[:1] != word[:1].title():  # Georgian letters are their own
            return ()
        both = (False, True) if self._language in OTHERWISE else (False,)
        keys = [spoken(word, self._language, otherwise) for otherwise in both]
        return tuple(dict.fromkeys(form for key in keys if key for form in (key, bare(key))))

    def _behind_initials(self, text: str, words: Sequence[re.Match[str]], i: int) -> int:
        """The place of the word behind "В. В." or "В.В.", else that of the word itself."""
        k = i
        while (
            k + 1 < len(words)
            and k < i + 3
            and _INITIALS.fullmatch(words[k].group())
            and words[k].group().isupper()
            and text[words[k].end() : words[k].end() + 1] == "."
            and joined(text, words[k].end(), words[k + 1].start())
        ):
            k += 1
        return k

    def _with_initials(
        self, text: str, words: list[re.Match[str]], i: int, k: int
    ) -> tuple[Hit, int] | None:
        """A surname with initials before it: those whose first name begins so."""
        hit = self._without_initials(text, words, k)
        if hit is None or not any(c.kind == "surname" for c in hit[0].candidates):
            return None
        first = fold(words[i].group()[:1])
        kept = tuple(
            c
            for c in hit[0].candidates
            if c.kind == "surname" and first in self._initials.get(c.id, ())
        )
        if not kept:
            return None
        a, b = words[i].start(), hit[0].end
        return (replace(hit[0], start=a, text=text[a:b], candidates=kept), hit[1] + k - i)


def _both(
    cases: frozenset[tuple[str, str]] | None, form: Form
) -> frozenset[tuple[str, str]] | None:
    """The cases in which what was read and one more word agree."""
    if cases is None or form.cases is None:
        return form.cases if cases is None else cases
    return cases & form.cases


def _preferred(told: Sequence[tuple[bool, Candidate, bool]]) -> list[tuple[Candidate, bool]]:
    """Where words as they stand name something, declined ones name at most people besides: "Мали"
    is no Мал, but "Алиева" she or of him."""
    written = [(candidate, oblique) for plain, candidate, oblique in told if plain]
    if not written:
        return [(candidate, oblique) for _, candidate, oblique in told]
    people = all(candidate.kind in PERSONS for candidate, _ in written)
    declined = [
        (candidate, oblique)
        for plain, candidate, oblique in told
        if not plain and candidate.kind in PERSONS and people
    ]
    return [*written, *declined]
