"""Reports to happenings: what is joined, what is not, and which ids stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dragoman.knowledge import Knowledge
from dragoman.knowledge.atlas import Atlas
from dragoman.model import Dated, Event, OriginGroup, Origins, Report, Side
from dragoman.record.chronology import join, parties


def side(actor: str | None, name: str = "") -> Side:
    return Side(actor, name or actor or "", None, 0, 1)


def on(start: str, end: str | None = None, precision: str = "day") -> Dated:
    return Dated(start, end or start, precision, "stated")  # type: ignore[arg-type]


def report(identity: str = "r-1", **changes: object) -> Report:
    made = Report(
        id=identity,
        article_id="a-1",
        category="ASSAULT",
        root="ASSAULT",
        mode=None,
        context=(),
        cameo="190",
        quad=4,
        status="happened",
        told_as="news",
        sources=(side("RUS"),),
        targets=(side("UKR"),),
        counts=(),
        date=on("2024-03-17"),
        place=None,
        predicate=(0, 1),
        evidence=(0, 1),
        evidence_text="x",
        attributed_to=None,
        confidence=0.5,
        why=("lexicon",),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


class Shelf:
    """Events kept so far, asked as the store is asked."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.events: dict[str, Event] = {}
        self.of_report: dict[str, Event] = {}
        self.tellings: dict[str, tuple[str, str]] = {}
        """Report → its outlet and origin."""

    def near(
        self, source: str | None, target: str | None, category: str, start: str, end: str
    ) -> Sequence[Event]:
        return [
            e
            for e in self.events.values()
            if (e.source, e.target, e.category) == (source, target, category)
            and e.date is not None
            and (e.date.start or "") <= end
            and start <= (e.date.end or "")
        ]

    def count(self, report_ids: Sequence[str]) -> Origins:
        told = [self.tellings[one] for one in report_ids]
        origins = dict.fromkeys(origin for _, origin in told)
        groups = tuple(OriginGroup(one, "independent", "", ()) for one in origins)
        return Origins(outlets=len({outlet for outlet, _ in told}), groups=groups)

    def add(self, *reports: Report, had: Sequence[str] = (), outlet: str = "one") -> list[Event]:
        for one in reports:
            self.tellings.setdefault(one.id, (outlet, outlet))
        before = {
            i: self.of_report[i] for i in (*had, *(r.id for r in reports)) if i in self.of_report
        }
        changed = join(reports, before, self.near, self.count, self.atlas)
        for event in changed:
            self.events[event.id] = event
        self.of_report = {i: e for e in self.events.values() for i in e.report_ids}
        return changed


@pytest.fixture
def shelf(knowledge: Knowledge) -> Shelf:
    return Shelf(knowledge.atlas)


# fmt: off
SAME = [
    # told twice in the same words
    {},
    # a day later: time zones and the night before
    {"date": on("2024-03-18")},
    # within an interval
    {"date": on("2024-03-16", "2024-03-18")},
    # mode, place and confidence may differ
    {"mode": "firearms", "confidence": 0.9},
    # another status of the same act
    {"status": "ongoing"},
    # a further side
    {"targets": (side("UKR"), side("POL"))},
]
OTHER = [
    # another category, source, target
    {"category": "COERCE"},
    {"sources": (side("BLR"),)},
    {"targets": (side("POL"),)},
    # the other way round
    {"sources": (side("UKR"),), "targets": (side("RUS"),)},
    # denied is not done
    {"status": "denied"},
    # other days
    {"date": on("2024-03-20")},
    {"date": on("2023-03-17")},
    # a coarse date does not swallow a fine one
    {"date": on("2024-01-01", "2024-12-31", "year")},
    # an undated act
    {"date": None},
    # nobody in particular
    {"sources": ()},
]
# fmt: on


@pytest.mark.parametrize("changes", SAME)
def test_the_same_happening_is_joined(changes: dict[str, object], shelf: Shelf) -> None:
    (first,) = shelf.add(report("r-1"))
    (second,) = shelf.add(report("r-2", article_id="a-2", **changes), outlet="two")
    assert second.id == first.id
    assert second.report_ids == ("r-1", "r-2")
    assert (second.outlets, second.origins) == (2, 2)


@pytest.mark.parametrize("changes", OTHER)
def test_another_happening_is_not(changes: dict[str, object], shelf: Shelf) -> None:
    (first,) = shelf.add(report("r-1"))
    (second,) = shelf.add(report("r-2", article_id="a-2", **changes))
    assert second.id != first.id
    assert shelf.events[first.id].report_ids == ("r-1",)


def test_officials_stand_for_the_state_they_serve(shelf: Shelf) -> None:
    by_name = report("r-1", sources=(side("emmanuel-macron"),), category="CONSULT")
    by_state = report("r-2", sources=(side("FRA"),), category="CONSULT")
    assert parties(by_name, shelf.atlas) == ("FRA", "UKR")
    assert shelf.add(by_name)[0].id == shelf.add(by_state)[0].id


def test_two_reports_of_one_article_may_be_one_happening(shelf: Shelf) -> None:
    (event,) = shelf.add(report("r-1"), report("r-2"))
    assert event.report_ids == ("r-1", "r-2")
    assert (event.outlets, event.origins) == (1, 1)


def test_copies_count_as_one_origin(shelf: Shelf) -> None:
    shelf.tellings = {"r-1": ("one", "text:a-1"), "r-2": ("two", "text:a-1")}
    shelf.add(report("r-1"))
    (event,) = shelf.add(report("r-2"))
    assert (event.outlets, event.origins) == (2, 1)


def test_doing_it_twice_is_harmless(shelf: Shelf) -> None:
    first = shelf.add(report("r-1"), report("r-2", category="COERCE"))
    assert shelf.add(report("r-1"), report("r-2", category="COERCE")) == first


def test_a_report_that_is_gone_leaves_its_event(shelf: Shelf) -> None:
    (event,) = shelf.add(report("r-1"))
    shelf.add(report("r-2", article_id="a-2"), outlet="two")
    (left,) = shelf.add(had=["r-1"])
    assert left.id == event.id
    assert left.report_ids == ("r-2",)
    assert left.outlets == 1


def test_an_event_without_reports_comes_back_empty(shelf: Shelf) -> None:
    (event,) = shelf.add(report("r-1"))
    (left,) = shelf.add(had=["r-1"])
    assert (left.id, left.report_ids, left.outlets) == (event.id, (), 0)


def test_an_empty_event_takes_no_new_report(shelf: Shelf) -> None:
    (event,) = shelf.add(report("r-1"))
    shelf.add(had=["r-1"])
    (other,) = shelf.add(report("r-3", article_id="a-3"))
    assert other.report_ids == ("r-3",)
    assert other.id != event.id


def test_a_report_that_changed_moves(shelf: Shelf) -> None:
    (event,) = shelf.add(report("r-1"))
    shelf.add(report("r-2", article_id="a-2"))
    changed = {e.id: e for e in shelf.add(report("r-2", article_id="a-2", date=on("2024-05-01")))}
    assert changed[event.id].report_ids == ("r-1",)
    (moved,) = [e for e in changed.values() if e.id != event.id]
    assert moved.report_ids == ("r-2",)


def test_an_id_is_given_once(shelf: Shelf) -> None:
    """From the first report, and kept when that report is gone."""
    (event,) = shelf.add(report("r-1"))
    shelf.add(report("r-2", article_id="a-2"))
    shelf.add(had=["r-1"])
    (again,) = shelf.add(report("r-4", article_id="a-4"))
    assert again.id == event.id
    assert again.report_ids == ("r-2", "r-4")
