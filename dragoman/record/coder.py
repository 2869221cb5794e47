"""Codes events: clauses and links in, reports out, each with its sentence and its reasons.

Per clause: find the frame, take the sides from its slots, let modality decide the status, fill in
date, place, counts and speaker. Nothing is coded without a political side; nothing is filled from
another sentence but dates. What the lexicon does not know is left uncoded.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from dragoman.knowledge import Knowledge
from dragoman.knowledge.codebook import NONE
from dragoman.knowledge.frames import ACTOR, Condition, Frame
from dragoman.knowledge.place_words import PlaceWords
from dragoman.model import (
    Article,
    Clause,
    Dated,
    Doubt,
    OwnLabel,
    Phrase,
    Quote,
    Reading,
    Reference,
    Report,
    Sentence,
    Speaker,
    Time,
)
from dragoman.record.acts import Act, Refusal, predicate_of, without_repeats
from dragoman.record.counts import counts
from dragoman.record.dating import (
    brought_ahead,
    date_of,
    day_of_news,
    is_recalled_with,
    told_as,
)
from dragoman.record.details import contexts
from dragoman.record.judging import WHOLE, Abstention, Judge, Parts, Verdict, made_frame
from dragoman.record.labelling import Labeller
from dragoman.record.matching import tried
from dragoman.record.modality import PLAIN, Modality, final_category, modality
from dragoman.record.placing import place_of_act
from dragoman.record.political import Politics
from dragoman.record.sides import Sides, acting
from dragoman.record.slots import Filled, fill
from dragoman.record.timing import Timings
from dragoman.record.wording import wording

Spanned = TypeVar("Spanned", Quote, Time)
STATUS = "status: "
"""Begins the reason for a report's status."""


OWN_MAY_TELL = frozenset({"entry-none", "no-act", "unsure"})
"""Why PLOVER's part of the coder refuses a clause that a category of the desk's own may tell."""


def code(
    article: Article,
    reading: Reading,
    references: Sequence[Reference],
    knowledge: Knowledge,
    parts: Parts = WHOLE,
    labeller: Labeller | None = None,
) -> tuple[Report, ...]:
    """All reports of one article, in the order of the text; `labeller` tells a desk's own
    categories."""
    if reading.language not in knowledge.languages:
        return ()
    coder = Coder(article, reading, references, knowledge, parts, labeller)
    return coder.reports([one for one in coder.decided() if isinstance(one, Act)])


