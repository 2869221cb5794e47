"""A server that misbehaves, and names that lead to it."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from dragoman.collect import connect
from dragoman.collect.fetch import Fetcher, Limits
from tests.collect.loopback import HOST, NAMES, Loopback
from tests.collect.misbehaving import BEHAVIOURS
from tests.collect.misbehaving_feeds import ENTRIES


@pytest.fixture(scope="session")
def misbehaving() -> Iterator[Loopback]:
    assert set(ENTRIES) <= set(BEHAVIOURS), "misbehaving feeds are behaviours of the same server"
    with Loopback(BEHAVIOURS) as server:
        yield server


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What names resolve to: the test may add its own. Only numbers are asked of the system."""
    known = {name: list(addresses) for name, addresses in NAMES.items()}
    system = connect.resolve

    def resolve(host: str, port: int) -> list[str]:
        if host in known:
            return known[host]
        try:
            socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)
        except OSError:
            raise socket.gaierror(f"{host} is no name in this test") from None
        return system(host, port)

    monkeypatch.setattr(connect, "resolve", resolve)
    return known


@pytest.fixture
def fetcher(names: dict[str, list[str]]) -> Iterator[Fetcher]:
    """May fetch from the misbehaving server by its name, and has little patience."""
    with Fetcher(allow_hosts=[HOST], limits=Limits(seconds=8.0, silence=4.0)) as made:
        yield made
