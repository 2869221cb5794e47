"""Reports of our own to draw samples of: as many as asked, in the strata asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.model import Dated
from dragoman.store.rows import ReportRow
from tests.store.conftest import kept_of, report_of


def row_of(
    name: str,
    *,
    category: str = "CONSULT",
    language: str | None = "en",
    day: str | None = "2024-03-17",
    host: str = "pier.example",
) -> ReportRow:
    """A report named r-`name`, of the event e-`name`."""
    report = report_of(kept_of(name).article, f"r-{name}")
    date = Dated(day, day, "day", "stated: a day") if day else None
    return ReportRow(
        report=replace(report, category=category, date=date),
        revision=1,
        retracted_at=None,
        event_id=f"e-{name}",
        coder_version="7",
        article_title="Ministers meet in the old harbour",
        article_url=f"https://www.{host}/{name}",
        outlet=None,
        language=language,
        published="2024-03-18",
    )


def rows_of(**numbers: int) -> Iterator[ReportRow]:
    """So many reports of each category."""
    for category, number in numbers.items():
        for i in range(number):
            yield row_of(f"{category.lower()}-{i}", category=category)
