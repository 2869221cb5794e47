"""`dragoman search`, `event`, and the days of `pair`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.store import open_store
from tests.cli.conftest import Run
from tests.publish.desk import PAGES, settle


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    with open_store(tmp_path) as store:
        settle(store, PAGES)
    return tmp_path


def test_events_and_articles(run: Run, desk: Path) -> None:
    made = run("search", "from:NATO lighthouse", "--home", desk)
    assert made.code == 0, made.err
    assert "1 event: from:nato lighthouse" in made.out
    assert "praised the [lighthouse]" in made.out
    made = run("search", "ferry", "--articles", "--order", "best", "--facets", "--home", desk)
    assert "articles: ferry" in made.out
    assert "English (en): " in made.out


def test_json_is_that_of_the_page(run: Run, desk: Path) -> None:
    made = run("search", "actor:AZE", "--limit", 2, "--start", 1, "--json", "--home", desk)
    found = json.loads(made.out)
    assert (len(found["events"]), found["start"], found["next_start"]) == (2, 1, 3)
    assert found["facets"] == []


def test_a_fault_is_one_error_with_its_place(run: Run, desk: Path) -> None:
    made = run("search", "ferry AND", "--home", desk)
    assert (made.code, made.out) == (1, "")
    assert made.err.splitlines()[2].index("^") == len("  ferry AND")
    assert run("search", "ferry", "--order", "longest", "--home", desk).code != 0


def test_one_event(run: Run, desk: Path) -> None:
    assert "e-met" in run("event", "e-met", "--home", desk).out
    assert json.loads(run("event", "e-met", "--json", "--home", desk).out)["id"] == "e-met"
    assert run("event", "e-none", "--home", desk).code == 1


def test_a_pair_between_days(run: Run, desk: Path) -> None:
    def found(*days: str) -> int:
        made = run("pair", "ARM", "AZE", *days, "--json", "--home", desk)
        return int(json.loads(made.out)["dossier"]["found"])

    assert found() == 5
    assert found("--after", "2024-03-13") < found("--after", "2024-03-12") < 5
    assert found("--after", "2024-02", "--before", "2024-02-02") == 1
    wrong = run("pair", "ARM", "AZE", "--after", "soon", "--home", desk)
    assert (wrong.code, "--after" in wrong.err, "write 2024-03-17" in wrong.err) == (2, True, True)
