"""From the reports of one happening to its event: fields, counts, history, and contradictions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from dragoman.knowledge import Knowledge
from dragoman.model import Difference, Event, OriginGroup, Origins, Report, Told, Version
from dragoman.record.telling import parties, tell, untold
from tests.record.made import count, lately, on, place, report, side, told

KHARKIV = place("kharkiv", 49.99, 36.23, "UKR")
ODESA = place("odesa", 46.48, 30.73, "UKR")


def event_of(knowledge: Knowledge, *reports: Report, **where: dict[str, Any]) -> Event:
    """`where`: what differs for a report ("r_2") about where it was told."""
    tellings: dict[str, Told] = {
        one.id: told(one.id, **where.get(one.id.replace("-", "_"), {})) for one in reports
    }

    def count(report_ids: Sequence[str]) -> Origins:
        """As many origins as outlets: the rule itself is tested by itself."""
        outlets = dict.fromkeys(tellings[one].outlet for one in report_ids)
        return Origins(groups=tuple(OriginGroup(one, "independent", "", ()) for one in outlets))

    return tell("e-1", reports, tellings, knowledge.atlas, count)


def difference(event: Event, aspect: str) -> Difference:
    return next(one for one in event.differences if one.aspect == aspect)


def test_who_told_it_and_who_first(knowledge: Knowledge) -> None:
    event = event_of(
        knowledge,
        report("r-1"),
        report("r-2"),
        report("r-3"),
        r_2={"moment": "2024-03-17", "language": "fr", "outlet": "Le Port"},
        r_3={"outlet": "Le Port", "moment": None},
    )
    assert event.report_ids == ("r-2", "r-1", "r-3")
    assert (event.outlets, event.origins) == (2, 2)
    assert event.languages == ("en", "fr")
    assert event.first is not None
    assert (event.first.outlet, event.first.moment) == ("Le Port", "2024-03-17")


def test_officials_stand_for_the_state_they_serve(knowledge: Knowledge) -> None:
    by_name = report("r-1", sources=(side("emmanuel-macron"),), category="CONSULT")
    assert parties(by_name, knowledge.atlas) == ("FRA", "UKR")


def test_planned_becomes_done(knowledge: Knowledge) -> None:
    """In the order of printing; a plan that is printed once more takes nothing back."""
    planned = report("r-1", category="AGREE", root="CONSULT", status="planned", told_as="announced")
    done = report("r-2", category="CONSULT")
    late = report("r-3", category="AGREE", root="CONSULT", status="planned", told_as="announced")
    event = event_of(
        knowledge, late, done, planned, r_1={"moment": "2024-03-10"}, r_3={"moment": "2024-03-19"}
    )
    assert (event.category, event.status, event.told_as) == ("CONSULT", "happened", "news")
    assert [(turn.status, turn.moment) for turn in event.history] == [
        ("planned", "2024-03-10"),
        ("happened", "2024-03-18"),
    ]
    assert "status" in event.alike
    assert event_of(knowledge, planned).status == "planned"


def test_a_denial_does_not_count_as_telling(knowledge: Knowledge) -> None:
    event = event_of(knowledge, report("r-1"), report("r-2", status="denied"))
    assert (event.status, event.outlets, event.origins) == ("happened", 1, 1)
    assert event.report_ids == ("r-1", "r-2")
    assert difference(event, "status").versions == (
        Version("happened", ("r-1",)),
        Version("denied", ("r-2",)),
    )


def test_what_is_only_alleged_or_denied_is_told_as_that(knowledge: Knowledge) -> None:
    event = event_of(
        knowledge,
        report("r-1", status="alleged"),
        report("r-2", status="denied"),
        r_2={"moment": "2024-03-19"},
    )
    assert (event.status, event.outlets) == ("denied", 2)


def test_the_sides_that_most_tell(knowledge: Knowledge) -> None:
    half = report("r-1", targets=())
    other = report("r-2", targets=(side("POL"),))
    event = event_of(
        knowledge, half, other, report("r-3"), report("r-4"), r_1={"moment": "2024-03-10"}
    )
    assert (event.source, event.target, event.best) == ("RUS", "UKR", "r-3")
    assert (event.source_name, event.target_name) == ("RUS", "UKR")
    assert difference(event, "target").versions[0] == Version("UKR", ("r-3", "r-4"))
    assert "source" in event.alike


def test_sides_no_table_holds_keep_their_names(knowledge: Knowledge) -> None:
    event = event_of(knowledge, report("r-1", sources=(side(None, "gunmen"),)))
    assert (event.source, event.source_name) == (None, "gunmen")


def test_mutual_acts_agree_from_either_side(knowledge: Knowledge) -> None:
    one = report("r-1", category="CONSULT")
    turned = report(
        "r-2", category="CONSULT", sources=(side("UKR"),), targets=(side("RUS", start=10),)
    )
    event = event_of(knowledge, one, turned)
    assert {"source", "target"} <= set(event.alike)


def test_the_finest_date_that_is_told(knowledge: Knowledge) -> None:
    event = event_of(
        knowledge,
        report("r-1", date=lately()),
        report("r-2", date=on("2024-03-01", "2024-03-31")),
        report("r-3", date=on("2024-03-17")),
        report("r-4", date=None),
    )
    assert event.date == on("2024-03-17")
    assert "date" in event.alike
    assert event_of(knowledge, report(date=lately())).date == lately()
    assert event_of(knowledge, report(date=None)).date is None


# fmt: off
CONTRADICTIONS: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    # (aspect, what one tells, what the other tells, both in words)
    ("killed", {"counts": (count("killed", 12),)}, {"counts": (count("killed", 15),)},
     ["12", "15"]),
    ("money", {"counts": (count("money", 40, 50),)}, {"counts": (count("money", 60),)},
     ["40-50", "60"]),
    ("date", {"date": on("2024-03-16")}, {"date": on("2024-03-17")}, ["2024-03-16", "2024-03-17"]),
    ("place", {"place": KHARKIV}, {"place": ODESA}, ["kharkiv", "odesa"]),
    ("category", {}, {"category": "COERCE"}, ["ASSAULT", "COERCE"]),
    ("mode", {"mode": "firearms"}, {"mode": "explosives"}, ["firearms", "explosives"]),
    ("source", {}, {"sources": (side("BLR"),)}, ["RUS", "BLR"]),
]
# fmt: on


@pytest.mark.parametrize(("aspect", "one", "other", "words"), CONTRADICTIONS)
def test_contradictions_are_kept(
    aspect: str,
    one: dict[str, Any],
    other: dict[str, Any],
    words: list[str],
    knowledge: Knowledge,
) -> None:
    event = event_of(knowledge, report("r-1", **one), report("r-2", **other))
    found = difference(event, aspect)
    assert [version.value for version in found.versions] == words
    assert [version.report_ids for version in found.versions] == [("r-1",), ("r-2",)]
    assert aspect not in event.alike


def test_what_can_be_one_is_no_contradiction(knowledge: Knowledge) -> None:
    """A span of numbers with one in it, a state and its town, a month and its day."""
    one = report(
        "r-1",
        counts=(count("killed", 10, 20),),
        place=place("UKR", 49.0, 32.0, "UKR"),
        date=on("2024-03-01", "2024-03-31"),
    )
    other = report("r-2", counts=(count("killed", 12),), place=ODESA)
    event = event_of(knowledge, one, other)
    assert event.differences == ()
    assert {"killed", "place", "date"} <= set(event.alike)


def test_one_report_agrees_with_nobody(knowledge: Knowledge) -> None:
    event = event_of(knowledge, report("r-1"))
    assert (event.alike, event.differences) == ((), ())


def test_an_event_that_nobody_tells_any_more(knowledge: Knowledge) -> None:
    event = untold(event_of(knowledge, report("r-1")))
    assert (event.id, event.report_ids, event.outlets, event.best) == ("e-1", (), 0, None)
    assert event.date == on("2024-03-17")
