"""Rounds as a whole: from feeds to the desk, twice, interrupted, failing, from the past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dragoman.collect.pages import capture_bytes
from dragoman.collect.visits import Span
from dragoman.desk.corpus import Desk, Outcome
from dragoman.engine import engine_for
from dragoman.errors import SourceError
from dragoman.model import Source, SourceKind
from dragoman.pipeline import Steps
from dragoman.rounds import Call, Rounds
from dragoman.store import Store, open_store, source_id
from tests.collect.feedtexts import article, rss, rss_item
from tests.collect.test_schedule import DICE
from tests.collect.test_sitemaps import url, urlset
from tests.collect.warcs import answer, packed, record
from tests.desks import BORDER_ALONE, BORDER_EN, TALKS_EN, dump, page
from tests.telling import told
from tests.web import Page, Web

NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)
FEED = "https://lake.example/feed"
ECHO = "https://echo.example/feed"
ROBOTS = SourceError("robots.txt asks us not to", kind="robots")
BUSY = SourceError("left alone", kind="busy", retry_after=90.0)


class Clock:
    """A clock that stands until it is moved on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def on(self, **span: float) -> None:
        self.now += timedelta(**span)


class Newsroom:
    """A desk at `home` that collects from a web in memory."""

    def __init__(self, home: Path, steps: Steps, web: Web, clock: Clock) -> None:
        self.home, self.web, self.clock = home, web, clock
        self.store: Store = open_store(home)
        self.store._clock = lambda: clock().isoformat(timespec="seconds")
        desk = Desk(self.store, steps, engine_for(1))
        self.rounds = Rounds(desk, web.get, clock=clock, dice=DICE, threads=1)

    def add(self, *addresses: str, kind: SourceKind = "feed") -> None:
        for address in addresses:
            self.store.add_source(Source(source_id(address), address, kind))

    def visit(self, span: Span | None = None) -> list[Call]:
        sources = self.store.sources() if span else self.rounds.due()
        return sorted(self.rounds.visit(sources, span), key=lambda call: call.source.address)

    def read(self, limit: int | None = None) -> list[str]:
        return sorted(outcome.what for outcome in self.rounds.read(limit=limit))

    def round(self) -> list[str]:
        self.visit()
        return self.read()

    def titles(self) -> list[str]:
        return sorted(row.article.title or "" for row in self.store.articles(100))


@pytest.fixture
def web() -> Web:
    """Two outlets: one with a whole article and two teasers, one with a copy and the same page."""
    web = Web()
    web.put(FEED, rss(
        rss_item(1, title="Boats and radars", content=article()),
        rss_item(2, title="Shots on the lake"),
        rss_item(3, title="Reindeer count"),
    ))  # fmt: skip
    web.put(ECHO, rss(
        rss_item(7, link="https://echo.example/news/7", title="Lake shots"),
        rss_item(8, link="http://www.lake.example/news/3/?utm_source=echo"),
    ))  # fmt: skip
    for address, title, words in (
        ("https://lake.example/news/2", "Shots on the lake", BORDER_EN),
        ("https://lake.example/news/3", "Reindeer count", TALKS_EN),
        ("https://echo.example/news/7", "Lake shots", BORDER_EN),
    ):
        host = address.split("/")[2]
        made = page(title, words, host=host, day="2024-03-18")
        web.put(address, made.replace(f"https://{host}/news/1", address))
    return web


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def newsroom(tmp_path: Path, steps: Steps, web: Web, clock: Clock) -> Iterator[Newsroom]:
    made = Newsroom(tmp_path / "desk", steps, web, clock)
    made.add(FEED, ECHO)
    yield made
    made.store.close()


# --- from feeds to the desk ------------------------------------------------------------------


def test_a_round_brings_articles_with_what_their_feed_said(newsroom: Newsroom) -> None:
    echo, lake = newsroom.visit()
    assert (echo.new, lake.new, lake.known, lake.fault) == (2, 3, 0, None)
    assert newsroom.read() == ["added"] * 4
    assert newsroom.titles() == [
        "Boats and radars",
        "Lake shots",
        "Reindeer count",
        "Shots on the lake",
    ]
    assert "https://lake.example/news/1" not in newsroom.web.asked, "it came whole"
    assert newsroom.web.asked.count("https://lake.example/news/3") == 1
    assert set(newsroom.web.against_robots) == {FEED, ECHO}
    for row in newsroom.store.articles(100):
        capture = newsroom.store.capture(row.article.capture_id)
        assert capture is not None
        assert capture.entry is not None
        assert capture.entry.source in (FEED, ECHO)
    assert newsroom.store.waiting() == []
    assert newsroom.store.failures() == []


