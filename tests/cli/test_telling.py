"""What stands before a command: the version, and the log that it keeps."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from dragoman import __version__
from dragoman.errors import DragomanError
from dragoman.publish.metrics.names import NAMES
from dragoman.publish.metrics.watching import RoundsCounted
from dragoman.store import open_store
from tests.cli.conftest import Run
from tests.telling import told as telling

ROOT = Path(__file__).parent.parent.parent


def test_the_version_is_told(run: Run) -> None:
    ran = run("--version")
    assert (ran.code, ran.out) == (0, f"dragoman {__version__}\n")


@pytest.mark.parametrize("option", [("--log", "xml"), ("--log-level", "loud")])
def test_other_forms_are_refused(run: Run, option: tuple[str, str]) -> None:
    ran = run(*option, "language", "list")
    assert ran.code == 2
    assert option[1] in ran.err


def program(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own: a log is set up for all of one."""
    return subprocess.run(
        [sys.executable, "-m", "dragoman", *arguments],
        cwd=ROOT, capture_output=True, text=True, env=os.environ | variables,
    )  # fmt: skip


def test_with_a_log_standard_error_is_lines_of_json(tmp_path: Path) -> None:
    lacking, home = str(tmp_path / "none.txt"), str(tmp_path / "desk")
    made = program("--log", "json", "add", lacking, "--home", home)
    assert (made.returncode, made.stdout) == (2, "1 failed\n")
    (failed,) = map(json.loads, made.stderr.splitlines())
    assert (failed["event"], failed["outcome"]) == ("article", "failed")
    assert failed["level"] == "warning"
    assert "none.txt" in failed["reason"]


def test_what_ends_a_command_is_a_line_too(tmp_path: Path) -> None:
    made = program("stories", "--home", str(tmp_path), DRAGOMAN_LOG="json")
    assert made.returncode == 1
    (line,) = map(json.loads, made.stderr.splitlines())
    assert line["event"] == "error"
    assert "there is no desk here" in line["message"]


def test_without_one_nothing_is_told_besides(run: Run, tmp_path: Path) -> None:
    ran = run("add", tmp_path / "none.txt", "--home", tmp_path / "desk")
    assert ran.err.count("none.txt") == 1
    assert ran.err.startswith("dragoman: set aside: ")


def test_a_backup_is_a_line(run: Run, tmp_path: Path) -> None:
    with open_store(tmp_path / "desk"):
        pass
    for number in range(2):
        with telling() as log:
            assert (
                run("backup", tmp_path / "all", "--keep", 1, "--home", tmp_path / "desk").code == 0
            )
        (line,) = log.lines("backup")
        assert line["made"].startswith("desk-")
        assert len(line["removed"]) == number


# --- watch --metrics ---------------------------------------------------------------------------


def test_rounds_are_counted_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "desk.prom"
    with open_store(tmp_path / "desk") as store:
        begun = time.time()
        counted = RoundsCounted(store, file)
        assert told(file)["dragoman_articles", ""] == 0
        # Where it stands still from the start, that is told as well.
        assert begun <= told(file)["dragoman_round_timestamp_seconds", ""] <= time.time()
        counted.note(["answered", "failed"], ["added"] * 3, at=1710763200.0, seconds=2.5)
        counted.note(["answered"], [], at=1710763260.0, seconds=1.5)
    made = told(file)
    assert made["dragoman_visits_total", "answered"] == 2
    assert made["dragoman_visits_total", "failed"] == 1
    assert made["dragoman_pages_total", "added"] == 3
    assert made["dragoman_round_timestamp_seconds", ""] == 1710763260
    assert made["dragoman_round_seconds", ""] == 1.5
    assert {name for name, _ in made} <= NAMES.keys()
    assert {name for name, one in NAMES.items() if one.by == "watch"} <= {name for name, _ in made}
    assert [path.name for path in tmp_path.glob("desk.prom*")] == ["desk.prom"]


def test_what_is_begun_again_without_a_round_stands_still(tmp_path: Path) -> None:
    file = tmp_path / "desk.prom"
    with open_store(tmp_path / "desk") as store:
        RoundsCounted(store, file).note([], [], at=1710763200.0, seconds=2.5)
        RoundsCounted(store, file)
        assert told(file)["dragoman_round_timestamp_seconds", ""] == 1710763200
        file.write_bytes(b"\xff")
        RoundsCounted(store, file)
        assert told(file)["dragoman_round_timestamp_seconds", ""] > 1_710_763_200


@pytest.mark.parametrize(("name", "words"), [("no/a.prom", "can't be written"), ("a.txt", ".prom")])
def test_a_file_that_is_of_no_use_is_refused(tmp_path: Path, name: str, words: str) -> None:
    with open_store(tmp_path / "desk") as store, pytest.raises(DragomanError, match=words):
        RoundsCounted(store, tmp_path / name)


def test_watch_writes_it_while_nothing_happens(tmp_path: Path) -> None:
    """That it is alive is worth knowing most where nothing comes."""
    home, file = tmp_path / "desk", tmp_path / "desk.prom"
    with open_store(home):
        pass
    command = [sys.executable, "-m", "dragoman", "watch", "--home", str(home), "--metrics"]
    with subprocess.Popen(
        [*command, str(file)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        try:
            for _ in range(1200):
                made = told(file) if file.exists() else {}
                if made.get(("dragoman_round_seconds", "")):
                    break
                time.sleep(0.05)
        finally:
            running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=60) == 0
    assert made["dragoman_round_timestamp_seconds", ""] > 1_700_000_000


def told(file: Path) -> dict[tuple[str, str], float]:
    """By name, and the value of its label."""
    families = text_string_to_metric_families(file.read_text("utf-8"))
    return {
        (one.name, next(iter(one.labels.values()), "")): one.value
        for family in families
        for one in family.samples
    }
