"""What stands behind an article: who shows it, whom it credits, and whose word it rests on.

In: an article with its reading, references and reports. Out: one `Backing`, of this article alone.
Whether others rest on the same is not asked here, but in `record.origins`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.knowledge import Knowledge
from dragoman.knowledge.publishers import page_names
from dragoman.model import (
    THOUGHT,
    Article,
    Backing,
    Claim,
    Kept,
    Quote,
    Report,
    Sentence,
    Token,
    Voice,
)
from dragoman.model.spans import Spans
from dragoman.record.voices import Voices, by_key

MOST = 0.5
"""Part of an article's text that hangs on its voices, from which the article rests on them."""
ALONE = 1 / 3
"""The same where one voice alone is heard: a paraphrase does not name its source in each sentence,
and what a reporter saw or heard himself brings other voices or more text of his own. Both parts are
first values, chosen on own cases (tests/record/test_backing.py) and not fitted."""
BESIDE = 0.5
"""Part of what hangs on its first voice, from which another counts beside it; a first value too."""
TOLD = frozenset({"standfirst", "body", "quote"})
"""Blocks that tell; a headline says again what they say."""


def backing_of(kept: Kept, knowledge: Knowledge) -> Backing:
    """The backing of an article as read, linked and coded; that of a text in a language that is
    not read says so."""
    language = knowledge.languages.get(kept.reading.language)
    made = as_shown(kept.article)
    if language is None or not kept.reading.sentences:
        return replace(made, is_read=language is not None)
    voices = Voices(
        kept.reading,
        kept.references,
        kept.article.text,
        made.published,
        language,
        knowledge.atlas,
        knowledge.outlets,
    )
    heard = _Heard(kept, voices)
    whole = heard.whole()
    by_report = ((report.id, heard.of_report(report, whole)) for report in kept.reports)
    own = tuple((identity, found) for identity, found in by_report if found != whole)
    return replace(made, rests_on=whole, by_report=own)


def as_shown(article: Article) -> Backing:
    """What the page says of itself, before its text is read."""
    published, given = article.published, article.attribution
    return Backing(
        article.id,
        url=article.url,
        shown_by=page_names(article),
        agency=_value(given.agency),
        first_publisher=_value(given.first_publisher),
        genre=article.genre.value,
        published=published.day if published is not None else None,
    )


def _value(claim: Claim | None) -> str | None:
    return claim.value if claim is not None else None


@dataclass(frozen=True, slots=True)
class _Said:
    """A quote with its voice; `voice` is None for one who stands for himself without a name."""

    quote: Quote
    voice: Voice | None

    @property
    def claims(self) -> bool:
        return self.quote.is_claim

    @property
    def span(self) -> tuple[int, int]:
        """From the first to the last of speaker, cue and what is said."""
        quote = self.quote
        spans = [
            (quote.start, quote.end),
            *(s for s in (quote.cue, quote.speaker) if s is not None),
        ]
        return min(low for low, _ in spans), max(high for _, high in spans)

    def letters(self, sentence: Sentence) -> int:
        """How much of a sentence it takes."""
        low, high = self.span
        return max(min(high, sentence.end) - max(low, sentence.start), 0)

    def is_recalled(self, sentence: Sentence) -> bool:
        """It was said before what is told now: "Kenya had accused Rwanda on Monday"."""
        cue = next((i for i, t in enumerate(sentence.tokens) if self._is_cue(t)), None)
        if cue is None or sentence.tokens[cue].mood != "part":
            return False
        return any(t.head == cue and t.dep == "aux" and t.tense == "past" for t in sentence.tokens)

    def _is_cue(self, token: Token) -> bool:
        return self.quote.cue is not None and token.start == self.quote.cue[0]

    def tells(self, span: tuple[int, int]) -> bool:
        """It claims what stands there; that it was said at all, the article vouches for."""
        return self.claims and self.quote.start < span[1] and span[0] < self.quote.end


def _all_said(told: Iterable[Quote], voices: Voices) -> Iterator[_Said]:
    """Without those whose speaker nobody can tell; who is only pointed at is who spoke before."""
    last: _Said | None = None
    for quote in told:
        if voices.points_back(quote) and last is not None and voices.goes_on(quote, last.quote):
            last = _Said(quote, last.voice)
        elif not voices.is_pronoun(quote):
            last = _Said(quote, voices.of_quote(quote))
        else:
            last = None
            continue
        yield last


