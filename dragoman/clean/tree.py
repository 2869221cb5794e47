"""Mark-up → tree, whatever a page throws at the parser.

In: a page's text. Out: its tree, and a doubt where the tree is not the page's own. What would
stall the parser (thousands of attributes, endless nesting) is cut before it gets there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlComment, HtmlElement, HTMLParser, document_fromstring

from dragoman.model import Doubt

MOST_ATTRIBUTES = 50
SHORTEST_SUSPECT = 200
"""Characters; a shorter tag is not looked into for its attributes."""
# Each alternative matches to the end of the page rather than fail, so that the scan is linear.
TAG = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<raw>script|style|title|textarea|iframe|xmp|noembed|noframes)(?=[\s/>])"
    r".*?(?:</(?P=raw)(?=[\s/>])|\Z)"
    r"|</?(?P<name>[a-zA-Z][^\s/>]*+)"
    r"(?P<given>(?:[^>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|))*+)>?",
    re.I | re.S,
)
ATTRIBUTE = re.compile(
    r"[^\s=>/]++(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+))?+", re.S
)
SKELETON = frozenset({"html", "head", "body", "title", "script", "style", "meta", "link"})
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i",
    "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
})  # fmt: skip
EMPTY = re.compile(r"<p>(?:\s*+<p>)++")
# One class for all elements: lxml's own choice by tag is a call into Python at each touch of an
# element, and only forms and links to be rewritten would need it.
ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement, comment=HtmlComment)


@dataclass(frozen=True, slots=True)
class Tree:
    root: HtmlElement | None
    """None where there is no element in the page at all."""
    doubt: Doubt | None = None


def parse_page(text: str) -> Tree:
    """The page's tree; of a page that is nested too deeply, its words in plain paragraphs."""
    root, too_deep = _parsed(_without_many_attributes(text))
    if not too_deep:
        return Tree(root)
    flat, _ = _parsed(EMPTY.sub("<p>", TAG.sub(_flat, text)))
    reason = (
        "the mark-up is nested too deeply to be followed; all its words were taken as they come"
    )
    return Tree(flat, Doubt("text", reason))


def _parsed(text: str) -> tuple[HtmlElement | None, bool]:
    # The parser's own limit (256 levels) is wanted: real pages stay below 100.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(ONE_CLASS)
    try:
        root = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        root = None
    fatal = parser.error_log.filter_from_fatals()
    return root, any("depth" in entry.message for entry in fatal)


def _without_many_attributes(text: str) -> str:
    parts: list[str] = []
    at = 0
    for match in TAG.finditer(text):
        first, last = match.span("given")
        if last - first >= SHORTEST_SUSPECT:
            parts += text[at : match.start()], _with_few_attributes(match)
            at = match.end()
    return "".join((*parts, text[at:]))


def _with_few_attributes(match: re.Match[str]) -> str:
    whole, given = match.group(), match.group("given")
    if given is None or len(given) < SHORTEST_SUSPECT:
        return whole
    for number, attribute in enumerate(ATTRIBUTE.finditer(given), 1):
        if number > MOST_ATTRIBUTES:
            return f"<{match.group('name')}{given[: attribute.start()]}>"
    return whole


def _flat(match: re.Match[str]) -> str:
    name = (match.group("name") or "").lower()
    if not name or name in SKELETON:
        return _with_few_attributes(match)
    return "" if name in INLINE else "<p>"
