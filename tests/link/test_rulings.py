"""Whom actors stand for by people's words: they follow each other, and the later counts."""

from __future__ import annotations

import pytest

from dragoman.knowledge import Knowledge
from dragoman.link.rulings import meanings, ruled
from dragoman.model import Mention, OtherActor, Reference, Rulings, SameActor

ONE, TWO, THREE = SameActor("A", "B"), SameActor("B", "C"), SameActor("B", "A")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ((), {}),
        ((ONE,), {"A": "B", "B": "B"}),
        ((ONE, TWO), {"A": "C", "B": "C", "C": "C"}),
        ((TWO, ONE), {"A": "C", "B": "C", "C": "C"}),  # who is B goes where B went
        ((ONE, THREE), {"A": "A", "B": "A"}),  # the other way round, said later
        ((ONE, THREE, ONE), {"A": "B", "B": "B"}),
        ((OtherActor("A", ("a-1",), "D"),), {"A": "D", "D": "D"}),
        ((OtherActor("A", ("a-2",), "D"),), {}),  # of another article
        ((OtherActor("A", ("a-1",), None),), {"A": None}),
        ((ONE, OtherActor("B", ("a-1",), None)), {"A": None, "B": None}),
        ((OtherActor("A", ("a-1",), None), ONE), {"A": "B", "B": "B"}),
        (
            (OtherActor("A", ("a-1",), None), OtherActor("D", ("a-1",), None), ONE),
            {"A": "B", "B": "B", "D": None},
        ),
    ],
)
def test_whom_actors_stand_for(
    words: tuple[SameActor | OtherActor, ...], meant: dict[str, str | None]
) -> None:
    assert meanings(Rulings(words), "a-1") == meant


def reference(actor: str | None) -> Reference:
    mention = Mention(0, 5, "LOC", 0, 0, "Congo", phrase=(0, 5))
    return Reference(mention, actor, "Congo", sector="GOV", reason="atlas: state")


def test_a_reference_to_another(knowledge: Knowledge) -> None:
    rulings = Rulings((SameActor("COD", "COG"),))
    found = ruled([reference("COD"), reference(None), reference("KEN")], rulings, knowledge.atlas,
                  article_id="a-1", language="fr", day="2024-03-01")  # fmt: skip
    assert [one.actor for one in found] == ["COG", None, "KEN"]
    assert found[1:] == (reference(None), reference("KEN"))
    assert found[0].place is not None
    assert (found[0].place.country, found[0].reason) == ("COG", "by a person's word: COD is COG")


def test_a_reference_to_nobody_known(knowledge: Knowledge) -> None:
    rulings = Rulings((OtherActor("COD", ("a-1",), None),))
    (found,) = ruled([reference("COD")], rulings, knowledge.atlas,
                     article_id="a-1", language="fr", day=None)  # fmt: skip
    assert (found.actor, found.name, found.sector, found.place) == (None, "Congo", None, None)