class Coder:
    """The coder over one article; benchmarks use its parts with given spans."""

    def __init__(
        self,
        article: Article,
        reading: Reading,
        references: Sequence[Reference],
        knowledge: Knowledge,
        parts: Parts = WHOLE,
        labeller: Labeller | None = None,
    ) -> None:
        self.labeller = labeller
        self.article = article
        self.reading = reading
        self.parts = parts
        self.judge = Judge(knowledge, reading.language, parts=parts)
        self.knowledge = knowledge
        self.language = knowledge.languages[reading.language]
        self.place_words = knowledge.place_words.get(reading.language, PlaceWords())
        self.references = tuple(map(acting, references))
        self.sides = Sides(
            self.references, knowledge.atlas, self.language, article.text, reading.times
        )
        self.politics = Politics(knowledge, self.sides)
        self.timings = Timings(_by_sentence(reading, reading.times), self.language)
        self.quotes = _by_sentence(reading, reading.quotes)

    # --- acts ------------------------------------------------------------------------------

    def acts(self) -> list[Act]:
        """Clauses that tell an act of their own, political or not."""
        return [one for one in self.considered() if isinstance(one, Act)]

    def decided(self) -> Iterator[Act | Refusal]:
        """What becomes of every clause, sentence by sentence."""
        for one in self.considered():
            lack = self.politics.lack(one) if isinstance(one, Act) else None
            yield one.refused("not-political", lack) if isinstance(one, Act) and lack else one

    def considered(self) -> Iterator[Act | Refusal]:
        for sentence, clauses in self.by_sentence():
            yield from without_repeats([self.consider(clause, sentence) for clause in clauses])

    def by_sentence(self) -> Iterable[tuple[Sentence, list[Clause]]]:
        grouped: dict[int, list[Clause]] = {}
        for clause in self.reading.clauses:
            grouped.setdefault(clause.sentence, []).append(clause)
        return ((self.reading.sentences[i], clauses) for i, clauses in grouped.items())

    def consider(self, clause: Clause, sentence: Sentence) -> Act | Refusal:
        """The act that a clause tells by itself, or why it tells none."""
        told = self.told(clause, sentence)
        return self.told_by_own(told) or told if isinstance(told, Refusal) else told

    def told(self, clause: Clause, sentence: Sentence) -> Act | Refusal:
        """By PLOVER's categories."""
        if self.is_topic(clause, sentence):
            return Refusal(clause, sentence, "topic", "only spoken about")
        frame = self.frame(clause, sentence) if self.parts.lexicon else None
        if frame is not None and frame.category == NONE:
            reason = "the entry of the lexicon says that this is no act"
            return Refusal(clause, sentence, "entry-none", reason, frame)
        filled = fill(clause, frame or made_frame(clause, NONE), self.sides, sentence)
        if frame is None and not self.politics.has_strong_side(filled):
            reason = "no entry of the lexicon fits, and no side is political"
            return Refusal(clause, sentence, "no-side", reason, None, filled)
        verdict = self.judge.verdict(clause, sentence, frame, filled)
        if isinstance(verdict, Abstention):
            reason = self.judge.reason(verdict, frame)
            return Refusal(
                clause, sentence, verdict.why, reason, frame, filled,
                verdict.scores, verdict.features,
            )  # fmt: skip
        if frame is None:
            filled = fill(clause, verdict.frame, self.sides, sentence)
        return self.act(clause, sentence, verdict, filled)

    def told_by_own(self, refusal: Refusal) -> Act | None:
        """By the desk's own, where a side is political and PLOVER's tell no act."""
        if self.labeller is None or refusal.why not in OWN_MAY_TELL:
            return None
        clause, sentence = refusal.clause, refusal.sentence
        if clause.pos == "n" and clause.governors and clause.support is None:
            return None  # what governs it has its words, and tells more
        filled = fill(clause, made_frame(clause, NONE), self.sides, sentence)
        label = self.labeller.tells(self.labels(clause, sentence, filled))
        if label is None or not self.politics.has_strong_side(filled):
            return None
        scores = {**refusal.scores, label.category: label.score}
        verdict = Verdict(made_frame(clause, label.category), "own", scores, refusal.features)
        return self.act(clause, sentence, verdict, filled)

    def act(self, clause: Clause, sentence: Sentence, verdict: Verdict, filled: Filled) -> Act:
        if clause.support_negated and filled.source_slot in {None, "support"}:
            clause = replace(clause, negated=True)
        how = modality(clause, sentence, self.language) if self.parts.status else PLAIN
        return Act(clause, sentence, verdict, filled, how)

    def labels(self, clause: Clause, sentence: Sentence, filled: Filled) -> tuple[OwnLabel, ...]:
        """The desk's own categories that a clause resembles."""
        if self.labeller is None:
            return ()
        return self.labeller.labels(
            clause,
            sentence,
            self.sides.by_sentence.get(sentence.index, []),
            self.language.code,
            lambda: wording(clause, sentence, filled.sources, filled.targets),
        )

    def is_topic(self, clause: Clause, sentence: Sentence) -> bool:
        """A predicate that only describes what is spoken of: an act noun under a topic ("the
        importance of cooperation"), or a bare participle ("the ousted president")."""
        if clause.pos == "v":
            alone = all(argument.slot == "subj" for argument in clause.arguments)
            token = sentence.tokens[clause.head]
            told = sentence.tokens[token.head].dep == "root"  # "Four soldiers killed"
            return alone and clause.passive and token.dep in {"amod", "acl"} and not told
        if not clause.governors or clause.support is not None:
            return False
        i, relation = clause.governors[0]
        above = sentence.tokens[i]
        topical = self.language.words.not_told
        return (
            relation.startswith("nmod")
            and {above.lemma, above.text.lower()} & set(topical) != set()
        )

    def frame(self, clause: Clause, sentence: Sentence) -> Frame | None:
        return next((f for f, failed in self.entries(clause, sentence) if failed is None), None)

    def entries(
        self, clause: Clause, sentence: Sentence
    ) -> Iterator[tuple[Frame, Condition | None]]:
        """Entries of the lexicon as they are tried, each with the condition that it fails."""

        def test(phrase: Phrase, wanted: str) -> bool:
            inside = [
                r
                for r in self.sides.inside(sentence.index, phrase.start, phrase.end)
                if phrase.head == r.mention.head or _is_beside(sentence, phrase, r)
            ]
            if wanted == ACTOR:
                return any(r.actor or r.sector or r.mention.kind == "PER" for r in inside)
            return any(r.place is not None for r in inside)

        return tried(clause, sentence, self.language.frames, test)

    # --- reports ---------------------------------------------------------------------------

    def reports(self, acts: Sequence[Act]) -> tuple[Report, ...]:
        return tuple(report for _, report in self.reported(acts))

    def reported(self, acts: Sequence[Act]) -> Iterator[tuple[Act, Report]]:
        """Each act that makes a report, with that report."""
        seen: dict[str, list[int]] = {}
        count = 0
        for act in acts:
            report = self.report(act)
            sentences = seen.setdefault(identity(report, 0), [])
            if sentences and sentences[0] != act.sentence.index:
                continue  # the same sentence again: a caption or a headline repeated
            doubts = tuple(self.doubts(report, count))
            yield act, replace(report, id=identity(report, len(sentences)), doubts=doubts)
            sentences.append(act.sentence.index)
            count += 1

    def report(self, act: Act) -> Report:
        clause, sentence, frame = act.clause, act.sentence, act.frame
        book = self.knowledge.codebook
        root = frame.category
        timing = self.timings.of(sentence)
        dated = date_of(clause, timing)
        act = replace(act, modality=self.dated_ahead(act, dated))
        if root in book.own:
            category, status = root, act.modality.status
        else:
            category, status = final_category(root, book.quad(root), act.modality)
        if status == "planned":
            dated = brought_ahead(dated, self.article)
        speaker = self.speaker(act)
        if (
            status == "alleged"
            and speaker is None
            and act.modality.reason.startswith("conditional")
            and clause.tense != "past"  # "aurait bombardé" is hearsay even without a speaker
        ):
            status = "hypothetical"
        here = self.sides.by_sentence.get(sentence.index, [])
        recalled = (dated is None or dated.end is None) and is_recalled_with(
            clause, timing, self.article
        )
        told = told_as(clause, status, dated, self.article, recalled=recalled)
        dated = dated or day_of_news(status, told, self.article)
        place = place_of_act(clause, sentence, here, self.place_words.acts, parties_of(act.filled))
        labels = self.labels(clause, sentence, act.filled)
        return Report(
            id="",
            article_id=self.article.id,
            category=category,
            root=root,
            mode=frame.mode if category == root else None,
            context=contexts(sentence, book, self.language.code),
            cameo=frame.cameo if category == root else None,
            quad=book.quad(category),
            status=status,
            told_as=told,
            sources=tuple(f.side for f in act.filled.sources),
            targets=tuple(f.side for f in act.filled.targets),
            counts=counts(sentence, clause, self.language),
            date=dated,
            place=place,
            predicate=predicate_of(act),
            evidence=(sentence.start, sentence.end),
            evidence_text=self.article.text[sentence.start : sentence.end],
            attributed_to=speaker,
            confidence=round(act.verdict.confidence, 2),
            why=(*self.why(act), *map(alike, labels)),
            labels=labels,
        )

    def dated_ahead(self, act: Act, dated: Dated | None) -> Modality:
        """What is dated after publication is still to come, whatever the words' tense."""
        published = self.article.published
        if act.modality.status != "happened" or dated is None or published is None:
            return act.modality
        if dated.start and published.end and dated.start > published.end:
            return Modality("planned", reason="dated after publication")
        return act.modality

    def speaker(self, act: Act) -> Speaker | None:
        """Who says so: the speaker of the quote that the predicate stands in."""
        return next(
            (
                quote.by
                for quote in self.quotes.get(act.sentence.index, [])
                if quote.start <= act.clause.start < quote.end and quote.is_claim
            ),
            None,
        )

    def why(self, act: Act) -> Iterable[str]:
        yield self.reason(act)
        if act.modality.reason:
            yield f"{STATUS}{act.modality.reason}"
        for label, found, slot in (
            ("source", act.filled.sources, act.filled.source_slot),
            ("target", act.filled.targets, act.filled.target_slot),
        ):
            for f in found:
                yield f"{label} from {slot}: {f.side.name} ({f.reason})"

    def reason(self, act: Act) -> str:
        """Who told what sort of act it is: the entry, or the examples that are most like it."""
        if act.verdict.by == "own":
            return f"own codebook: {act.frame.lemma}/{act.frame.pos} → {act.frame.category}"
        if act.verdict.by == "lexicon" or act.verdict.features is None:
            return f"lexicon {self.language.code}: {act.frame} → {act.frame.category}"
        near = self.knowledge.acts.nearest(act.verdict.features, 2)
        shown = "; ".join(f"“{text}” ({cosine:.2f})" for text, cosine in near)
        return f"examples: {act.frame.lemma}/{act.frame.pos} → {act.frame.category}, like {shown}"

    def doubts(self, report: Report, index: int) -> Iterable[Doubt]:
        where = f"reports.{index}"
        if report.date is None:
            yield Doubt(f"{where}.date", "no date in the sentence")
        if report.place is None:
            yield Doubt(f"{where}.place", "no place in the sentence, or more than one")
        if not report.sources:
            yield Doubt(f"{where}.sources", "the sentence names no doer")
        if not report.targets:
            yield Doubt(f"{where}.targets", "the sentence names nobody it was done to")


