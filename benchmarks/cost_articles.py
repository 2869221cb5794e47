"""Made-up articles in the order of their days, as the steps before `link` would hand them in.

In: a number, a seed, the atlas. Out: articles with text, reports and signature, none of them parsed
or encoded. Words are drawn after Zipf's law and mean nothing; sides are states of the atlas.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import numpy as np
import numpy.typing as npt

from benchmarks.link_near import zipf
from dragoman.encoder import SIZE
from dragoman.knowledge import Knowledge
from dragoman.model import (
    Article,
    Attribution,
    Block,
    Capture,
    Claim,
    Dated,
    Kept,
    Mention,
    Reading,
    Reference,
    Report,
    Side,
    Signature,
    Term,
)
from dragoman.record.backing import as_shown
from dragoman.record.dating import ASSUMED

WORDS = 250
"""Words of a text; a report's sentence is `SENTENCE` of them."""
SENTENCE = 25
GOES_ON, COPIED = 0.55, 0.5
"""Share of articles on a story of the last days, and of these the copies: about as many as in the
planted set (`benchmarks/copy_set.py`). A story that has more articles is the likelier gone on."""
RECENT = 3
"""Days that a story is gone on with."""
OUTLETS, TOPICS, STATES = 200, 40, 60
DATED = 0.5
"""Share of happenings whose day is told."""
CATEGORIES = ("ASSAULT", "CONSULT", "AID", "SANCTION", "AGREE", "ACCUSE", "REQUEST", "COERCE")
MIX = (0.3, 0.6, 0.75, 0.45)
"""Parts of a meaning that all articles, those of a topic and those of a story share, and its own:
of pairs at random one in twelve is as near as the window looks at."""

LETTERS = str.maketrans("0123456789", "aeioubdgkm")
"""A word with digits would be taken for a figure that the sentence tells."""

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Arriving:
    """An article as the desk takes it: kept, with its signature, and the day of its moment."""

    kept: Kept
    capture: Capture
    day: str

    @property
    def signature(self) -> Signature:
        assert self.kept.signature is not None
        return self.kept.signature


@dataclass(frozen=True, slots=True)
class _Act:
    category: str
    source: str
    target: str
    day: date | None


