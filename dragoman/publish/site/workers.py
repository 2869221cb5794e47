"""The site in several processes: one port, and each process with an application of its own.

In: what an application is made from, and how many. It returns when all of them were stopped.
"""

from __future__ import annotations

import ctypes
import gc
import os
from dataclasses import dataclass
from errno import EACCES, EADDRINUSE, EADDRNOTAVAIL
from pathlib import Path
from socket import (
    IPPROTO_TCP,
    SO_REUSEADDR,
    SOCK_STREAM,
    SOL_SOCKET,
    TCP_NODELAY,
    gaierror,
    getaddrinfo,
    socket,
)

import uvicorn
from starlette.applications import Starlette
from uvicorn.supervisors import Multiprocess

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.knowledge.own import own_folder
from dragoman.logs import Telling, set_up
from dragoman.publish.metrics.serving import shared
from dragoman.publish.site.app import site

PATIENCE = 60
"""Seconds in which a process must say that it lives; else it is ended and started anew. To begin,
it loads the program: on a busy machine that took longer than the 5 that are usual, every time."""
IDLE = 75
"""Seconds for which a reader's connection is held that asks for nothing: longer than a proxy before
the site keeps its own (60), which would else now and then ask on one that is just being closed."""
ARENAS = 2
"""Heaps of glibc's that the threads of a process share. By itself it gives each of a few threads
one, which keeps what was freed in it: a quarter of a busy process's memory."""
_OTHER = "--port takes another number"
_WAYS = {
    EADDRINUSE: f"another program does; {_OTHER}",
    EADDRNOTAVAIL: "no address of this machine; --host 0.0.0.0 listens at all that it has",
    EACCES: "this user may not take that port; --port takes one above 1023",
}
_M_ARENA_MAX = -8
"""`mallopt`'s name for their number, in glibc's malloc.h."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served; asked, it makes the application anew, in whichever process asks."""

    home: Path
    config: Config
    public: bool
    host: str
    telling: Telling
    """How each process tells what it does."""

    def __call__(self) -> Starlette:
        set_up(self.telling)
        share_arenas()
        made = site(
            self.home,
            self.config,
            Knowledge(own_folder=own_folder(self.home)),
            public=self.public,
            names=[self.host],
        )
        gc.freeze()  # what is known stays: it is not looked through again while pages are made
        return made


def share_arenas() -> bool:
    """Have the threads that are begun from now on share a few heaps; whether they do. Not where
    somebody chose another number, and not under another C library than glibc."""
    if "MALLOC_ARENA_MAX" in os.environ or "arena_max" in os.environ.get("GLIBC_TUNABLES", ""):
        return False
    return is_glibc() and bool(ctypes.CDLL(None).mallopt(_M_ARENA_MAX, ARENAS))


def is_glibc() -> bool:
    """Whether the C library that runs says so."""
    try:
        return (os.confstr("CS_GNU_LIBC_VERSION") or "").startswith("glibc")
    except (AttributeError, ValueError, OSError):  # it has no such function, or no such name
        return False


def serve(serving: Serving, port: int, workers: int) -> None:
    """Until it is stopped. Ends with SystemExit where the port can't be listened on."""
    if workers == 1:
        uvicorn.run(
            serving(),
            host=serving.host,
            port=port,
            log_config=None,
            access_log=False,
            timeout_keep_alive=IDLE,
        )
        return
    config = uvicorn.Config(
        serving,
        factory=True,
        host=serving.host,
        port=port,
        log_config=None,  # the log is our own, and tells answers by their route
        access_log=False,
        workers=workers,
        timeout_worker_healthcheck=PATIENCE,
        timeout_keep_alive=IDLE,
    )
    with shared(), listening(config) as port_taken:
        Multiprocess(config, sockets=[port_taken]).run()


def why_not(host: str, port: int) -> str:
    """Why nothing could listen there, with the way out."""
    try:
        found = getaddrinfo(host, port, type=SOCK_STREAM)
    except (gaierror, UnicodeError):
        return "that name can't be resolved; --host takes an address of this machine"
    family, kind, protocol, _, address = found[0]
    with socket(family, kind, protocol) as trial:
        trial.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        try:
            trial.bind(address)
        except OSError as fault:
            return _WAYS.get(fault.errno or 0, f"{fault.strerror}; {_OTHER}")
    return _OTHER


def listening(config: uvicorn.Config) -> socket:
    """Raises SystemExit where it can't be listened there."""
    made = config.bind_socket()
    # Readers' connections take it over; else each answer waits 40 ms for its head to be confirmed.
    made.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    return made
