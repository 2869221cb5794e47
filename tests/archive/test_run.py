"""Runs that are stopped, killed or poisoned end with what an undisturbed one makes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Literal

import pyarrow.parquet as pq
import pytest

from dragoman.archive.plan import Done, MadeBy
from dragoman.archive.run import archive
from dragoman.archive.tables import JOINED, TABLES
from dragoman.archive.taking import finished
from dragoman.engine.here import Here
from dragoman.engine.processes import Processes
from dragoman.errors import DragomanError
from dragoman.pipeline import Steps
from tests.archive.made import Poison, Quick, content, plain_archive, run
from tests.desks import BORDER_EN, ROOT, TALKS_EN

TEXTS = [f"Boat {n} lay at the pier, and the ferry left without it." for n in range(9)]


def rows(out: Path, table: str) -> list[dict[str, object]]:
    found = [pq.read_table(path).to_pylist() for path in sorted((out / table).glob("*.parquet"))]
    return [row for part in found for row in part]


def test_every_capture_is_an_article_or_set_aside(out: Path) -> None:
    captures, articles, aside = (rows(out, name) for name in ("captures", "articles", "set_aside"))
    assert len(captures) == 8
    assert {row["capture"] for row in articles + aside if row["capture"]} == {
        row["id"] for row in captures
    }
    assert {row["step"] for row in aside} == {"clean", "collect"}
    assert any("cut off" in str(row["reason"]) for row in aside)
    assert {row["language"] for row in articles} == {"en", "fr"}
    assert len(rows(out, "reports")) >= 5
    assert all(row["day"] for row in articles)


def test_the_tables_are_those_that_are_told(out: Path) -> None:
    for table in (*TABLES, *JOINED):
        for path in (out / table.name).glob("*.parquet"):
            assert pq.read_schema(path).names == [column.name for column in table.columns]


def test_of_two_states_the_newer_stands(out: Path) -> None:
    current = {(row["part"], row["row"]) for row in rows(out, "current")}
    north = [row for row in rows(out, "articles") if row["host"] == "north.example"]
    standing = [row["title"] for row in north if (row["part"], row["row"]) in current]
    assert (len(north), standing) == (2, ["Reindeer counted"])


def test_a_finished_run_does_nothing_again(
    out: Path, names: list[str], steps: Steps, tmp_path: Path
) -> None:
    before = content(out)
    assert run(names, out, steps).done_now == 0
    assert content(out) == before


class _StoppedError(Exception):
    pass


def test_a_stopped_run_goes_on_to_the_same_bytes(
    out: Path, names: list[str], steps: Steps, tmp_path: Path
) -> None:
    def stop(_done: Done, of: int) -> None:
        assert of == 5
        raise _StoppedError

    with pytest.raises(_StoppedError):
        run(names, tmp_path / "out", steps, note=stop)
    (tmp_path / "out/articles/.half.parquet.0.tmp").write_bytes(b"half a file")
    made = run(names, tmp_path / "out", steps)
    assert (made.parts, made.done_now) == (5, 4)
    assert content(tmp_path / "out") == content(out)


def test_a_damaged_part_is_done_again(
    out: Path, names: list[str], steps: Steps, tmp_path: Path
) -> None:
    run(names, tmp_path / "out", steps)
    first = min((tmp_path / "out/articles").glob("*.parquet"))
    first.write_bytes(b"damaged")
    assert run(names, tmp_path / "out", steps).done_now == 1
    assert content(tmp_path / "out") == content(out)


def test_a_killed_driver_loses_only_what_was_in_hand(
    out: Path, names: list[str], pages: Path, steps: Steps, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    command = ["archive", *names, "--out", str(folder), "--part", "2", "--jobs", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "dragoman", *command, "--home", str(tmp_path / "home")],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while process.poll() is None and not any(folder.glob("done/*.json")):
            time.sleep(0.02)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert not (folder / "manifest.json").exists(), "it was killed too late to prove anything"
    made = run(names, folder, steps)
    assert 0 < made.done_now < made.parts
    assert content(folder) == content(out)


def test_a_killed_worker_costs_nothing(tmp_path: Path) -> None:
    source = str(plain_archive(tmp_path / "boats.warc.gz", TEXTS))
    run([source], tmp_path / "calm", Quick(), every=3)
    poison = Poison(b"Boat 4", once=tmp_path / "it happened")
    with closing(Processes(2)) as engine, closing(Processes(1)) as alone:
        made = run([source], tmp_path / "out", Quick(poison), engine, alone, every=3)
    assert (tmp_path / "it happened").exists()
    assert (made.articles, made.set_aside) == (9, 0)
    assert content(tmp_path / "out") == content(tmp_path / "calm")


def test_what_a_worker_was_ended_half_way_of_is_taken_away(tmp_path: Path) -> None:
    """Where one is lost, the others are ended whatever they are writing."""
    source, out = str(plain_archive(tmp_path / "boats.warc.gz", TEXTS)), tmp_path / "out"

    def leave(done: Done, _of: int) -> None:
        (out / f"texts/.{done.part}.parquet.0.tmp").write_bytes(b"half a file")

    run([source], out, Quick(), every=3, note=leave)
    run([source], tmp_path / "calm", Quick(), every=3)
    assert content(out) == content(tmp_path / "calm")


@pytest.mark.parametrize("how", ["dies", "spins"])
def test_a_page_that_kills_costs_only_itself(
    how: Literal["dies", "spins"], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.archive.parts.GRACE", 1.0)
    source = str(plain_archive(tmp_path / "boats.warc.gz", TEXTS))
    steps = Quick(Poison(b"Boat 4", how=how))
    with closing(Processes(1)) as engine:
        made = run([source], tmp_path / "out", steps, engine, engine, every=3)
    assert (made.articles, made.set_aside, made.captures) == (8, 1, 9)
    (aside,) = rows(tmp_path / "out", "set_aside")
    assert aside["origin"] == "https://plain.example/4"
    assert "was ended, twice" in str(aside["reason"])


def test_a_page_that_takes_too_long_costs_only_itself(tmp_path: Path) -> None:
    source = str(plain_archive(tmp_path / "boats.warc.gz", TEXTS))
    made = run([source], tmp_path / "out", Quick(Poison(b"Boat 4", how="sleeps")), every=9)
    assert (made.articles, made.set_aside) == (8, 1)
    (aside,) = rows(tmp_path / "out", "set_aside")
    assert "reading took longer than 0.3 s" in str(aside["reason"])


def test_more_files_are_added_to_what_is_there(tmp_path: Path) -> None:
    one = str(plain_archive(tmp_path / "one.warc.gz", TEXTS[:4]))
    other = str(plain_archive(tmp_path / "other.warc.gz", TEXTS[4:]))
    run([one], tmp_path / "out", Quick())
    assert run([one, other], tmp_path / "out", Quick()).done_now == 3
    run([one, other], tmp_path / "at once", Quick())
    assert content(tmp_path / "out") == content(tmp_path / "at once")
    with pytest.raises(DragomanError, match=r"made of .*one\.warc\.gz too"):
        run([other], tmp_path / "out", Quick())


def test_a_run_that_was_stopped_while_it_joined_what_was_added_joins_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = str(plain_archive(tmp_path / "one.warc.gz", TEXTS[:4]))
    other = str(plain_archive(tmp_path / "other.warc.gz", [*TEXTS[4:], TEXTS[0]]))
    out = tmp_path / "out"
    run([one], out, Quick())

    def stop(*_: object) -> None:
        raise _StoppedError

    with monkeypatch.context() as patch:
        patch.setattr("dragoman.archive.run.joined", stop)
        with pytest.raises(_StoppedError):
            run([one, other], out, Quick())
    with pytest.raises(DragomanError, match="not finished"):
        finished(out)
    assert run([one, other], out, Quick()).done_now == 0
    run([one, other], tmp_path / "at once", Quick())
    assert content(out) == content(tmp_path / "at once")


def test_a_joined_table_that_is_damaged_is_made_again(tmp_path: Path) -> None:
    one, out = str(plain_archive(tmp_path / "one.warc.gz", [*TEXTS, TEXTS[0]])), tmp_path / "out"
    run([one], out, Quick())
    before = content(out)
    for table in JOINED:
        path = out / table.name / "all.parquet"
        whole = path.read_bytes()
        for damaged in (whole[:100], whole[:-20] + bytes(20), whole[:9] + b"?" + whole[10:]):
            path.write_bytes(damaged)
            assert run([one], out, Quick()).done_now == 0
            assert content(out) == before


def test_what_can_not_be_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = plain_archive(tmp_path / "one.warc.gz", TEXTS)
    names, out = [str(path)], tmp_path / "out"
    run(names, out, Quick(), every=4)
    with pytest.raises(DragomanError, match="begun with --part 4"):
        run(names, out, Quick(), every=5)
    with pytest.raises(DragomanError, match="begun with pages"):
        run(names, out, Quick(), every=4, with_pages=False)
    with pytest.raises(DragomanError, match="holds something else"):
        run(names, tmp_path, Quick())
    with monkeypatch.context() as patched:
        patched.setattr("dragoman.archive.plan.VERSIONS", {"clean": "0"})
        with pytest.raises(DragomanError, match="other versions"):
            run(names, out, Quick(), every=4)
    plain_archive(path, [*TEXTS, "One more boat came in."])
    with pytest.raises(DragomanError, match="not the file that was begun with"):
        run(names, out, Quick(), every=4)


def test_a_worker_of_another_version_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a machine of a cluster was not upgraded."""
    names = [str(plain_archive(tmp_path / "one.warc.gz", TEXTS))]
    other = MadeBy(steps={"clean": "0"}, known={}, models={})
    monkeypatch.setattr("dragoman.archive.parts.made_by", lambda _steps: other)
    with pytest.raises(DragomanError, match="another version here"):
        run(names, tmp_path / "out", Quick())


