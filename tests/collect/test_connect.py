"""Which addresses of a name are connected to, and for how long, without a network at all."""

from __future__ import annotations

from collections.abc import Iterator

import httpcore
import pytest

from dragoman.collect.connect import ADDRESSES_TRIED, SECONDS_EACH, CheckedBackend, time_limit
from dragoman.errors import SourceError


class Tried(list[tuple[str, float]]):
    """Addresses that were connected to, each with the seconds it was given."""


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tried]:
    made = Tried()

    def connect_tcp(
        self: object, host: str, port: int, timeout: float, *_: object
    ) -> httpcore.NetworkStream:
        made.append((host, timeout))
        raise httpcore.ConnectTimeout("nobody there")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect_tcp)
    with time_limit(1_000.0):
        yield made


def test_the_checked_address_is_the_one_connected_to(
    tried: Tried, names: dict[str, list[str]]
) -> None:
    names["news.test"] = ["8.8.4.4"]
    with pytest.raises(httpcore.ConnectTimeout):
        CheckedBackend(frozenset()).connect_tcp("news.test", 443, 10.0)
    assert tried == [("8.8.4.4", 10.0)]


def test_each_address_gets_its_time_and_the_last_the_most(
    tried: Tried, names: dict[str, list[str]]
) -> None:
    names["news.test"] = [f"8.8.4.{number}" for number in range(50)]
    with pytest.raises(httpcore.ConnectTimeout):
        CheckedBackend(frozenset()).connect_tcp("news.test", 443, 10.0)
    assert [address for address, _ in tried] == names["news.test"][:ADDRESSES_TRIED]
    assert [seconds for _, seconds in tried] == [*[SECONDS_EACH] * (ADDRESSES_TRIED - 1), 10.0]


@pytest.mark.parametrize("place", [0, 1, 40])
def test_one_private_address_spoils_a_name(
    place: int, tried: Tried, names: dict[str, list[str]]
) -> None:
    names["news.test"] = [f"8.8.4.{number}" for number in range(50)]
    names["news.test"][place] = "10.0.0.8"
    with pytest.raises(SourceError, match=r"10\.0\.0\.8.*allow_hosts") as caught:
        CheckedBackend(frozenset()).connect_tcp("news.test", 443, 10.0)
    assert caught.value.kind == "private"
    assert tried == []


def test_an_allowed_name_may_have_one(tried: Tried, names: dict[str, list[str]]) -> None:
    names["news.test"] = ["10.0.0.8", "8.8.4.4"]
    with pytest.raises(httpcore.ConnectTimeout):
        CheckedBackend(frozenset({"news.test"})).connect_tcp("news.test", 443, 10.0)
    assert [address for address, _ in tried] == ["10.0.0.8", "8.8.4.4"]


def test_a_limit_within_a_limit_is_no_longer(tried: Tried, names: dict[str, list[str]]) -> None:
    names["news.test"] = ["8.8.4.4"]
    backend = CheckedBackend(frozenset())
    with time_limit(2.0), time_limit(500.0), pytest.raises(httpcore.ConnectTimeout):
        backend.connect_tcp("news.test", 443, 400.0)
    with time_limit(500.0), pytest.raises(httpcore.ConnectTimeout):
        backend.connect_tcp("news.test", 443, 400.0)
    assert tried[0][1] <= 2.0
    assert tried[1][1] == 400.0
    with time_limit(-1.0), pytest.raises(httpcore.ConnectTimeout):
        backend.connect_tcp("news.test", 443, 400.0)
    assert len(tried) == 2, "no time is left to connect in"
