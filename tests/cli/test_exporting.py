"""`export`: files with what they say of themselves, streams, and the dictionary."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
from pathlib import Path

import pytest

from dragoman.cli import main
from dragoman.publish.formats import formats
from tests.cli.conftest import Run, Write
from tests.cli.inputs import PAGE_EN


@pytest.fixture
def home(run: Run, write: Write, tmp_path: Path) -> Path:
    run("add", write("page.html", PAGE_EN), "--home", tmp_path / "desk")
    return tmp_path / "desk"


def test_a_table_with_what_it_says_of_itself(run: Run, home: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.csv"
    made = run("export", "--home", home, "-o", out)
    assert (made.code, made.out, made.err) == (0, f"{out}: 3 rows (csv)\n", "")
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["source"], row["category"], row["target"]) for row in rows] == [
        ("", "MOBILIZE", ""),
        ("RWA", "SANCTION", "KEN"),
        ("KEN", "ACCUSE", "RWA"),
    ]
    said = json.loads(Path(f"{out}.about.json").read_text("utf-8"))
    assert (said["rows"], said["query"], said["public"]) == (3, "", False)
    assert said["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()


def test_no_about_and_json(run: Run, home: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.parquet"
    made = run("export", "--home", home, "-o", out, "--no-about", "--json")
    assert json.loads(made.out)["format"] == "parquet"
    assert not Path(f"{out}.about.json").exists()
    assert out.read_bytes()[:4] == b"PAR1"


def test_events_go_to_stdout_as_lines(run: Run, home: Path) -> None:
    made = run("export", "--home", home)
    lines = [json.loads(line) for line in made.out.splitlines()]
    assert [line["category"] for line in lines] == ["MOBILIZE", "SANCTION", "ACCUSE"]
    assert lines[0]["reports"][0]["article"]["title"] == "Shots on the lake"
    told = json.loads(run("export", "--home", home, "--json").err)
    assert (told["rows"], told["format"]) == (3, "jsonl")


def test_what_is_left_out_is_told(run: Run, home: Path, tmp_path: Path) -> None:
    made = run("export", "--home", home, "-o", tmp_path / "a.acled.csv")
    assert "1 row (acled); 2 events left out" in made.out
    assert "2 events left out" in run("export", "--home", home, "-f", "acled").err


def test_a_compressed_file(run: Run, home: Path, tmp_path: Path) -> None:
    run("export", "--home", home, "-o", tmp_path / "a.export.CSV.gz")
    lines = gzip.decompress((tmp_path / "a.export.CSV.gz").read_bytes()).splitlines()
    assert [len(line.split(b"\t")) for line in lines] == [61, 61, 61]


def test_data_that_goes_to_a_device_stands_alone(run: Run, home: Path) -> None:
    made = run("export", "--home", home, "-f", "csv", "-o", os.devnull)
    assert (made.code, made.out) == (0, "")
    assert made.err == f"{os.devnull}: 3 rows (csv)\n"


def test_an_unknown_format_lists_all(run: Run, home: Path) -> None:
    made = run("export", "--home", home, "--format", "xlsx")
    assert (made.code, made.out) == (1, "")
    assert [name for name in formats() if f"  {name}: " not in made.err] == []


def test_a_suffix_of_no_format_is_refused(run: Run, home: Path, tmp_path: Path) -> None:
    """A spreadsheet's suffix must not hide JSON Lines."""
    made = run("export", "--home", home, "-o", tmp_path / "events.xlsx")
    assert (made.code, made.out) == (1, "")
    assert "no format has this suffix; name one with --format" in made.err
    assert not (tmp_path / "events.xlsx").exists()
    named = run("export", "--home", home, "-f", "csv", "-o", tmp_path / "events.xlsx")
    assert named.out == f"{tmp_path / 'events.xlsx'}: 3 rows (csv)\n"
    bare = run("export", "--home", home, "-o", tmp_path / "events")
    assert bare.out == f"{tmp_path / 'events'}: 3 rows (jsonl)\n"


def test_a_dash_is_stdout(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = run("export", "--home", home, "-o", "-")
    assert made.out == run("export", "--home", home).out != ""
    assert not Path("-").exists()


def test_a_closed_stdout_is_told(
    run: Run, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.argv", ["dragoman", "export", "--home", str(home)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "the standard output is closed; name a file with -o" in capsys.readouterr().err


def test_the_dictionary_needs_no_desk(run: Run, tmp_path: Path) -> None:
    made = run("export", "--dictionary", "--format", "csv", "--home", tmp_path / "none")
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith("### csv\n")
    assert "| `evidence` | text | " in made.out
    told = json.loads(run("export", "--dictionary", "--json").out)
    assert [one["format"] for one in told] == list(formats())


def test_retracted_events_are_tombstones(run: Run, home: Path, tmp_path: Path) -> None:
    page = PAGE_EN.replace("Rwanda expelled two Kenyan diplomats", "Rwanda counted two boats")
    path = tmp_path / "page.html"
    path.write_text(page, "utf-8")
    run("add", path, "--home", home)
    lines = run("export", "--home", home).out.splitlines()
    both = [
        json.loads(one) for one in run("export", "--retracted", "--home", home).out.splitlines()
    ]
    assert len(lines) == 2
    assert [(one["category"], one["retracted_at"] is None) for one in both] == [
        ("MOBILIZE", True), ("SANCTION", False), ("ACCUSE", True),
    ]  # fmt: skip
