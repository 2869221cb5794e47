"""Captures are kept whole; what failed is kept with its reason until it succeeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dragoman.model import Capture, Kept
from dragoman.store import Store

MakeCapture = Callable[..., Capture]


def test_a_capture_is_kept_once_and_whole(store: Store, make_capture: MakeCapture) -> None:
    capture = replace(make_capture("\x00<p>é</p>"), url="https://example.org/", bare=True)
    assert not store.has_capture(capture.id)
    assert store.keep_capture(capture)
    assert not store.keep_capture(replace(capture, origin="elsewhere"))
    assert store.capture(capture.id) == capture
    assert store.capture("c-unknown") is None


def test_a_failure_is_cleared_by_a_later_success(
    store: Store,
    make_capture: MakeCapture,
    make_kept: Callable[..., Kept],
    versions: dict[str, str],
) -> None:
    capture = make_capture()
    store.keep_capture(capture)
    assert store.waiting() == [capture.id]
    store.set_aside(capture.id, "page.html", "clean", "no text")
    store.set_aside(capture.id, "page.html", "read", "no sentence")
    (failure,) = store.failures()
    assert (failure.step, failure.reason) == ("read", "no sentence")
    assert store.waiting() == []
    store.keep(make_kept(capture_id=capture.id), versions)
    assert store.failures() == []
    assert store.waiting() == []


def test_what_could_not_be_fetched_is_cleared_when_it_is(
    store: Store, make_capture: MakeCapture
) -> None:
    store.set_aside("", "page.html", "collect", "the server did not answer")
    store.set_aside("", "other.html", "collect", "the server did not answer")
    assert store.counts()["failures"] == 2
    store.keep_capture(make_capture())
    assert [failure.origin for failure in store.failures()] == ["other.html"]
