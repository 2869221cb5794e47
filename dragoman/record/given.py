"""The coder with given sides in place of found ones, for test sets that state who and whom.

In: an article and the spans of source and target. Out: the one act of the article's own coding
that fits them best. Only the references are replaced; frames, slots and modality are the coder's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.knowledge import Knowledge
from dragoman.model import Article, Mention, Reading, Reference, Sentence
from dragoman.record.acts import Act
from dragoman.record.coder import Coder
from dragoman.record.judging import WHOLE, Parts
from dragoman.record.sides import Found
from dragoman.trees import Tree

Span = tuple[int, int]
SOURCE, TARGET = "given-source", "given-target"


def code_given(
    article: Article,
    reading: Reading,
    references: Sequence[Reference],
    knowledge: Knowledge,
    source: Span | None,
    target: Span | None,
    parts: Parts = WHOLE,
) -> Act | None:
    """The act between the given sides, or None when no frame fits any predicate."""
    given = {SOURCE: source, TARGET: target}
    spans = [span for span in given.values() if span is not None]
    kept = [r for r in references if not any(_overlap(_span(r), span) for span in spans)]
    for name, span in given.items():
        kept += [
            _reference(name, span, s)
            for s in reading.sentences
            if span is not None and s.start <= span[0] < s.end
        ]
    coder = Coder(article, reading, kept, knowledge, parts)
    acts = coder.acts()
    return max(
        acts,
        key=lambda act: (_fit(act), -len(act.clause.governors), -act.clause.start),
        default=None,
    )


def main_act(acts: Iterable[Act]) -> Act | None:
    """The act a sentence is mainly about: one with a doer, with both sides, high in the tree;
    of equal ones the first. A side more outweighs two steps down."""
    return max(
        acts,
        key=lambda act: (
            bool(act.filled.sources),
            2 * bool(act.filled.targets) - len(act.clause.governors),
            -act.clause.start,
        ),
        default=None,
    )


def _fit(act: Act) -> int:
    right = _has(act.filled.sources, SOURCE) * 2 + _has(act.filled.targets, TARGET) * 2
    swapped = _has(act.filled.sources, TARGET) + _has(act.filled.targets, SOURCE)
    return right - swapped


def _has(found: Sequence[Found], name: str) -> bool:
    return any(f.side.actor == name for f in found)


def _reference(name: str, span: Span, sentence: Sentence) -> Reference:
    tree = Tree(sentence)
    words = [i for i, t in enumerate(sentence.tokens) if span[0] <= t.start < span[1]]
    heads = [
        i for i in words if sentence.tokens[i].head not in words or sentence.tokens[i].head == i
    ]
    head = next(
        (i for i in heads if sentence.tokens[i].pos not in {"DET", "ADP", "PUNCT"}),
        words[-1] if words else 0,
    )
    phrase = tree.phrase(head)
    mention = Mention(
        span[0], span[1], "ORG", sentence.index, head, name, (phrase.start, phrase.end)
    )
    return Reference(mention, name, name, sector="GOV")


def _span(reference: Reference) -> Span:
    return reference.mention.start, reference.mention.end


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
