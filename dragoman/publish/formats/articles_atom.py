"""Articles as an Atom feed: titles, credits and both addresses, without their text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from dragoman.publish.formats import Format
from dragoman.publish.formats.atom import ATOM_FIELDS, MEDIA_TYPE, write_atom
from dragoman.publish.formats.feed_entries import NEWEST, article_entry
from dragoman.publish.gathering import About, ArticleItem
from dragoman.publish.wording import N_


def _write(items: Iterable[ArticleItem], about: About, out: BinaryIO) -> int:
    return write_atom(map(article_entry, items), about, FORMAT.name, out)


FORMAT = Format(
    "articles-atom",
    ".articles.atom",
    MEDIA_TYPE,
    "articles",
    N_("Articles as an Atom feed, for feed readers."),
    _write,
    ATOM_FIELDS,
    newest=NEWEST,
)
