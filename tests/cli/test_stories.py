"""`dragoman stories`, `story` and `changes`: what the desk joined, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.demo import PAGES
from tests.cli.conftest import Ran, Run

WIRE, CUT, OTHER = "wire.html", "baku-lori-observer.html", "bakou-gazette-rioni.html"


@pytest.fixture
def home(run: Run, tmp_path: Path) -> Path:
    """A desk with a story in two languages, one of whose articles is a copy."""
    home = tmp_path / "desk"
    pages = (PAGES / name for name in (WIRE, CUT, OTHER))
    assert run("add", *pages, "--home", home).out == "3 added\n"
    return home


def test_stories_are_listed_shown_and_compared(run: Run, home: Path) -> None:
    (line,) = json.loads(run("stories", "--home", home, "--json").out)["stories"]
    assert (line["articles"], line["copies"], line["origins"]) == (3, 1, 1)
    assert line["languages"] == ["en", "fr"]
    assert line["id"] in run("stories", "--home", home).out
    assert json.loads(run("stories", "--start", 1, "--home", home, "--json").out)["stories"] == []

    story = json.loads(run("story", line["id"], "--home", home, "--json").out)
    (tree,) = story["trees"]
    edge = tree["copies"][0]["edge"]
    assert (edge["kind"], edge["basis"], edge["share"]) == ("cut", "stated", 100)
    shown = run("story", line["id"], "--home", home).out
    assert "Who printed whom" in shown
    assert "the text cut short, the same day, 100 % in Caravan News Agency" in shown

    changes = json.loads(run("changes", edge["copy"], edge["origin"], "--home", home, "--json").out)
    assert changes["diff"]["added"] == 0
    assert changes["diff"]["removed"] > 50
    words = run("changes", edge["copy"], edge["origin"], "--home", home).out
    assert "[-Armenia and Azerbaijan have not signed a peace treaty." in words
    assert "words the same]" in words


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("story", "s-none"), "this desk holds no story s-none"),
        (("changes", "a-1", "a-2"), "this desk holds no changes a-1 and a-2"),
    ],
)
def test_what_is_not_there_is_said(
    run: Run, home: Path, arguments: tuple[str, ...], said: str
) -> None:
    assert run(*arguments, "--home", home) == Ran(1, "", f"dragoman: {said}\n")
