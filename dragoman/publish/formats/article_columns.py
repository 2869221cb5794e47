"""The columns of an article, one row each: its credits and text, and how many events it tells.

In: an `ArticleItem`, as this desk may show it. Out: values as `columns.Column` names them.
"""

from __future__ import annotations

from collections.abc import Callable

from dragoman.model import Article, Claim
from dragoman.publish.formats.columns import LINES, Column, Value
from dragoman.publish.gathering import ArticleItem

Articles = Column[ArticleItem]


def _article(
    name: str, type_: str, means: str, value: Callable[[Article], Value] | None = None
) -> Articles:
    take = value or (lambda article: getattr(article, name))
    return Column(name, type_, means, lambda item: take(item.kept.article))


def _claim(claim: Claim | None) -> str | None:
    return claim.value if claim is not None else None


def _day(article: Article) -> str | None:
    """Of its printing; none where the text only bounds it."""
    stated = article.published
    return stated.day if stated is not None and not stated.is_bounds else None


COLUMNS: tuple[Articles, ...] = (
    _article("id", "text", "Id of the article; it never changes."),
    Column("address", "text", "Address of its page on the desk.", lambda item: item.address),
    Column("revision", "integer", "Grows with every change of it.", lambda item: item.revision),
    _article("url", "text", "Where it was found."),
    _article("canonical", "text", "The address that its page gives as its own."),
    _article("title", "text", "Its headline."),
    Column("outlet", "code", "Who printed it.", lambda item: item.outlet),
    _article("language", "code", "Its language (ISO 639)."),
    _article("genre", "code", "news, wire, analysis, opinion, interview, release, live or other.",
             lambda article: article.genre.value),
    _article("published", "date", "The day it was published.", _day),
    _article("authors", LINES, "Who wrote it, a line each.",
             lambda article: tuple(one.name for one in article.authors)),
    _article("agency", "text", "The agency that it credits.",
             lambda article: _claim(article.attribution.agency)),
    _article("first_publisher", "text", "Who published it first, by its own word.",
             lambda article: _claim(article.attribution.first_publisher)),
    _article("republisher", "text", "Who printed it again, by its own word.",
             lambda article: _claim(article.attribution.republisher)),
    Column("reports", "integer", "How many reports are coded from it.",
           lambda item: len(item.kept.reports)),
    _article("text", "text", "The text that offsets point into; on a public desk an excerpt."),
)  # fmt: skip