def test_what_another_process_reads_just_now_is_left_to_it(
    newsroom: Newsroom, clock: Clock
) -> None:
    """All that waits at the beginning is read; later what came of itself is given some minutes."""
    left, under_way = (
        capture_bytes(page(host, words, host=host).encode(), host, url=f"https://{host}/news/1")
        for host, words in (("one.example", TALKS_EN), ("two.example", BORDER_ALONE))
    )
    newsroom.store.keep_capture(left)
    assert newsroom.read() == ["added"]
    newsroom.store.keep_capture(under_way)
    newsroom.visit()
    assert newsroom.read() == ["added"] * 4, "of the feeds alone"
    clock.on(minutes=9)
    assert newsroom.read() == []
    clock.on(minutes=1)
    assert newsroom.read() == ["added"]
    assert newsroom.store.waiting() == []


def test_a_second_round_changes_nothing(newsroom: Newsroom, clock: Clock) -> None:
    newsroom.round()
    before = dump(newsroom.home)
    assert newsroom.round() == []
    assert dump(newsroom.home) == before, "nothing was due"
    clock.on(hours=20)
    calls = newsroom.visit()
    assert [(call.unchanged, call.new, call.fault) for call in calls] == [(True, 0, None)] * 2
    assert newsroom.read() == []
    after = dump(newsroom.home)
    assert {name for name in before if before[name] != after[name]} == {"sources"}


def test_health_after_a_round(newsroom: Newsroom, clock: Clock) -> None:
    newsroom.round()
    clock.on(days=1)
    lake, echo = newsroom.store.source_health(clock().isoformat())
    assert (lake.entries, lake.articles, lake.copies, lake.known) == (3, 3, 0, 0)
    assert (echo.entries, echo.articles, echo.copies, echo.known) == (2, 1, 1, 1)
    assert echo.copies_share == 1.0
    assert lake.source.title == "Lake News"


def test_news_comes_in_as_it_appears(newsroom: Newsroom, web: Web, clock: Clock) -> None:
    newsroom.round()
    clock.on(days=1)
    web.put(FEED, rss(rss_item(4, title="Second week"), rss_item(2), rss_item(3)))
    made = page("Second week", BORDER_ALONE, host="lake.example")
    web.put("https://lake.example/news/4", made.replace("/news/1", "/news/4"))
    _, lake = newsroom.visit()
    assert (lake.new, lake.known) == (1, 2)
    assert newsroom.read() == ["added"]
    (source, _) = newsroom.store.sources()
    assert source.state.brought == clock().isoformat()


def test_a_text_corrected_in_the_feed_is_a_new_revision(
    newsroom: Newsroom, web: Web, clock: Clock
) -> None:
    newsroom.round()
    clock.on(days=1)
    mended = article().replace("price of perch", "price of tilapia")
    web.put(FEED, rss(rss_item(1, title="Boats and radars", content=mended)))
    newsroom.visit()
    assert newsroom.read() == ["changed"]
    (row,) = (r for r in newsroom.store.articles(9) if r.article.title == "Boats and radars")
    assert row.revision == 2
    assert "tilapia" in row.article.text


def test_a_feed_without_dates_is_visited_by_what_was_found_when(
    newsroom: Newsroom, web: Web, clock: Clock
) -> None:
    for number in range(10, 22):
        items = (rss_item(n, date=None) for n in range(number - 5, number))
        web.put(FEED, rss(*items))
        newsroom.visit()
        clock.on(hours=6)
    (source, _) = newsroom.store.sources()
    assert source.state.interval is not None
    assert 1.5 * 3600 <= source.state.interval <= 4 * 3600


# --- failures --------------------------------------------------------------------------------


def test_a_failing_source_waits_longer_each_time_and_says_why(
    newsroom: Newsroom, web: Web, clock: Clock
) -> None:
    kept = web.pages[FEED]
    web.pages[FEED] = SourceError(f"{FEED}: no whole answer in time", kind="timeout")
    for _ in range(60):
        newsroom.visit()
        clock.on(minutes=30)
    health = newsroom.store.source_health(clock().isoformat())[0]
    assert health.source.state.error == f"{FEED}: no whole answer in time"
    tries = web.asked.count(FEED)
    assert 5 < tries < 15
    clock.on(days=20)
    for _ in range(30):
        newsroom.visit()
        clock.on(days=1, hours=3)
    assert newsroom.store.sources()[0].state.given_up
    assert web.asked.count(FEED) >= tries + 25, "it is still tried daily"
    web.pages[FEED] = kept
    newsroom.visit()
    state = newsroom.store.sources()[0].state
    assert (state.error, state.failures, state.given_up) == (None, 0.0, False)


