"""Two predicates for one act in a sentence lend each other sides and days, and nothing else."""

from __future__ import annotations

from dragoman.record.completing import completed
from tests.record.made import lately, on, report, side


def test_sides_and_days_are_lent() -> None:
    hit = report("r-1", targets=(), date=on("2024-03-16"))
    killed = report("r-2", sources=(), date=lately())
    one, two = completed([hit, killed])
    assert [s.actor for s in one.targets] == ["UKR"]
    assert [s.actor for s in two.sources] == ["RUS"]
    assert two.date == hit.date
    assert (one.id, two.id) == ("r-1", "r-2")


def test_what_is_known_is_never_replaced() -> None:
    one, two = report("r-1"), report("r-2", date=on("2024-03-01"), confidence=0.9)
    assert completed([one, two]) == [one, two]


def test_another_act_lends_nothing() -> None:
    bare = report("r-1", sources=(), date=lately())
    for other in (
        report("r-2", category="AID"),
        report("r-2", evidence=(100, 200)),
        report("r-2", status="denied"),
        report("r-2", targets=(side("POL", start=30),)),
    ):
        assert completed([bare, other])[0] == bare


def test_nobody_attacks_himself() -> None:
    """The source of one is the target of the other: "was hit", told from either side."""
    bare = report("r-1", sources=(), targets=(side("RUS"),))
    assert completed([bare, report("r-2", targets=())])[0].sources == ()
