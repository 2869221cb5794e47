"""The rows that leave the store: a record together with what only the desk knows about it.

Frozen and without behaviour, like the records of `dragoman.model`.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Article, Report


@dataclass(frozen=True, slots=True)
class Failure:
    """An item that was set aside, the step that gave it up, and why."""

    capture_id: str
    """Empty where nothing was captured; `origin` then tells what was asked for."""
    origin: str
    step: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as lists show it."""

    article: Article
    revision: int
    seq: int
    """Order of arrival at the desk."""
    reports: int
    """How many reports it makes now; retracted ones don't count."""
    outlet: str | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report with its history and enough of its article to cite it."""

    report: Report
    revision: int
    retracted_at: str | None
    event_id: str | None
    coder_version: str | None
    article_title: str | None
    article_url: str | None
    outlet: str | None
    language: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on a report, event, article or link; it outranks the machine's."""

    id: int
    target_id: str
    verdict: str
    note: str | None
    by: str | None
    at: str
