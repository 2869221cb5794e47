"""`dragoman forget`: what is meant, what is asked, and what is left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.store import Store
from tests.cli.conftest import Run
from tests.desks import BORDER_EN, count, page, write_pages

NORTH = "https://north.example/news/1"
ASKED = "the publisher asks for it"


@pytest.fixture
def home(tmp_path: Path, run: Run) -> Path:
    write_pages(tmp_path / "pages")
    assert run("add", tmp_path / "pages", "--home", tmp_path / "desk").code == 0
    return tmp_path / "desk"


def ids(run: Run, home: Path) -> dict[str, str]:
    """The articles' ids by their titles."""
    lines = run("export", "--format", "articles", "--home", home).out.splitlines()
    return {made["article"]["title"]: made["id"] for made in map(json.loads, lines)}


@pytest.mark.parametrize(
    ("target", "left"),
    [
        ("https://www.lake.example/news/1?utm_source=x", 4),
        ("north.example", 4),
        ("second week", 4),
        ("Kenya Rwanda", 1),
    ],
)
def test_what_is_meant(run: Run, home: Path, target: str, left: int) -> None:
    made = run("forget", target, "--reason", ASKED, "--yes", "--home", home)
    assert (made.code, made.out, made.err) == (0, f"{5 - left} forgotten\n", "")
    assert count(home, "articles") == left


def test_an_id_and_an_outlet_s_name(run: Run, home: Path, tmp_path: Path) -> None:
    identity = ids(run, home)["Reindeer count"]
    made = run("forget", identity, "--reason", ASKED, "--yes", "--home", home, "--json")
    assert [json.loads(line) for line in made.out.splitlines()] == [
        {"id": identity, "outcome": "forgotten"}
    ]
    saved = tmp_path / "saved.html"
    bbc = page("Boats", BORDER_EN, host="www.bbc.com")
    saved.write_text(bbc, "utf-8")
    run("add", saved, "--home", home)
    made = run("forget", "BBC", "--reason", ASKED, "--yes", "--home", home)
    assert (made.code, made.out) == (0, "1 forgotten\n")
    made = run("forget", "BBC", "--reason", ASKED, "--yes", "--home", home)
    assert (made.code, made.out) == (1, "")
    assert "holds no article of BBC" in made.err


def test_stopped_before_the_file_was_written_anew(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is forgotten is forgotten; the same command again leaves nothing of it in the file."""

    class Killed(BaseException):
        pass

    def stop(_: Store) -> bool:
        raise Killed

    with monkeypatch.context() as stopped:
        stopped.setattr(Store, "scrub", stop)
        with pytest.raises(Killed):
            run("forget", NORTH, "--reason", ASKED, "--yes", "--home", home)
    assert b"reindeer" in (home / "desk.sqlite").read_bytes().lower()
    made = run("forget", NORTH, "--reason", ASKED, "--yes", "--home", home)
    assert (made.code, made.err) == (0, "")
    assert "already; the file is written anew" in made.out
    assert b"reindeer" not in (home / "desk.sqlite").read_bytes().lower()


def test_it_lists_and_asks_first(run: Run, home: Path) -> None:
    made = run("forget", "north.example", "--reason", ASKED, "--home", home, given=b"n\n")
    assert (made.code, made.out.strip()) == (1, "")
    assert "1 article on north.example:" in made.err
    assert "Reindeer count" in made.err
    assert count(home, "articles") == 5
    made = run("forget", "north.example", "--reason", ASKED, "--home", home, given=b"y\n")
    assert (made.code, made.out.strip()) == (0, "1 forgotten")
    assert count(home, "articles") == 4


def test_list_and_undo(run: Run, home: Path, tmp_path: Path) -> None:
    assert run("forget", "--list", "--home", home).out == "nothing was forgotten\n"
    identity = ids(run, home)["Reindeer count"]
    run("forget", identity, "--reason", ASKED, "--by", "ada", "--yes", "--home", home)
    assert f"{identity}  20" in (listed := run("forget", "--list", "--home", home).out)
    assert listed.endswith(f", ada: {ASKED}\n")
    (line,) = run("forget", "--list", "--json", "--home", home).out.splitlines()
    assert json.loads(line).items() >= {"id": identity, "reason": ASKED, "by": "ada"}.items()
    made = run("add", tmp_path / "pages", "--home", home)
    assert (made.code, made.out) == (2, "4 known, 1 refused\n")
    assert ASKED in made.err
    assert run("build", "--from", "clean", "--home", home).code == 0
    assert run("forget", "--undo", identity, "--home", home).code == 0
    assert run("forget", "--undo", identity, "--home", home).code == 1
    assert run("add", tmp_path / "pages", "--home", home).out == "1 added, 4 known\n"


def test_a_forgotten_address_is_not_even_asked_for(run: Run, home: Path) -> None:
    """No network here: a request would fail with another sentence."""
    run("forget", "north.example", "--reason", ASKED, "--yes", "--home", home)
    made = run("add", "https://north.example/news/1", "--home", home)
    assert (made.code, made.out) == (2, "1 refused\n")
    assert ASKED in made.err


def test_what_was_forgotten_is_said_to_be_so(run: Run, home: Path) -> None:
    identity = ids(run, home)["Reindeer count"]
    run("forget", identity, "--reason", ASKED, "--yes", "--home", home)
    made = run("forget", identity, "--reason", ASKED, "--yes", "--home", home)
    assert (made.code, made.err) == (0, "")
    assert "was forgotten on" in made.out


@pytest.mark.parametrize(
    "arguments",
    [(), ("north.example",), ("--reason", ASKED), ("north.example", "--reason", " ")],
)
def test_target_and_reason_are_needed(run: Run, home: Path, arguments: tuple[str, ...]) -> None:
    made = run("forget", *arguments, "--yes", "--home", home)
    assert (made.code, made.out) == (2, "")
    assert "--reason" in made.err
    assert count(home, "articles") == 5


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("r-0123456789abcdef", "name the a-"),
        ("a-0123456789abcdef", "no article or capture of this id"),
        ("https://none.example/1", "no article at this address"),
        ("unheard words", "no article found by “unheard words”"),
    ],
)
def test_what_is_not_there(run: Run, home: Path, target: str, said: str) -> None:
    made = run("forget", target, "--reason", ASKED, "--yes", "--home", home)
    assert (made.code, made.out, made.err.count("\n")) == (1, "", 1)
    assert said in made.err
    assert count(home, "articles") == 5


def test_a_query_that_means_nothing_forgets_nothing(run: Run, home: Path) -> None:
    made = run("forget", "?!", "--reason", ASKED, "--yes", "--home", home)
    assert (made.code, made.out) == (1, "")
    assert "there is no word to search for" in made.err
    assert count(home, "articles") == 5
