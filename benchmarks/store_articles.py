"""Made-up articles with many reports each, as the steps before the store hand them over.

In: how many articles and reports, a seed, the atlas and the codebook. Out: articles with text,
trees, references and reports, over three years in the order of their days, and the happenings they
tell. Words are drawn after Zipf's law and mean nothing; each sentence is the evidence of a report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from benchmarks.cost_articles import LETTERS, OUTLETS
from benchmarks.link_near import zipf
from benchmarks.store_happenings import Happening, Happenings
from dragoman.knowledge import Knowledge
from dragoman.model import (
    Article,
    Block,
    Dated,
    Kept,
    Mention,
    Quote,
    Reading,
    Reference,
    Report,
    Sentence,
    Side,
    Speaker,
    Token,
    Told,
)
from dragoman.record.backing import as_shown

FIRST, DAYS = date(2023, 1, 1), 3 * 365
LANGUAGES = (*("en",) * 9, *("fr",) * 8, *("ru",) * 3)
WORDS, HEADLINE = 22, 8
"""Words of a sentence beside its sides, and of a headline."""
CYRILLIC = str.maketrans("aeioubdgkmw", "аеиоубдгкмв")
POS = ("NOUN", "VERB", "ADP", "DET", "ADJ", "PROPN", "ADV", "PRON")
DEP = ("nsubj", "obl", "case", "det", "amod", "obj", "advmod", "conj", "nmod")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Made:
    kept: Kept
    happenings: tuple[Happening, ...]
    """Those that it tells, each once."""


@dataclass(frozen=True, slots=True)
class _Act:
    """A happening in a sentence: where its source, the rest and its target stand in the text."""

    happening: Happening
    sentence: Span
    source: Span
    target: Span | None

    @property
    def predicate(self) -> Span:
        return self.source[1] + 1, self.sentence[1]


def made(articles: int, reports: int, seed: int, knowledge: Knowledge) -> Iterator[Made]:
    """So many, the same for the same seed."""
    maker = _Maker(seed, knowledge)
    for n in range(articles):
        number = reports * (n + 1) // articles - reports * n // articles
        yield maker.article(n, FIRST + timedelta(days=n * DAYS // articles), number)


class _Maker:
    def __init__(self, seed: int, knowledge: Knowledge) -> None:
        self._seed, self._dice, self._drawn = seed, Random(seed), zipf(seed)
        self._happenings = Happenings(self._dice, knowledge)

    def article(self, number: int, day: date, reports: int) -> Made:
        digest = hashlib.sha256(f"{self._seed} {number}".encode()).hexdigest()[:16]
        language = self._dice.choice(LANGUAGES)
        told = [self._happenings.told_on(day) for _ in range(reports)]
        title = self._words(HEADLINE, language)
        text, acts = self._text(title, told, language)
        site = f"outlet{int(OUTLETS * self._dice.random() ** 2)}.example"
        article = _article(f"https://{site}/{digest}", text, title, language, day.isoformat())
        reports_made = tuple(self._report(article, n, act) for n, act in enumerate(acts))
        for one, report in zip(told, reports_made, strict=True):
            one.told.append(Told(report.id, article.id, site, day.isoformat(), language))
        references = tuple(ref for n, act in enumerate(acts) for ref in _references(text, n, act))
        reading = self._reading(article, acts)
        kept = Kept(article, reading, references, reports_made, backing=as_shown(article))
        return Made(kept, tuple({one.id: one for one in told}.values()))

    def _words(self, number: int, language: str) -> str:
        words = " ".join(self._drawn(number)).translate(LETTERS)
        return words.translate(CYRILLIC) if language == "ru" else words

    def _text(self, title: str, told: Sequence[Happening], language: str) -> tuple[str, list[_Act]]:
        text, acts = title + "\n\n", []
        for one in told:
            start = len(text)
            text += one.source_name
            source = (start, len(text))
            text += f" {self._words(WORDS, language)}"
            target = None
            if one.target is not None:
                target = (len(text) + 1, len(text) + 1 + len(one.target_name))
                text += f" {one.target_name}"
            acts.append(_Act(one, (start, len(text)), source, target))
            text += ". "
        return text.rstrip(), acts

    def _report(self, article: Article, number: int, act: _Act) -> Report:
        one, (start, end) = act.happening, act.sentence
        source = Side(one.source, one.source_name, "GOV", *act.source)
        targets = (
            () if act.target is None else (Side(one.target, one.target_name, None, *act.target),)
        )
        return Report(
            id=f"r-{self._dice.getrandbits(64):016x}",
            article_id=article.id,
            category=one.category,
            root=one.category,
            mode=None,
            context=("diplomatic",),
            cameo="042",
            quad=one.quad,
            status=one.status,
            told_as=one.told_as,
            sources=(source,),
            targets=targets,
            counts=(),
            date=one.dated,
            place=one.place,
            predicate=act.predicate,
            evidence=(start, end),
            evidence_text=article.text[start:end],
            attributed_to=None,
            confidence=0.5,
            why=(
                f"lexicon {article.language}: made/v [obj] → {one.category}",
                f"source from subj: {one.source_name} (atlas: state)",
                f"target from obj: {one.target_name or 'none'} (atlas: state)",
            ),
        )

    def _reading(self, article: Article, acts: Sequence[_Act]) -> Reading:
        sentences = tuple(
            Sentence(n, *act.sentence, "body", tuple(self._tokens(article.text, act.sentence)))
            for n, act in enumerate(acts)
        )
        return Reading(
            article.id,
            article.language or "",
            sentences,
            tuple(
                _mention(article.text, n, span)
                for n, act in enumerate(acts)
                for _, span in _sides(act)
            ),
            quotes=tuple(_quote(act, n) for n, act in enumerate(acts[:1])),
        )

    def _tokens(self, text: str, span: Span) -> Iterator[Token]:
        at = span[0]
        for n, word in enumerate(text[slice(*span)].split()):
            at = text.index(word, at)
            one = (len(word) + n) % len(POS)
            yield Token(at, at + len(word), word, word, POS[one], DEP[n % len(DEP)], max(n - 2, 0))
            at += len(word)


def _article(url: str, text: str, title: str, language: str, day: str) -> Article:
    digest = url.rpartition("/")[2]
    return Article(
        f"a-{digest}",
        f"c-{digest}",
        text,
        language,
        url=url,
        title=title,
        published=Dated(day, day, "day", "given"),
        blocks=(
            Block("headline", 0, len(title), "made"),
            Block("body", len(title) + 2, len(text), "made"),
        ),
    )


def _sides(act: _Act) -> Iterator[tuple[str, Span]]:
    yield act.happening.source, act.source
    if act.happening.target is not None and act.target is not None:
        yield act.happening.target, act.target


def _mention(text: str, sentence: int, span: Span) -> Mention:
    return Mention(*span, "LOC", sentence, 0, text[slice(*span)], phrase=span)


def _references(text: str, number: int, act: _Act) -> Iterator[Reference]:
    for actor, span in _sides(act):
        mention = _mention(text, number, span)
        yield Reference(mention, actor, mention.text, sector="GOV", reason="atlas: state")


def _quote(act: _Act, number: int) -> Quote:
    """The end of the sentence, as said by its source."""
    one, middle = act.happening, sum(act.sentence) // 2
    speaker = Speaker(one.source, one.source_name, *act.source)
    return Quote(middle, act.sentence[1], act.source, "say", "neutral", number, by=speaker)
