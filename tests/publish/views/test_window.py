"""Since when a brief looks back, and when an article counts as there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dragoman.publish.views.asking import Unanswerable
from dragoman.publish.views.window import Asked, back_words, came, window_of
from dragoman.publish.wording import speaking
from dragoman.store.arrivals import ToldAt

TODAY = "2024-03-20"


def bounds(since: str, until: str = "", today: str | None = TODAY) -> tuple[str, str]:
    found = window_of(Asked("", since, until), today)
    return f"{found.since:%Y-%m-%dT%H:%M}", f"{found.until:%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("24h", "", ("2024-03-20T00:00", "2024-03-21T00:00")),
        ("7d", "", ("2024-03-14T00:00", "2024-03-21T00:00")),
        ("1h", "2024-03-17", ("2024-03-17T23:00", "2024-03-18T00:00")),
        ("2024-03-17", "2024-03-18", ("2024-03-17T00:00", "2024-03-19T00:00")),
        ("2024-03-17T06:30+02:00", "", ("2024-03-17T04:30", "2024-03-21T00:00")),
        ("", "", ("2024-03-20T00:00", "2024-03-21T00:00")),
    ],
)
def test_what_is_understood(since: str, until: str, found: tuple[str, str]) -> None:
    assert bounds(since, until) == found


def test_the_present_where_no_day_is_set() -> None:
    before = datetime.now(UTC)
    found = window_of(Asked(), None)
    assert before <= found.until <= datetime.now(UTC)
    assert (found.until - found.since).total_seconds() == 24 * 3600


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("7x", "", "since takes 24h, 7d, a day such as 2024-03-17"),
        ("yesterday", "", "since takes"),
        ("2024-02-30", "", "since takes"),
        ("24h", "2024-13-01", "until takes"),
        ("2024-03-20", "2024-03-19", "is not before"),
        ("0h", "", "is not before"),
        ("9999d", "", "looks back over 366 days at most"),
        ("0001-01-01T00:00+23:00", "", "since takes"),
        ("24h", "0001-01-01", "until takes"),
    ],
)
def test_what_is_refused(since: str, until: str, words: str) -> None:
    with pytest.raises(Unanswerable, match=words):
        bounds(since, until)


@pytest.mark.parametrize(
    ("printed", "kept", "found"),
    [
        ("2024-03-17", "2024-03-17T08:00:00+00:00", "2024-03-17T08:00"),
        ("2024-03-17", "2024-03-19T23:00:00+00:00", "2024-03-19T23:00"),
        ("2024-03-17", "2026-01-01T00:00:00+00:00", "2024-03-17T00:00"),
        ("2024-03-17T10:00:00+04:00", "2026-01-01T00:00:00+00:00", "2024-03-17T06:00"),
        ("2024-03-17", None, "2024-03-17T00:00"),
        (None, "2024-03-19T23:00:00+00:00", "2024-03-19T23:00"),
        (None, None, None),
        ("some day", None, None),
    ],
)
def test_when_an_article_counts(printed: str | None, kept: str | None, found: str | None) -> None:
    """When it came; what came days after it was printed is an archive's, and counts at printing."""
    moment = came(ToldAt("e", "r", "a", printed, kept))
    assert (f"{moment:%Y-%m-%dT%H:%M}" if moment else None) == found


def test_words() -> None:
    assert window_of(Asked("", "7d"), TODAY).words == ("14 March 2024", "20 March 2024")
    assert window_of(Asked("", "1h"), TODAY).words == (
        "20 March 2024, 23:00",
        "21 March 2024, 00:00",
    )
    assert [back_words(one) for one in ("24h", "1d", "2024-03-17")] == [
        "24 hours", "1 day", "2024-03-17",
    ]  # fmt: skip
    with speaking("fr"):
        assert back_words("7d") == "7 jours"


def test_its_address_asks_the_same() -> None:
    assert Asked().address() == "/brief"
    assert Asked("lang:fr & co", "7d", "2024-03-17").address(".json") == (
        "/brief.json?q=lang%3Afr+%26+co&since=7d&until=2024-03-17"
    )
