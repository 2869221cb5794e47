"""What the page on method says was measured stands in the benchmarks, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.knowledge import Knowledge
from dragoman.publish.views.measured import figure_words, measure_lines
from dragoman.publish.wording import LANGUAGES, speaking
from tests.publish.conftest import Client

BENCHMARKS = Path(__file__).parents[3] / "benchmarks" / "README.md"
MEASURES = Knowledge().measures
PASSAGE = 400
"""Characters after the words of `where`, in running text."""


def passage(where: str) -> str:
    """The rest of a table's row, or what follows in running text."""
    text = BENCHMARKS.read_text(encoding="utf-8")
    if where.startswith("|"):
        (row,) = [line for line in text.splitlines() if line.startswith(where)]
        return row
    text = " ".join(text.split())
    assert text.count(where) == 1, where
    at = text.index(where)
    return text[at : at + PASSAGE]


def claimed() -> Iterator[tuple[str, str]]:
    for part in MEASURES.parts:
        for one in part.figures:
            yield from ((number, one.where) for number in (one.value, one.low, one.high) if number)
    errors = MEASURES.errors
    yield str(errors.of), errors.where
    yield from ((str(one.number), one.where) for one in errors.kinds if one.number > 2)


@pytest.mark.parametrize(("number", "where"), list(claimed()))
def test_each_figure_stands_in_the_benchmarks(number: str, where: str) -> None:
    assert re.search(rf"(?<![\d.]){re.escape(number)}(?!\d)", passage(where)), passage(where)


def test_so_do_dates_commands_and_kinds_of_errors() -> None:
    text = BENCHMARKS.read_text(encoding="utf-8")
    for part in MEASURES.parts:
        assert part.date in text
        assert part.command is None or part.command.partition(" --")[0] in text
    errors = MEASURES.errors
    assert all(passage(one.where) for one in errors.kinds)
    assert sum(one.number for one in errors.kinds) == errors.of


def test_a_figure_is_written_as_the_reader_writes_it() -> None:
    assert (figure_words(".787"), figure_words("68.9 %"), figure_words("62 %")) == (
        "0.787", "68.9 %", "62 %",
    )  # fmt: skip
    with speaking("fr"):
        assert (figure_words(".000"), figure_words("68.9 %")) == ("0,000", "68,9 %")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_each_with_its_set_and_day(language: str, client: Client) -> None:
    page = client.get(f"/{language}/method").text
    with speaking(language):
        for part in measure_lines(MEASURES):
            assert part.label in page
            for one in part.figures:
                assert f"<strong>{figure_words(one.value)}</strong>" in page
    assert page.count('class="measure"') == len(MEASURES.parts)


def test_the_page_says_what_made_the_newest_reports(client: Client) -> None:
    (made,) = client.get("/method.json").json()["made"]
    assert made == {
        "coder": "7", "codebook": None, "lexicon": None, "reports": 8, "is_current": False
    }  # fmt: skip
    assert "changed since" in client.get("/method").text
