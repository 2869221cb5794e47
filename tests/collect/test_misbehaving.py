"""Fetching from a server that misbehaves in every way we know: no crash, no hang, a reason."""

from __future__ import annotations

import pytest

from dragoman.collect.fetch import Fetcher, Limits
from dragoman.errors import SourceError
from tests.collect.loopback import HOST, Loopback
from tests.collect.misbehaving import BEHAVIOURS, MB

SLOW = sorted(path for path, how in BEHAVIOURS.items() if how.kind == "timeout")
FAULTY = sorted(path for path, how in BEHAVIOURS.items() if how.kind not in (None, "timeout"))
HARMLESS = sorted(path for path, how in BEHAVIOURS.items() if how.kind is None)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("path", FAULTY)
def test_a_fault_has_its_kind(path: str, misbehaving: Loopback, fetcher: Fetcher) -> None:
    visits = misbehaving.visits["secret"]
    with pytest.raises(SourceError) as caught:
        fetcher.get(misbehaving.url(path), most_bytes=MB)
    assert caught.value.kind == BEHAVIOURS[path].kind, str(caught.value)
    assert str(caught.value).startswith(misbehaving.url(path)[:200] + ": ")
    assert "\n" not in str(caught.value)
    assert misbehaving.visits["secret"] == visits, "what only this machine may see was asked for"


@pytest.mark.timeout(30)
@pytest.mark.parametrize("path", SLOW)
def test_what_takes_too_long_ends(
    path: str, misbehaving: Loopback, names: dict[str, list[str]]
) -> None:
    limits = Limits(seconds=0.5, silence=0.4)
    with (
        Fetcher(allow_hosts=[HOST], limits=limits) as fetcher,
        pytest.raises(SourceError) as caught,
    ):
        fetcher.get(misbehaving.url(path), most_bytes=MB)
    assert caught.value.kind == "timeout", str(caught.value)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("path", HARMLESS)
def test_what_can_be_used_is(path: str, misbehaving: Loopback, fetcher: Fetcher) -> None:
    found = fetcher.get(misbehaving.url(path), most_bytes=MB)
    assert found.status == 200
    assert found.body
