"""Capture → Article: the clean step as a whole.

In: a capture and what languages and outlets know. Out: one article with every block labelled.
Two ways lead there, one for pages and one for bare text; what follows is the same for both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from dragoman.clean.decode import MOST_TEXT, decode
from dragoman.clean.draft import Draft
from dragoman.clean.finish import finish
from dragoman.clean.page import draft_page
from dragoman.clean.text import draft_text
from dragoman.errors import Unreadable
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlets
from dragoman.model import Article, Capture


class CleaningKnowledge(Protocol):
    @property
    def furniture(self) -> Mapping[str, FurnitureRules]:
        """By language; `any` holds for all."""

    @property
    def outlets(self) -> Outlets: ...


def clean(capture: Capture, knowledge: CleaningKnowledge) -> Article:
    """One canonical text with every block labelled; raises Unreadable for what is no text."""
    decoded = decode(capture)
    draft: Draft
    if capture.media_type == "text/html":
        draft = draft_page(capture, decoded.text, knowledge.furniture, knowledge.outlets)
    else:
        draft = draft_text(capture, decoded.text, knowledge.furniture, knowledge.outlets)
    if len(draft.text) > MOST_TEXT:
        raise Unreadable(capture.origin, "more than 5 MB of text; give the article alone")
    if decoded.doubt is not None:
        draft.doubts.insert(0, decoded.doubt)
    return finish(capture, draft, knowledge.furniture, knowledge.outlets)
