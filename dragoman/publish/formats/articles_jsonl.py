"""Articles as JSON Lines, in the form that `dragoman read --json` prints (docs/json.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from dragoman.publish.formats import Field, Format
from dragoman.publish.formats.article_json import article_json
from dragoman.publish.formats.json_lines import write_lines
from dragoman.publish.gathering import About, ArticleItem
from dragoman.publish.wording import N_

FIELDS = (
    Field("id", "text", "Id of the article; it never changes."),
    Field("article", "object", "Text, title, dates, authors, images, labelled blocks and credits."),
    Field("tier", "text", "How far the text was read: full, light (names and dates), none."),
    Field("doubts", "list of objects", "What is not known or not sure, each with the reason."),
    Field("mentions", "list of objects", "Actors and places named, with offsets into the text."),
    Field("quotes", "list of objects", "Who is quoted, how, and where."),
    Field("times", "list of objects", "Expressions of time, as TIMEX3 has them, with their days."),
    Field("reports", "list of objects", "Who did what to whom: coded reports with their evidence."),
)


def _write(items: Iterable[ArticleItem], _about: About, out: BinaryIO) -> int:
    return write_lines((article_json(item.kept) for item in items), out)


FORMAT = Format(
    "articles",
    ".articles.jsonl",
    "application/x-ndjson",
    "articles",
    N_("An article a line, in the form that `dragoman read --json` prints."),
    _write,
    FIELDS,
)
