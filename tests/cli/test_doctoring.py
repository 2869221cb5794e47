"""`dragoman doctor`: findings with their commands, exit codes, and --mend."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dragoman.store import open_store
from tests.cli.conftest import Run
from tests.postgres import Server
from tests.publish.desk import PAGES, settle


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk; the parsers are looked at elsewhere."""
    monkeypatch.setattr("dragoman.doctor.machine.machine", lambda _: iter(()))
    with open_store(tmp_path / "desk") as store:
        settle(store, PAGES)
    return tmp_path / "desk"


def test_what_is_well_and_what_is_mended(run: Run, home: Path) -> None:
    made = run("doctor", "--home", home)
    assert (made.code, made.out.splitlines()[-1]) == (0, "All is well.")
    with closing(sqlite3.connect(home / "desk.sqlite", isolation_level=None)) as file:
        file.execute("DELETE FROM event_words")
    made = run("doctor", "--json", "--home", home)
    (one,) = json.loads(made.out)["findings"]
    assert (made.code, one["name"]) == (1, "word-index")
    assert one["mend"] == f"dragoman doctor --mend --home {home}"
    assert run(*one["mend"].split()[1:]).code == 0
    assert run("doctor", "--home", home, "--full").code == 0


def test_what_is_only_to_be_known_is_not_wrong(run: Run, home: Path) -> None:
    with open_store(home) as store:
        store.set_aside("", "https://pier.example/1", "collect", "the page is gone")
    made = run("doctor", "--home", home)
    assert made.code == 0
    assert "to know: set aside: 1" in made.out
    assert "mend: dragoman build --failed --home" in made.out


def test_settings_and_stores_that_can_not_be_used(run: Run, home: Path) -> None:
    (home / "desk.sqlite").write_bytes(b"no desk at all" * 400)
    made = run("doctor", "--json", "--home", home)
    assert (made.code, [one["name"] for one in json.loads(made.out)["findings"]]) == (1, ["store"])
    (home / "dragoman.toml").write_text("jobs = 0\n", "utf-8")
    made = run("doctor", "--json", "--home", home)
    assert [one["name"] for one in json.loads(made.out)["findings"]] == ["settings"]
    assert run("doctor", "--home", home.parent / "nowhere").code == 1


def test_looking_changes_nothing(run: Run, home: Path) -> None:
    before = (home / "desk.sqlite").read_bytes()
    run("doctor", "--full", "--home", home)
    assert (home / "desk.sqlite").read_bytes() == before


def test_a_desk_in_postgresql(run: Run, home: Path, postgres: Server) -> None:
    with postgres.database() as address:
        assert run("copy-store", home, address).code == 0
        made = run("doctor", "--full", "--home", home, "--store", address)
        assert (made.code, made.out.splitlines()[-1]) == (0, "All is well."), made.out
        name = address.rpartition("?")[0].rpartition("/")[2]
        postgres.run("DELETE FROM event_words", database=name)
        made = run("doctor", "--json", "--home", home, "--store", address)
        assert [one["name"] for one in json.loads(made.out)["findings"]] == ["word-index"]
        assert run("doctor", "--mend", "--home", home, "--store", address).code == 0


@pytest.mark.usefixtures("loaded_once")
def test_settings_that_can_not_be_read_are_a_finding(run: Run, tmp_path: Path) -> None:
    (tmp_path / "dragoman.toml").mkdir()
    made = run("doctor", "--json", "--home", tmp_path)
    assert made.code == 1
    (found, *_) = json.loads(made.out)["findings"]
    assert found["name"] == "settings"
    assert "dragoman.toml" in found["what"]
