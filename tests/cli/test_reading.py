"""`dragoman read` and `--help`: what goes in and what comes out, as JSON and as a card."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.cli import COMMANDS
from tests.cli.conftest import Run, Write
from tests.cli.inputs import BARE_FR, PAGE_EN
from tests.contract import checked
from tests.desks import BORDER_EN, BORDER_FR, ROOT, bare


def test_help_shows_groups_in_order(run: Run) -> None:
    shown = run("--help")
    groups = re.findall(r"^╭─ (\w+) ─", shown.out, re.MULTILINE)
    assert (shown.code, groups) == (
        0,
        [
            "Options",
            "Read",
            "Collect",
            "Keep",
            "Look",
            "Export",
            "Check",
            "Run",
        ],
    )
    assert list(COMMANDS) == groups[1:]


@pytest.mark.parametrize("name", [c.__name__ for group in COMMANDS.values() for c in group])
def test_each_command_has_help(run: Run, name: str) -> None:
    typed = name.replace("_", "-")
    shown = run(typed, "--help")
    assert shown.code == 0
    assert f"dragoman {typed}" in shown.out


def test_runs_as_a_module(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "dragoman", "read", "-", "--json"],
        input=BARE_FR.encode(),
        capture_output=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert (made.returncode, made.stderr) == (0, b"")
    assert checked(made.stdout.decode()).article.language == "fr"


def test_read_is_told_the_day(run: Run, write: Write) -> None:
    """A text without a date gets one by --published; offices depend on it."""
    path = write(
        "bare.txt", "The French president flew to Oslo and met the Norwegian king there.\n"
    )
    made = run("read", path, "--published", "2024-03-17", "--json")
    article = checked(made.out)
    assert article.article.published is not None
    assert article.article.published.start == "2024-03-17"
    assert "emmanuel-macron" in {mention.actor for mention in article.mentions}


def test_read_says_how_a_day_is_written(run: Run, write: Write) -> None:
    made = run("read", write("bare.txt", BARE_FR), "--published", "17/03/2024")
    assert made.code == 2
    assert "2024-03-17" in made.err


def test_read_shows_a_card(run: Run, write: Write) -> None:
    made = run("read", write("page.html", PAGE_EN))
    assert (made.code, made.err) == (0, "")
    assert "Shots on the lake" in made.out
    assert "2024-03-13 (page: meta)" in made.out
    assert "Kenya → Rwanda" in made.out
    assert "Home" not in made.out


def test_read_lists_furniture_when_asked(run: Run, write: Write) -> None:
    made = run("read", write("page.html", PAGE_EN), "--furniture")
    assert "About us" in made.out


@pytest.mark.parametrize(("name", "text"), [("page.html", PAGE_EN), ("text.txt", BARE_FR)])
def test_read_json_keeps_the_contract(run: Run, write: Write, name: str, text: str) -> None:
    made = run("read", write(name, text), "--json")
    assert (made.code, made.err) == (0, "")
    line = checked(made.out)
    assert line.id == line.article.id
    assert {"ACCUSE", "SANCTION"} <= {report.category for report in line.reports}


def test_read_json_keeps_every_character_of_bare_text(run: Run, write: Write) -> None:
    text = "Titre\u00a0: l’été 🐘\r\n\r\n\tLe Kenya a condamné le Rwanda.\u2028\n \nFin"
    made = run("read", write("text.txt", text), "--json")
    assert checked(made.out).article.text == text


def test_read_takes_standard_input(run: Run, write: Write) -> None:
    by_file = run("read", write("text.txt", BARE_FR), "--json")
    assert run("read", "-", "--json", given=BARE_FR.encode()) == by_file


def test_read_takes_the_address_of_a_saved_page(run: Run, write: Write) -> None:
    path = write("page.html", PAGE_EN.replace('<link rel="canonical"', "<link rel='x'"))
    made = run("read", path, "--url", "https://www.rfi.fr/en/a", "--json")
    assert checked(made.out).article.url == "https://www.rfi.fr/en/a"


def test_read_needs_a_source(run: Run) -> None:
    made = run("read")
    assert (made.code, made.out) == (2, "")
    assert "--jsonl FILE" in made.err


def test_an_unknown_has_its_reason(run: Run, write: Write) -> None:
    """`doubts[].field` is a path into this very JSON."""
    made = run("read", write("text.txt", "Kenya condemned Rwanda.\n\n" + BORDER_EN[2]), "--json")
    line = checked(made.out)
    fields = {doubt.field for doubt in line.doubts}
    undated = [i for i, report in enumerate(line.reports) if report.date is None]
    assert undated
    assert {f"reports.{i}.date" for i in undated} <= fields


@pytest.mark.parametrize(
    ("text", "what", "number"),
    [
        ("Russia killed 12 civilians in Kharkiv on 3 March 2024.", "killed", 12),
        ("La Russie a tué 12 civils à Kharkiv le 3 mars 2024.", "killed", 12),
    ],
)
def test_counts_are_read(run: Run, write: Write, text: str, what: str, number: int) -> None:
    (report,) = checked(run("read", write("text.txt", text), "--json").out).reports
    assert [(c.what, c.low, c.high) for c in report.counts] == [(what, number, number)]


@pytest.mark.parametrize("day", ["13 mars 2024", "13 mars 2024 . –"])
def test_bare_text_with_a_date_below_its_headline(run: Run, write: Write, day: str) -> None:
    text = bare("Kenya : des tirs sur le lac", (day, *BORDER_FR))
    article = checked(run("read", write("text.txt", text), "--json").out).article
    assert article.title == "Kenya : des tirs sur le lac"


@pytest.mark.xfail(
    strict=True,
    reason="a line that is a date only bounds the day of a bare text, it does not state it",
)
def test_bare_text_says_its_day(run: Run, write: Write) -> None:
    text = bare("Kenya : des tirs sur le lac", ("13 mars 2024", *BORDER_FR))
    article = checked(run("read", write("text.txt", text), "--json").out).article
    assert article.published is not None
    assert (article.published.start, article.published.end) == ("2024-03-13", "2024-03-13")
