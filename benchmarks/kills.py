"""Whether a desk survives kill -9 at any moment: nothing promised lost, nothing doubled.

    python -m benchmarks.kills --n 200 --seed 7 --json [--only JOB]

Each job (fetch, add, build, rebuild, comment, migrate, forget) is run to its end once. Then it is
begun again and again on the same desk and killed, half of the times at a moment drawn from the
whole of its run, half of the times while it writes. After each kill the desk must open and be
sound, and hold all that was acknowledged; after the same command was given once more, and came to
its end, it must hold what a desk holds that never was killed: every row of every table but for
clocks, and every word of the word indices. Ends with 1 where it does not.
"""

from __future__ import annotations

import argparse
import json
import shutil
import socket
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import kill_forks as forks
from benchmarks.kill_desks import Held, differences, held, unsound
from benchmarks.kill_forks import Kill
from benchmarks.kill_jobs import Job, jobs, serve_pages
from dragoman.errors import DragomanError
from dragoman.store import open_store
from dragoman.store.connect import FILE_NAME

NUMBER, SEED = 200, 7


class Trial:
    """A job with the desk it begins with, how long it takes, and what it leaves."""

    def __init__(self, job: Job, folder: Path) -> None:
        self.job = job
        self.folder = folder / job.name.replace(" ", "-")
        self.folder.mkdir()
        job.prepare(self.folder / "begun")
        self.seconds, self.expected = self._whole()
        self.kills = self.inside = 0
        self.faults: list[str] = []

    def _whole(self) -> tuple[float, Held]:
        home = self._home()
        ran = self.job.blow(home, self.folder / "out")
        if ran.code != 0:
            said = (self.folder / "out").read_text()
            raise SystemExit(f"{self.job.name} ended with {ran.code} unkilled: {said[-2000:]}")
        return ran.seconds, held(home)

    def _home(self) -> Path:
        home, begun = self.folder / "desk", self.folder / "begun"
        shutil.rmtree(home, ignore_errors=True)
        if begun.exists():
            shutil.copytree(begun, home)
        return home

    def kill(self, dice: Random, *, in_write: bool) -> None:
        home = self._home()
        log = home / f"{FILE_NAME}-wal" if in_write else None
        kill = Kill(dice.uniform(0.0, self.seconds * (0.9 if in_write else 1.05)), log)
        ran = self.job.blow(home, self.folder / "out", kill)
        self.kills += 1
        self.inside += ran.code is None
        how = f"{self.job.name} {'in a write after' if in_write else 'after'} {kill.after:.3f} s"
        try:
            self.faults += [f"{how}: {fault}" for fault in self._survived(home, ran.lines)]
        except (DragomanError, OSError) as fault:
            self.faults.append(f"{how}: {fault}")

    def _survived(self, home: Path, lines: Sequence[str]) -> list[str]:
        faults = []
        if (home / FILE_NAME).exists():
            if not self.job.name.startswith("migrate"):  # the next run is to do it
                open_store(home).close()
            faults += unsound(home)
            faults += [f"lost: {one}" for one in self.job.lost(home, lines)] if lines else []
        elif any(line.startswith("{") for line in lines):
            faults.append("there is no desk, although something was acknowledged")
        again = self.job.blow(home, self.folder / "out")
        if again.code != 0:
            faults.append(f"run again it ended with {again.code}: {' / '.join(again.lines[-3:])}")
        return [*faults, *unsound(home), *differences(self.expected, held(home))]

    def figures(self) -> dict[str, Any]:
        return {
            "kills": self.kills,
            "before its end": self.inside,
            "seconds": round(self.seconds, 2),
            "faults": self.faults,
        }


def measure(number: int = NUMBER, seed: int = SEED, only: str = "") -> dict[str, Any]:
    forks.load()
    with TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as listener:
        folder = Path(name)
        server = forks.started(lambda: serve_pages(listener), folder / "server")
        try:
            every = jobs(folder, listener.getsockname()[1])
            chosen = [one for one in every if one.name.startswith(only)]
            return _measure(chosen[: max(number, 1)], folder, number, seed)
        finally:
            forks.end(server)


def _measure(chosen: Sequence[Job], folder: Path, number: int, seed: int) -> dict[str, Any]:
    _warm(folder)
    trials = [Trial(job, folder) for job in chosen]
    for turn in range(number):
        around, place = divmod(turn, len(trials))
        trial = trials[place]
        dice = Random(f"{seed} {trial.job.name} {turn}")
        trial.kill(dice, in_write=(around + place) % 2 == 1)
        if sys.stderr.isatty():
            print(f"{turn + 1}: {trial.job.name}", file=sys.stderr)
    return {
        "kills": sum(trial.kills for trial in trials),
        "before their end": sum(trial.inside for trial in trials),
        "faults": [fault for trial in trials for fault in trial.faults],
        "jobs": {trial.job.name: trial.figures() for trial in trials},
    }


def _warm(folder: Path) -> None:
    """Load the parser and all else that a page needs, here, where forks find it."""
    with redirect_stdout(StringIO()):
        forks.call(["add", str(folder / "pages"), "--home", str(folder / "warm")])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--n", type=int, default=NUMBER, help="kills, shared among the jobs, one each at least"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="what their moments are drawn with")
    parser.add_argument("--only", default="", help="jobs whose name begins so")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    found = measure(given.n, given.seed, given.only)
    if given.json:
        print(json.dumps(found, indent=1))
    else:
        print(f"{found['kills']} kills, {found['before their end']} of them before the end")
        print("\n".join(found["faults"]) or "nothing lost, nothing doubled")
    sys.exit(1 if found["faults"] else 0)


if __name__ == "__main__":
    main()
