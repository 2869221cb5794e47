"""Capture → Article: the clean step as a whole.

In: a capture and what languages and outlets know. Out: one article with every block labelled.
Two ways lead there, one for pages and one for bare text; what follows is the same for both.
"""

from __future__ import annotations

from dragoman.clean.decode import MOST_TEXT, decode
from dragoman.clean.draft import CleaningKnowledge, Draft
from dragoman.clean.finish import finish
from dragoman.clean.memory import SiteMemory
from dragoman.clean.page import draft_page
from dragoman.clean.text import draft_text
from dragoman.errors import Unreadable
from dragoman.model import Article, Capture

NOTHING_SEEN = "no visible text is on the page; its text may be put there by scripts alone"


def clean(
    capture: Capture, knowledge: CleaningKnowledge, memory: SiteMemory | None = None
) -> Article:
    """One canonical text with every block labelled; raises Unreadable for what is no text.

    `memory`: what is known of the capture's site from its other pages; bare text alone asks it.
    """
    decoded = decode(capture)
    draft: Draft
    if capture.media_type == "text/html":
        draft = draft_page(capture, decoded.text, knowledge)
    else:
        draft = draft_text(capture, decoded.text, knowledge, memory)
    if not draft.text.strip():
        raise Unreadable(capture.origin, NOTHING_SEEN)
    if len(draft.text) > MOST_TEXT:
        raise Unreadable(capture.origin, "more than 5 MB of text; give the article alone")
    if decoded.doubt is not None:
        draft.doubts.insert(0, decoded.doubt)
    return finish(capture, draft, knowledge.furniture, knowledge.outlets)
