"""Numbers and order out of indexes are those of looking at each event, whatever happened to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from dragoman.model import Dated, Event, Status, ToldAs
from dragoman.publish.views.dossier import in_order
from dragoman.record.dossier import DONE, Choice, done, done_by_month, less, tallied
from dragoman.store import Store, open_store
from dragoman.store.dossiers import Mark
from dragoman.store.tallies import MonthTally, Tally, Wanted
from tests.store.conftest import VERSIONS, event_of, kept_of

ACTORS = ("ARM", "AZE", "FRA")
PAIRS = (("ARM", None), ("AZE", None), ("AZE", "ARM"), ("ARM", "FRA"))
CATEGORIES = {"CONSULT": 1, "AID": 2, "ACCUSE": 3, "ASSAULT": 4}
STATUSES: tuple[Status, ...] = ("happened", "ongoing", "planned", "denied")
TOLD_AS: tuple[ToldAs, ...] = ("news", "background", "announced")
DATES = (
    None,
    *(Dated(day, day, "day", "x") for day in ("2023-01-01", "2023-01-09", "2023-02-01")),
    Dated("2024-01-01", "2024-01-01", "day", "x"),
    Dated("2024-01-01", "2024-01-31", "month", "x"),
    Dated("2024-01-01", "2024-12-31", "year", "x"),
    Dated("2023-01-01", "2024-12-31", "range", "x"),
    Dated("2023-12-28", "2024-01-03", "range", "x"),
    Dated("2024-01-05", None, "range", "x"),
    Dated(None, "2024-01-05", "range", "x"),
)  # fmt: skip
CHOICES = (
    Choice(),
    Choice(categories=("AID", "ASSAULT")),
    Choice(quads=(1, 3)),
    Choice(quads=(4,), categories=("AID",)),
    Choice(statuses=("happened",), told_as=("news",)),
    Choice(first="2024", last="2024"),
    Choice(first="2023-02"),
    Choice(last="2023-01"),
    Choice(first="2024-01-03", last="2024-01-05"),
)


class Desk:
    """A store to which things happen at random; each day of its clock comes after the last."""

    def __init__(self, store: Store, dice: Random) -> None:
        self.store, self.dice, self.day = store, dice, 1
        store._clock = lambda: f"2025-01-{self.day:02}T10:00:00+00:00"
        self.articles: dict[str, list[str]] = {}
        self.events: dict[str, Event] = {}

    def happen(self) -> None:
        self.day += 1
        for act in (*[self._keep] * 5, self._retell, self._retell, self._merge, self._forget):
            act()

    def _keep(self) -> None:
        """New, or again with other reports: events are as they were, until they are told anew."""
        name = str(self.dice.randrange(8))
        reports = [n for n in "abcdef" if self.dice.random() < 0.6]
        self.store.lift(f"a-{name}")
        self.store.keep(kept_of(name, reports=reports), VERSIONS)
        self.articles[name] = [f"r-{name}-{one}" for one in reports]

    def _retell(self) -> None:
        """Events anew out of free reports; some of their reports may have been withdrawn."""
        dice = self.dice
        reports = [one for some in self.articles.values() for one in some]
        dice.shuffle(reports)
        told = []
        for name in dice.sample(range(30), 12):
            some, reports = reports[: (size := dice.randrange(3))], reports[size:]
            source, target = dice.choice((*ACTORS, None)), dice.choice((*ACTORS, None))
            told.append(
                replace(
                    event_of(str(name), some, source=source, target=target),
                    category=dice.choice(sorted(CATEGORIES)),
                    status=dice.choice(STATUSES),
                    told_as=dice.choice(TOLD_AS),
                    date=dice.choice(DATES),
                )
            )
        self.store.keep_events(told)
        self.events |= {event.id: event for event in told}

    def _merge(self) -> None:
        held = [one for one in sorted(self.events) if self.store.event(one) is not None]
        current = sorted({self.store.event(one).id for one in held})  # type: ignore[union-attr]
        if len(current) > 1:
            one, other = self.dice.sample(current, 2)
            self.store.keep_events([], {one: other})

    def _forget(self) -> None:
        if self.articles and self.dice.random() < 0.5:
            name = self.dice.choice(sorted(self.articles))
            self.articles.pop(name)
            self.store.forget(f"a-{name}", "asked for", None)


@pytest.fixture(params=range(2))
def desk(request: pytest.FixtureRequest, address: Path | str) -> Iterator[Desk]:
    with open_store(address) as store:
        yield Desk(store, Random(request.param))


def plainly(store: Store, a: str, b: str | None) -> list[Mark]:
    """Out of the events themselves, as `is_told` lists them."""
    return [
        Mark(
            one.id,
            one.category,
            one.status,
            one.told_as,
            one.source,
            one.target,
            one.date.start if one.date else None,
            one.date.end if one.date else None,
            one.origins,
            ("en",),
            False,
        )
        for one in sorted(store.events(limit=1000), key=lambda event: event.id)
        if (a in (one.source, one.target) if b is None else {a, b} == {one.source, one.target})
    ]


def summed(tallies: Iterable[Tally]) -> Counter[tuple[object, ...]]:
    numbers: Counter[tuple[object, ...]] = Counter()
    for one in tallies:
        key = (one.category, one.status, one.told_as)
        numbers[*key, "all"] += one.number
        numbers[*key, "undated"] += one.undated
    return +numbers


def by_month(tallies: Iterable[MonthTally]) -> Counter[tuple[str, str]]:
    numbers: Counter[tuple[str, str]] = Counter()
    for one in tallies:
        numbers[one.month, one.category] += one.number
    return +numbers


def compare(store: Store) -> int:
    """How many events were compared."""
    compared = 0
    for a, b in PAIRS:
        whole = plainly(store, a, b)
        compared += len(whole)
        assert {one.id for one in store.marks(a, b)} == {one.id for one in whole}
        for number, choice in enumerate(CHOICES):
            marks = [one for one in whole if choice.takes(one, CATEGORIES.__getitem__, str)]
            wanted = choice.wanted(CATEGORIES, CATEGORIES.__getitem__)
            tallies = store.tallies(a, b, wanted)
            assert summed(tallies) == summed(tallied(marks))
            some = {one.id for one in marks[::2]} | {"e-unknown"}
            left = less(tallies, store.tallies(a, b, wanted, among=some))
            assert summed(left) == summed(tallied(marks[1::2]))
            was_done = done(wanted)
            months = store.month_tallies(a, b, was_done)
            assert by_month(months) == by_month(done_by_month(marks))
            left_months = less(months, store.month_tallies(a, b, was_done, among=some))
            assert by_month(left_months) == by_month(done_by_month(marks[1::2]))
            dated = sum(one.number - one.undated for one in tallies)
            newest = number % 2 == 0
            pages = [
                store.ids_in_order(
                    a, b, wanted, newest_first=newest, start=at, limit=4, dated=dated
                )
                for at in range(0, len(marks) + 4, 4)
            ]
            ordered = [one.id for one in in_order(marks, newest_first=newest)]
            assert [one for page in pages for one in page] == ordered
        ends = ("2023-02", "2024-01")
        acts = [one for one in whole if one.status in DONE and one.month]
        acts.sort(key=lambda one: (one.start or "", one.id))
        inside = [one.id for one in acts if ends[0] <= (one.month or "") <= ends[1]]
        assert store.ids_of_months(a, b, ends, DONE) == inside
        if b is None:
            compare_days(store, a, acts)
            compare_counterparts(store, a, whole)
    return compared


def compare_days(store: Store, actor: str, done: list[Mark]) -> None:
    days = ("2023-01-02", "2024-01-03")
    on_a_day = [
        one for one in done if one.start == one.end and days[0] <= str(one.start) <= days[1]
    ]
    whole = Counter((one.start, one.category) for one in on_a_day)
    found = store.days(actor, days, DONE)
    assert {(one.day, one.category): one.number for one in found} == whole
    aid = store.days(actor, days, DONE, Wanted(categories=("AID",)))
    assert aid == [one for one in found if one.category == "AID"]
    some = [one.id for one in on_a_day[::2]]
    among = store.days(actor, days, DONE, among=some)
    assert sum(one.number for one in among) == len(some)


def compare_counterparts(store: Store, actor: str, whole: list[Mark]) -> None:
    others = [
        (other, one)
        for one in whole
        if (other := one.target if one.source == actor else one.source) not in {None, actor}
    ]
    found = store.counterparts(actor, DONE, 99)
    assert {one.actor: one.events for one in found} == Counter(other for other, _ in others)
    for one in found:
        kinds = Counter(mark.category for other, mark in others if other == one.actor
                        and mark.status in DONE)  # fmt: skip
        assert one.by_category == kinds
    assert [one.events for one in found] == sorted((one.events for one in found), reverse=True)


def test_numbers_and_order_are_those_of_each_event(desk: Desk) -> None:
    compared = 0
    for _ in range(4):
        desk.happen()
        compared += compare(desk.store)
    assert compared > 40
    told = [event.id for event in desk.store.events(limit=1000)]
    assert 0 < len(told) < len(list(desk.store.each_event(with_retracted=True)))


def test_so_they_are_as_of_a_day(desk: Desk) -> None:
    for _ in range(4):
        desk.happen()
    compared = 0
    for day in (2, 4):
        with desk.store.as_of(f"2025-01-{day:02}") as then:
            compared += compare(then)
            told = then.events(limit=3)
            then.retell([replace(one, date=DATES[1], category="AID") for one in told])
            compared += compare(then)
    assert compared > 20
