"""The `read` step: one article, one language, no knowledge of the world.

In: an article and its language's data and parser. Out: `Reading`. Sentences of headline, body,
quotes and captions are parsed; furniture is never read.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dragoman.knowledge.languages import Language
from dragoman.knowledge.times import TimeRules
from dragoman.model import READ_LABELS, Article, Dated, Doubt, Reading
from dragoman.read.clauses import find_clauses
from dragoman.read.mentions import find_mentions
from dragoman.read.parse import Parser
from dragoman.read.quotes import find_quotes
from dragoman.read.times import publication_bounds, read_times


def read(article: Article, language: Language, parser: Parser) -> Reading:
    """Sentences, mentions, times, clauses and quotes of one article."""
    spans = [(b.start, b.end, b.label) for b in article.blocks if b.label in READ_LABELS]
    sentences = tuple(parser.sentences(spans, article.text))
    blocks = [(start, end) for start, end, _ in spans]
    times = read_times(article.text, blocks, language.times, published_days(article.published))
    return Reading(
        article_id=article.id,
        language=language.code,
        sentences=sentences,
        mentions=find_mentions(sentences, language, article.text),
        times=times,
        clauses=find_clauses(sentences, language),
        quotes=find_quotes(sentences, article.text, language.speech),
        doubts=() if sentences else (Doubt("reports", "no readable sentence"),),
        tier="full",
    )


def published_days(published: Dated | None) -> tuple[date, date] | None:
    if published is None or published.start is None or published.end is None:
        return None
    return date.fromisoformat(published.start[:10]), date.fromisoformat(published.end[:10])


def bounded(
    article: Article, reading: Reading, rules: TimeRules, fetched: str | None = None
) -> Article:
    """The article with its publication date bounded from its own dates, where it had none.

    `fetched`: the instant at which it was captured, after which it was not published.
    """
    if article.published is not None:
        return article
    seen = date.fromisoformat(fetched[:10]) if fetched else None
    bounds = publication_bounds(reading.times, article.text, rules, seen)
    if bounds is None:
        return article
    doubt = Doubt("published", "not stated on the page; bounded by the dates in the text")
    others = tuple(d for d in article.doubts if d.field != "published")
    return replace(article, published=bounds, doubts=(doubt, *others))


def unbounded(article: Article) -> Article:
    """The article before its publication date was bounded, to be read anew."""
    if article.published is None or not article.published.is_bounds:
        return article
    doubt = Doubt("published", "not stated on the page")
    others = tuple(d for d in article.doubts if d.field != "published")
    return replace(article, published=None, doubts=(doubt, *others))