@dataclass(frozen=True, slots=True)
class _Story:
    meaning: Vector
    names: tuple[str, ...]
    words: tuple[str, ...]
    acts: tuple[_Act, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    day: date
    story: _Story
    words: list[str]
    acts: tuple[_Act, ...]
    outlet: int


def arriving(number: int, a_day: int, first: date, seed: int, knowledge: Knowledge) -> Iterator[
    Arriving
]:  # fmt: skip
    """So many articles from day `first` on, the same for the same seed."""
    made = _Maker(seed, knowledge)
    for n in range(number):
        yield made.article(n, first + timedelta(days=n // a_day))


class _Maker:
    def __init__(self, seed: int, knowledge: Knowledge) -> None:
        self._dice = Random(seed)
        self._source = np.random.default_rng(seed)
        self._drawn = zipf(seed)
        self._seed = seed
        self._common, *self._topics = self._source.normal(size=(1 + TOPICS, SIZE))
        actors = knowledge.atlas.actors
        self._states = sorted(i for i, one in actors.items() if one.kind == "state")[:STATES]
        self._recent: deque[_Told] = deque()

    def _draw(self, number: int) -> list[str]:
        return [word.translate(LETTERS) for word in self._drawn(number)]

    def article(self, number: int, day: date) -> Arriving:
        while self._recent and (day - self._recent[0].day).days > RECENT:
            self._recent.popleft()
        told = self._told(day)
        self._recent.append(told)
        return self._made(number, told)

    def _told(self, day: date) -> _Told:
        dice = self._dice
        outlet = int(OUTLETS * dice.random() ** 2)
        if not self._recent or dice.random() >= GOES_ON:
            story = self._story(day)
            return _Told(day, story, self._text(story), story.acts[:2], outlet)
        before = dice.choice(self._recent)
        if dice.random() < COPIED:
            return replace(before, day=day, words=self._copied(before.words), outlet=outlet)
        acts = tuple(dice.sample(before.story.acts, dice.randint(1, len(before.story.acts))))
        return _Told(day, before.story, self._text(before.story), acts, outlet)

    def _story(self, day: date) -> _Story:
        topic = self._topics[int(TOPICS * self._dice.random() ** 2)]
        parts = (self._common, topic, self._source.normal(size=SIZE))
        meaning = sum((part * of for part, of in zip(parts, MIX, strict=False)), np.zeros(SIZE))
        names = tuple(word.title() + "a" for word in self._draw(8))
        acts = tuple(self._act(day) for _ in range(self._dice.randint(1, 3)))
        return _Story(meaning, names, tuple(self._draw(30)), acts)

    def _act(self, day: date) -> _Act:
        dice = self._dice
        one, other = (self._states[int(STATES * dice.random() ** 2)] for _ in range(2))
        told = day - timedelta(days=dice.randint(0, 2)) if dice.random() < DATED else None
        return _Act(dice.choice(CATEGORIES), one, other, told)

    def _text(self, story: _Story) -> list[str]:
        words = self._draw(WORDS)
        for place in self._dice.sample(range(WORDS), 40):
            words[place] = self._dice.choice(story.names + story.words)
        return words

    def _copied(self, words: list[str]) -> list[str]:
        """Whole, cut, or topped with a beginning of its own."""
        kind = self._dice.randrange(3)
        if kind == 0:
            return words
        return words[: len(words) * 2 // 3] if kind == 1 else self._draw(30) + words

    def _made(self, number: int, told: _Told) -> Arriving:
        digest = hashlib.sha256(f"{self._seed} {number}".encode()).hexdigest()
        identity, capture_id = f"a-{digest[:16]}", f"c-{digest[:32]}"
        day = told.day.isoformat()
        url = f"https://outlet{told.outlet}.example/{digest[:12]}"
        sentences = [
            " ".join(told.words[start : start + SENTENCE])
            for start in range(0, len(told.words), SENTENCE)
        ]
        text = ". ".join(sentences)
        agency = self._dice.random() < 0.2
        article = Article(
            identity,
            capture_id,
            text,
            self._dice.choice(("en", "fr")),
            url=url,
            title=" ".join(told.words[:8]),
            published=Dated(day, day, "day", "given"),
            blocks=(Block("body", 0, len(text), "made"),),
            attribution=Attribution(
                agency=Claim(f"Agency {told.outlet % 5}", None, None, "made") if agency else None
            ),
        )
        starts = [text.index(sentence) for sentence in sentences]
        spans = [(at, at + len(one)) for at, one in zip(starts, sentences, strict=True)]
        told_acts = list(zip(told.acts, spans, strict=False))
        kept = Kept(
            article,
            Reading(identity, article.language or ""),
            tuple(r for act, at in told_acts for r in _references(act, told.story, at)),
            tuple(
                _report(digest[:12] + str(n), article, act, span)
                for n, (act, span) in enumerate(told_acts)
            ),
            backing=as_shown(article),
            signature=self._signature(article, told),
        )
        capture = Capture(
            capture_id, url, "text/plain", b"", url=url, fetched=f"{day}T12:00:00+00:00"
        )
        return Arriving(kept, capture, day)

    def _signature(self, article: Article, told: _Told) -> Signature:
        story, dice = told.story, self._dice
        vector = story.meaning + MIX[-1] * self._source.normal(size=SIZE)
        vector *= 127 / np.linalg.norm(vector)
        names = (*dice.sample(story.names, 6), *(act.source for act in told.acts))
        words = (*dice.sample(story.words, 20), *told.words[:40])
        return Signature(
            article.id,
            article.language,
            bytes(np.rint(vector).astype(np.int8).tobytes()),
            names=tuple(_terms("@", names, dice.random)),
            words=tuple(_terms("", words, dice.random)),
            numbers=(str(dice.randint(10, 999)),),
            days=tuple(sorted({a.day.isoformat() for a in told.acts if a.day is not None})),
        )


def _terms(mark: str, keys: Sequence[str], draw: Callable[[], float]) -> list[Term]:
    made = [Term(f"{mark}{key}", round(0.5 + draw(), 3), key) for key in dict.fromkeys(keys)]
    return sorted(made, key=lambda term: (-term.weight, term.key))


def _references(act: _Act, story: _Story, span: tuple[int, int]) -> list[Reference]:
    start, end = span
    named: list[tuple[str, str | None]] = [
        (act.source, act.source), (act.target, act.target), (story.names[0], None)
    ]  # fmt: skip
    return [
        Reference(
            Mention(start + n, min(start + n + 1, end), "LOC", 0, 0, name, (start, start + 1)),
            actor,
            name,
        )
        for n, (name, actor) in enumerate(named)
    ]


def _report(digest: str, article: Article, act: _Act, span: tuple[int, int]) -> Report:
    start, end = span
    published = article.published
    stated = act.day.isoformat() if act.day is not None else None
    return Report(
        id=f"r-{digest}",
        article_id=article.id,
        category=act.category,
        root=act.category,
        mode=None,
        context=(),
        cameo=None,
        quad=1,
        status="happened",
        told_as="news",
        sources=(Side(act.source, act.source, "GOV", start, start + 1),),
        targets=(Side(act.target, act.target, "GOV", start + 1, start + 2),),
        counts=(),
        date=Dated(stated, stated, "day", "stated")
        if stated is not None or published is None
        else replace(published, basis=ASSUMED),
        place=None,
        predicate=(start + 2, start + 3),
        evidence=span,
        evidence_text=article.text[start:end],
        attributed_to=None,
        confidence=0.5,
        why=("made",),
    )
