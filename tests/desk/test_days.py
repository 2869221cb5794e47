"""The day by which a desk puts an article beside others."""

from __future__ import annotations

import pytest

from dragoman.desk.days import day_of
from dragoman.model import Article, Dated


@pytest.mark.parametrize(
    ("published", "fetched", "day"),
    [
        (Dated("2024-03-17", "2024-03-17", "day", "page: meta"), None, "2024-03-17"),
        (Dated(None, "2024-03-18", "day", "given"), "2024-03-20T10:00:00Z", "2024-03-18"),
        # only a bound: the day it was fetched is nearer to the truth
        (Dated("2019-01-01", None, "day", "bounds: not before"), "2024-03-20T10:00:00Z",
         "2024-03-20"),
        (None, "2024-03-20T10:00:00Z", "2024-03-20"),
        (None, None, None),
    ],
)  # fmt: skip
def test_the_day_of_an_article(
    published: Dated | None, fetched: str | None, day: str | None
) -> None:
    assert day_of(Article("a-x", "c-x", "", "en", published=published), fetched) == day
