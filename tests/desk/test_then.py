"""What the desk knew on a day: a desk that grew over days, beside desks that stopped growing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from dragoman.collect.pages import capture_file
from dragoman.config import Config
from dragoman.desk.corpus import Desk
from dragoman.desk.then import as_of
from dragoman.engine import engine_for
from dragoman.knowledge import Knowledge
from dragoman.model import CopyLink, Event, Kept, Signature, Verdict
from dragoman.pipeline import Steps
from dragoman.publish.formats.view_json import view_json
from dragoman.publish.pages import actor, event, pair, today
from dragoman.publish.room import ReadingRoom
from dragoman.store import Store, open_store
from dragoman.store.rows import Membership
from tests.desks import write_pages
from tests.publish.desk import tell_story
from tests.store.conftest import capture_of, event_of, kept_of

DAYS = ("2024-05-01", "2024-05-02", "2024-05-03", "2024-05-04", "2024-05-05")
VERSIONS = {"record": "1"}


def grown(home: Path, steps: Steps, paths: Sequence[Path]) -> Store:
    """A desk to which one page was added on each day."""
    store = open_store(home)
    desk = Desk(store, steps, engine_for(1))
    for day, path in zip(DAYS, paths, strict=False):
        store._clock = lambda day=day: f"{day}T12:00:00+00:00"  # type: ignore[misc]
        capture = replace(capture_file(path), fetched=f"{day}T11:00:00+00:00")
        assert [outcome.what for outcome in desk.add([capture])] == ["added"]
    return store


def seen(room: ReadingRoom) -> list[object]:
    """All that the pages say that can be seen as of a day."""
    ids = [one.id for one in room.store.events(limit=500)]
    views = [
        today.view(room),
        actor.view(room, "KEN"),
        pair.view(room, "KEN", "RWA"),
        *(event.view(room, one) for one in sorted(ids)),
    ]
    made = [view_json(view) for view in views]
    for one in made:
        # A citation says as of which day it is, and not which revision it was then.
        # Stories have no view as of a day.
        assert isinstance(one, dict)
        for name in ("citation", "story"):
            one.pop(name, None)
    return list(made)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_day_shows_what_a_desk_that_stopped_then_shows(
    tmp_path: Path, steps: Steps, knowledge: Knowledge, seed: int
) -> None:
    """Whatever the order in which the pages came; the last day is the desk as it is."""
    paths = write_pages(tmp_path / "pages")
    random.Random(seed).shuffle(paths)
    whole = grown(tmp_path / "whole", steps, paths)
    room = ReadingRoom(whole, knowledge, Config(today="2024-05-05"))
    shown = []
    with closing(whole):
        for number, day in enumerate(DAYS, 1):
            with (
                room.at(day) as then,
                closing(grown(tmp_path / f"until-{day}", steps, paths[:number])) as stopped,
            ):
                alone = ReadingRoom(stopped, knowledge, Config(today=day))
                shown.append(seen(then))
                assert shown[-1] == seen(alone)
                assert then.store.counts() == stopped.counts() | {"failures": 0}
                assert then.known is not None
                assert then.known.articles == number
        assert shown[-1] == seen(room)
    assert all(one != other for one, other in pairwise(shown))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path)


def keep(store: Store, day: str, kept: Kept, *events: Event) -> None:
    store._clock = lambda: f"{day}T12:00:00+00:00"
    store.keep(kept, VERSIONS, events=events)


def ids(events: Sequence[Event]) -> list[str]:
    return sorted(one.id for one in events)


def test_an_event_is_told_and_counted_by_the_reports_of_then(
    store: Store, knowledge: Knowledge
) -> None:
    one = kept_of("one", published="2024-03-18")
    two = kept_of("two", published="2024-03-19")
    shared = ("r-one-first", "r-two-first")
    keep(store, DAYS[0], one, event_of("met", shared[:1]))
    keep(store, DAYS[2], two, replace(event_of("met", shared, target=None), outlets=2))
    with as_of(store, knowledge, DAYS[1]) as then:
        (met,) = then.events()
        assert (met.report_ids, met.outlets, met.date) == (shared[:1], 1, one.article.published)
        assert then.event("e-met") == met
        assert [row.report.id for row in then.reports_of_event("e-met")] == list(shared[:1])
        assert [mark.id for mark in then.marks("AZE")] == ["e-met"]
        assert then.marks("NATO") == []
    with as_of(store, knowledge, DAYS[2]) as then:
        assert then.events() == store.events()


def test_a_report_withdrawn_since_tells_its_event_again(store: Store, knowledge: Knowledge) -> None:
    """Also where it was the only one, and where the event was merged into another one since."""
    two = kept_of("one", reports=("first", "second"))
    names = [report.id for report in two.reports]
    keep(store, DAYS[0], two, event_of("a", names[:1]), event_of("b", names[1:]))
    keep(store, DAYS[2], kept_of("one"), event_of("a", names[:1]), event_of("b"))
    assert ids(store.events()) == ["e-a"]
    with as_of(store, knowledge, DAYS[1]) as then:
        assert ids(then.events()) == ["e-a", "e-b"]
        assert then.event("e-b").report_ids == (names[1],)  # type: ignore[union-attr]
        (row,) = then.reports_of_event("e-b")
        assert row.retracted_at is None
    with as_of(store, knowledge, DAYS[2]) as then:
        assert ids(then.events()) == ["e-a"]
        assert [r.retracted_at for r in then.reports_of_article("a-one", with_retracted=True)] == [
            None, f"{DAYS[2]}T12:00:00+00:00"
        ]  # fmt: skip
    store.keep_events([event_of("a", names[:1])], {"e-b": "e-a"})
    with as_of(store, knowledge, DAYS[1]) as then:
        (both,) = then.events()
        assert (both.id, both.report_ids) == ("e-a", tuple(names))


def test_a_story_has_the_size_that_it_had(store: Store, knowledge: Knowledge) -> None:
    """What came later doesn't rank it: it is ranked by what is seen of it."""
    for day, name in ((DAYS[0], "one"), (DAYS[0], "two"), (DAYS[2], "three")):
        keep(store, day, kept_of(name))
    tell_story(store, "s-all", dict.fromkeys(("a-one", "a-two", "a-three"), "alike"), DAYS[0])
    for day, size in (("2020-01-01", []), (DAYS[1], [2]), (DAYS[2], [3])):
        with as_of(store, knowledge, day) as then:
            assert [row.size for row in then.stories()] == size
            assert len(then.stories(least=3)) == (size == [3])


