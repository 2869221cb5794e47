"""`dragoman aside`: what was set aside is listed with its reason and can be looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.collect.pages import capture_bytes
from dragoman.engine import Limits
from dragoman.engine.here import Here
from dragoman.errors import Unreadable
from dragoman.pipeline import Steps
from dragoman.store import open_store
from tests.cli.conftest import Run

PAGE = b"<html><p>The ferry \x1b[31mis back.\x00\xff"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "desk"
    capture = capture_bytes(PAGE, "ferry.html", url="https://pier.example/ferry")
    with open_store(home) as store:
        store.keep_capture(capture)
        store.set_aside(
            capture.id, "ferry.html", "read", "ferry.html: reading took longer than 9 s"
        )
        store.set_aside("", "https://pier.example/gone", "collect", "the page is gone (404)")
    return home


def test_lists_all_with_step_and_reason(run: Run, home: Path) -> None:
    made = run("aside", "--home", home)
    assert "ferry.html" in made.out
    assert "2 set aside: 1 in " in made.out
    assert "dragoman build --failed --home" in made.out
    found = {one["origin"]: one for one in json.loads(run("aside", "--json", "--home", home).out)}
    ferry, gone = found["ferry.html"], found["https://pier.example/gone"]
    assert (ferry["step"], ferry["reason"]) == ("read", "reading took longer than 9 s")
    assert ferry["capture"].startswith("c-")
    assert (gone["step"], gone["capture"]) == ("collect", None)


def test_narrows_by_step_and_day(run: Run, home: Path) -> None:
    def origins(*words: str) -> list[str]:
        return [o["origin"] for o in json.loads(run("aside", *words, "--json", "--home", home).out)]

    assert origins("--step", "read") == ["ferry.html"]
    assert len(origins("--since", "2020-01-01")) == 2
    assert origins("--since", "2999-01-01") == []
    assert run("aside", "--since", "2999-01-01", "--home", home).out == "Nothing is set aside.\n"
    assert run("aside", "--since", "tomorrow", "--home", home).code == 2
    assert run("aside", "--step", "cook", "--home", home).code == 2


def test_shows_the_page_byte_for_byte(
    home: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    from dragoman.cli.aside import _show

    with open_store(home) as store:
        (capture,) = (one.capture_id for one in store.failures() if one.capture_id)
    _show(capture, home)
    assert capfdbinary.readouterr().out == PAGE


def test_a_capture_that_is_not_there(run: Run, home: Path) -> None:
    made = run("aside", "--show", "c-none", "--home", home)
    assert made.code == 1
    assert "`dragoman aside --home" in made.err


def test_more_time_for_what_was_set_aside(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Limits] = []

    def engine_for(jobs: int, limits: Limits, in_flight: int) -> Here:
        asked.append(limits)
        return Here()

    monkeypatch.setattr("dragoman.engine.engine_for", engine_for)
    monkeypatch.setattr(Steps, "paired", lambda _, one: (one, Unreadable(one.origin, "no words")))
    made = run("build", "--failed", "--limit-seconds", 600, "--home", home)
    assert ([one.seconds for one in asked], made.code) == ([600], 2)
    (ferry,) = (one for one in json.loads(run("aside", "--json", "--home", home).out)
                if one["capture"])  # fmt: skip
    assert ferry["reason"] == "no words"
