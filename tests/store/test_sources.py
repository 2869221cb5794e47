"""Sources and entries: what a feed named is kept before anything else, and asked for once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from benchmarks.kill_old import old_tables
from dragoman.model import Capture, Entry, Item, Kept, Source, SourceState
from dragoman.store import Found, Store, open_store, source_id
from dragoman.store.health import rhythm, silence
from tests.desks import printed_again

HARBOUR = "https://harbour.example/feed"
ISLAND = "https://island.example/rss"
NOW = "2024-03-18T12:00:00+00:00"
LATER = "2024-03-18T13:00:00+00:00"

MakeCapture = Callable[..., Capture]


def source(address: str = HARBOUR, **fields: object) -> Source:
    return replace(Source(source_id(address), address, "feed"), **fields)  # type: ignore[arg-type]


def item(name: str, host: str = "harbour.example", published: str | None = None) -> Item:
    entry = Entry(HARBOUR, title=f"News of {name}", published=published)
    return Item(f"key-{name}", f"https://{host}/{name}", entry)


def found(*names: str) -> list[Found]:
    return [Found(item(name)) for name in names]


@pytest.fixture
def watched(store: Store) -> Store:
    for address in (HARBOUR, ISLAND):
        store.add_source(source(address))
    return store


def states(store: Store, address: str = HARBOUR) -> dict[str, str]:
    return {row.key: row.state for row in store.entries_of(source_id(address))}


# --- sources ---------------------------------------------------------------------------------


def test_a_source_is_added_once_and_whole(store: Store) -> None:
    full = source(
        title="Harbour", outlet="harbour", licence="CC-BY-4.0", tags=("sea",), added=NOW,
        state=SourceState(etag='"1"', due=LATER, interval=600.0, failures=0.5),
    )  # fmt: skip
    assert store.add_source(full)
    assert store.sources() == [full]
    assert not store.add_source(replace(full, title="Another", tags=("news", "sea")))
    merged = replace(full, tags=("sea", "news"))
    assert store.source(full.id) == store.source(HARBOUR) == merged
    assert store.source("https://nowhere.example/") is None


def test_due_sources_are_those_whose_time_has_come(watched: Store) -> None:
    assert watched.next_due() is None
    assert [one.address for one in watched.due_sources(NOW)] == [HARBOUR, ISLAND]
    watched.keep_visit(source_id(HARBOUR), SourceState(due=LATER))
    assert [one.address for one in watched.due_sources(NOW)] == [ISLAND]
    assert [one.address for one in watched.due_sources(LATER)] == [ISLAND, HARBOUR]
    watched.set_active(source_id(ISLAND), False)
    assert watched.due_sources(NOW) == []
    assert watched.next_due() == LATER
    watched.set_active(source_id(HARBOUR), False)
    assert watched.due_sources(LATER) == []
    watched.set_active(source_id(HARBOUR), True)
    assert [one.address for one in watched.due_sources(NOW)] == [HARBOUR]


def test_a_removed_source_leaves_its_captures(watched: Store, make_capture: MakeCapture) -> None:
    capture = make_capture()
    watched.keep_visit(source_id(HARBOUR), SourceState(), [Found(item("one"), capture)])
    watched.remove_source(source_id(HARBOUR))
    assert [one.address for one in watched.sources()] == [ISLAND]
    assert watched.entries_of(source_id(HARBOUR)) == []
    assert watched.waiting() == [capture.id]
    assert watched.keep_visit(source_id(HARBOUR), SourceState(), found("two")) == 0


def test_a_title_is_taken_where_there_is_none(watched: Store) -> None:
    watched.keep_visit(source_id(HARBOUR), SourceState(), title="Harbour")
    watched.keep_visit(source_id(HARBOUR), SourceState(), title="Another")
    assert watched.sources()[0].title == "Harbour"


# --- entries ---------------------------------------------------------------------------------


def test_entries_come_in_once_with_the_state_that_brought_them(watched: Store) -> None:
    state = SourceState(etag='"2"', tried=NOW)
    assert watched.keep_visit(source_id(HARBOUR), state, found("one", "two")) == 2
    assert watched.sources()[0].state == replace(state, brought=NOW)
    assert watched.keep_visit(source_id(HARBOUR), state, found("two", "three")) == 1
    assert [row.key for row in watched.waiting_entries(NOW)] == ["key-one", "key-two", "key-three"]
    assert watched.waiting_entries(NOW)[0].entry == item("one").entry


def test_a_visit_that_fails_keeps_neither_entries_nor_validators(watched: Store) -> None:
    def broken() -> Iterable[Found]:
        yield from found("one")
        raise KeyError("in the middle")

    with pytest.raises(KeyError):
        watched.keep_visit(source_id(HARBOUR), SourceState(etag='"2"'), broken())
    assert watched.sources()[0].state == SourceState()
    assert watched.entries_of(source_id(HARBOUR)) == []


def test_a_page_that_two_sources_name_is_fetched_once(watched: Store) -> None:
    watched.keep_visit(source_id(HARBOUR), SourceState(), found("one"))
    same = replace(item("one"), address="http://www.harbour.example/one/?utm_source=island")
    other = replace(item("one"), key="key-again", address="https://harbour.example/one#top")
    watched.keep_visit(source_id(ISLAND), SourceState(), [Found(same)])
    watched.keep_visit(source_id(HARBOUR), SourceState(), [Found(other)])
    assert len(watched.waiting_entries(NOW)) == 1
    assert states(watched) == {"key-one": "waiting", "key-again": "known"}
    (known,) = watched.entries_of(source_id(ISLAND))
    assert (known.state, known.reason) == ("known", f"first named by {source_id(HARBOUR)}")


def test_whoever_named_it_too_takes_over_from_a_source_that_goes(watched: Store) -> None:
    watched.keep_visit(source_id(HARBOUR), SourceState(), found("one"))
    watched.keep_visit(source_id(ISLAND), SourceState(), found("one"))
    watched.remove_source(source_id(HARBOUR))
    assert [row.source for row in watched.waiting_entries(NOW)] == [ISLAND]


def test_what_was_given_up_may_come_by_another_way(
    watched: Store, make_capture: MakeCapture
) -> None:
    watched.keep_visit(source_id(HARBOUR), SourceState(), found("one"))
    watched.put_off_entry(watched.waiting_entries(NOW)[0], "the server answered 403", None)
    watched.keep_visit(source_id(ISLAND), SourceState(), [Found(item("one"), make_capture())])
    assert states(watched) == {"key-one": "failed"}
    assert states(watched, ISLAND) == {"key-one": "taken"}


def test_an_entry_waits_until_it_is_taken_passed_or_given_up(
    watched: Store, make_capture: MakeCapture
) -> None:
    watched.keep_visit(source_id(HARBOUR), SourceState(), found("one", "two", "three"))
    one, two, three = watched.waiting_entries(NOW)
    watched.put_off_entry(one, "no answer in time", LATER)
    watched.pass_entry(two, "robots.txt forbids it")
    watched.put_off_entry(three, "the server answered 410", None)
    assert watched.waiting_entries(NOW) == []
    assert watched.next_try() == LATER
    (again,) = watched.waiting_entries(LATER)
    assert (again.tries, again.reason) == (1, "no answer in time")
    capture = replace(make_capture(), entry=again.entry)
    watched.take_entry(again, capture)
    assert watched.next_try() is None
    assert watched.capture(capture.id) == capture
    rows = {row.key: row for row in watched.entries_of(source_id(HARBOUR))}
    assert rows["key-one"].capture_id == capture.id
    assert rows["key-one"].reason is None
    assert (rows["key-two"].state, rows["key-two"].reason) == ("passed", "robots.txt forbids it")
    assert rows["key-three"].state == "failed"
    failed = watched.entries_of(source_id(HARBOUR), states=["failed"])
    assert [row.key for row in failed] == ["key-three"]


def test_pages_of_a_paused_source_wait_with_it(watched: Store) -> None:
    watched.keep_visit(source_id(HARBOUR), SourceState(), found("one"))
    watched.set_active(source_id(HARBOUR), False)
    assert watched.waiting_entries(NOW) == []
    assert watched.next_try() is None


def test_a_text_changed_in_the_feed_is_captured_again(
    watched: Store, make_capture: MakeCapture
) -> None:
    first, second = make_capture("<p>As it was.</p>"), make_capture("<p>As it is.</p>")
    for capture in (first, first, second):
        watched.keep_visit(source_id(HARBOUR), SourceState(), [Found(item("one"), capture)])
    (row,) = watched.entries_of(source_id(HARBOUR))
    assert row.capture_id == second.id
    assert watched.waiting() == [first.id, second.id]


def test_a_page_that_is_dated_anew_is_fetched_again_a_few_times(
    watched: Store, make_capture: MakeCapture
) -> None:
    fetched = 0
    for day in range(10, 20):
        named = replace(item("one"), updated=f"2024-03-{day}T00:00:00+00:00")
        for _ in range(2):
            watched.keep_visit(source_id(HARBOUR), SourceState(), [Found(named)])
            for row in watched.waiting_entries(NOW):
                fetched += 1
                watched.take_entry(row, make_capture(f"<p>{fetched}</p>"))
    assert fetched == 1 + 3


def test_a_page_that_can_t_be_had_again_is_the_one_we_have(
    watched: Store, make_capture: MakeCapture
) -> None:
    for day in (10, 11):
        named = replace(item("one"), updated=f"2024-03-{day}T00:00:00+00:00")
        watched.keep_visit(source_id(HARBOUR), SourceState(), [Found(named)])
        (row,) = watched.waiting_entries(NOW)
        if day == 10:
            watched.take_entry(row, make_capture())
        else:
            watched.put_off_entry(row, "the server answered 410", None)
    (row,) = watched.entries_of(source_id(HARBOUR))
    assert (row.state, row.capture_id) == ("taken", make_capture().id)
    assert row.reason == "the server answered 410"


def test_versions_of_a_page_in_one_archive_are_all_taken(
    watched: Store, make_capture: MakeCapture
) -> None:
    old, new = make_capture("<p>Old.</p>"), make_capture("<p>New.</p>")
    again = replace(item("one"), key="key-later")
    versions = [Found(item("one"), old), Found(again, new)]
    watched.keep_visit(source_id(HARBOUR), SourceState(), versions)
    watched.keep_visit(source_id(ISLAND), SourceState(), [Found(again, make_capture("<p>x</p>"))])
    assert watched.waiting() == [old.id, new.id]
    assert states(watched) == {"key-one": "taken", "key-later": "taken"}
    assert states(watched, ISLAND) == {"key-later": "known"}


def test_ten_thousand_entries_come_in_at_once(watched: Store) -> None:
    many = found(*(f"n{n}" for n in range(10_000)))
    assert watched.keep_visit(source_id(HARBOUR), SourceState(), many) == 10_000
    assert watched.keep_visit(source_id(HARBOUR), SourceState(), many) == 0
    assert len(watched.waiting_entries(NOW)) == 10_000
    assert len(watched.waiting_entries(NOW, limit=7)) == 7


# --- health ----------------------------------------------------------------------------------


def dates(*hours_ago: float) -> list[datetime]:
    newest = datetime(2024, 3, 18, tzinfo=UTC)
    return [newest - timedelta(hours=hours) for hours in hours_ago]


def test_rhythm_is_counted_before_the_newest_entry() -> None:
    assert rhythm([]) == (None, None)
    assert rhythm(dates(0)) == (None, dates(0)[0])
    assert rhythm(dates(0, 0)) == (None, dates(0)[0])
    assert rhythm(dates(0, 12, 24)) == (2.0, dates(0)[0])
    assert rhythm(dates(0, 24, 24 * 100)) == (1.0, dates(0)[0])


def test_silence_is_measured_by_the_source_s_own_rhythm() -> None:
    (newest,) = dates(0)
    assert silence(14.0, newest, newest + timedelta(days=9)) == 9
    assert silence(14.0, newest, newest + timedelta(days=1)) is None
    assert silence(0.1, newest, newest + timedelta(days=9)) is None
    assert silence(0.1, newest, newest + timedelta(days=100)) == 100
    assert silence(None, newest, newest + timedelta(days=900)) is None


def test_health_counts_what_became_of_the_entries(
    address: Path | str,
    make_capture: MakeCapture,
    make_kept: Callable[..., Kept],
    versions: dict[str, str],
) -> None:
    opened = open_store(address)
    moments = [NOW]
    opened._clock = lambda: moments[-1]
    with opened as store:
        store.add_source(source())
        store.add_source(source(ISLAND))
        one, two = make_capture("<p>One.</p>"), make_capture("<p>Two.</p>")
        store.keep_visit(source_id(HARBOUR), SourceState(), [
            Found(item("one", published="2024-03-10T12:00:00+00:00"), one),
        ])  # fmt: skip
        moments.append(LATER)
        store.keep_visit(source_id(HARBOUR), SourceState(), [
            Found(item("two", published="2024-03-18T12:40:00+00:00"), two),
            Found(item("three", published="2031-01-01T00:00:00+00:00")),
            Found(item("four"), passed="no date"),
        ])  # fmt: skip
        store.keep(make_kept("one", capture_id=one.id), versions)
        store.keep(make_kept("two", capture_id=two.id), versions)
        store.keep_copy_links(printed_again("a-two", "a-one", 0.9))
        store.put_off_entry(store.waiting_entries(LATER)[0], "no answer in time", LATER)
        harbour, island = store.source_health("2024-04-18T13:00:00+00:00")
    assert (harbour.entries, harbour.articles, harbour.copies) == (4, 2, 1)
    assert harbour.copies_share == 0.5
    assert (harbour.waiting, harbour.passed, harbour.failed, harbour.known) == (1, 1, 0, 0)
    assert harbour.lag_minutes == 20
    assert harbour.newest == LATER, "a date in the future tells nothing"
    assert (harbour.last_fault, harbour.last_passed) == ("no answer in time", "no date")
    assert harbour.silent_days == 31
    with open_store(address) as store:
        assert store.silent_sources("2024-04-18T13:00:00+00:00") == {source_id(HARBOUR)}
        assert not store.silent_sources("2024-03-19T13:00:00+00:00")
        store.set_active(source_id(HARBOUR), False)
        assert not store.silent_sources("2024-04-18T13:00:00+00:00"), "it is not asked"
    assert (island.entries, island.copies_share, island.per_day) == (0, None, None)


def test_why_it_last_failed_is_told_of_what_was_given_up(store: Store) -> None:
    store.add_source(source())
    store.keep_visit(source_id(HARBOUR), SourceState(), found("one", "two"))
    one, two = store.waiting_entries(NOW)
    store.put_off_entry(one, "no such page", None)
    store.put_off_entry(two, "no answer in time", LATER)
    (row,) = store.source_health(LATER)
    assert (row.failed, row.waiting, row.last_fault) == (1, 1, "no such page")


def two_pages(store: Store, make_capture: MakeCapture) -> tuple[Capture, Capture]:
    """A source that named two, with their pages."""
    store.add_source(source())
    one, two = make_capture("<p>One.</p>"), make_capture("<p>Two.</p>")
    named = [Found(replace(item("one"), updated=NOW), one), Found(item("two"), two)]
    store.keep_visit(source_id(HARBOUR), SourceState(), named)
    return one, two


def test_a_capture_that_no_article_was_made_of_is_no_article(
    store: Store,
    make_capture: MakeCapture,
    make_kept: Callable[..., Kept],
    versions: dict[str, str],
) -> None:
    one, _ = two_pages(store, make_capture)
    store.keep(make_kept("one", capture_id=one.id), versions)
    (row,) = store.source_health(LATER)
    assert (row.entries, row.articles, row.copies_of) == (2, 1, 1)


def test_copies_are_those_of_the_newest_pages(
    store: Store,
    make_capture: MakeCapture,
    make_kept: Callable[..., Kept],
    versions: dict[str, str],
) -> None:
    """Also where a hundred newer entries were passed over, or a page is fetched anew."""
    one, two = two_pages(store, make_capture)
    for name, capture in (("one", one), ("two", two)):
        store.keep(make_kept(name, capture_id=capture.id), versions)
    store.keep_copy_links(printed_again("a-two", "a-one", 0.9))
    store._clock = lambda: LATER
    passed = [Found(item(f"more-{n}"), passed="no news") for n in range(120)]
    store.keep_visit(source_id(HARBOUR), SourceState(), passed)
    (row,) = store.source_health(LATER)
    assert (row.articles, row.copies, row.copies_of) == (2, 1, 2)
    anew = Found(replace(item("one"), updated=LATER))
    store.keep_visit(source_id(HARBOUR), SourceState(), [anew])
    (row,) = store.source_health(LATER)
    assert (row.waiting, row.articles) == (1, 2)
    store.pass_entry(store.waiting_entries(LATER)[0], "robots.txt forbids it")
    (row,) = store.source_health(LATER)
    assert (row.waiting, row.articles) == (0, 2)


def test_lag_is_that_of_the_newest_hundred(store: Store) -> None:
    store.add_source(source())
    moment = datetime(2024, 3, 1, tzinfo=UTC)

    def seen(named: Iterable[str], late: timedelta) -> None:
        nonlocal moment
        for name in named:
            moment += timedelta(hours=1)
            store._clock = moment.isoformat
            published = (moment - late).isoformat()
            store.keep_visit(
                source_id(HARBOUR), SourceState(), [Found(item(name, published=published))]
            )

    seen((f"slow-{n}" for n in range(150)), timedelta(minutes=40))
    assert store.source_health(LATER)[0].lag_minutes == 40
    seen((f"quick-{n}" for n in range(100)), timedelta(minutes=5))
    assert store.source_health(LATER)[0].lag_minutes == 5


def test_how_sources_do_is_told_without_reading_every_entry(
    tmp_path: Path, make_capture: MakeCapture
) -> None:
    """With a million entries this took nine seconds."""
    store = open_store(tmp_path)
    store.add_source(source())
    store.keep_visit(
        source_id(HARBOUR), SourceState(), [Found(item("one"), make_capture("<p>One.</p>"))]
    )
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _k: object, statement: str, given: Any, *_rest: object) -> None:
        asked.append((statement, given))

    event.listen(store._engine, "before_cursor_execute", note)
    store.source_health(NOW)
    store.silent_sources(NOW)
    event.remove(store._engine, "before_cursor_execute", note)
    with closing(sqlite3.connect(store.path)) as file:
        steps = [
            row[3]
            for statement, given in asked
            if "FROM entries" in statement
            for row in file.execute(f"EXPLAIN QUERY PLAN {statement}", given)
        ]
    store.close()
    read = [step for step in steps if "entries" in step and "COVERING INDEX" not in step]
    assert len(steps) > 5
    assert not [step for step in read if not step.startswith("SEARCH entries")]
    assert "USE TEMP B-TREE FOR ORDER BY" not in steps


# --- a desk of the version before ------------------------------------------------------------


def test_a_desk_without_sources_keeps_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    old_tables(path, "0001")
    with closing(sqlite3.connect(path)) as file:
        file.execute(
            "INSERT INTO captures (id, origin, media_type, body, bare) "
            "VALUES ('c-old', 'old.html', 'text/html', ?, 0)",
            (bytes.fromhex("789c030000000001"),),
        )
        file.commit()
    with open_store(tmp_path) as store:
        assert store.capture("c-old") == Capture("c-old", "old.html", "text/html", b"")
        assert store.sources() == []
        assert store.add_source(source())
