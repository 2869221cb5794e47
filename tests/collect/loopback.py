"""A web server on this machine, answered by functions: the ground for servers that misbehave.

Raw sockets, so that an answer may break any rule of HTTP. Nothing is left running.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from dragoman.errors import FaultKind

HOST = "misbehaving.test"
"""The name under which the server may be fetched; other names stand for what they resolve to."""
NAMES = {
    HOST: ["127.0.0.1"],
    "rebound.test": ["127.0.0.1"],  # a public name that leads to this machine
    "both.test": ["93.184.215.14", "127.0.0.1"],
    "mapped.test": ["::ffff:127.0.0.1"],
}
PAGE = "<html><body><p>Le comité s’est réuni à Genève.</p></body></html>"


@dataclass(frozen=True, slots=True)
class Behaviour:
    says: str
    """What the server does, in a few words for a report."""
    kind: FaultKind | None
    answer: Callable[[Visit], None]
    keeps: bool = False
    """Whether the connection stays open for further requests."""


def reply(
    body: bytes | str = PAGE,
    *headers: str,
    status: str = "200 OK",
    media_type: str | None = "text/html; charset=utf-8",
) -> bytes:
    """A proper answer, as bytes: the lines of its head, its length and its body."""
    body = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}"]
    if media_type:
        lines.append(f"Content-Type: {media_type}")
    return head(*lines) + body


def head(*lines: str) -> bytes:
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def redirect(place: str, status: str = "302 Found", *headers: str) -> bytes:
    return reply("", *headers, f"Location: {place}", status=status)


@dataclass(slots=True)
class Visit:
    """One request, and the means to answer it."""

    server: Loopback
    connection: socket.socket
    path: str
    query: str
    headers: Mapping[str, str]
    turn: int = 1
    """Which request this is on its connection."""

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def drip(self, data: bytes) -> None:
        """Byte after byte, with a pause after each."""
        for byte in data:
            self.send(bytes([byte]))
            self.pause(0.05)

    def pause(self, seconds: float) -> None:
        """Wait, unless the server is being closed, which ends the visit."""
        if self.server.closing.wait(seconds):
            raise ConnectionAbortedError

    def at(self, path: str, host: str = HOST) -> str:
        return self.server.url(path, host)


@dataclass(slots=True)
class Loopback:
    """The server: a context manager that leaves nothing running."""

    behaviours: Mapping[str, Behaviour]
    visits: Counter[str] = field(default_factory=Counter)
    """How often each path was asked for."""
    connections: int = 0
    requests: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    tls: ssl.SSLContext | None = None
    closing: threading.Event = field(default_factory=threading.Event)
    port: int = 0
    _listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    _open: list[socket.socket] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Loopback:
        self.port = self._listener.getsockname()[1]
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def url(self, path: str, host: str = HOST) -> str:
        return f"http{'s' if self.tls else ''}://{host}:{self.port}/{path}"

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                connection = self._listener.accept()[0]
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            self._start(lambda connection=connection: self._serve(connection))  # type: ignore[misc]

    def _serve(self, connection: socket.socket) -> None:
        """Requests of one connection, until either side has enough of it."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.tls is not None:
            connection = self.tls.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False
            )
        with connection, suppress(OSError):
            turn = 0
            while request := _request(connection):
                turn += 1
                target, headers = request
                path, _, query = target.removeprefix("/").partition("?")
                self.visits[path] += 1
                self.requests.append((target, headers))
                found = self.behaviours[path]
                found.answer(Visit(self, connection, path, query, headers, turn))
                if not found.keeps:
                    break


def _request(connection: socket.socket) -> tuple[str, dict[str, str]] | None:
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65_536)
        if not part or not (data + part).startswith((b"G", b"P")):
            return None
        data += part
    first, *lines = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = (line.partition(":") for line in lines)
    return first.split(" ")[1], {name.lower(): value.strip() for name, _, value in headers}
