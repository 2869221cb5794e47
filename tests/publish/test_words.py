"""Dates, numbers and addresses in words."""

from __future__ import annotations

import pytest

from dragoman.model import Dated, Precision
from dragoman.publish.words import counted, dated_words, language_words, listed, web_address


@pytest.mark.parametrize(
    ("start", "end", "precision", "basis", "words"),
    [
        ("2024-03-17", "2024-03-17", "day", "stated", "17 March 2024"),
        ("2024-03-03", "2024-03-05", "range", "stated", "3–5 March 2024"),
        ("2024-02-28", "2024-03-02", "range", "stated", "28 February 2024 – 2 March 2024"),
        ("2024-03-01", "2024-03-31", "month", "stated", "March 2024"),
        ("2023-12-01", "2024-02-29", "season", "stated", "December 2023 – February 2024"),
        ("2023-01-01", "2023-12-31", "year", "stated", "2023"),
        ("2020-01-01", "2029-12-31", "decade", "stated", "2020 – 2029"),
        ("2024-03-17", None, "day", "bounds: text", "17 March 2024 or later"),
        (None, "2024-03-17", "day", "bounds: text", "17 March 2024 or earlier"),
        ("2024-03-17", "2024-10-31", "range", "bounds: text",
         "between 17 March 2024 and 31 October 2024"),
        ("soon", "soon", "day", "stated", "soon"),
        (None, None, "day", "stated", "no date"),
    ],
)  # fmt: skip
def test_dates_are_as_coarse_as_they_are_known(
    start: str | None, end: str | None, precision: Precision, basis: str, words: str
) -> None:
    assert dated_words(Dated(start, end, precision, basis)) == words


def test_small_words() -> None:
    assert dated_words(None) == "no date"
    assert (counted(1, "outlet"), counted(1200, "copy")) == ("1 outlet", "1,200 copies")
    assert listed(("A", "B", "C")) == "A, B and C"
    assert (language_words("fr"), language_words("zz"), language_words(None)) == (
        "French", "zz", "language unknown"
    )  # fmt: skip


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//host/x", "https://", "http://[", None]
)
def test_only_web_addresses_become_links(address: str | None) -> None:
    assert web_address(address) is None
