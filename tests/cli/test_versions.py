"""`dragoman freeze` and `dragoman diff` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.desks import TALKS_EN, page, write_pages


@pytest.fixture
def home(tmp_path: Path, run: Run) -> Path:
    write_pages(tmp_path / "pages")
    assert run("add", tmp_path / "pages", "--home", tmp_path / "desk").code == 0
    (tmp_path / "desk" / "dragoman.toml").write_text('title = "Lake desk"\n', "utf-8")
    return tmp_path / "desk"


def test_freeze_list_and_check(run: Run, home: Path) -> None:
    assert run("freeze", "--list", "--home", home).out.startswith("no snapshot yet")
    made = run("freeze", "one", "--home", home)
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith("one  ")
    assert "Lake desk (" in made.out
    assert (home / "snapshots" / "one" / "manifest.json").exists()
    said = json.loads(run("freeze", "two", "--home", home, "--json").out)
    assert (said["name"], said["title"], said["query"]) == ("two", "Lake desk", "")
    listed = run("freeze", "--list", "--home", home, "--json").out.splitlines()
    assert [json.loads(line)["name"] for line in listed] == ["one", "two"]
    assert {json.loads(line)["digest"] for line in listed} == {said["digest"]}
    checked = run("freeze", "--check", "one", "--home", home)
    assert (checked.code, checked.out) == (0, "one: every file is as it was written\n")


def test_what_was_changed_is_named(run: Run, home: Path) -> None:
    run("freeze", "one", "--home", home)
    path = home / "snapshots" / "one" / "events.jsonl.gz"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    checked = run("freeze", "--check", "one", "--home", home)
    assert checked.code == 1
    assert checked.out == "events.jsonl.gz: it was changed after it was written\n"
    made = run("diff", "one", "--home", home)
    assert (made.code, made.out) == (1, "")
    assert "the snapshot is damaged: events.jsonl.gz" in made.err
    (home / "snapshots" / "one" / "manifest.json").unlink()
    listed = run("freeze", "--list", "--home", home)
    assert (listed.code, "this is no snapshot" in listed.out) == (0, True)


def test_nothing_differs_from_itself(run: Run, home: Path) -> None:
    run("freeze", "one", "--home", home)
    for sides in (("one", "one"), ("one", "now"), ("one",), ("now", "now"), ("now", "one")):
        made = run("diff", *sides, "--home", home, "--exit-code", "--json")
        assert (made.code, made.err) == (0, "")
        (line,) = made.out.splitlines()
        assert json.loads(line)["summary"]["tables"]["reports"]["changed"] == 0


def test_what_came_since(run: Run, home: Path, tmp_path: Path) -> None:
    run("freeze", "one", "--home", home)
    path = tmp_path / "late.html"
    path.write_text(page("Again the count", TALKS_EN, host="late.example"), "utf-8")
    assert run("add", path, "--home", home).code == 0
    made = run("diff", "one", "--home", home, "--exit-code")
    assert made.code == 1
    assert "articles: 1 appeared, 0 changed, 0 went, 5 as they were" in made.out
    assert "“Again the count”" in made.out
    assert run("diff", home / "snapshots" / "one", "now", "--home", home).code == 0
    back = run("diff", "now", "one", "--home", home, "--examples", "0").out
    assert "articles: 0 appeared, 0 changed, 1 went, 5 as they were" in back
    assert "“" not in back
    *changes, summary = map(
        json.loads, run("diff", "one", "--home", home, "--json").out.splitlines()
    )
    assert [one["what"] for one in changes if one["table"] == "articles"] == ["appeared"]
    assert summary["summary"]["after"]["name"] == "now"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["freeze"], "give the snapshot a NAME"),
        (["freeze", "now"], "'now' is no name for a snapshot"),
        (["freeze", "../x"], "is no name for a snapshot"),
        (["freeze", "--check", "none"], "none: there is no such snapshot; this desk has: none yet"),
        (["diff", "none"], "none: there is no such snapshot"),
    ],
)
def test_faults_are_told(run: Run, home: Path, arguments: list[str], said: str) -> None:
    made = run(*arguments, "--home", home)
    assert made.code in {1, 2}
    assert said in " ".join(made.err.replace("│", " ").split())
    assert not (home / "snapshots").exists()


def test_a_name_that_is_taken(run: Run, home: Path) -> None:
    run("freeze", "one", "--home", home)
    made = run("freeze", "one", "--home", home)
    assert made.code == 1
    assert "one: there is such a snapshot, and none is changed" in made.err


def test_without_a_desk_nothing_is_made(run: Run, tmp_path: Path) -> None:
    made = run("freeze", "one", "--home", tmp_path / "no")
    assert made.code == 1
    assert "there is no desk here" in made.err
    assert not (tmp_path / "no").exists()


def test_forgetting_says_what_snapshots_keep(run: Run, home: Path) -> None:
    run("freeze", "one", "--home", home)
    made = run("forget", "north.example", "--reason", "asked for", "--yes", "--home", home)
    assert (made.code, made.out) == (0, "1 forgotten\n")
    assert "snapshots are never changed, and may hold sentences of it: one" in made.err
    assert run("freeze", "--check", "one", "--home", home).code == 0
