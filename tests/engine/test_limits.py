"""What is slow, eats memory or ends its process costs itself alone, in both engines."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.engine import Limits, Lost, engine_for, processes, stage
from dragoman.engine.here import Here
from dragoman.engine.processes import Processes
from dragoman.engine.worker import Worker
from dragoman.errors import DragomanError, WorkerLost

ROOT = Path(__file__).parent.parent.parent
SECONDS = 0.5


def sleeps() -> None:
    time.sleep(600)


def spins() -> None:
    while True:
        pass


def matches() -> None:
    """In C, for longer than anybody waits."""
    re.match(r"(a+)+$", "a" * 60 + "b")


def multiplies() -> None:
    """In C as well, without ever asking for signals."""
    pow(3, 10**9)


def catches() -> None:
    while True:
        try:
            time.sleep(600)
        except Exception:
            continue


def exits() -> None:
    os._exit(3)


def is_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def crashes() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def allocates() -> None:
    held = []
    while True:
        held.append(bytearray(1 << 30))


POISON: dict[str, Callable[[], None]] = {
    one.__name__: one
    for one in (sleeps, spins, matches, multiplies, catches, exits, is_killed, crashes, allocates)
}


def taste(item: object) -> object:
    """A number doubled; a name is a poison."""
    stage.at("reading")
    if isinstance(item, int):
        return item * 2
    POISON[str(item)]()
    return None


def lost(item: object, why: Lost) -> object:
    return item, why.reason, why.stage


SLOW = f"reading took longer than {SECONDS:g} s, in the step reading"
WHY = {
    "sleeps": SLOW,
    "spins": SLOW,
    "matches": SLOW,
    "multiplies": SLOW,
    "catches": SLOW,
    "exits": "the process that read it ended (exit code 3), in the step reading",
    "is_killed": "the process that read it was killed from outside, as a system does that runs out "
    "of memory, in the step reading",
    "crashes": "the process that read it crashed (SIGSEGV), in the step reading",
    "allocates": "reading took more than 300 MB of memory, in the step reading",
}


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_poison_costs_itself_alone(jobs: int) -> None:
    """Neighbours are kept, in order, whatever one does; and no process is left."""
    named = list(POISON) if jobs == 2 else ["multiplies", "is_killed"]
    items = [one for number, name in enumerate(named) for one in (number, name)]
    engine = Processes(jobs, Limits(SECONDS, 300, starting=0))
    made = list(engine.map(taste, [*items, 99], lost))
    engine.close()
    told: list[object] = []
    for number, name in enumerate(named):
        told += [number * 2, (name, WHY[name], "reading")]
    assert made == [*told, 198]
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("name", ["sleeps", "matches", "catches"])
def test_this_process_ends_what_asks_for_signals(name: str) -> None:
    before = signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)[0] > 9
    made = list(Here(Limits(SECONDS)).map(taste, [1, name, 2], lost))
    assert made == [2, (name, SLOW, "reading"), 4]
    after = signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)[0] > 9
    assert after == before, "an alarm of others goes on"


def test_memory_that_lacks_costs_one_item_here_too() -> None:
    def lacking(item: int) -> int:
        if item == 2:
            raise MemoryError
        return item

    made = list(Here().map(lacking, [1, 2, 3], lambda item, why: -item))
    assert made == [1, -2, 3]


def test_another_thread_works_without_an_alarm() -> None:
    made: list[object] = []
    thread = threading.Thread(target=lambda: made.extend(Here(Limits(9)).map(taste, [1, 2], lost)))
    thread.start()
    thread.join()
    assert made == [2, 4]


def test_what_is_lost_is_raised_where_nothing_stands_for_it() -> None:
    engine = engine_for(1, Limits(SECONDS, starting=0))
    with pytest.raises(WorkerLost, match="killed from outside"):
        list(engine.map(taste, [1, "is_killed", 2]))
    assert list(engine.map(taste, [3])) == [6]
    assert multiprocessing.active_children() == [], "who gives nothing instead need not close"


def process(_: object) -> object:
    return os.getpid()


def test_a_worker_is_kept_for_the_next_map_and_for_another_function() -> None:
    engine = engine_for(1, Limits(30))
    (first,) = engine.map(process, [0], lost)
    (second,) = engine.map(process, [0], lost)
    assert list(engine.map(taste, [4], lost)) == [8]
    (third,) = engine.map(process, [0], lost)
    assert isinstance(first, int)
    assert first == second == third != os.getpid()
    os.kill(first, signal.SIGKILL)  # while it does nothing: the next item is not to blame
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    (fourth,) = engine.map(process, [0], lost)
    assert fourth != first
    engine.close()
    assert multiprocessing.active_children() == []


def test_signals_for_the_program_do_not_reach_a_worker() -> None:
    engine = engine_for(1, Limits(30))
    (number,) = engine.map(process, [0], lost)
    assert isinstance(number, int)
    for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(number, kind)
    assert list(engine.map(process, [0], lost)) == [number]
    engine.close()


def test_a_map_that_is_left_leaves_nothing() -> None:
    engine = Processes(2, Limits(600))
    made = engine.map(taste, [1, "sleeps", 2, "sleeps", 3, 4, 5, 6, 7, 8], lost)
    assert next(made) == 2
    made.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
    assert list(engine.map(taste, [5])) == [10]
    engine.close()


def swallows(folder: Path) -> object:
    """A page, once its program is killed: what it meets is noted as the page's own fault."""
    (folder / "begun").touch()
    while not (folder / "gone").exists():
        time.sleep(0.01)
    try:
        stage.at("read")
    except Exception as fault:
        (folder / "noted").write_text(repr(fault), "utf-8")
    (folder / "went on").touch()
    return None


