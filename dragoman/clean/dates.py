"""When a page says it was published and modified, and on what each date rests.

In: what a page states, its markup, and what the supplier declared. Out: ISO days with a basis, or
None with a doubt. A bare text gets no date here: that is inferred later, from what it tells.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from htmldate import find_date
from lxml.html import HtmlElement

from dragoman.clean.lines import Line, labelled
from dragoman.clean.metadata import Stated
from dragoman.model import Dated, Doubt

ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
ISO_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T\d|\Z)")
IN_ADDRESS = re.compile(r"/(20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
AFTER_TITLE = re.compile(r"[|–—-]\s*(\d{1,2})\.(\d{1,2})\.(20\d\d)\s*\Z")
FIRST_YEAR = 1990
NEAR_TITLE = 6
"""How many blocks around the headline a date is believed to be the page's own."""
OF_OTHERS = frozenset({"related", "teaser", "comment", "caption", "credit", "body"})
# What an unmarked <time> must not stand in: it is the time of something else.
ELSEWHERE = ("comment", "related", "teaser", "sidebar", "widget", "live", "card", "recommend")
PUBLISHED_METAS = (
    "article:published_time", "article:published", "og:article:published_time", "datepublished",
    "date.published", "publish-date", "publishdate", "publication_date", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "dc.date.created", "date",
    "pubdate", "cxenseparse:recs:publishtime", "og:published_time",
)  # fmt: skip
MODIFIED_METAS = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified",
    "article:modified", "lastmod",
)  # fmt: skip


def published(
    given: str | None,
    stated: Stated | None,
    root: HtmlElement | None,
    url: str | None,
    lines: Sequence[Line] = (),
) -> tuple[Dated | None, tuple[Doubt, ...]]:
    """The supplier's date, then the page's own statements, then a guess that is called one."""
    found = iso_day(given)
    if found:
        return _day(found, "given"), ()
    if stated is not None and root is not None:
        for day, basis in (
            (iso_day(stated.text("datePublished")), "page: json-ld"),
            (_meta_day(stated, PUBLISHED_METAS), "page: meta"),
            (_time_tag(root), "page: time element"),
            (iso_day(stated.text("dateCreated")), "page: json-ld dateCreated"),
            (_address_day(url), "page: address"),
            (_title_day(root), "page: title"),
        ):
            if day:
                return _day(day, basis), ()
        guess = _guess(root, url)
        if guess and _rests_on(guess, lines):
            reason = "guessed from dates on the page; the page does not state it outright"
            return _day(guess, "page: htmldate"), (Doubt("published", reason),)
    reason = "no publication date is stated; bounds may be inferred from the text later"
    return None, (Doubt("published", reason),)


def modified(stated: Stated) -> str | None:
    return iso_day(stated.text("dateModified")) or _meta_day(stated, MODIFIED_METAS)


def is_ahead(dated: Dated, fetched: str | None) -> bool:
    """Whether a day comes later than it can be anywhere when the page was fetched."""
    if fetched is None or dated.start is None:
        return False
    day = dt.date.fromisoformat(fetched[:10]).toordinal()
    return dt.date.fromisoformat(dated.start).toordinal() > day + 1


def iso_day(value: str | None) -> str | None:
    """The day of an ISO date or instant, in the zone it is written in; None for anything else."""
    match = (ISO.match(value) or ISO_COMPACT.match(value)) if value else None
    if match is None:
        return None
    try:
        day = dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        return None
    return day.isoformat() if day.year >= FIRST_YEAR else None


def _day(day: str, basis: str) -> Dated:
    return Dated(day, day, "day", basis)


def _meta_day(stated: Stated, names: tuple[str, ...]) -> str | None:
    days = (iso_day(value) for name in names for value in stated.metas.get(name, ()))
    return next((day for day in days if day), None)


def _time_tag(root: HtmlElement) -> str | None:
    """The first <time> marked as publication, else the first that stands in a header."""
    times = [element for element in root.iter("time") if element.get("datetime")]
    marked = [t for t in times if t.get("pubdate") is not None or "publi" in _marks(t)]
    own = [t for t in times if not _stands_elsewhere(t)]
    for element in marked or own[:1]:
        day = iso_day(element.get("datetime"))
        if day:
            return day
    return None


def _stands_elsewhere(element: HtmlElement) -> bool:
    for parent in element.iterancestors():
        if parent.tag in ("aside", "footer", "nav"):
            return True
        said = f"{parent.get('class', '')} {parent.get('id', '')}".lower()
        if parent.tag != "body" and any(word in said for word in ELSEWHERE):
            return True
    return False


def _marks(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('itemprop', '')}".lower()


def _address_day(url: str | None) -> str | None:
    """A whole day in the address; a year or a month alone dates nothing."""
    found = IN_ADDRESS.search(url) if url else None
    return iso_day("-".join(found.groups())) if found else None


def _title_day(root: HtmlElement) -> str | None:
    """A whole day that ends the page's <title>, in the order of the continent."""
    found = AFTER_TITLE.search(root.findtext(".//title") or "")
    return iso_day("-".join(reversed(found.groups()))) if found else None


def _guess(root: HtmlElement, url: str | None) -> str | None:
    """What htmldate finds, but for the first of January: that is how it writes a mere year."""
    try:
        found = find_date(root, url=url, original_date=True, extensive_search=False)
    except Exception:  # a third party's fault must not cost us the page
        return None
    day = iso_day(found)
    return None if day is None or day.endswith("-01-01") else day


def _rests_on(day: str, lines: Sequence[Line]) -> bool:
    """Day and year stand in one line that is a by-line or near the headline, and in no prose."""
    year, month, number = day.split("-")
    heads = [i for i, line in enumerate(lines) if line.label == "headline"]
    at = heads[0] if heads else 0
    near = lines[max(0, at - NEAR_TITLE) : at + NEAR_TITLE]
    near = [line for line in near if line.label not in OF_OTHERS and not line.is_prose]
    for line in (*near, *labelled(lines, "byline", "dateline")):
        numbers = re.findall(r"\d+", line.text)
        if year in numbers and (number in numbers or str(int(number)) in numbers):
            return True
        if {number, month, year[2:]} <= set(numbers):  # 02.03.26
            return True
    return False
