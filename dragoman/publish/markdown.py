"""Markdown of those who run a desk, as HTML: headings, lists, emphasis, links, and nothing else.

HTML in it is shown as it is written; images are links, as a page loads nothing from elsewhere.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markupsafe import Markup

_READER = MarkdownIt("commonmark", {"html": False}).disable(["html_inline", "html_block", "image"])
TITLE_LEVEL = 1
"""Of a page's own title: what the text calls level 1 stands below it."""


def markdown(text: str) -> Markup:
    tokens = _READER.parse(text)
    for token in tokens:
        if token.type.startswith("heading_"):
            token.tag = f"h{min(6, int(token.tag[1:]) + TITLE_LEVEL)}"
    return Markup(_READER.renderer.render(tokens, _READER.options, {}))
