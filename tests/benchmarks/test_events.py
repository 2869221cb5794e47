"""`benchmarks.events` prints one object, each part where its file is; the lines it writes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.event_given import Tagged
from benchmarks.events import RELEASED, line_of, main, since

PLV = "sentence\tsource\ttarget\troot\tquad\n" + "".join(
    "\t".join(row) + "\n"
    for row in (
        ("Chile condemned Peru.", "Chile", "Peru", "ACCUSE", "3"),
        ("Chile greened Peru.", "Chile", "Peru", "AID", "2"),
    )
)
SPANS = "Chile B-S\ncondemned O\nPeru B-T\n. O\n\nRain O\nfell O\n. O\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "plv_train.tsv").write_text(PLV, "utf-8")
    (tmp_path / "events" / "cameo_spans_train.txt").write_text(SPANS, "utf-8")
    return tmp_path


def test_given_sides(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = files / "out.jsonl"
    plv = str(files / "events" / "plv_train.tsv")
    main(["--plv", plv, "--json", "--predictions", str(lines)])
    result = json.loads(capsys.readouterr().out)
    assert set(result) == {"plv"}
    found = result["plv"]
    assert (found["root_macro_f1"], found["coded"], found["n"]) == (0.5, 0.5, 2)
    assert found["confusions"] == [["AID", None, 1]]
    assert found["per_category"]["ACCUSE"]["f1"] == 1.0
    assert set(found["intervals"]) == {"root_macro_f1", "quad_macro_f1", "binary_macro_f1"}
    assert [json.loads(line) for line in lines.read_text("utf-8").splitlines()] == [
        {"i": 0, "root": "ACCUSE", "source": "Chile", "target": "Peru"},
        {"i": 1, "root": None, "source": None, "target": None},
    ]


def test_parts_are_taken_from_the_shared_folder(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = ["--only", "spans", "--only", "seed", "--compare", str(RELEASED)]
    main(["--shared", str(files), *wanted])
    printed = capsys.readouterr()
    result = json.loads(printed.out)
    assert set(result) == {"spans", "since_release"}  # there is no seed.txt
    found = result["spans"]
    assert (found["source_head_f1"], found["target_head_f1"], found["both_right"]) == (1, 1, 1)
    assert (found["swapped"], found["coded"]) == (0, 0.5)
    assert printed.err.startswith("since 0.1.0: spans.source_head_f1 +0.191")
    assert "plv" not in printed.err


def test_a_part_without_its_file_is_an_error_when_nothing_else_is_asked() -> None:
    with pytest.raises(SystemExit, match="name --plv FILE"):
        main(["--only", "plv"])


def test_limited_examples_come_from_all_categories(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--only", "examples", "--limit", "40", "--json"])
    found = json.loads(capsys.readouterr().out)["examples"]
    assert len(found["per_category"]) > 8
    assert sum(found[code][n] for code in ("en", "fr", "ru") for n in ("n", "n_empty")) == 40


def test_limited_pairs(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--only", "parallel", "--limit", "4", "--json"])
    found = json.loads(capsys.readouterr().out)["parallel"]
    gap = found["fr"]["root"]["f1"] - found["en"]["root"]["f1"]
    assert found["french_minus_english"]["root_f1"] == pytest.approx(gap, abs=0.0015)
    assert (found["en"]["texts"], found["fr"]["texts"]) == (4, 4)


@pytest.mark.parametrize(
    ("source", "target", "swapped"), [(0, 2, False), (2, 0, True), (2, None, False), (3, 0, False)]
)
def test_swaps(source: int, target: int | None, swapped: bool) -> None:
    item = Tagged(["Chile", "condemned", "Peru", "."], ["B-S", "O", "B-T", "O"])
    assert item.is_swapped(source, target) is swapped


def test_what_both_have_is_compared_on_one_line() -> None:
    moved = since({"plv": {"x": 0.7}, "spans": {"y": 0.5}}, {"plv": {"x": 0.75, "z": 1}})
    assert moved == {"plv.x": 0.05}
    assert line_of("0.1.0", moved) == "since 0.1.0: plv.x +0.050"
    assert line_of("0.1.0", {}) == "since 0.1.0: nothing of it measured"


def test_it_runs_as_a_file_from_anywhere(files: Path) -> None:
    script = Path(main.__code__.co_filename)
    plv = files / "events" / "plv_train.tsv"
    ran = subprocess.run(
        [sys.executable, str(script), "--plv", str(plv), "--limit", "1", "--json"],
        cwd=files, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(ran.stdout)["plv"]["n"] == 1