def test_a_source_that_moved_and_is_gone_is_looked_for_where_it_was(
    newsroom: Newsroom, web: Web, clock: Clock
) -> None:
    there = "https://lake.example/there"
    web.pages[FEED] = Page(rss().encode(), moved_to=there)
    newsroom.visit()
    assert newsroom.store.sources()[0].state.moved_to == there
    clock.on(days=1)
    newsroom.visit()  # nobody is there
    assert newsroom.store.sources()[0].state.moved_to is None
    clock.on(days=1)
    assert newsroom.visit()[1].fault is None


def test_a_page_that_fails_is_tried_again_and_not_lost(
    newsroom: Newsroom, web: Web, clock: Clock
) -> None:
    kept = web.pages["https://lake.example/news/2"]
    fault = SourceError("the server answered 503", kind="busy", status=503, retry_after=1800.0)
    web.pages["https://lake.example/news/2"] = fault
    assert newsroom.round() == ["added"] * 3 + ["put off"]
    assert newsroom.read() == [], "not before its time"
    clock.on(minutes=40)
    assert newsroom.read() == ["put off"]
    web.pages["https://lake.example/news/2"] = kept
    clock.on(hours=2)
    assert newsroom.read() == ["added"]
    assert newsroom.store.entries_of(source_id(FEED), states=["waiting", "failed"]) == []


def test_a_page_that_keeps_failing_is_given_up_for_all_to_see(
    newsroom: Newsroom, web: Web, clock: Clock
) -> None:
    web.pages["https://lake.example/news/2"] = SourceError("no answer", kind="timeout")
    newsroom.round()
    made: list[str] = []
    for _ in range(60):
        clock.on(hours=3)
        made += newsroom.read()
    assert made.count("failed") == 1
    assert made[-1] == "failed"
    (row,) = newsroom.store.entries_of(source_id(FEED), states=["failed"])
    assert row.reason == "no answer"
    assert newsroom.store.source_health(clock().isoformat())[0].failed == 1


def test_robots_and_our_own_patience_are_no_failures(
    newsroom: Newsroom, web: Web, clock: Clock
) -> None:
    web.pages["https://lake.example/news/2"] = ROBOTS
    web.pages["https://lake.example/news/3"] = BUSY
    assert newsroom.round() == ["added", "added", "passed", "put off"]
    rows = {row.key: row for row in newsroom.store.entries_of(source_id(FEED))}
    assert (rows["lake-2"].state, rows["lake-2"].reason) == ("passed", str(ROBOTS))
    assert (rows["lake-3"].state, rows["lake-3"].tries) == ("waiting", 0)
    assert rows["lake-3"].next_try == (clock() + timedelta(seconds=90)).isoformat()


def test_a_source_whose_host_must_wait_has_not_failed(
    newsroom: Newsroom, web: Web, clock: Clock
) -> None:
    web.pages[FEED] = BUSY
    _, lake = newsroom.visit()
    assert (lake.put_off, lake.fault) == (True, None)
    state = newsroom.store.sources()[0].state
    assert (state.failures, state.error) == (0.0, None)
    assert state.due == (clock() + timedelta(seconds=90)).isoformat()


def test_what_is_no_page_is_not_read_as_one(newsroom: Newsroom, web: Web) -> None:
    web.put("https://lake.example/news/2", b"%PDF-1.7", "application/pdf")
    assert newsroom.round() == ["added"] * 3 + ["failed"]
    (row,) = newsroom.store.entries_of(source_id(FEED), states=["failed"])
    assert row.reason == "https://lake.example/news/2: this is application/pdf, not a page"


def test_one_source_with_thousands_does_not_hold_up_the_others(
    newsroom: Newsroom, web: Web
) -> None:
    web.put(FEED, rss(*(rss_item(n) for n in range(100, 400))))
    newsroom.visit()
    first = newsroom.store.waiting_entries(newsroom.clock().isoformat(), per_source=50)
    assert {row.source for row in first} == {FEED, ECHO}
    assert len(first) == 52
    assert newsroom.read(limit=3) == ["put off"] * 3


# --- clocks that jump --------------------------------------------------------------------------


