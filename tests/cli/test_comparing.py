"""`dragoman compare` from its entry point, over the small desk of the site's tests."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from dragoman.knowledge import Knowledge
from dragoman.store import open_store
from tests.checking.eventfiles import gdelt
from tests.cli.conftest import Run, Write
from tests.publish.desk import PAGES, settle


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    with open_store(folder) as store:
        settle(store, PAGES)
    return folder


@pytest.fixture
def file(write: Write, knowledge: Knowledge) -> Path:
    """The quarrel of the desk twice, a meeting that only the file has, and lines of no use."""
    meeting = {"Actor2CountryCode": "RUS", "EventCode": "040", "SOURCEURL": "https://r.example"}
    rows: tuple[dict[str, str], ...] = (
        {},
        {"GlobalEventID": "2", "Day": "20240318"},
        meeting,
        {"EventCode": "010"},
    )
    return write("made.CSV", gdelt(knowledge.eventdata, *rows) + "too\tshort\n")


def test_what_both_have_is_shown_with_its_sentence(run: Run, home: Path, file: Path) -> None:
    made = run("compare", "", "--with", file, "--home", home)
    assert made.code == 0, made.err
    assert "GDELT is another machine's coding" in made.out
    assert "in both: 1, of" in made.out
    assert "only there: 1, and 1 more rows that fit an event in both" in made.out
    assert "rows there that can't be compared: 1 malformed, 1 no category" in made.out
    assert "line 5: 2 columns where GDELT 2.0 has 61" in made.out
    assert "“Armenia accused Azerbaijan of closing the ferry line.”" in made.out
    assert "ARMENIA – 112 – AZERBAIJAN  https://pier.example/1" in made.out


def test_the_same_as_json_and_as_a_table(run: Run, home: Path, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "side-by-side.csv"
    made = run("compare", "", "--with", file, "--home", home, "--json", "-o", out)
    told = json.loads(made.out)
    assert (told["form"], told["both"], told["there"], told["again"]) == ("gdelt", 1, 1, 1)
    assert told["by_category"]["ACCUSE"]["both"] == 1
    with out.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert sorted(row["where"] for row in rows) == sorted(
        ["both", *["here"] * told["here"], "there", "again"]
    )
    (both,) = (row for row in rows if row["where"] == "both")
    assert (both["source"], both["target"], both["their_id"]) == ("ARM", "AZE", "1")


def test_files_that_are_none_are_refused(run: Run, home: Path, write: Write) -> None:
    empty = run("compare", "", "--with", write("empty.csv", ""), "--home", home)
    assert (empty.code, empty.out) == (2, "")
    assert "there is no line in this file" in empty.err
    other = run("compare", "", "--with", write("a.csv", "a,b\n1,2\n"), "--home", home)
    assert "it is no GDELT 2.0 event file" in other.err
    gone = run("compare", "", "--with", home / "none.csv", "--home", home)
    assert gone.code == 1
    assert "No such file" in gone.err
