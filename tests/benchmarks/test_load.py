"""The parts of the load: the same day for all processes, and accounts that tell what is wrong."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from benchmarks import load_sampled
from benchmarks.load_clock import Replay
from benchmarks.load_day import BEFORE, SHOWN, START, Day, body, made_up
from benchmarks.load_desk import Arrivals, accounts
from benchmarks.load_readers import ADDRESS
from benchmarks.load_sampled import Taken
from benchmarks.load_words import SYLLABLES
from dragoman.clean.article import clean
from dragoman.collect.feeds import parse_feed
from dragoman.collect.pages import capture_bytes
from dragoman.knowledge import Knowledge
from dragoman.model import Source
from dragoman.store import open_store, source_id
from dragoman.store.analyse import stem
from dragoman.store.connect import FILE_NAME

DAY = Day(feeds=12, articles=400, hours=6.0)


def test_every_process_has_the_same_day() -> None:
    again = Day(feeds=12, articles=400, hours=6.0)
    assert again.printed == DAY.printed
    assert again.page(7) == DAY.page(7)
    assert [one.number for one in DAY.printed] == list(range(400))
    moments = [one.moment for one in DAY.printed]
    assert moments == sorted(moments)
    assert START <= moments[0] <= moments[-1] <= START + timedelta(hours=6)


def test_a_copy_is_another_outlet_s_text_and_others_are_alone_with_their_word() -> None:
    copies = [one for one in DAY.printed if one.told != one.number]
    assert 0.2 < len(copies) / 400 < 0.4
    for one in copies:
        assert body(one) == body(DAY.printed[one.told])
    words = Counter(" ".join(body(one)).count(one.word) for one in DAY.printed)
    assert set(words) == {1}
    assert len({one.word for one in DAY.printed}) == 400 - len(copies)
    stories = Counter(one.story.number for one in DAY.printed)
    assert stories.most_common(1)[0][1] > 4


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_name_has_the_stem_of_an_article_s_own_word(language: str) -> None:
    parts = (product(SYLLABLES, repeat=length) for length in (2, 3))
    names = {stem("".join(one), language) for some in parts for one in some}
    own = [stem(made_up(number).lower(), language) for number in range(20_000)]
    assert len(set(own)) == len(own)
    assert names.isdisjoint(own)


def test_a_feed_grows_as_the_day_goes_on() -> None:
    now = START + timedelta(hours=3)
    data = DAY.feed(0, 80, now)
    items = parse_feed(data, "http://outlet0.example/feed.xml", now=now.isoformat()).items
    told = [item for item in items if item.address]
    out = [one for one in DAY.printed if one.outlet == 0 and one.moment <= now]
    assert len(told) == min(SHOWN, len(out)) > 3
    assert told[0].address == f"http://outlet0.example:80{out[-1].path}"
    assert len(items) == min(SHOWN, len(out) + BEFORE)


def test_a_page_s_furniture_is_none_of_its_text(knowledge: Knowledge) -> None:
    one = DAY.printed[9]
    address = f"http://outlet{one.outlet}.example{one.path}"
    made = clean(capture_bytes(DAY.page(9), address, url=address, declared="text/html"), knowledge)
    told = [made.text[at.start : at.end] for at in made.blocks if at.label in ("body", "quote")]
    assert "\n".join(told).split() == " ".join(body(one)).split()
    assert (made.language, made.url) == (one.language, address)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk that has the first two articles, the second twice, and one of nobody."""
    with open_store(tmp_path) as store:
        address = "http://outlet0.example/feed.xml"
        store.add_source(Source(source_id(address), address, "feed"))
        store.set_aside("", "http://outlet0.example/news/5.html", "clean", "it is empty")
    (tmp_path / "load_watch.out").write_text(
        json.dumps({"sources": [{"error": None, "unchanged": True, "put_off": False}],
                    "pages": {"added": 3}}) + "\n"
    )  # fmt: skip
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as file:
        for n, path in enumerate(("news/0.html", "news/1.html", "news/1.html?x=1", "about")):
            file.execute(
                "INSERT INTO articles (id, capture_id, revision, url, json) VALUES (?,?,1,?,'{}')",
                (f"a-{n}", f"c-{n}", f"http://outlet0.example/{path}"),
            )
        file.commit()
    return tmp_path


def test_the_account_names_what_is_lost_doubled_strange_and_set_aside(home: Path) -> None:
    replay = Replay(1, 4, 1.0, 0.0, 60.0)
    found = accounts(home, replay)
    assert (found["lost"], found["doubled"], found["strange"]) == (2, 1, 1)
    assert found["errors"] == {"set aside, clean: it is empty": 1}
    assert found["rounds"] == {
        "rounds": 1, "visits": 1, "unchanged": 1, "failed": 0, "put_off": 0, "pages": {"added": 3}
    }  # fmt: skip
    arrivals = Arrivals(home, replay)
    assert list(arrivals.look()) == [0, 1]
    assert list(arrivals.look()) == []
    assert not arrivals.is_whole


def test_growth_is_what_comes_after_the_first_quarter() -> None:
    found = [Taken(n, 100.0 + min(n, 250) + n / 100, n / 10) for n in range(0, 1001, 50)]
    told = load_sampled.figures({"watch": found})["watch"]
    assert told["MB_start"] == 100
    assert told["MB_per_1000_articles"] == 10
    assert told["cpu_ms_an_article"] == 100
    part = load_sampled.figures({"watch": found[:9]})["watch"]  # half of the day never came
    assert (part["MB_quarter"], part["MB_half"], part["MB_end"]) == (201, 302, 354)


def test_what_a_process_takes_is_read() -> None:
    found = load_sampled.taken(os.getpid(), 3)
    assert found is not None
    assert found.own > 5
    assert found.processor > 0


def test_readers_follow_pages_and_not_forms_or_files() -> None:
    page = (
        '<a href="/event/e-1"><a href="/event/e-1/error"><a href="/event/e-1.json">'
        '<a href="/pair/FRA/ARM"><a href="/pair/FRA/ARM.csv"><a href="/story/s-1#x">'
    )
    assert ADDRESS.findall(page) == ["/event/e-1", "/pair/FRA/ARM"]