@pytest.mark.parametrize("days", [-2, 365])
def test_a_clock_that_jumps_starts_no_storm_and_stops_nothing(
    newsroom: Newsroom, web: Web, clock: Clock, days: int
) -> None:
    newsroom.round()
    before = web.asked.count(FEED)
    clock.on(days=days)
    assert len(newsroom.visit()) == 2
    assert newsroom.visit() == [], "each is visited once"
    assert newsroom.read() == []
    for _ in range(72):
        clock.on(hours=1)
        newsroom.visit()
    assert 3 <= web.asked.count(FEED) - before <= 20


def test_what_a_clock_ahead_put_off_is_not_put_off_for_a_year(
    newsroom: Newsroom, web: Web, clock: Clock
) -> None:
    kept = web.pages["https://lake.example/news/2"]
    web.pages["https://lake.example/news/2"] = SourceError("no answer", kind="timeout")
    clock.on(days=365)
    assert "put off" in newsroom.round()
    web.pages["https://lake.example/news/2"] = kept
    clock.on(days=-365)
    assert len(newsroom.visit()) == 2
    assert newsroom.read() == ["added"]
    assert newsroom.visit() == []


def test_a_later_text_counts_although_the_clock_was_set_back(
    newsroom: Newsroom, web: Web, clock: Clock
) -> None:
    newsroom.round()
    clock.on(days=-2)
    mended = article().replace("price of perch", "price of tilapia")
    dated = "<atom:updated xmlns:atom='http://www.w3.org/2005/Atom'>2024-03-19T00:00:00Z"
    web.put(FEED, rss(
        rss_item(1, title="Boats and radars", content=mended),
        rss_item(2, title="Shots on the lake", more=f"{dated}</atom:updated>"),
    ))  # fmt: skip
    newsroom.visit()
    assert newsroom.read()[0] == "changed"
    (row,) = (r for r in newsroom.store.articles(9) if r.article.title == "Boats and radars")
    assert row.revision == 2
    assert "tilapia" in row.article.text


# --- stopped ---------------------------------------------------------------------------------

STEPS_OF_A_ROUND = ("add_source", "keep_visit", "take_entry", "keep_capture", "keep",
                    "keep_printing", "keep_copy_links")  # fmt: skip


class Killed(BaseException):
    """As a signal would: no handler of errors sees it."""


