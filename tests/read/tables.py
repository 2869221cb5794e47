"""What the tables of cases on real parses share: one sentence read, its clauses by lemma."""

from __future__ import annotations

from dragoman.model import Article, Block, Clause, Label, Reading
from dragoman.pipeline import Steps
from dragoman.read import read


def reading_of(text: str, language: str, steps: Steps, label: Label = "body") -> Reading:
    """The text as one block, read."""
    article = Article(
        "a-test", "c-test", text, language, blocks=(Block(label, 0, len(text), "test"),)
    )
    return read(article, steps.knowledge.languages[language], steps.parser(language))


def clause_of(reading: Reading, lemma: str) -> Clause:
    found = [clause for clause in reading.clauses if lemma in clause.lemmas]
    assert len(found) == 1, f"{lemma}: {[c.lemmas for c in reading.clauses]}"
    return found[0]


def slots_of(clause: Clause, text: str) -> dict[str, list[str]]:
    slots: dict[str, list[str]] = {}
    for argument in clause.arguments:
        words = [text[phrase.start : phrase.end] for phrase in argument.members]
        slots.setdefault(argument.slot, []).extend(words)
    return slots
