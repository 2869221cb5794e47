"""The whole chain for each predicate of a sentence: how it was coded, or why it was not.

In: an article as the steps left it, and the indices of its sentences to explain. Out: one
`ExplainedSentence` each. It decides nothing: it asks the coder, and tells what the coder saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from dragoman.knowledge import Knowledge
from dragoman.knowledge.acts import Features
from dragoman.knowledge.codebook import NONE
from dragoman.model import (
    Above,
    Candidate,
    Clause,
    ExplainedSentence,
    Filler,
    FoundSide,
    Kept,
    Likeness,
    Predicate,
    Report,
    RunnerUp,
    Sentence,
    TriedEntry,
)
from dragoman.record.acts import Act, Refusal
from dragoman.record.coder import STATUS, Coder
from dragoman.record.labelling import Labeller
from dragoman.record.slots import Filled

SHOWN_EXAMPLES = 3
SHOWN_PROBABILITIES = 5
LEAST = 0.005
"""Less probable categories are not listed."""


def explain(
    kept: Kept,
    knowledge: Knowledge,
    wanted: Set[int] | None = None,
    *,
    labeller: Labeller | None = None,
) -> Iterator[ExplainedSentence]:
    """The article's sentences in order, or those of the `wanted` indices, as they are coded now."""
    explainer = _Explainer(kept, knowledge, labeller)
    for sentence in kept.reading.sentences:
        if wanted is None or sentence.index in wanted:
            yield explainer.sentence(sentence)


@dataclass(frozen=True)
class _Explainer:
    kept: Kept
    knowledge: Knowledge
    labeller: Labeller | None

    @cached_property
    def coder(self) -> Coder:
        kept = self.kept
        return Coder(
            kept.article, kept.reading, kept.references, self.knowledge, labeller=self.labeller
        )

    @cached_property
    def decided(self) -> Mapping[int, list[Act | Refusal]]:
        found: dict[int, list[Act | Refusal]] = {}
        for one in self.coder.decided():
            found.setdefault(one.sentence.index, []).append(one)
        return found

    @cached_property
    def reports(self) -> Mapping[tuple[int, int], Report]:
        """By the span of the clause's own predicate."""
        acts = [one for found in self.decided.values() for one in found if isinstance(one, Act)]
        made = self.coder.reported(acts)
        return {(act.clause.start, act.clause.end): report for act, report in made}

    @cached_property
    def categories(self) -> Mapping[str, str]:
        """The root category of each example, by its text."""
        return {example.text: example.root for example in self.knowledge.codebook.examples}

    def sentence(self, sentence: Sentence) -> ExplainedSentence:
        article = self.kept.article
        return ExplainedSentence(
            article=article.id,
            language=self.kept.reading.language,
            start=sentence.start,
            end=sentence.end,
            text=article.text[sentence.start : sentence.end],
            candidates=tuple(map(self.candidate, self.decided.get(sentence.index, []))),
        )

    def candidate(self, one: Act | Refusal) -> Candidate:
        report = self.reports.get((one.clause.start, one.clause.end))
        if isinstance(one, Act):
            if report is not None:
                return self.coded(one, report)
            one = one.refused("told-before", "the article has this sentence already")
        seen, scores = one.features, one.scores
        best = max(scores, key=lambda name: scores[name], default=NONE)
        others = {name: p for name, p in scores.items() if name != (best if seen else None)}
        return Candidate(
            start=one.clause.start,
            end=one.clause.end,
            text=self.text(one.clause.start, one.clause.end),
            predicate=self.predicate(one.clause, one.sentence),
            outcome=one.why,
            reason=one.reason,
            sides=tuple(sides(one.filled)),
            entries=tuple(self.entries(one.clause, one.sentence)),
            probabilities=shown(scores) if seen else None,
            examples=tuple(self.nearest(seen)),
            runner_up=self.runner_up(seen, others),
        )

    def coded(self, act: Act, report: Report) -> Candidate:
        told = act.verdict
        ours = {name: p for name, p in told.scores.items() if name in self.knowledge.acts.classes}
        others = {name: p for name, p in ours.items() if name != told.frame.category}
        return Candidate(
            start=act.clause.start,
            end=act.clause.end,
            text=self.text(act.clause.start, act.clause.end),
            predicate=self.predicate(act.clause, act.sentence),
            outcome="coded",
            reason=self.coder.reason(act),
            sides=tuple(sides(act.filled)),
            entries=tuple(self.entries(act.clause, act.sentence)),
            probabilities=shown(ours) if told.features else None,
            examples=tuple(self.nearest(told.features)),
            runner_up=self.runner_up(told.features, others),
            status_cue=cue(report),
            report=report,
        )

    def predicate(self, clause: Clause, sentence: Sentence) -> Predicate:
        tokens = sentence.tokens
        voice = "passive" if clause.passive else "active"
        return Predicate(
            lemmas=clause.lemmas,
            pos="verb" if clause.pos == "v" else "noun",
            voice=voice if clause.pos == "v" else None,
            tense=clause.tense,
            mood=clause.mood,
            modal=clause.modal,
            negated=clause.negated or clause.support_negated,
            conditional=clause.conditional,
            support=None if clause.support is None else tokens[clause.support].text,
            modifiers=clause.modifiers,
            governors=tuple(Above(tokens[i].text, relation) for i, relation in clause.governors),
            slots=tuple(
                Filler(argument.slot, p.start, p.end, self.text(p.start, p.end))
                for argument in clause.arguments
                for p in argument.members
            ),
        )

    def entries(self, clause: Clause, sentence: Sentence) -> Iterator[TriedEntry]:
        """Those of the lexicon up to the first that fits."""
        file = self.coder.language.lexicon
        for frame, failed in self.coder.entries(clause, sentence):
            condition = None if failed is None else failed.text
            yield TriedEntry(str(frame), frame.category, file, frame.line, condition)
            if failed is None:
                return

    def nearest(self, seen: Features | None) -> Iterable[Likeness]:
        if seen is None:
            return []
        near = self.knowledge.acts.nearest(seen, SHOWN_EXAMPLES)
        return [Likeness(self.categories.get(text, NONE), text, cosine) for text, cosine in near]

    def runner_up(self, seen: Features | None, others: Mapping[str, float]) -> RunnerUp | None:
        if seen is None or not others:
            return None
        name = max(others, key=lambda one: others[one])
        every = self.knowledge.acts.nearest(seen, len(self.knowledge.acts.neighbour_texts))
        near = (Likeness(name, t, cosine) for t, cosine in every if self.categories.get(t) == name)
        return RunnerUp(name, round(others[name], 3), next(near, None))

    def text(self, start: int, end: int) -> str:
        return self.kept.article.text[start:end]


def shown(scores: Mapping[str, float]) -> dict[str, float]:
    best = sorted(scores.items(), key=lambda one: -one[1])[:SHOWN_PROBABILITIES]
    return {name: round(p, 3) for name, p in best if p >= LEAST}


def sides(filled: Filled | None) -> Iterator[FoundSide]:
    if filled is None:
        return
    for part, found, slot in (
        ("source", filled.sources, filled.source_slot),
        ("target", filled.targets, filled.target_slot),
    ):
        for one in found:
            side = one.side
            yield FoundSide(
                part, side.name, side.actor, side.sector, slot, one.reason, side.start, side.end
            )


def cue(report: Report) -> str | None:
    """What decided the status, as the coder wrote it into its reasons."""
    told = (line.removeprefix(STATUS) for line in report.why if line.startswith(STATUS))
    return next(told, None)
