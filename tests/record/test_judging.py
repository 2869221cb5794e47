"""How the lexicon's answer and the model's are made one, by models with made-up weights."""

from __future__ import annotations

import pytest

from dragoman.knowledge.codebook import NONE
from dragoman.knowledge.frames import Condition, Frame
from dragoman.model import Clause, Sentence, Token
from dragoman.pipeline import Steps
from dragoman.record.judging import Abstention, Judge, Parts, Verdict
from dragoman.record.slots import Filled

TOKEN = Token(0, 7, "dropped", "drop", "VERB", "root", 0, "past", "ind")
SENTENCE = Sentence(0, 0, 7, "body", (TOKEN,))
CLAUSE = Clause(0, 0, 0, 7, "v", ("drop",), ())
NOBODY = Filled((), (), None, None)
ASKED = Condition("slot", "obj", frozenset({"charge"}), text="obj:charge")


def entry(category: str, *when: Condition) -> Frame:
    return Frame("drop", "v", category, None, None, (), (), when, False, 1)


def judged(
    steps: Steps,
    monkeypatch: pytest.MonkeyPatch,
    frame: Frame | None,
    scores: dict[str, float],
    parts: Parts | None = None,
) -> Verdict | Abstention:
    judge = Judge(steps.knowledge, "en", parts=parts or Parts())
    full = dict.fromkeys((*steps.knowledge.codebook.categories, NONE), 0.0) | scores
    monkeypatch.setattr(type(judge.model), "probabilities", lambda *_: full)
    return judge.verdict(CLAUSE, SENTENCE, frame, NOBODY)


CASES: list[tuple[Frame | None, dict[str, float], tuple[str, str] | str]] = [
    (entry("CONCEDE"), {"CONCEDE": 0.5, NONE: 0.5}, ("CONCEDE", "lexicon")),
    (entry("CONCEDE"), {"ASSAULT": 0.8, "CONCEDE": 0.2}, ("CONCEDE", "lexicon")),
    (entry("CONCEDE"), {"ASSAULT": 0.97, "CONCEDE": 0.03}, ("ASSAULT", "examples")),
    (entry("CONCEDE", ASKED, ASKED), {"ASSAULT": 0.97, "CONCEDE": 0.03}, ("CONCEDE", "lexicon")),
    (entry("CONCEDE"), {NONE: 0.99, "CONCEDE": 0.01}, "no-act"),
    (None, {"ASSAULT": 0.9, NONE: 0.1}, ("ASSAULT", "examples")),
    (None, {"ASSAULT": 0.5, "COERCE": 0.4, NONE: 0.1}, "unsure"),
    (None, {NONE: 0.6, "ASSAULT": 0.4}, "no-act"),
]


@pytest.mark.parametrize(("frame", "scores", "due"), CASES)
def test_who_decides(
    steps: Steps, monkeypatch: pytest.MonkeyPatch, frame: Frame | None,
    scores: dict[str, float], due: tuple[str, str] | str,
) -> None:  # fmt: skip
    told = judged(steps, monkeypatch, frame, scores)
    made = told.why if isinstance(told, Abstention) else (told.frame.category, told.by)
    assert made == due


def test_forced_it_answers(steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    scores = {NONE: 0.9, "ASSAULT": 0.1}
    told = judged(steps, monkeypatch, None, scores, Parts(forced=True))
    assert isinstance(told, Verdict)
    assert told.frame.category == "ASSAULT"


def test_the_model_alone_is_trusted_less(steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    scores = {"ASSAULT": 0.9, NONE: 0.1}
    alone = judged(steps, monkeypatch, None, scores)
    beside = judged(steps, monkeypatch, entry("ASSAULT"), scores)
    assert isinstance(alone, Verdict)
    assert isinstance(beside, Verdict)
    assert 0.05 <= alone.confidence < beside.confidence <= 0.99
    assert beside.runner_up == (NONE, 0.1)
