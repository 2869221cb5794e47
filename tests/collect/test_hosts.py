"""Many hosts at once, one request to each; stopping leaves the rest undone."""

from __future__ import annotations

import threading

from dragoman.collect.hosts import by_host
from dragoman.errors import SourceError

PATIENCE = 20


def test_jobs_of_one_host_are_done_one_by_one_and_in_order() -> None:
    busy: dict[str, threading.Lock] = {host: threading.Lock() for host in "abc"}
    order: dict[str, list[int]] = {host: [] for host in "abc"}

    def work(job: tuple[str, int]) -> int:
        host, number = job
        assert busy[host].acquire(blocking=False), "two requests to one host"
        order[host].append(number)
        busy[host].release()
        return number

    jobs = [(host, (host, number)) for number in range(20) for host in "abc"]
    made = list(by_host(jobs, work, threads=3))
    assert sorted(job for job, _ in made) == sorted(job for _, job in jobs)
    assert all(result == job[1] for job, result in made)
    assert order == {host: list(range(20)) for host in "abc"}


def test_several_hosts_are_asked_at_once() -> None:
    both = threading.Barrier(2, timeout=PATIENCE)
    made = list(by_host([("a", 1), ("b", 2)], lambda job: both.wait() * 0 + job, threads=2))
    assert sorted(job for job, result in made if result == job) == [1, 2]


def test_a_fault_is_told_and_stops_nobody() -> None:
    def work(job: int) -> int:
        if job == 1:
            raise SourceError("no answer", kind="timeout")
        if job == 2:
            raise ZeroDivisionError("ours")
        return job

    made = dict(by_host([("a", 1), ("a", 2), ("a", 3)], work))
    assert made[3] == 3
    assert isinstance(made[1], SourceError)
    assert made[1].kind == "timeout"
    assert str(made[2]) == "could not be read (ZeroDivisionError: ours)"


def test_stopping_leaves_what_has_not_begun() -> None:
    stop, begun = threading.Event(), threading.Event()
    done: list[int] = []

    def work(job: int) -> int:
        begun.set()
        stop.wait(PATIENCE)
        done.append(job)
        return job

    jobs = by_host([("a", number) for number in range(100)], work, stop=stop)

    def stop_it() -> None:
        begun.wait(PATIENCE)
        stop.set()

    threading.Thread(target=stop_it).start()
    assert len(list(jobs)) <= 1
    assert len(done) <= 1


def test_whoever_stops_listening_stops_the_work() -> None:
    done: list[int] = []
    enough = threading.Event()

    def work(job: int) -> int:
        done.append(job)
        enough.wait(0.001)
        return job

    jobs = by_host([("a", number) for number in range(5_000)], work, threads=1)
    assert next(jobs) == (0, 0)
    jobs.close()  # type: ignore[attr-defined]
    assert len(done) < 5_000


def test_nothing_to_do() -> None:
    nothing: list[tuple[str, int]] = []
    assert list(by_host(nothing, abs)) == []
