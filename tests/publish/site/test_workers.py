"""The site in two processes: one port, the same pages from both, and an end to both."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import uvicorn

from dragoman.publish.site.workers import listening


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
