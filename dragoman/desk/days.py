"""The day of an article, by which a desk puts it beside others: in a story, in a happening.

In: an article, and when it was fetched. Out: an ISO day, or None where there is none.
"""

from __future__ import annotations

from dragoman.model import Article


def day_of(article: Article, fetched: str | None) -> str | None:
    """The day it was published, or else fetched.

    A day that only bounds when it was published ("not before") is none.
    """
    stated = article.published
    day = stated.day if stated is not None and not stated.is_bounds else None
    return (day or fetched or "")[:10] or None
