"""`dragoman add`, `build`, `export` and `check`: what the desk keeps, and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run, Write
from tests.cli.inputs import BARE_FR, PAGE_EN, PICTURE, UNUSABLE
from tests.contract import checked
from tests.desks import dump, write_pages


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def test_add_keeps_the_good_ones(run: Run, write: Write, tmp_path: Path, home: Path) -> None:
    good = write("good.html", PAGE_EN)
    also = write("also.txt", BARE_FR)
    bad = [write(name, content) for name, content in UNUSABLE.items()]
    made = run("add", good, *bad, tmp_path / "none.html", also, "--home", home)
    assert made.code == 2
    assert made.out == "2 added, 9 failed\n"
    said = made.err.splitlines()
    assert len(said) == 9
    for path in (*bad, tmp_path / "none.html"):
        assert sum(str(path) in line for line in said) == 1
    alone = tmp_path / "alone"
    assert run("add", good, also, "--home", alone).code == 0
    for table in ("articles", "reports", "events", "event_reports"):
        assert without_seq(dump(home), table) == without_seq(dump(alone), table)


def without_seq(rows: dict[str, list[tuple[object, ...]]], table: str) -> list[tuple[object, ...]]:
    """The numbers of arrival differ, and nothing else may."""
    first = 1 if table == "articles" else 0
    return sorted((row[first:] for row in rows[table]), key=repr)


def test_add_says_each_outcome_as_json(run: Run, write: Write, home: Path) -> None:
    good, bad = write("good.html", PAGE_EN), write("bad.png", PICTURE)
    made = run("add", bad, good, "--home", home, "--json")
    said = [json.loads(line) for line in made.out.splitlines()]
    assert made.code == 2
    assert {line["origin"]: line["outcome"] for line in said} == {
        str(bad): "failed",
        str(good): "added",
    }
    again = run("add", good, "--home", home, "--json")
    assert [json.loads(line)["outcome"] for line in again.out.splitlines()] == ["known"]


def test_add_takes_folders(run: Run, tmp_path: Path, home: Path) -> None:
    pages = write_pages(tmp_path / "pages")
    assert run("add", tmp_path / "pages", "--home", home) == Ran(0, f"{len(pages)} added\n", "")
    assert run("add", tmp_path / "pages", "--home", home).out == f"{len(pages)} known\n"


def test_an_empty_folder_does_not_stop_the_others(
    run: Run, write: Write, tmp_path: Path, home: Path
) -> None:
    (tmp_path / "empty").mkdir()
    made = run("add", tmp_path / "empty", write("good.html", PAGE_EN), "--home", home)
    assert made.code == 2
    assert made.out == "1 added, 1 failed\n"


def test_failed_inputs_can_be_tried_again(
    run: Run, write: Write, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dragoman.clean import decode

    path = write("good.html", PAGE_EN)
    monkeypatch.setattr(decode, "MOST_RAW_BYTES", 10)
    assert run("add", path, "--home", home).code == 2
    monkeypatch.undo()
    made = run("build", "--home", home)
    assert made.code == 0
    made = run("build", "--failed", "--home", home)
    assert (made.code, made.out) == (0, "1 added\n")
    assert dump(home)["failures"] == []


def test_build_changes_nothing_when_no_rule_changed(run: Run, tmp_path: Path, home: Path) -> None:
    pages = write_pages(tmp_path / "pages")
    run("add", *pages, "--home", home)
    before = dump(home)
    for options in ((), ("--from", "record"), ("--from", "clean"), ("--failed",)):
        made = run("build", *options, "--home", home)
        assert (made.code, made.err) == (0, "")
        assert dump(home) == before


def test_build_refuses_other_steps(run: Run, home: Path) -> None:
    made = run("build", "--from", "publish", "--home", home)
    assert made.code == 2
    assert "clean, read, link, record" in made.err
    assert not home.exists()


def test_export_gives_what_read_gives(run: Run, tmp_path: Path, home: Path) -> None:
    pages = write_pages(tmp_path / "pages")
    run("add", *pages, "--home", home)
    out = tmp_path / "desk.articles.jsonl"
    assert run("export", "--home", home, "--out", out).code == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    assert run("export", "--format", "articles", "--home", home).out.splitlines() == lines
    single = [checked(run("read", path, "--json").out) for path in pages]
    kept = [checked(line) for line in lines]
    assert sorted(kept, key=lambda one: one.id) == sorted(single, key=lambda one: one.id)


def test_one_article_of_the_desk(run: Run, write: Write, home: Path) -> None:
    path = write("good.html", PAGE_EN)
    run("add", path, "--home", home)
    line = checked(run("read", path, "--json").out)
    assert checked(run("article", line.article.id, "--home", home, "--json").out) == line
    assert "Kenya → Rwanda" in run("article", line.article.id, "--home", home).out
    assert run("article", "a-0", "--home", home).code == 1


@pytest.mark.parametrize(
    "command", [("export",), ("article", "a-0"), ("today",), ("judge", "confirm", "r-0")]
)
def test_no_desk_is_made_by_looking(run: Run, home: Path, command: tuple[str, ...]) -> None:
    made = run(*command, "--home", home)
    assert (made.code, made.out, made.err.count("\n")) == (1, "", 1)
    assert not home.exists()


def test_check_of_data(run: Run) -> None:
    told = json.loads(run("check", "--data", "--json").out)
    assert set(told) == {"atlas", "codebook", "outlets", "languages", "light", "parsers"}
    assert told["languages"]


def test_check_of_a_desk(run: Run, write: Write, home: Path) -> None:
    run("add", write("good.html", PAGE_EN), "--home", home)
    made = run("check", "--home", home)
    assert made.code == 0
    assert "parser fr: ready" in made.out
    assert "1 articles" in made.out


def test_a_broken_setting_is_named_with_its_file(run: Run, write: Write, home: Path) -> None:
    home.mkdir()
    (home / "dragoman.toml").write_text("titel = 'x'\n", encoding="utf-8")
    made = run("add", write("good.html", PAGE_EN), "--home", home)
    assert (made.code, made.out, made.err.count("\n")) == (1, "", 1)
    assert str(home / "dragoman.toml") in made.err