def _is_beside(sentence: Sentence, phrase: Phrase, reference: Reference) -> bool:
    """The name stands beside the head ("President X", "X forces") and is not what it belongs to
    ("X's visit", "the tour of X")."""
    token = sentence.tokens[reference.mention.head]
    return token.head == phrase.head and token.dep not in {"nmod", "nmod:poss"}


def parties_of(filled: Filled) -> list[tuple[int, int]]:
    """The spans of an act's sides."""
    return [(f.side.start, f.side.end) for f in (*filled.sources, *filled.targets)]


def alike(label: OwnLabel) -> str:
    return f"own codebook: {label.category} ({label.score:.2f}), nearest “{label.example}”"


def _by_sentence(reading: Reading, spans: Sequence[Spanned]) -> dict[int, list[Spanned]]:
    """Spans by the index of every sentence they touch; both come in the order of the text."""
    ends = [sentence.end for sentence in reading.sentences]
    found: dict[int, list[Spanned]] = {}
    for span in spans:
        i = bisect_right(ends, span.start)
        while i < len(ends) and reading.sentences[i].start < span.end:
            found.setdefault(i, []).append(span)
            i += 1
    return found


def identity(report: Report, ordinal: int) -> str:
    """ "r-" and 16 hex digits of article, evidence, predicate words and ordinal; never offsets."""
    low, high = report.predicate
    offset = report.evidence[0]
    predicate = report.evidence_text[low - offset : high - offset]
    evidence = " ".join(re.findall(r"\w+", report.evidence_text.lower()))
    key = "\x1f".join((report.article_id, evidence, predicate.lower(), str(ordinal)))
    return "r-" + hashlib.sha256(key.encode()).hexdigest()[:16]
