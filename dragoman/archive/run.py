"""An archive run: all parts that are not done yet, then what needs them all together.

In: files, a folder, the steps, and what makes engines. Out: the folder, complete, and a summary. A
run that was stopped is simply run again: the result is the same to the byte. A page that a worker
does not survive, alone and twice, is set aside with the reason; all others are kept.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import rmtree

from dragoman.archive.copies import ALL, joined
from dragoman.archive.parts import Task, Work
from dragoman.archive.plan import (
    DONE,
    MANIFEST,
    NOW,
    Done,
    Plan,
    done_of,
    dones_of,
    file_of,
    json_bytes,
    made_by,
    planned,
    write_whole,
)
from dragoman.archive.reading import ReadStage
from dragoman.archive.tables import JOINED, TABLES
from dragoman.engine import Engine
from dragoman.errors import DragomanError, WorkerLost
from dragoman.extras import needed
from dragoman.pipeline import Steps
from dragoman.store.duck import MEMORY, duckdb_module, require_size

EVERY = 200
"""Records of a part: what a killed worker loses at most."""
TRIES = 5
"""How often workers may be lost without any progress before a run gives up."""
Engines = Callable[[int], Engine]
"""An engine of so many worker processes."""


@dataclass(frozen=True, slots=True)
class Summary:
    parts: int
    captures: int
    articles: int
    set_aside: int
    reports: int
    copies: int
    done_now: int
    """Parts that this run did; the others were there."""


def archive(
    names: Sequence[str],
    out: Path,
    steps: Steps,
    engine: Engine,
    alone: Engine,
    *,
    with_pages: bool = True,
    every: int = EVERY,
    memory: str = MEMORY,
    note: Callable[[Done, int], object] = lambda _done, _of: None,
) -> Summary:
    """Do what is left to do. `alone` is an engine of one process beside ours, for parts that a
    process did not survive; `note` is told of each part and of how many there are."""
    needed("pyarrow"), duckdb_module()  # before anything is read
    require_size(memory)
    with _held(out):
        plan = planned(out, names, made_by(steps), engine, with_pages=with_pages, every=every)
        _prepare(out)
        work = Work(ReadStage(steps, with_pages=with_pages), out, plan.made_by)
        manifest = out / MANIFEST
        if not _is_finished(out, plan):  # else who takes it would take what was joined of less
            manifest.unlink(missing_ok=True)
        done_now = _do(plan, work, engine, alone, note)
        _sweep(out)
        dones = list(dones_of(out, plan))
        if not manifest.exists():
            joined(out, plan, engine, memory)
            write_whole(manifest, json_bytes(_manifest(out, plan, dones)))
        rmtree(out / NOW, ignore_errors=True)
        return _summary(out, dones, done_now)


@contextmanager
def _held(out: Path) -> Iterator[None]:
    """Only one run writes into a folder at a time."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        folder = os.open(out, os.O_RDONLY)
    except OSError as fault:
        raise DragomanError(f"{out}: no folder can be made here ({fault.strerror})") from fault
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DragomanError(
                f"{out}: another run is writing here; wait for it, or name another folder"
            ) from None
        except OSError:
            pass  # a shared folder without locks
        yield
    finally:
        os.close(folder)


def _prepare(out: Path) -> None:
    """Folders for all tables, without what a killed run left half-written."""
    for name in (NOW, DONE, *(table.name for table in (*TABLES, *JOINED))):
        (out / name).mkdir(exist_ok=True)
    _sweep(out)


def _sweep(out: Path) -> None:
    """Take away files of which a run or a worker was ended half-way."""
    for where in (".*.tmp", "*/.*.tmp"):
        for half in out.glob(where):
            half.unlink(missing_ok=True)


def _do(
    plan: Plan,
    work: Work,
    engine: Engine,
    alone: Engine,
    note: Callable[[Done, int], object],
) -> int:
    """All parts that are not done; how many these were."""
    out, number = work.out, len(plan.parts)
    waiting = {
        part.name: Task(name, part) for name, part in plan.parts if done_of(out, part.name) is None
    }
    count, tries = len(waiting), 0
    while waiting:
        # What was in hand when a run or a worker ended may be what ended it.
        suspects = [name for name in waiting if (out / NOW / name).exists()]
        for name in suspects:
            note(_alone(waiting.pop(name), work, alone), number)
        before = len(waiting)
        try:
            for done in engine.map(work, list(waiting.values())):
                waiting.pop(done.part)
                note(done, number)
        except WorkerLost:
            waiting = {name: task for name, task in waiting.items() if done_of(out, name) is None}
            tries = 0 if len(waiting) < before or suspects else tries + 1
            if tries >= TRIES:
                raise
    return count


def _alone(task: Task, work: Work, alone: Engine) -> Done:
    """A part in a process of its own. A row at which it ends again is set aside."""
    note = work.out / NOW / task.part.name
    tries = 0
    while True:
        last = _row(note)
        try:
            (done,) = alone.map(work, [task])
            return done
        except WorkerLost:
            row = _row(note)
            tries += 1
            if row is not None and row == last and row not in task.fatal:
                task = replace(task, fatal=task.fatal | {row})
                tries = 0
            if tries >= TRIES:
                raise


def _row(note: Path) -> int | None:
    try:
        return int(note.read_text())
    except (OSError, ValueError):
        return None


def _is_finished(out: Path, plan: Plan) -> bool:
    """All parts are done, and what was joined of them is what the manifest tells."""
    if any(done_of(out, part.name) is None for _, part in plan.parts):
        return False
    try:
        told = json_bytes(_manifest(out, plan, list(dones_of(out, plan))))
        return (out / MANIFEST).read_bytes() == told
    except (OSError, needed("pyarrow").ArrowException):
        return False


def _manifest(out: Path, plan: Plan, dones: Sequence[Done]) -> dict[str, object]:
    """What the folder holds; the same for the same archive, whenever and wherever it was made."""
    tables: dict[str, dict[str, int]] = {}
    digest = hashlib.sha256()
    for done in dones:
        for name, file in done.tables.items():
            told = tables.setdefault(name, {"files": 0, "rows": 0, "bytes": 0})
            for key, more in (("files", 1), ("rows", file.rows), ("bytes", file.bytes)):
                told[key] += more
            digest.update(f"{name}/{done.part} {file.sha256}\n".encode())
    for table in JOINED:
        path = file_of(out, table.name, ALL)
        rows = int(needed("pyarrow.parquet").read_metadata(path).num_rows)
        tables[table.name] = {"files": 1, "rows": rows, "bytes": path.stat().st_size}
        digest.update(f"{table.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return {
        "format": plan.format,
        "made_by": plan.made_by.model_dump(),
        "with_pages": plan.with_pages,
        "inputs": len(plan.inputs),
        "parts": len(dones),
        "tables": tables,
        "digest": digest.hexdigest(),
    }


def _summary(out: Path, dones: Sequence[Done], done_now: int) -> Summary:
    counted: Counter[str] = Counter()
    for done in dones:
        for name in ("captures", "articles", "set_aside"):
            counted[name] += getattr(done, name)
        counted["reports"] += done.tables["reports"].rows
    links = needed("pyarrow.parquet").read_table(file_of(out, "copies", ALL), columns=["position"])
    compute = needed("pyarrow.compute")
    firsts = compute.sum(compute.equal(links["position"], 0)).as_py()  # a copy may have several
    return Summary(
        parts=len(dones),
        captures=counted["captures"],
        articles=counted["articles"],
        set_aside=counted["set_aside"],
        reports=counted["reports"],
        copies=firsts or 0,
        done_now=done_now,
    )