@pytest.mark.parametrize("after", range(1, 14))
def test_killed_at_any_write_and_run_again_it_is_the_same_desk(
    tmp_path: Path,
    steps: Steps,
    web: Web,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    whole = settled(tmp_path / "whole", steps, web, clock)
    writes = 0

    def counted(patch: pytest.MonkeyPatch, name: str) -> None:
        true = getattr(Store, name)

        def write(*arguments: object, **options: object) -> object:
            nonlocal writes
            writes += 1
            if writes == after:
                raise Killed
            return true(*arguments, **options)

        patch.setattr(Store, name, write)

    with monkeypatch.context() as patch:
        for name in STEPS_OF_A_ROUND:
            counted(patch, name)
        with pytest.raises(Killed):
            settled(tmp_path / "stopped", steps, web, clock)
    assert settled(tmp_path / "stopped", steps, web, clock) == whole


def settled(home: Path, steps: Steps, web: Web, clock: Clock) -> dict[str, set[tuple[object, ...]]]:
    """A round, and what a desk then holds, whatever the order it came in."""
    newsroom = Newsroom(home, steps, web, clock)
    try:
        newsroom.add(FEED, ECHO)
        newsroom.round()
        held = dump(home)
        names = ("sources", "reports", "captures", "copies", "event_reports")
        rows = {
            name: {row[name in ("sources", "captures") :] for row in held[name]} for name in names
        }
        found: set[tuple[object, ...]] = {
            (row.source_id, row.key, row.address, row.capture_id)
            for source in newsroom.store.sources()
            for row in newsroom.store.entries_of(source.id)
            if row.state == "taken"
        }
        return {**rows, "entries": found}
    finally:
        newsroom.store.close()


def test_stopping_keeps_what_was_done(newsroom: Newsroom) -> None:
    newsroom.visit()
    outcomes: Iterator[Outcome] = newsroom.rounds.read()
    next(outcomes)
    newsroom.rounds.stop.set()
    assert list(outcomes) == []
    newsroom.rounds.stop.clear()
    assert newsroom.read() == ["added"] * 3


# --- the past --------------------------------------------------------------------------------

MAP = "https://lake.example/map.xml"


def test_a_sitemap_fills_the_past(tmp_path: Path, steps: Steps, web: Web, clock: Clock) -> None:
    newsroom = Newsroom(tmp_path / "desk", steps, web, clock)
    dated = ((2, "2024-03-18"), (3, "2023-05-06"), (9, "2022-01-01"))
    web.put(MAP, urlset(*(url(n, f"<lastmod>{day}</lastmod>") for n, day in dated)))
    with newsroom.store:
        newsroom.add(MAP, kind="sitemap")
        (call,) = newsroom.visit()
        assert (call.new, call.older) == (1, 2)
        assert newsroom.read() == ["added"]
        (call,) = newsroom.visit(Span("2023-01-01", "2023-12-31"))
        assert (call.new, call.known, call.older) == (1, 1, 1)
        assert newsroom.read() == ["added"]
        assert newsroom.titles() == ["Reindeer count", "Shots on the lake"]


def test_an_archive_fills_the_past(tmp_path: Path, steps: Steps, web: Web, clock: Clock) -> None:
    newsroom = Newsroom(tmp_path / "desk", steps, web, clock)
    folder = tmp_path / "archives"
    folder.mkdir()
    made = page("Shots on the lake", BORDER_EN, host="lake.example").encode()
    first = folder / "CC-NEWS-1.warc.gz"
    utf8 = "text/html; charset=utf-8"
    first.write_bytes(packed(record("https://lake.example/news/1", answer(made, media_type=utf8))))
    with newsroom.store:
        newsroom.add(str(folder), kind="archive")
        (outside,) = newsroom.visit(Span("2023-01-01", "2023-12-31"))
        assert (outside.new, outside.older) == (0, 1)
        (call,) = newsroom.visit(Span("2024-03-01"))
        assert call.new == 1
        assert newsroom.read() == ["added"]
        clock.on(days=2)
        assert newsroom.visit()[0].known == 1
        clock.on(days=2)
        assert newsroom.visit()[0].unchanged
        (folder / "CC-NEWS-2.warc").write_bytes(
            record("https://lake.example/news/2", answer(made, media_type=utf8))[:-100]
        )
        clock.on(days=2)
        (call,) = newsroom.visit()
        assert call.damaged is not None
        assert "cut off" in call.damaged
        assert newsroom.store.sources()[0].state.error == f"read in part: {call.damaged}"
        assert newsroom.store.sources()[0].state.brought is not None
        clock.on(days=2)
        assert newsroom.visit()[0].unchanged
        assert newsroom.store.sources()[0].state.error is not None, "it is as damaged as it was"
        assert web.asked == []


def test_an_archive_that_is_gone_says_so(
    tmp_path: Path, steps: Steps, web: Web, clock: Clock
) -> None:
    newsroom = Newsroom(tmp_path / "desk", steps, web, clock)
    with newsroom.store:
        newsroom.add(str(tmp_path / "none.warc"), kind="archive")
        (call,) = newsroom.visit()
        assert call.fault is not None
        assert "no such file" in call.fault


def test_a_page_that_is_watched_has_revisions(
    tmp_path: Path, steps: Steps, web: Web, clock: Clock
) -> None:
    newsroom = Newsroom(tmp_path / "desk", steps, web, clock)
    address = "https://lake.example/news/2"
    with newsroom.store:
        newsroom.add(address, kind="page")
        assert newsroom.round() == ["added"]
        clock.on(days=2)
        assert newsroom.round() == []
        made = page("Shots on the lake", BORDER_ALONE, host="lake.example")
        web.put(address, made.replace("/news/1", "/news/2"))
        clock.on(days=2)
        assert newsroom.round() == ["changed"]


def test_visits_and_pages_are_told_in_the_log(tmp_path: Path, steps: Steps, web: Web) -> None:
    web.pages[ECHO] = SourceError(f"{ECHO}?key=sesame: 404", kind="gone", status=404)
    with told() as log:
        newsroom = Newsroom(tmp_path, steps, web, Clock())
        newsroom.add(FEED, ECHO)
        newsroom.round()
        newsroom.store.close()
    visits = {line["address"]: line for line in log.lines("visit")}
    assert (visits[FEED]["outcome"], visits[FEED]["new"]) == ("answered", 3)
    assert (visits[ECHO]["outcome"], visits[ECHO]["level"]) == ("failed", "warning")
    assert visits[ECHO]["source"] == source_id(ECHO)
    assert [line["outcome"] for line in log.lines("article")] == ["added"] * 3
    assert "sesame" not in log.text
