"""An archive as its user types it: read in bulk, asked of, and taken into a desk."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.archive.made import plain_archive
from tests.cli.conftest import Run
from tests.desks import BORDER_EN, TALKS_EN

TEXTS = ["\n\n".join(("Shots on the lake", *BORDER_EN)), "\n\n".join(("Count", *TALKS_EN)), " "]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_from_an_archive_to_a_desk(run: Run, tmp_path: Path, home: Path) -> None:
    source, out = plain_archive(tmp_path / "a.warc.gz", TEXTS), tmp_path / "out"
    made = run("archive", source, "--out", out, "--home", home)
    assert made.code == 0
    assert f"{out}: 2 articles of 3 captures, " in made.out
    assert "1 set aside" in made.out
    assert not home.exists()  # no desk is made by it
    again = run("archive", source, "-o", out, "--home", home, "--json")
    said = json.loads(again.out)
    assert (said["articles"], said["set_aside"], said["done_now"]) == (2, 1, 0)
    taken = run("import", out, "--home", home)
    assert (taken.code, taken.out) == (2, "2 added, 1 failed\n")
    fed = run("add", source, "--home", tmp_path / "fed")
    assert (fed.code, fed.out, fed.err) == (2, taken.out, taken.err)
    first, second = (
        run("search", "lake", "--home", one, "--json").out for one in (home, tmp_path / "fed")
    )
    assert first == second


def test_questions_in_three_forms(run: Run, tmp_path: Path, home: Path) -> None:
    source, out = plain_archive(tmp_path / "a.warc.gz", TEXTS), tmp_path / "out"
    run("archive", source, "--out", out, "--home", home)
    ask = ("sql", "SELECT host, title, words FROM articles ORDER BY words", "--over", out)
    table = run(*ask)
    assert (table.code, len(table.out.splitlines())) == (0, 3)
    assert "Shots on the lake" in table.out
    lines = [json.loads(line) for line in run(*ask, "--json").out.splitlines()]
    assert [line["title"] for line in lines] == [None, "Shots on the lake"]
    found = list(csv.DictReader(run(*ask, "--csv").out.splitlines()))
    assert [row["words"] for row in found] == [str(line["words"]) for line in lines]
    assert found[0]["title"] == ""
    short = run(*ask, "--rows", 1)
    assert (len(short.out.splitlines()), "--rows shows more than 1" in short.err) == (2, True)
    vectors = run("sql", "SELECT vector, day FROM articles LIMIT 1", "--over", out, "--json")
    assert json.loads(vectors.out) == {"vector": "<512 bytes>", "day": "2024-03-18"}


def test_without_a_question_it_tells_what_can_be_asked(
    run: Run, tmp_path: Path, home: Path
) -> None:
    source, out = plain_archive(tmp_path / "a.warc.gz", TEXTS), tmp_path / "out"
    run("archive", source, "--out", out, "--home", home)
    told = run("sql", "--over", out)
    assert "mentions\n" in told.out
    assert "One pair, month by month:" in told.out
    said = json.loads(run("sql", "--over", out, "--json").out)
    names = {view["name"] for view in said["views"]}
    assert names == {"articles", "captures", "copies", "mentions", "readings", "reports",
                     "set_aside"}  # fmt: skip
    assert len(said["examples"]) == 7
    for example in said["examples"]:
        assert run("sql", example["sql"], "--over", out, "--json").code == 0


def test_questions_of_exports_and_snapshots(run: Run, tmp_path: Path, demo: Path) -> None:
    run("export", "--home", demo, "-o", tmp_path / "events.parquet")
    run("freeze", "spring", "--home", demo)
    ask = "SELECT count(*) AS events, count(day) AS days FROM events"
    exported = run("sql", ask, "--over", tmp_path / "events.parquet", "--json")
    frozen = run("sql", ask, "--over", "spring", "--home", demo, "--json")
    assert json.loads(exported.out) == json.loads(frozen.out)
    assert json.loads(frozen.out)["days"] > 0
    for over in (tmp_path / "events.parquet", demo / "snapshots/spring"):
        said = json.loads(run("sql", "--over", over, "--json").out)
        assert len(said["examples"]) >= 4
        for example in said["examples"]:
            assert run("sql", example["sql"], "--over", over).code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("archive", "none.warc", "--out", "out"), "no such file"),
        (("archive", "{folder}", "--out", "out"), "no file here ends in"),
        (("archive", "https://a.example/a.warc.gz", "--out", "out"), "download it"),
        (("archive", "{warc}", "--out", "{folder}", "--address", "a:1"), "add --engine ray"),
        (("archive", "{warc}", "--out", "{warc}"), "no folder can be made here"),
        (("import", "{folder}"), "this is no archive"),
        (("sql", "SELECT 1"), "say over what"),
        (("sql", "SELECT 1", "--over", "{folder}"), "no Parquet file"),
        (("sql", "--over", "{folder}", "--memory", "lots"), "write it as 500MB"),
    ],
)
def test_wrong_ways_are_told(
    run: Run, tmp_path: Path, home: Path, arguments: tuple[str, ...], told: str
) -> None:
    warc = plain_archive(tmp_path / "a.warc.gz", TEXTS)
    (tmp_path / "folder").mkdir()
    values = {"folder": tmp_path / "folder", "warc": warc}
    made = run(*(one.format(**values) for one in arguments), "--home", home)
    assert made.code in {1, 2}
    assert told in made.err
    assert not home.exists()
