"""`dragoman watch` over a replayed day: the real loop, with a clock that goes faster.

    python -m benchmarks.load_watch HOME SETTINGS

A process of `benchmarks.load`. What differs from life: the clock, and that the names of the made-up
outlets lead to this machine.
"""

from __future__ import annotations

import socket
import sys
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path

from benchmarks.load_clock import Replay
from dragoman.cli.app import steps_of
from dragoman.cli.collecting import keep_watching, stopped_by_signals
from dragoman.collect import connect
from dragoman.collect.manners import manners_of
from dragoman.desk.corpus import AT_ONCE, Desk
from dragoman.engine import engine_for
from dragoman.rounds import Rounds
from dragoman.store import open_store


def resolve(host: str, port: int) -> list[str]:
    if not host.endswith(".example"):
        raise socket.gaierror(f"{host} is no outlet of this day")
    return ["127.0.0.1"]


def watch(home: Path, replay: Replay) -> None:
    def clock() -> datetime:
        return replay.now().replace(microsecond=0)

    connect.resolve = resolve
    steps = steps_of(home)
    config = steps.config
    stop = threading.Event()
    with (
        stopped_by_signals(stop),
        open_store(home, clock=lambda: replay.now().isoformat(timespec="seconds")) as store,
        manners_of(config, sleep=stop.wait) as manners,
        closing(engine_for(config.jobs, config.limits, AT_ONCE)) as engine,
    ):
        desk = Desk(store, steps, engine)
        rounds = Rounds(desk, manners.get, clock=clock, stop=stop)
        keep_watching(rounds, as_json=True, speed=replay.speed)


if __name__ == "__main__":
    watch(Path(sys.argv[1]), Replay.of(sys.argv[2]))
