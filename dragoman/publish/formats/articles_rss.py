"""Articles as an RSS 2.0 feed: titles, credits and both addresses, without their text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from dragoman.publish.formats import Format
from dragoman.publish.formats.feed_entries import NEWEST, article_entry
from dragoman.publish.formats.rss import MEDIA_TYPE, RSS_FIELDS, write_rss
from dragoman.publish.gathering import About, ArticleItem
from dragoman.publish.wording import N_


def _write(items: Iterable[ArticleItem], about: About, out: BinaryIO) -> int:
    return write_rss(map(article_entry, items), about, FORMAT.name, out)


FORMAT = Format(
    "articles-rss",
    ".articles.rss",
    MEDIA_TYPE,
    "articles",
    N_("Articles as an RSS 2.0 feed, for feed readers."),
    _write,
    RSS_FIELDS,
    newest=NEWEST,
)
