"""Articles as a table: a row each, with credits and text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from dragoman.publish.formats import Format
from dragoman.publish.formats.article_columns import COLUMNS
from dragoman.publish.formats.columns import write_csv
from dragoman.publish.gathering import About, ArticleItem
from dragoman.publish.wording import N_


def _write(items: Iterable[ArticleItem], _about: About, out: BinaryIO) -> int:
    return write_csv(COLUMNS, items, out)


FORMAT = Format(
    "articles-csv",
    ".articles.csv",
    "text/csv",
    "articles",
    N_("A row for each article: title, credits, dates, text."),
    _write,
    COLUMNS,
)
