"""The site in two processes: one port, the same pages from both, and an end to both."""

from __future__ import annotations

import os
import platform
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest
import uvicorn

from dragoman.publish.site.workers import is_glibc, listening, share_arenas


def test_two_processes_serve_and_end_together(home: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dragoman", "serve", "--home", str(home)]
    with subprocess.Popen(
        [*command, "--workers", "2", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        env={**os.environ, "DRAGOMAN_TODAY": "2024-03-20"},
    ) as running:
        try:
            pages = {page(port) for _ in range(8)}
        finally:
            running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=60) == 0
    assert len(pages) == 1
    assert "Azerbaijan and Armenia speak of ferries" in pages.pop()


def page(port: int) -> str:
    """Over a connection of its own, which either process may take; waits until one listens."""
    for _ in range(900):
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/article/a-wire", headers={"Accept": "text/html"})
            return connection.getresponse().read().decode()
        except ConnectionError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError("nobody listens")


def test_small_answers_are_not_held_back() -> None:
    with listening(uvicorn.Config("no:app", host="127.0.0.1", port=0, log_level="error")) as made:
        made.listen()
        with socket.create_connection(made.getsockname()):
            taken, _ = made.accept()
            with taken:
                assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_threads_share_heaps_where_the_system_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MALLOC_ARENA_MAX", "GLIBC_TUNABLES"):
        monkeypatch.delenv(name, raising=False)
    assert share_arenas() == is_glibc() == (platform.libc_ver()[0] == "glibc")


@pytest.mark.parametrize(
    ("name", "value"),
    [("MALLOC_ARENA_MAX", "1"), ("GLIBC_TUNABLES", "glibc.malloc.arena_max=8")],
)
def test_what_was_chosen_stays(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    assert not share_arenas()


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> str:
        raise ValueError(name)

    monkeypatch.setattr(os, "confstr", unknown)
    assert not share_arenas()
