"""News, opinion, analysis, interview, live or other: what kind of piece a page says it is.

In: what the page states, its address, its lines. Out: a genre and the rule that named it. It
never judges the prose itself: an unmarked polemic stays news or other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from dragoman.clean.lines import Line, labelled
from dragoman.clean.metadata import Stated
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.model import BODY_LABELS, Author, Genre

ORDER = ("live", "interview", "opinion", "analysis", "news")
TYPES = {
    "opinionnewsarticle": "opinion", "analysisnewsarticle": "analysis",
    "backgroundnewsarticle": "analysis", "liveblogposting": "live",
    "reportagenewsarticle": "news", "newsarticle": "news",
}  # fmt: skip
LONGEST_MARK = 40
LABELS_AT_HEAD = 6
WHOLE_MARK = re.compile(r"\s*[:|–—]\s*")
FEWEST_QUESTIONS = 3


def genre_of(
    lines: Sequence[Line], rules: FurnitureRules, authors: Sequence[Author],
    stated: Stated | None = None, url: str | None = None,
) -> Genre:  # fmt: skip
    """By the page's type, its section, its address, a mark at its head, then who signed it."""
    if stated is not None:
        kind = TYPES.get(stated.article_type, "")
        if kind and kind != "news":
            return Genre(kind, "page: json-ld type")
        for section in _sections(stated):
            found = _marked(section, rules)
            if found and found != "news":
                return Genre(found, "page: section")
    by_address = _by_address(url, rules)
    if by_address and by_address != "news":
        return Genre(by_address, "address")
    by_head = _by_head(lines, rules)
    if by_head:
        return Genre(by_head, "mark at the head")
    if stated is not None and TYPES.get(stated.article_type) == "news":
        return Genre("news", "page: json-ld type")
    if any(_from_outside(author, rules) for author in authors):
        return Genre("opinion", "named outside author")
    sections = _sections(stated) if stated is not None else iter(())
    if by_address == "news" or any(_marked(section, rules) == "news" for section in sections):
        return Genre("news", "section or address")
    return Genre("other", "nothing says")


def _from_outside(author: Author, rules: FurnitureRules) -> bool:
    """A life that names a chair, a study or a former office: staff writers have none such."""
    return any(pattern.search(author.about or "") for pattern in rules.outsiders)


def _sections(stated: Stated) -> Iterator[str]:
    yield from stated.texts("articleSection")
    yield from stated.texts("genre")
    for name in ("article:section", "section", "og:section", "news_type", "genre"):
        yield from stated.metas.get(name, ())


def _marked(text: str, rules: FurnitureRules) -> str | None:
    text = text.strip(" .:|-–—[]()")
    if not text or len(text) > LONGEST_MARK:
        return None
    for kind in ORDER:
        if any(pattern.fullmatch(text) for pattern in rules.genres.get(kind, ())):
            return kind
    return None


def _by_address(url: str | None, rules: FurnitureRules) -> str | None:
    try:
        path = urlsplit(url).path if url else ""
    except ValueError:
        return None
    folders = [unquote(part).replace("-", " ") for part in path.split("/")[:-1] if part]
    found = [kind for kind in (_marked(folder, rules) for folder in folders) if kind]
    return min(found, key=ORDER.index, default=None)


def _by_head(lines: Sequence[Line], rules: FurnitureRules) -> str | None:
    """A mark that fills a line near the headline, or stands before a colon in it."""
    heads = [i for i, line in enumerate(lines) if line.label == "headline"]
    at = heads[0] if heads else 0
    near = [line.text for line in lines[max(0, at - 2) : at] if line.label != "navigation"]
    for headline in labelled(lines[: at + 1], "headline"):
        parts = WHOLE_MARK.split(headline.text)
        near.extend(parts[:1] + parts[-1:] if len(parts) > 1 else [])
        near.extend(re.findall(r"\A\s*[\[(]([^\])]{3,30})[\])]", headline.text))
    below = [line for line in lines[at + 1 : at + 3] if line.label in BODY_LABELS | {"other"}]
    near.extend(line.text for line in below if len(line.text) <= LONGEST_MARK)
    found = (_marked(text, rules) for text in near)
    return next((kind for kind in found if kind and kind != "news"), None)
