"""Inputs that mean harm or nothing: one sentence about them, and the rest goes on."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from dragoman.errors import DataFileError, Unreadable
from dragoman.pipeline import Steps
from tests.cli.conftest import Run, Write

LINES = (
    '{"id": "day", "text": "Kenya met Rwanda.", "published": "2024-02-30"}',
    '{"id": "half", "text": "\\ud800 Kenya met Rwanda in Nairobi."}',
    '{"id": "\\ud800", "text": "Kenya met Rwanda."}',
    '{"id": "last", "text": "Kenya will meet Rwanda tomorrow.", "published": "9999-12-31"}',
    '{"id": "deep", "text":' + "[" * 100_000,
    '{"id": {}, "text": "Kenya met Rwanda."}',
    '{"id": "good", "text": "Kenya condemned Rwanda."}',
)


@pytest.mark.parametrize("fault", [Unreadable("a", "b"), DataFileError("a", 3, "b")])
def test_errors_come_back_from_workers(fault: Exception) -> None:
    assert str(pickle.loads(pickle.dumps(fault))) == str(fault)


def test_no_line_stops_the_lines_after_it(run: Run, write: Write) -> None:
    made = run("read", "--jsonl", write("lines.jsonl", "\n".join(LINES)))
    found = [json.loads(line) for line in made.out.splitlines()]
    assert [f["id"] for f in found] == ["day", "half", "\ud800", "last", 5, 6, "good"]
    assert [i for i, f in enumerate(found) if "error" in f] == [0, 4, 5]
    assert "'2024-02-30' is not an ISO date" in found[0]["error"]
    assert made.code == 2


def test_control_characters_do_not_reach_the_terminal(run: Run, write: Write) -> None:
    page = "<h1>Kenya \x1b[31mmet\x9b Rwanda</h1><p>Kenya met \x1b]0;x\x07Rwanda in Nairobi.</p>"
    made = run("read", write("page.html", f"<html><body><article>{page}</article></body></html>"))
    assert made.code == 0
    assert not set("\x1b\x9b\x07") & set(made.out)


def test_a_fault_of_our_own_sets_one_page_aside(
    run: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.txt", "Kenya met Rwanda in Nairobi on Monday.")
    write("b.txt", "Norway met Sweden in Oslo on Monday.")
    whole = Steps.all

    def failing(self: Steps, capture: object) -> object:
        if b"Kenya" in capture.body:  # type: ignore[attr-defined]
            raise ZeroDivisionError("not foreseen")
        return whole(self, capture)  # type: ignore[arg-type]

    monkeypatch.setattr(Steps, "all", failing)
    made = run("add", tmp_path, "--home", tmp_path / "desk")
    assert made.code == 2
    assert made.out == "1 added, 1 failed\n"
    assert "a.txt: could not be read (ZeroDivisionError: not foreseen)" in made.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "--home", "HOME", "--out", "/nowhere/at/all"), "No such file"),
        (("today", "--home", "EMPTY"), "there is no desk here"),
        (("serve", "--home", "EMPTY"), "there is no desk here"),
        (("build", "--home", "EMPTY"), "there is no desk here"),
        (("add", "PAGE", "--home", "PAGE"), "(this is a file); name a folder with --home"),
        (("read", "http://" + "x" * 300 + ".example/"), "can't be resolved"),
        (("read", "ftp://a.example/"), "only http and https"),
        (("read", "http://127.0.0.1:9/"), "private network"),
    ],
)
def test_one_sentence_and_no_traceback(
    run: Run, write: Write, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    page = write("page.txt", "Kenya met Rwanda in Nairobi.")
    run("add", page, "--home", tmp_path / "home")
    (tmp_path / "empty").mkdir()
    names = {"HOME": tmp_path / "home", "EMPTY": tmp_path / "empty", "PAGE": page}
    made = run(*(names.get(a, a) for a in arguments))
    assert made.code == 1
    assert said in made.err
    assert made.err.count("\n") == 1