def test_another_file_of_the_same_size_is_not_gone_on_with(tmp_path: Path) -> None:
    path = plain_archive(tmp_path / "one.warc.gz", TEXTS)
    run([str(path)], tmp_path / "out", Quick())
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(DragomanError, match=r"not the file that was begun with; put that one back"):
        run([str(path)], tmp_path / "out", Quick())
    path.write_bytes(content)
    assert run([str(path)], tmp_path / "out", Quick()).done_now == 0


def test_what_is_no_size_of_memory_is_said_before_anything_is_read(tmp_path: Path) -> None:
    names = [str(plain_archive(tmp_path / "one.warc.gz", TEXTS))]
    with pytest.raises(DragomanError, match="no size"):
        archive(names, tmp_path / "out", Quick(), Here(), Here(), memory="3bananas")
    assert not (tmp_path / "out").exists()


def test_a_copy_of_several_counts_once(tmp_path: Path) -> None:
    one, other = (" ".join(text) for text in (BORDER_EN, TALKS_EN))
    first = plain_archive(tmp_path / "first.warc.gz", [one, other])
    later = plain_archive(tmp_path / "later.warc.gz", [f"{one} {other}"], "2024-03-20")
    made = run([str(first), str(later)], tmp_path / "out", Quick())
    links = rows(tmp_path / "out", "copies")
    assert made.copies == len({row["article"] for row in links})
    assert made.copies < len(links)


def test_only_one_run_writes(tmp_path: Path) -> None:
    names = [str(plain_archive(tmp_path / "one.warc.gz", TEXTS))]

    def again(_done: Done, _of: int) -> None:
        with pytest.raises(DragomanError, match="another run is writing"):
            run(names, tmp_path / "out", Quick())

    run(names, tmp_path / "out", Quick(), note=again)


def test_without_pages(names: list[str], tmp_path: Path) -> None:
    run(names, tmp_path / "out", Quick(), with_pages=False)
    assert {row["body"] for row in rows(tmp_path / "out", "captures")} == {None}
    assert rows(tmp_path / "out", "articles")
