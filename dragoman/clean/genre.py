"""Wire, news, analysis, opinion, interview, release, live or other: what a page says it is.

In: what the page states, its address, its lines, who supplied the text. Out: a genre and the rule
that named it. It never judges the prose itself: an unmarked polemic stays news or other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from dragoman.clean.attribution import ALONE
from dragoman.clean.lines import Line, is_paragraph, labelled
from dragoman.clean.metadata import Stated
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.knowledge.outlets import Outlet, host_of
from dragoman.model import BODY_LABELS, Attribution, Author, Genre

ORDER = ("live", "interview", "release", "opinion", "analysis", "news")
TYPES = {
    "opinionnewsarticle": "opinion", "analysisnewsarticle": "analysis",
    "backgroundnewsarticle": "analysis", "liveblogposting": "live",
    "reportagenewsarticle": "news", "newsarticle": "news",
}  # fmt: skip
LONGEST_MARK = 40
WHOLE_MARK = re.compile(r"\s*[:|–—]\s*")
FEWEST_QUESTIONS = 3
LONGEST_QUESTION = 70
"""Words."""
HEAD = 300
"""Characters of the first paragraph, where releases name the wire that carries them."""
HEADINGS = frozenset({"h2", "h3", "h4", "h5"})
QUESTION = re.compile(r"[?？؟][\"'»”’)\]\s]*\Z|՞")
ASKED = re.compile(
    r"(?:Q|A|Question|Answer|Réponse|Frage|Antwort|Pregunta|Respuesta|Вопрос|Ответ|Питання|Soru|Cevap)"
    r"\s*[:.–—]\s"
)


@dataclass(frozen=True, slots=True)
class PageSays:
    """What a page states of itself, and what was found of its origin."""

    stated: Stated
    url: str | None
    outlet: Outlet | None
    attribution: Attribution


def genre_of(
    lines: Sequence[Line],
    rules: FurnitureRules,
    authors: Sequence[Author],
    page: PageSays,
) -> Genre:
    """By the page's type, its section, its address, a mark at its head, then who signed it."""
    return next(_said(lines, rules, authors, page), Genre("other", "nothing says"))


def _said(
    lines: Sequence[Line], rules: FurnitureRules, authors: Sequence[Author], page: PageSays
) -> Iterator[Genre]:
    """All that is said of the genre, the best evidence first."""
    kind = TYPES.get(page.stated.article_type, "")
    sections = [found for text in _sections(page.stated) if (found := _marked(text, rules))]
    by_address = _by_address(page.url, rules)
    if kind and kind != "news":
        yield Genre(kind, "page: json-ld type")
    if _through_release_wire(lines, rules):
        yield Genre("release", "mark of a release wire")
    for section in sections:
        if section != "news":
            yield Genre(section, "page: section")
    if by_address and by_address != "news":
        yield Genre(by_address, "address")
    by_head = _by_head(lines, rules)
    if by_head:
        yield Genre(by_head, "mark at the head")
    if asks_and_answers(lines, rules):
        yield Genre("interview", "questions and answers")
    if any(_from_outside(author, rules) for author in authors):
        yield Genre("opinion", "named outside author")
    yield from _supplied(page, rules)
    if kind == "news":
        yield Genre("news", "page: json-ld type")
    if by_address == "news" or "news" in sections:
        yield Genre("news", "section or address")


def _supplied(page: PageSays, rules: FurnitureRules) -> Iterator[Genre]:
    """Wire and release by who gave the text out, where the text itself is marked as nothing."""
    first = page.attribution.first_publisher
    if first is not None and first.rule.endswith(ALONE):
        yield Genre("wire", ALONE)
    if page.outlet is not None and page.outlet.is_agency:
        yield Genre("wire", "an agency's own page")
    if page.outlet is None and any(host.search(host_of(page.url or "")) for host in rules.official):
        yield Genre("release", "address of an office")


def _through_release_wire(lines: Sequence[Line], rules: FurnitureRules) -> bool:
    first = [line for line in lines if is_paragraph(line)][:1]
    head = [*labelled(lines, "dateline"), *first]
    return any(mark.search(line.text[:HEAD]) for line in head for mark in rules.releases)


def asks_and_answers(lines: Sequence[Line], rules: FurnitureRules) -> bool:
    """Questions that speak to somebody, each with an answer below it; headings ask readers."""
    body = [line for line in lines if line.label in BODY_LABELS]
    marked = sum(bool(ASKED.match(line.text)) for line in body)
    asked = sum(
        _asks(line, rules) and below.is_prose and not QUESTION.search(below.text)
        for line, below in pairwise(body)
    )
    enough = max(FEWEST_QUESTIONS, len(body) // 8)
    return asked >= enough or marked >= 2 * FEWEST_QUESTIONS


def _asks(line: Line, rules: FurnitureRules) -> bool:
    if line.tag in HEADINGS or not QUESTION.search(line.text) or line.words > LONGEST_QUESTION:
        return False
    return any(pattern.search(line.text) for pattern in rules.second_person)


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
    above = lines[max(0, at - 2) : at]
    near = [line.text for line in above if line.label != "navigation" or _passed_over(line)]
    for headline in labelled(lines[: at + 1], "headline"):
        parts = WHOLE_MARK.split(headline.text)
        near.extend(parts[:1] + parts[-1:] if len(parts) > 1 else [])
        near.extend(re.findall(r"\A\s*[\[(]([^\])]{3,30})[\])]", headline.text))
    below = [line for line in lines[at + 1 : at + 3] if line.label in BODY_LABELS | {"other"}]
    near.extend(line.text for line in below if len(line.text) <= LONGEST_MARK)
    found = (_marked(text, rules) for text in near)
    return next((kind for kind in found if kind and kind != "news"), None)


def _passed_over(line: Line) -> bool:
    """A short line that the extractor left out; menus are links."""
    return line.rule.startswith("short-line-outside") and line.links < 0.5
