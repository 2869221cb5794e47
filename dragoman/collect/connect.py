"""The only module that opens a socket: a host's name in, a checked and timed connection out.

A connection goes to the very address that was resolved and checked here, so that no name and no
redirect leads to this machine or a private network; `allowed` names exceptions. Proxies of the
environment are not used. Refuses to wait longer than the request under way may last.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

import httpcore

from dragoman.collect.networks import is_public
from dragoman.errors import SourceError

ADDRESSES_TRIED = 6
"""Of a name with many addresses, this many are tried before it counts as down."""
SECONDS_EACH = 4.0
"""For each of these but the last: a host is often out of reach over IPv6 alone."""
_ends: ContextVar[float] = ContextVar("the moment at which the request under way has to be over")


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """All that is sent, read or waited for inside, in this thread, ends with these seconds, or
    earlier with those of a limit around it."""
    ends = monotonic() + seconds
    token = _ends.set(min(ends, _ends.get(ends)))
    try:
        yield
    finally:
        _ends.reset(token)


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host, best first, as the system resolves them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _time_left(silence: float | None, over: type[httpcore.TimeoutException]) -> float:
    left = _ends.get() - monotonic()
    if left <= 0:
        raise over("the time for the whole request is over")
    return left if silence is None else min(left, silence)


class CheckedBackend(httpcore.SyncBackend):
    """Connects only to public addresses, checked on the very address it connects to."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self.allowed = allowed

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        fault: Exception | None = None
        addresses = self._checked(host, port)[:ADDRESSES_TRIED]
        for address in addresses:
            patience = timeout if address == addresses[-1] else SECONDS_EACH
            wait = _time_left(patience, httpcore.ConnectTimeout)
            try:
                stream = super().connect_tcp(address, port, wait, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                fault = failed
            else:
                return _TimedStream(stream)
        raise fault or httpcore.ConnectError(f"{host} has no address")

    def _checked(self, host: str, port: int) -> list[str]:
        """All addresses of a name; a single one that is private spoils it, for a name that says
        both is out to trick us, or belongs to a network of which we know nothing."""
        found = _resolved(host, port, _time_left(None, httpcore.ConnectTimeout))
        private = [address for address in found if not is_public(address)]
        if private and host not in self.allowed:
            raise SourceError(
                f"{host} is on a private network ({private[0]}); "
                f'to fetch it, put allow_hosts = ["{host}"] in the desk\'s dragoman.toml',
                kind="private",
            )
        return found


def close_unless_last(answer: httpcore.Response, end: bytes) -> None:
    """Give the connection up if more came after the end of an answer.

    Servers send bodies longer than they say, or with a 304; kept, the connection would hand what
    is left over to the next request, as its answer.
    """
    stream = answer.extensions["network_stream"]
    if not stream.last_read.endswith(end):
        stream.close()


def _resolved(host: str, port: int, seconds: float) -> list[str]:
    """`resolve` in a thread, since the system's resolver takes its own time."""
    answer: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answer.put(resolve(host, port))
        except (OSError, UnicodeError, OverflowError) as fault:
            answer.put(fault)

    Thread(target=ask, daemon=True, name=f"resolve {host}").start()
    try:
        found = answer.get(timeout=seconds)
    except Empty:
        raise SourceError(f"the name {host} was not resolved in time", kind="timeout") from None
    if isinstance(found, Exception):
        raise SourceError(f"the name {host} can't be resolved", kind="name") from found
    return found


class _TimedStream(httpcore.NetworkStream):
    """A connection on which nothing lasts longer than the request that it serves."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream
        self.last_read = b""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.last_read = self._stream.read(max_bytes, _time_left(timeout, httpcore.ReadTimeout))
        return self.last_read

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _time_left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        wait = _time_left(timeout, httpcore.ConnectTimeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, wait))

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