def test_what_nobody_waits_for_any_more_is_not_taken_for_a_fault_of_the_page(
    tmp_path: Path,
) -> None:
    worker = Worker(Limits(60))
    worker._line.send_bytes(pickle.dumps(swallows))
    worker._line.send_bytes(pickle.dumps(tmp_path))
    while not (tmp_path / "begun").exists():
        time.sleep(0.01)
    worker._line.close()  # as where the program is killed
    (tmp_path / "gone").touch()
    worker._process.join(60)
    assert worker._process.exitcode == 1
    assert {one.name for one in tmp_path.iterdir()} == {"begun", "gone"}
    worker.end()


class Unloadable:
    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return os._exit, (7,)

    def __call__(self, item: int) -> int:
        return item


def test_a_worker_that_can_not_start_sets_nothing_aside() -> None:
    engine = engine_for(1, Limits(30))
    with pytest.raises(DragomanError, match=r"could not be started \(exit code 7\)"):
        list(engine.map(Unloadable(), [1], lambda item, why: item))
    engine.close()


INTERRUPTED = """
import os
import signal
from dragoman.engine import Limits, engine_for
from tests.engine.test_limits import taste

def items():
    yield 1
    yield "sleeps"

if __name__ == "__main__":
    # What a shell begins in the background is deaf to Ctrl-C, and so are those that it begins.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    engine = engine_for(1, Limits(600))
    try:
        for made in engine.map(taste, items()):
            print(*(child.pid for child in __import__("multiprocessing").active_children()))
            print("begun", flush=True)
    except KeyboardInterrupt:
        print("interrupted", flush=True)
    finally:
        engine.close()
"""


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_the_program(kind: signal.Signals, tmp_path: Path) -> None:
    """By Ctrl-C, which goes to all processes of a terminal; and where it is killed outright, a
    worker that has nothing to do."""
    program = tmp_path / "program.py"
    text = INTERRUPTED if kind == signal.SIGINT else INTERRUPTED.replace('"sleeps"', "input()")
    program.write_text(text, "utf-8")
    path = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(program)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=path,
        start_new_session=True,
    ) as made:
        assert made.stdout is not None
        worker = int(made.stdout.readline())
        assert made.stdout.readline() == "begun\n"
        if kind == signal.SIGINT:
            os.killpg(made.pid, kind)
            assert made.stdout.readline() == "interrupted\n"
        else:
            made.kill()
        made.wait(60)
        assert made.stdout.read() == ""  # the worker held it too: it is gone
    if kind == signal.SIGINT:  # else it is for the system to bury it
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def test_a_worker_ends_after_so_many_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "STAYS", 3)
    engine = engine_for(1, Limits(30))
    found = [*engine.map(process, range(4), lost), *engine.map(process, range(3), lost)]
    engine.close()
    assert [len(set(some)) for some in (found[:3], found[3:6], found)] == [1, 1, 3]
    assert multiprocessing.active_children() == []
