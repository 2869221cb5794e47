"""One worker process: this end, which hands it items, and the other end, which works on them.

The system itself ends a process that is at an item for too long, by an alarm that nothing in it
answers: so also one that is deep in C code, and one whose parent is no more. Signals for the
program as a whole (Ctrl-C, SIGTERM) are its parent's business and don't reach it.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.util import Finalize
from typing import Any

from dragoman.engine import Limits, stage
from dragoman.engine.losing import died, out_of_memory, too_slow
from dragoman.errors import DragomanError

OF_THE_PARENT = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class DiedIdle(Exception):
    """A worker that was gone before it began: the item has nothing to do with it."""


class Worker:
    """A process, from the end of the one who started it; one thread at a time may ask it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.is_alive = True
        self.asked = 0
        """How many items it has had."""
        self._carried: bytes | None = None
        self._has_worked = False
        context = get_context("spawn")  # not fork: it would hold locks of the parent's threads
        self._line, other = context.Pipe()
        self._process = context.Process(target=work, args=(other, limits), daemon=True)
        resource_tracker.ensure_running()  # which would let the signals through again
        with _held_back():
            self._process.start()
        other.close()
        # At the end of the program, before multiprocessing waits for all it started.
        self._at_exit = Finalize(self, self._process.kill, exitpriority=10)

    def ask(self, carried: bytes, item: Any) -> Any:
        """What the pickled function makes of an item, or `Lost`; what it raises is raised."""
        noted: dict[str, str | None] = {}
        self.asked += 1
        try:
            self._line.send_bytes(b"" if carried == self._carried else carried)
            self._line.send_bytes(pickle.dumps(item, pickle.HIGHEST_PROTOCOL))
            self._carried = carried
            kind, value = self._answer(noted)
        except (EOFError, OSError):
            return self._ended(noted)
        self._has_worked = True
        if kind == "raised":
            raise value
        if kind == "memory":  # what is left of it may not do for the next one
            self.is_alive = False
            return out_of_memory(self.limits.megabytes, noted.get("at"))
        return value

    def _answer(self, noted: dict[str, str | None]) -> tuple[str, Any]:
        while True:
            kind, value = self._line.recv()
            if kind != "at":
                return kind, value
            noted["at"] = value

    def _ended(self, noted: dict[str, str | None]) -> Any:
        self.is_alive = False
        self._process.join()
        code = self._process.exitcode
        if noted:
            at = noted["at"]
            is_alarm = code == -signal.SIGALRM
            return too_slow(self.limits.seconds or 0, at) if is_alarm else died(code, at)
        if self._has_worked:
            raise DiedIdle
        raise DragomanError(
            f"a process that reads pages could not be started (exit code {code}); "
            "`dragoman doctor` looks for the reason, and article_seconds = 0 in dragoman.toml "
            "does without one"
        )

    def kill(self) -> None:
        """End it; who waits for it hears that it died."""
        self._process.kill()

    def end(self) -> None:
        """End it and let go of it; nobody may be waiting for it."""
        self.is_alive = False
        self._process.kill()
        self._process.join()
        self._at_exit.cancel()
        self._line.close()


@contextmanager
def _held_back() -> Iterator[None]:
    """What is started in the block starts with these signals blocked; none is lost here."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, OF_THE_PARENT)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def work(line: Connection[Any, Any], limits: Limits) -> None:
    """The worker's own end: work on what comes until nobody is there any more."""
    _hold_memory(limits.megabytes)
    stage.told_to(lambda at: _tell(line, at))
    function: Callable[[Any], Any] | None = None
    more = limits.starting
    try:
        while True:
            carried = line.recv_bytes()
            if carried:
                try:
                    function = pickle.loads(carried)
                except Exception as fault:
                    function = _raising(fault)
            packed = line.recv_bytes()
            line.send(("at", None))
            _set_alarm(limits.seconds, more)
            answer = _tried(function, packed)
            _set_alarm(None)
            line.send(answer)
            more = 0.0
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _tell(line: Connection[Any, Any], at: str) -> None:
    """At which stage it is. Where nobody is told any more nobody waits for the item: it ends here,
    since an error would pass for one of the item's own, and be noted as such."""
    try:
        line.send(("at", at))
    except OSError:
        os._exit(1)


def _tried(function: Callable[[Any], Any] | None, packed: bytes) -> tuple[str, Any]:
    assert function is not None
    try:
        return "made", function(pickle.loads(packed))
    except MemoryError:
        return "memory", None
    except Exception as fault:
        return "raised", _portable(fault)


def _raising(fault: Exception) -> Callable[[Any], Any]:
    def fail(_: Any) -> Any:
        raise fault

    return fail


def _portable(fault: Exception) -> Exception:
    """The exception itself if it survives the way, else what it says."""
    try:
        pickle.loads(pickle.dumps(fault))
    except Exception:
        return RuntimeError(f"{type(fault).__name__}: {fault}")
    return fault


def _set_alarm(seconds: float | None, more: float = 0.0) -> None:
    signal.setitimer(signal.ITIMER_REAL, 0 if seconds is None else seconds + more)


def _hold_memory(megabytes: int | None) -> None:
    """What is asked for beyond it is refused, so that the machine's is not used up."""
    if megabytes is None:
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    asked = megabytes << 20
    most = asked if hard == resource.RLIM_INFINITY else min(asked, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
