"""What headers say of time, however they say it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.collect.answer import LONGEST_FRESH, LONGEST_WAIT, fresh_for, retry_after

NOW = datetime(2024, 3, 18, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("1.5", 1),
        ("0", 0),
        ("Mon, 18 Mar 2024 12:02:00 GMT", 120),
        ("Mon, 18 Mar 2024 12:02:00", 120),
        ("Mon, 18 Mar 2024 13:02:00 +0100", 120),
        ("Mon, 18 Mar 2024 11:00:00 GMT", 0),  # past
        ("31536000", LONGEST_WAIT),  # a year
        ("9" * 6_000, LONGEST_WAIT),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("Mon, 99 Mar 2024 12:02:00 GMT", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == seconds


def test_retry_after_is_not_said() -> None:
    assert retry_after({}, NOW) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "public, Max-Age = 600, s-maxage=9"}, 600),
        ({"cache-control": "s-maxage=9"}, None),
        ({"cache-control": "max-age=600", "age": "100"}, 500),
        ({"cache-control": "max-age=600", "age": "100000"}, 0),
        ({"cache-control": "max-age=" + "9" * 6_000}, LONGEST_FRESH),
        ({"cache-control": "max-age=" + "9" * 999, "age": "9" * 999}, 0),
        ({"cache-control": "no-cache"}, None),
        ({"expires": "Mon, 18 Mar 2024 12:10:00 GMT"}, 600),
        ({"expires": "0"}, None),
        ({"expires": "Mon, 18 Mar 2019 12:10:00 GMT"}, 0),
        (
            {"expires": "Mon, 18 Mar 2024 10:10:00 GMT", "date": "Mon, 18 Mar 2024 10:00:00 GMT"},
            600,  # by the server's own clock, which is two hours slow
        ),
        (
            {"cache-control": "max-age=5", "expires": "Mon, 18 Mar 2024 12:10:00 GMT"},
            5,
        ),
    ],
)
def test_fresh_for(headers: dict[str, str], seconds: float | None) -> None:
    assert fresh_for(headers, NOW) == seconds


@given(st.text(max_size=60))
def test_any_value(value: str) -> None:
    for name in ("retry-after", "cache-control", "expires", "date", "age"):
        headers = {"expires": "Mon, 18 Mar 2024 12:10:00 GMT", name: value}
        for seconds in (retry_after(headers, NOW), fresh_for(headers, NOW)):
            assert seconds is None or seconds >= 0
