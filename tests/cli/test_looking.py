"""`dragoman today`, `actor`, `pair`: named as people name actors, filtered, and as of a day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.store import open_store
from tests.cli.conftest import Run
from tests.publish.desk import PAGES, settle


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with open_store(tmp_path) as store:
        settle(store, PAGES)
    (tmp_path / "dragoman.toml").write_text('today = "2024-03-20"\n', encoding="utf-8")
    return tmp_path


def test_a_pair_in_words_and_json(run: Run, home: Path) -> None:
    made = run("pair", "armenia", "AZE", "--home", home)
    assert made.code == 0
    assert made.out.startswith("Armenia and Azerbaijan")
    assert "AZE → ARM, material conflict" in made.out
    view = json.loads(run("pair", "ARM", "AZE", "--home", home, "--json").out)
    assert view["dossier"]["events"] == 5
    assert "as_of" not in view


def test_a_misspelt_name_is_answered_with_the_nearest(run: Run, home: Path) -> None:
    made = run("pair", "Armenia", "Azerbaidjian", "--home", home)
    assert made.code == 1
    said = "this desk holds no pair ARM and Azerbaidjian; was Azerbaijan (AZE) meant?"
    assert made.err == f"dragoman: {said}\n"
    assert (
        run("actor", "qqqqqq", "--home", home).err == "dragoman: this desk holds no actor qqqqqq\n"
    )


def test_what_is_asked(run: Run, home: Path) -> None:
    options = ("--only", "quad=3,4", "--only", "order=newest")
    made = run("pair", "ARM", "AZE", "--home", home, "--json", *options)
    dossier = json.loads(made.out)["dossier"]
    assert (dossier["found"], dossier["newest_first"]) == (3, True)
    made = run("actor", "Azerbaijan", "--home", home, "--only", "by=ab")
    assert "1 of 6 events fit what is asked." in made.out


def test_the_desk_as_of_a_day(run: Run, home: Path) -> None:
    for command in (("today",), ("actor", "NATO"), ("pair", "ARM", "AZE")):
        made = run(*command, "--home", home, "--as-of", "2001-02-03")
        assert made.out.startswith("As known on 3 February 2001 (0 articles, 0 reports)")
        twin = run(*command, "--home", home, "--as-of", "2001-02-03", "--json")
        assert json.loads(twin.out)["as_of"]["day"] == "2001-02-03"


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (
            ("--as-of", "yesterday"),
            1,
            "asof takes a day such as 2024-03-17, from 1900 to 2999, not 'yesterday'",
        ),
        (("--only", "quad=9"), 1, "quad does not take '9'; it takes 1 verbal cooperation"),
        (("--only", "quad"), 2, "--only takes NAME=VALUE"),
        (("--only", "colour=red"), 2, "--only takes NAME=VALUE"),
    ],
)
def test_what_means_nothing_is_refused(
    run: Run, home: Path, options: tuple[str, ...], code: int, words: str
) -> None:
    made = run("pair", "ARM", "AZE", "--home", home, *options)
    assert (made.code, made.out) == (code, "")
    assert words in made.err


@pytest.mark.parametrize("command", ["today", "actor", "pair"])
def test_help_has_examples(run: Run, command: str) -> None:
    made = run(command, "--help")
    assert "Example" in made.out
    assert "--as-of" in made.out
