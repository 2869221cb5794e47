"""`dragoman build --from clean` says what the cleaner now makes otherwise."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.model import Article, Block, Capture
from dragoman.pipeline import Steps
from tests.cli.conftest import Run
from tests.desks import write_pages


def older(article: Article) -> Article:
    """As a lesser cleaner would have made it: a menu is body, the headline has the site's name."""
    blocks = [
        Block("body", b.start, b.end, "old-rule") if b.label == "navigation" else b
        for b in article.blocks
    ]
    title = f"{article.title} - Home" if article.language == "en" else article.title
    return replace(article, blocks=tuple(blocks), title=title)


@pytest.fixture
def home(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk of five pages that an older cleaner made."""
    write_pages(tmp_path / "pages")
    whole = Steps.clean

    def clean(self: Steps, capture: Capture) -> Article:
        made = older(whole(self, capture))
        return replace(made, id="a-00000000000000aa") if made.url is None else made

    with monkeypatch.context() as patch:
        patch.setattr(Steps, "clean", clean)
        assert run("add", tmp_path / "pages", "--home", tmp_path / "desk").code == 0
    return tmp_path / "desk"


def test_in_words(run: Run, home: Path) -> None:
    made = run("build", "--from", "clean", "--home", home, "--examples", "1")
    assert (made.code, made.err) == (0, "")
    lines = made.out.splitlines()
    assert lines[:2] == ["5 changed", "5 articles: 5 changed, 0 unchanged"]
    assert "  title: 4 changed" in lines
    assert sum("→ “Reindeer count”" in line or "→ “Shots" in line for line in lines) == 1
    assert any(line.startswith("  body: 4 changed: 0 characters kept, ") for line in lines)
    assert any(line.startswith("    body → navigation by ") for line in lines)
    again = run("build", "--from", "clean", "--home", home)
    assert again.out == "5 known\n5 articles: 0 changed, 5 unchanged\n"


def test_as_json_lines(run: Run, home: Path) -> None:
    made = run("build", "--from", "clean", "--home", home, "--json")
    *lines, last = map(json.loads, made.out.splitlines())
    assert len(lines) == 5
    titles = [line["changes"]["fields"]["title"] for line in lines if line["changes"]["fields"]]
    assert {"was": "Reindeer count - Home", "now": "Reindeer count"} in titles
    for line in lines:
        assert set(line["changes"]) == {"fields", "body", "labels"}
    assert last["summary"]["changed"] == 5
    assert last["summary"]["body"]["dropped"] == sum(
        line["changes"]["body"]["dropped"] for line in lines
    )


def test_an_article_keeps_the_id_that_it_was_given(run: Run, home: Path) -> None:
    """Without an address the id is made of the body, which another cleaner cuts otherwise."""

    def ids() -> list[str]:
        return [
            json.loads(line)["id"]
            for line in run("export", "--format", "articles", "--home", home).out.splitlines()
        ]

    before = ids()
    assert "a-00000000000000aa" in before
    run("build", "--from", "clean", "--home", home)
    assert ids() == before


def test_other_steps_say_nothing_of_cleaning(run: Run, home: Path) -> None:
    assert run("build", "--from", "record", "--home", home).out == "5 known\n"
    made = run("build", "--from", "record", "--home", home, "--json")
    assert all("changes" not in json.loads(line) for line in made.out.splitlines())


def test_a_fault_on_one_page_stops_nothing(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Steps.clean

    def failing(self: Steps, capture: Capture) -> Article:
        if b"Reindeer" in capture.body:
            raise ZeroDivisionError("not foreseen")
        return whole(self, capture)

    monkeypatch.setattr(Steps, "clean", failing)
    made = run("build", "--from", "clean", "--home", home)
    assert made.code == 2
    assert "ZeroDivisionError: not foreseen" in made.err
    assert "4 changed, 1 failed\n4 articles: 4 changed, 0 unchanged\n" in made.out
