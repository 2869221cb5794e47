"""What `dragoman clean --json` prints for one page: the article alone, and its body as one text.

In: an article, or the error that it gave. Out: plain dictionaries for `json.dumps`.
"""

from __future__ import annotations

from dragoman.errors import DragomanError
from dragoman.model import BODY_LABELS, Article
from dragoman.publish.formats.article_json import Json, clean_article_json


def clean_json(made: Article | DragomanError) -> Json:
    """`article` and `body`; of what could not be read `error`, and the same fields empty."""
    if isinstance(made, DragomanError):
        return {"error": str(made), "article": None, "body": ""}
    return {"article": clean_article_json(made), "body": body_text(made)}


def body_text(article: Article) -> str:
    """Standfirst, headings, paragraphs and quotes in the order of the text, a line each."""
    body = (block for block in article.blocks if block.label in BODY_LABELS)
    return "\n".join(article.text[block.start : block.end] for block in body)
