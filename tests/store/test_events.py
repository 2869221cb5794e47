"""Events: lists, redirects of merged ids, and what people judged of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dragoman.errors import StoreError
from dragoman.model import Event, Kept, Verdict
from dragoman.record.dossier import DONE
from dragoman.store import Store
from dragoman.store.tallies import Counterpart

MakeEvent = Callable[..., Event]
REPORTS = tuple("abcdefgh")


@pytest.fixture
def told(store: Store, make_kept: Callable[..., Kept], versions: dict[str, str]) -> Store:
    """A desk with reports r-one-a to r-one-h, in no event yet."""
    store.keep(make_kept(reports=REPORTS), versions)
    return store


def names(events: list[Event]) -> list[str]:
    return [event.id.removeprefix("e-") for event in events]


def test_a_report_knows_its_event(told: Store, make_event: MakeEvent) -> None:
    told.keep_events([make_event("x", ["r-one-a", "r-one-b"]), make_event("y", ["r-one-c"])])
    assert [row.report.id for row in told.reports_of_event("e-x")] == ["r-one-a", "r-one-b"]
    told.keep_events([make_event("x", ["r-one-a"]), make_event("y", ["r-one-b", "r-one-c"])])
    assert [row.event_id for row in told.reports_of_article("a-one")[:4]] == [
        "e-x", "e-y", "e-y", None,
    ]  # fmt: skip
    assert told.event("e-none") is None


def test_a_merge_leaves_a_redirect(told: Store, make_event: MakeEvent) -> None:
    told.keep_events([make_event("x", ["r-one-a"]), make_event("y", ["r-one-b"])])
    told.keep_events([make_event("z", ["r-one-c"])])
    merged = make_event("x", ["r-one-a", "r-one-b"])
    told.keep_events([merged], {"e-y": "e-x"})
    assert told.event("e-y") == merged
    assert [row.report.id for row in told.reports_of_event("e-y")] == ["r-one-a", "r-one-b"]
    last = make_event("z", ["r-one-a", "r-one-b", "r-one-c"])
    told.keep_events([last], {"e-x": "e-z"})
    assert told.event("e-y") == told.event("e-x") == last
    assert names(told.events()) == ["z"]
    told.keep_events([last], {"e-x": "e-z", "e-y": "e-x"})
    assert told.event("e-y") == last


def test_a_chain_of_merges_handed_in_at_once(told: Store, make_event: MakeEvent) -> None:
    told.keep_events([make_event(name, [f"r-one-{name}"]) for name in "abc"])
    last = make_event("c", ["r-one-a", "r-one-b", "r-one-c"])
    told.keep_events([last], {"e-a": "e-b", "e-b": "e-c"})
    assert told.event("e-a") == told.event("e-b") == last


def test_an_id_that_comes_back_is_an_event_again(told: Store, make_event: MakeEvent) -> None:
    both = make_event("x", ["r-one-a", "r-one-b"])
    told.keep_events([both, make_event("y")], {"e-w": "e-x"})
    told.keep_events([both], {"e-y": "e-x"})
    told.keep_events([make_event("x", ["r-one-a"]), make_event("y", ["r-one-b"])])
    assert names(told.events()) == ["x", "y"]
    assert told.event("e-w") == make_event("x", ["r-one-a"])


def test_faulty_events_are_refused_whole(told: Store, make_event: MakeEvent) -> None:
    x = make_event("x", ["r-one-a"])
    with pytest.raises(StoreError, match="does not hold"):
        told.keep_events([x, make_event("y", ["r-unknown"])])
    with pytest.raises(StoreError, match="two events"):
        told.keep_events([x, make_event("y", ["r-one-a"])])
    with pytest.raises(StoreError, match="not in the desk"):
        told.keep_events([x], {"e-y": "e-nowhere"})
    with pytest.raises(StoreError, match="at once"):
        told.keep_events([x], {"e-x": "e-y"})
    with pytest.raises(StoreError, match="itself"):
        told.keep_events([], {"e-x": "e-y", "e-y": "e-x"})
    assert told.events() == []


def test_events_are_listed_newest_first_and_filtered(told: Store, make_event: MakeEvent) -> None:
    may = make_event("may", ["r-one-a"], day="2024-05-01", category="AID")
    spring = make_event("spring", ["r-one-b"], day="2024-03-01", end="2024-05-31")
    plan = replace(
        make_event("plan", ["r-one-c"], day="2024-09-01", told_as="announced"), status="planned"
    )
    undated = make_event("undated", ["r-one-d"], day=None)
    told.keep_events([may, spring, plan, undated])
    assert names(told.events()) == ["plan", "may", "spring", "undated"]
    assert names(told.events(limit=2, offset=1)) == ["may", "spring"]
    assert names(told.events(start="2024-05-10", end="2024-06-01")) == ["spring"]
    assert names(told.events(told_as="announced")) == ["plan"]
    assert names(told.events(statuses=["happened"], category="AID")) == ["may"]
    assert told.events(statuses=[]) == []


def test_an_event_nobody_tells_any_more_is_not_listed(
    told: Store, make_event: MakeEvent, make_kept: Callable[..., Kept], versions: dict[str, str]
) -> None:
    told.keep_events([make_event("x", ["r-one-a"])])
    told.keep(make_kept(reports=("b",)), versions)
    assert told.events() == []
    assert told.counterparts("AZE", DONE, 12) == []
    assert told.counts()["events"] == 0
    assert told.event("e-x") is not None
    assert len(told.reports_of_event("e-x", with_retracted=True)) == 1


def test_partners_are_the_other_sides_of_an_actors_events(
    told: Store, make_event: MakeEvent
) -> None:
    told.keep_events(
        [
            make_event("late", ["r-one-a"], source="AZE", target="ARM", day="2024-06-01"),
            make_event("early", ["r-one-b"], source="ARM", target="AZE", day="2023-09-19"),
            make_event("undated", ["r-one-c"], source="ARM", target="AZE", day=None),
            make_event("else", ["r-one-d"], source="ARM", target="FRA", day="2024-01-01"),
        ]
    )
    assert told.counterparts("ARM", DONE, 12) == [
        Counterpart("AZE", 3, {"CONSULT": 3}), Counterpart("FRA", 1, {"CONSULT": 1}),
    ]  # fmt: skip
    (most,) = told.counterparts("ARM", {"planned"}, 1)
    assert (most.events, most.by_category) == (3, {})


def test_judgements_survive_a_rebuild(
    told: Store, make_event: MakeEvent, make_kept: Callable[..., Kept], versions: dict[str, str]
) -> None:
    told.keep_events([make_event("x", ["r-one-a"]), make_event("y", ["r-one-b"])])
    word = told.judge(Verdict("reject", "r-one-a"), "they only spoke by telephone", "Ada")
    assert told.judge(Verdict("reject", "r-one-a"), "they only spoke by telephone", "Ada") == word
    told.judge(Verdict("confirm", "r-one-a"), None, None)
    told.judge(Verdict("unsure", "e-y"), None, "Ada")
    told.keep(make_kept(reports=()), versions | {"record": "2"})
    told.keep(make_kept(reports=REPORTS), versions | {"record": "3"})
    assert [said.kind for said in told.judgements("r-one-a")] == ["reject", "confirm"]
    told.keep_events([make_event("x", ["r-one-a", "r-one-b"])], {"e-y": "e-x"})
    assert [said.target_id for said in told.judgements("e-x")] == ["e-y"]
    assert len(told.judgements()) == 3