def test_a_story_has_the_days_that_it_had(store: Store, knowledge: Knowledge) -> None:
    for day, name in ((DAYS[0], "one"), (DAYS[0], "two"), (DAYS[2], "three")):
        keep(store, day, kept_of(name))
    days = {"a-one": DAYS[0], "a-two": "", "a-three": DAYS[2]}
    for article in days:
        store.keep_signature(Signature(article, "en", b""), DAYS[0], b"", is_original=True)
    members = {one: Membership(day, None, 0.5, "alike") for one, day in days.items()}
    store.keep_stories({}, {"s-all": members}, {})
    for day, end in ((DAYS[1], DAYS[0]), (DAYS[2], DAYS[2])):
        with as_of(store, knowledge, day) as then:
            assert [(row.start, row.end) for row in then.stories()] == [(DAYS[0], end)]
            assert len(then.stories(start=DAYS[2])) == (end == DAYS[2])


def test_captures_and_keeping_both_count(store: Store, knowledge: Knowledge) -> None:
    """A page of an old archive is known from when it was taken in; a page fetched and read later
    from when it was read."""
    capture = capture_of(fetched="2019-01-01T00:00:00+00:00")
    store.keep_capture(capture)
    keep(store, DAYS[1], kept_of("one", capture_id=capture.id))
    for day, known in (("2020-01-01", 0), (DAYS[0], 0), (DAYS[1], 1)):
        with as_of(store, knowledge, day) as then:
            assert len(then.articles()) == known
            assert then.holding().first == f"{DAYS[1]}T12:00:00+00:00"


def test_judgements_copies_and_counts_are_of_then(store: Store, knowledge: Knowledge) -> None:
    keep(store, DAYS[0], kept_of("one"), event_of("met", ("r-one-first",)))
    keep(store, DAYS[2], kept_of("two"))
    link = CopyLink("a-one", "a-two", 1.0, "whole", "unknown", "the same text")
    store.keep_copy_links({"a-one": [link]})  # the first text came later
    store.judge(Verdict("reject", "e-met"), None, None)
    with as_of(store, knowledge, DAYS[1]) as then:
        assert then.origin_of("a-one") is None
        assert then.judgements() == []
        assert then.counts() == {
            "articles": 1, "reports": 1, "events": 1, "failures": 0, "copies": 0
        }  # fmt: skip
        assert ids(then.events_called(["e-met"])) == ["e-met"]
        assert [mark.id for mark in then.marks("AZE")] == ["e-met"]
    with as_of(store, knowledge, DAYS[2]) as then:
        assert [one.kind for one in then.judgements()] == ["reject"]
        assert then.origin_of("a-one") == ("a-two", 1.0)


def test_the_desk_itself_is_not_touched(store: Store, knowledge: Knowledge) -> None:
    keep(store, DAYS[0], kept_of("one"), event_of("met", ("r-one-first",)))
    with as_of(store, knowledge, "2020-01-01") as then:
        assert then.events() == []
        assert ids(store.events()) == ["e-met"]
        keep(store, DAYS[1], kept_of("two"), event_of("other", ("r-two-first",)))
    assert ids(store.events()) == ["e-met", "e-other"]