class _Heard:
    """Whose word each sentence of one article passes on."""

    def __init__(self, kept: Kept, voices: Voices) -> None:
        self._kept = kept
        self._voices = voices
        # What is thought or wanted tells of its holder, and does not vouch for anything.
        told = [q for q in kept.reading.quotes if q.stance not in THOUGHT]
        # Sentences come in the order of the text, and none reaches into another.
        self._starts = [sentence.start for sentence in kept.reading.sentences]
        self._said = self._by_sentence(_all_said(told, voices))

    def _by_sentence(self, said: Iterable[_Said]) -> Mapping[int, Sequence[_Said]]:
        """What reaches into each sentence, by its place, in the order in which it was said."""
        found: dict[int, list[_Said]] = defaultdict(list)
        for one in said:
            low, high = one.span
            for place in range(self._place(low), bisect_left(self._starts, high)):
                found[place].append(one)
        return found

    def _place(self, at: int) -> int:
        """Of the sentence in which something stands."""
        return max(bisect_right(self._starts, at) - 1, 0)

    def whole(self) -> tuple[Voice, ...]:
        """What all or most of the article hangs on."""
        letters: dict[Voice | None, int] = defaultdict(int)
        claiming: set[Voice] = set()
        total = 0
        for sentence in self._telling():
            total += sentence.end - sentence.start
            said = self._in(sentence)
            if said is not None:
                letters[said.voice] += said.letters(sentence)
                claiming |= {said.voice} if said.voice is not None and said.claims else set()
        named = _ranked({v: n for v, n in letters.items() if v is not None}, claiming)
        if not named or not total:
            return ()
        most = named[0][1]
        alone = len(named) == 1 and None not in letters
        if sum(n for _, n in named) >= MOST * total or (alone and most >= ALONE * total):
            return tuple(voice for voice, n in named if n >= BESIDE * most)
        return ()

    def of_report(self, report: Report, whole: tuple[Voice, ...]) -> tuple[Voice, ...]:
        """What one report rests on: who says it, else what the whole article rests on; nothing
        where one says it who stands for himself. What a party itself declares is told by the
        article: it rests on that party only where the whole article does."""
        here = self._said.get(self._place(report.predicate[0]), ())
        said = next((one for one in here if one.tells(report.predicate)), None)
        if said is not None:
            return (said.voice,) if said.voice is not None else ()
        if report.attributed_to is not None:
            voice = self._voices.of_speaker(report.attributed_to)
            return (voice,) if voice is not None else ()
        return whole

    def _telling(self) -> Iterable[Sentence]:
        """Sentences of the text proper, without those that only recall what was before."""
        told = Spans((b.start, b.end) for b in self._kept.article.blocks if b.label in TOLD)
        reports = sorted(self._kept.reports, key=_predicate)
        for sentence in self._kept.reading.sentences:
            if not told.meet(sentence.start, sentence.start + 1):
                continue
            said = self._in(sentence)
            ends = (sentence.start, sentence.end)
            first, end = (bisect_left(reports, at, key=_predicate) for at in ends)
            here = reports[first:end]
            recalls = bool(here) and all(r.told_as == "background" for r in here)
            if said.is_recalled(sentence) if said is not None else recalls:
                continue
            yield sentence

    def _in(self, sentence: Sentence) -> _Said | None:
        """Who says the most of a sentence."""
        here = self._said.get(self._place(sentence.start), ())
        said = max(here, key=lambda one: one.letters(sentence), default=None)
        return said if said is not None and said.letters(sentence) else None


def _predicate(report: Report) -> int:
    return report.predicate[0]


def _ranked(letters: Mapping[Voice, int], claiming: Collection[Voice]) -> list[tuple[Voice, int]]:
    """Voices that are one source put together, under the fullest of their names; most first.

    One that nowhere claims anything, but only acts by words ("condemned the raid"), is none.
    """
    found = []
    for key, voices in by_key(letters).items():
        if not any(voice in claiming for voice in voices):
            continue
        kind = min(voices, key=lambda v: (v.kind == "speaker", v.kind)).kind
        fullest = max(voices, key=lambda v: (v.body is not None, len(v.name), v.name))
        one = replace(fullest, kind=kind)
        found.append((one, sum(letters[v] for v in voices), key))
    return [(one, n) for one, n, _ in sorted(found, key=lambda f: (-f[1], f[2]))]
