"""What an audit comes to, over a desk of our own: figures reckoned by hand, changes since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.checking.results import audits_of, joint_verdicts, result_of
from dragoman.checking.sampling import draw
from dragoman.checking.session import Session, audit_named
from dragoman.errors import DragomanError, StoreError
from dragoman.knowledge.outlets import Outlets
from dragoman.model.audit import Audit, Part, Ruling
from dragoman.store import Store, open_store
from tests.checking.samples import rows_of
from tests.store.conftest import VERSIONS, event_of, kept_of

ROWS = list(rows_of(CONSULT=30, ACCUSE=10))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


def drawn(store: Store, name: str = "one", query: str = "actor:AZE", number: int = 16) -> Audit:
    """16 reports of 40: 5 of 10 accusations, 11 of 30 consultations."""
    strata, items = draw(ROWS, ["category"], number, 1, Outlets())
    audit = Audit(name, query, ("category",), 1, "2024-03-20T12:00:00+00:00", strata)
    store.keep_audit(audit, items)
    return audit


def say(
    store: Store, audit: Audit, reader: str, wrong: dict[int, Part], unsure: tuple[int, ...] = ()
) -> None:
    """A verdict on every item; by place, what is wrong or unsure of it."""
    for place, item in enumerate(store.audit_items(audit.name)):
        said = Ruling(item.report_id, reader, "right")
        if place in wrong:
            said = Ruling(item.report_id, reader, "wrong", (wrong[place],))
        elif place in unsure:
            said = Ruling(item.report_id, reader, "unsure")
        store.rule(audit.name, [said])


def places(store: Store, audit: Audit, category: str) -> list[int]:
    items = store.audit_items(audit.name)
    return [place for place, item in enumerate(items) if item.stratum == (category,)]


def test_precision_is_weighted_by_stratum(store: Store) -> None:
    audit = drawn(store)
    accusations = places(store, audit, "ACCUSE")
    assert [(one.values, one.drawn) for one in audit.strata] == [(("ACCUSE",), 5),
                                                                 (("CONSULT",), 11)]  # fmt: skip
    say(store, audit, "Ada", {accusations[0]: "date", accusations[1]: "not-an-event"})
    result = result_of(store, audit)
    assert (result.read, result.right, result.wrong, result.unsure) == (16, 14, 2, 0)
    assert result.precision.value == pytest.approx(0.25 * 3 / 5 + 0.75)
    assert result.precision.error == pytest.approx((0.0625 * 0.5 * 0.24 / 4) ** 0.5)
    assert result.covered == 1
    shares = {part: share.value for part, share in result.parts}
    assert shares["date"] == pytest.approx(0.25 * 3 / 5 + 0.75)
    assert shares["not-an-event"] == shares["place"] == pytest.approx(0.25 * 4 / 5 + 0.75)
    assert result.agreement == ()


def test_unsure_is_left_out_and_then_counted_as_wrong(store: Store) -> None:
    audit = drawn(store)
    say(store, audit, "Ada", {}, tuple(places(store, audit, "ACCUSE")[:2]))
    result = result_of(store, audit)
    assert result.precision.value == 1
    assert result.precision.low is not None
    assert result.precision.low < 1
    assert result.unsure_as_wrong.value == pytest.approx(0.25 * 3 / 5 + 0.75)


def test_a_part_read_speaks_of_the_strata_it_reached(store: Store) -> None:
    audit = drawn(store)
    first = store.audit_items("one")[places(store, audit, "CONSULT")[0]]
    store.rule("one", [Ruling(first.report_id, "Ada", "right")])
    result = result_of(store, audit)
    assert result.covered == 0.75
    assert [one.precision.value for one in result.strata] == [None, 1.0]


def test_two_readers_agree_or_differ(store: Store) -> None:
    audit = drawn(store)
    say(store, audit, "Ada", {0: "date", 1: "date", 2: "source"})
    say(store, audit, "Béla", {0: "date", 1: "place"}, (5,))
    result = result_of(store, audit)
    (both,) = result.agreement
    assert (both.readers, both.both, both.same) == (("Ada", "Béla"), 16, 14)
    items = store.audit_items("one")
    assert set(both.differ) == {items[2].report_id, items[5].report_id}
    # By hand: observed 14/16; by chance 13/16 · 13/16 + 3/16 · 2/16.
    chance = (13 * 13 + 3 * 2) / 256
    assert both.kappa == pytest.approx((14 / 16 - chance) / (1 - chance))
    assert (result.right, result.wrong, result.unsure) == (12, 2, 2)


def test_the_verdict_of_most_readers_counts() -> None:
    said = [Ruling("r", "a", "right"), Ruling("r", "b", "wrong", ("date",))]
    assert joint_verdicts(said) == {"r": "unsure"}
    assert joint_verdicts([*said, Ruling("r", "c", "right")]) == {"r": "right"}


def test_changes_since_are_told(store: Store) -> None:
    audit = drawn(store)
    items = store.audit_items("one")
    gone, other, same, forgotten = (item.report_id[2:] for item in items[:4])
    for name in (gone, other, same, forgotten):
        kept = kept_of(name, reports=())
        report = replace(kept_of(name, reports=("x",)).reports[0], id=f"r-{name}")
        version = "8" if name == other else "7"
        store.keep(replace(kept, reports=(report,)), VERSIONS | {"record": version})
    store.keep(kept_of(gone, reports=()), VERSIONS)
    store.forget(f"a-{forgotten}", "asked for")
    since = result_of(store, audit).since
    assert since.forgotten == 1
    assert since.changed == 1
    assert since.withdrawn == 16 - 3  # those the desk never kept are not there either
    left = store.audit_items("one")
    assert left[3].shown is None
    assert left[2] == items[2]


def test_what_was_read_speaks_for_its_query_and_for_the_whole_desk(store: Store) -> None:
    for name, query in (("mine", "actor:AZE  after:2023"), ("all", " "), ("unread", "")):
        audit = drawn(store, name, query)
        if name != "unread":
            say(store, audit, "Ada", {})
    other = drawn(store, "other", "actor:ARM")
    say(store, other, "Ada", {})
    assert {one.name for one in audits_of(store, "actor:AZE after:2023 ")} == {"mine", "all"}
    assert {one.name for one in audits_of(store, "")} == {"all"}


def test_a_session_goes_on_where_it_ended_and_sees_its_own_verdicts_alone(store: Store) -> None:
    audit = drawn(store)
    say(store, audit, "Béla", {})
    session = Session(store, audit, "Ada")
    assert (session.at, session.read) == (0, 0)
    first, second = session.items[:2]
    assert session.said(first) is None
    session.say(Ruling(first.report_id, "Ada", "right"))
    session.skip()
    assert session.at == 2
    session.back()
    assert session.current == second
    session.back()
    assert session.current == first
    session.say(Ruling(first.report_id, "Ada", "wrong", ("date",)))
    again = Session(store, audit, "Ada")
    assert (again.at, again.read) == (1, 1)
    told = again.said(first)
    assert told is not None
    assert told.wrong == ("date",)


def test_a_name_is_given_once_and_an_unknown_one_is_told(store: Store) -> None:
    with pytest.raises(DragomanError, match="audit new"):
        audit_named(store, "nothing")
    drawn(store)
    with pytest.raises(StoreError, match="already"):
        drawn(store)
    with pytest.raises(DragomanError, match="there are one"):
        audit_named(store, "two")


def test_notes_on_what_is_forgotten_go_and_verdicts_stay(store: Store) -> None:
    drawn(store)
    item = store.audit_items("one")[0]
    name = item.report_id[2:]
    kept = kept_of(name, reports=("x",))
    store.keep(replace(kept, reports=(replace(kept.reports[0], id=item.report_id),)), VERSIONS,
               events=[event_of(name, [item.report_id])])  # fmt: skip
    store.rule("one", [Ruling(item.report_id, "Ada", "wrong", ("date",), "it quotes the harbour")])
    store.forget(item.article_id, "asked for")
    (said,) = store.audit_verdicts("one")
    assert (said.verdict, said.note) == ("wrong", None)
    assert len(Session(store, audit_named(store, "one"), "Béla").items) == 15
