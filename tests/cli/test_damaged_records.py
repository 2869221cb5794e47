"""Records that are damaged in a file that is whole: named, and made anew from their pages."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dragoman.collect.pages import capture_file
from dragoman.store import open_store
from tests.cli.conftest import Run
from tests.desks import write_pages


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {"at": tmp_path_factory.mktemp("whole")}


@pytest.fixture
def whole(run: Run, made_once: dict[str, Path]) -> Path:
    """A desk of five pages."""
    home = made_once["at"] / "desk"
    if not home.exists():
        write_pages(made_once["at"] / "pages")
        assert run("add", made_once["at"] / "pages", "--home", home).code == 0
    return home


@pytest.fixture
def home(whole: Path, tmp_path: Path) -> Path:
    """The same with two articles of which what is kept is damaged, of one in two places."""
    home = shutil.copytree(whole, tmp_path / "desk")
    with closing(sqlite3.connect(home / "desk.sqlite")) as file:
        one, other = (i for (i,) in file.execute("SELECT id FROM articles ORDER BY seq LIMIT 2"))
        file.execute("UPDATE readings SET reading = x'78da00' WHERE article_id = ?", (one,))
        file.execute("UPDATE backings SET json = '{' WHERE article_id = ?", (one,))
        file.execute("UPDATE articles SET json = substr(json, 9) WHERE id = ?", (other,))
        file.commit()
    return home


def exported(run: Run, home: Path) -> str:
    made = run("export", "--format", "articles", "--home", home)
    assert made.code == 0, made.err
    return made.out


def test_they_are_said_in_a_sentence(run: Run, home: Path) -> None:
    made = run("export", "--format", "articles", "--home", home)
    assert made.code == 1
    assert "`dragoman build --from clean`" in made.err
    assert "Traceback" not in made.err


@pytest.mark.usefixtures("loaded_once")
def test_the_doctor_names_them_who_looks_at_all(run: Run, home: Path) -> None:
    made = run("doctor", "--full", "--json", "--home", home)
    (found,) = [one for one in json.loads(made.out)["findings"] if one["name"] == "records"]
    assert "of 2 articles can't be read: a-" in found["what"]
    assert "dragoman build --from clean" in found["mend"]


@pytest.mark.usefixtures("loaded_once")
def test_they_are_made_anew_from_their_pages(run: Run, whole: Path, home: Path) -> None:
    made = run("build", "--from", "clean", "--home", home)
    assert made.code == 0, made.err
    assert exported(run, home) == exported(run, whole)
    assert '"records"' not in run("doctor", "--full", "--json", "--home", home).out


@pytest.mark.usefixtures("loaded_once")
def test_later_steps_pass_them_over_and_say_so(run: Run, home: Path) -> None:
    made = run("build", "--from", "read", "--home", home)
    assert made.code == 2
    assert "2 failed" in made.out
    assert made.err.count("`dragoman build --from clean` makes it anew") == 2


@pytest.mark.usefixtures("loaded_once")
def test_a_page_that_is_damaged_too_is_said_to_be(run: Run, home: Path) -> None:
    with closing(sqlite3.connect(home / "desk.sqlite")) as file:
        file.execute("UPDATE captures SET body = x'78da00' WHERE seq = 1")
        file.commit()
    made = run("build", "--from", "clean", "--home", home)
    assert made.code == 2
    assert "1 failed" in made.out
    assert "its page can't be read: a backup may have it whole" in made.err


def test_a_reading_that_is_gone_is_made_anew(run: Run, whole: Path, tmp_path: Path) -> None:
    home = shutil.copytree(whole, tmp_path / "desk")
    with closing(sqlite3.connect(home / "desk.sqlite")) as file:
        file.execute("DELETE FROM readings WHERE article_id = (SELECT min(id) FROM articles)")
        file.commit()
    assert "is gone; `dragoman build" in run("export", "-f", "articles", "--home", home).err
    assert run("build", "--from", "clean", "--home", home).code == 0
    assert exported(run, home) == exported(run, whole)


@pytest.mark.usefixtures("loaded_once")
def test_a_waiting_page_that_is_damaged_stops_nothing(
    run: Run, whole: Path, tmp_path: Path
) -> None:
    home = shutil.copytree(whole, tmp_path / "desk")
    pages = [tmp_path / f"{number}.txt" for number in range(2)]
    with open_store(home) as store:
        for number, path in enumerate(pages):
            path.write_text(f"France met Kenya in Nairobi {number} times.", "utf-8")
            store.keep_capture(capture_file(path))
    with closing(sqlite3.connect(home / "desk.sqlite")) as file:
        damaged = capture_file(pages[0]).id
        file.execute("UPDATE captures SET body = x'78da00' WHERE id = ?", (damaged,))
        file.commit()
    found = json.loads(run("doctor", "--full", "--json", "--home", home).out)["findings"]
    assert any(one["name"] == "pages" and damaged in one["what"] for one in found)
    made = run("build", "--home", home)
    assert (made.code, made.out) == (2, "1 added, 1 failed\n")
    assert f"{damaged}: what is kept is damaged" in made.err
    assert "nothing to do" in run("build", "--home", home).out
    assert damaged in run("aside", "--json", "--home", home).out
    made = run("forget", damaged, "--reason", "takedown", "--yes", "--home", home)
    assert made.code == 0, made.err
    with open_store(home) as store:
        assert store.failures() == []
        assert not store.has_capture(damaged)


def test_an_article_is_forgotten_whose_page_is_damaged(
    run: Run, whole: Path, tmp_path: Path
) -> None:
    home = shutil.copytree(whole, tmp_path / "desk")
    with closing(sqlite3.connect(home / "desk.sqlite")) as file:
        ((article,),) = file.execute("SELECT min(id) FROM articles")
        file.execute("UPDATE captures SET body = x'78da00' WHERE article_id = ?", (article,))
        file.commit()
    made = run("forget", article, "--reason", "takedown", "--yes", "--home", home)
    assert made.code == 0, made.err
    assert article not in exported(run, home)
