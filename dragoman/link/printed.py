"""What an article tells of its printing: whose page it is, whom it credits, and when.

In: an article, the outlets, and what its capture says of the time. Out: the record by which copies
are put in order. What is not told is left open, as an interval or an empty name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from dragoman.knowledge.outlets import Outlets, fold_name, host_of
from dragoman.link.sketches import Body
from dragoman.model import Article, Capture, Claim, Dated, Printing

UNDATED = -1
PERIOD = 30
"""Days. A text is looked up in its own period and those beside it."""
NEVER = "9999"


def printing_of(
    article: Article, body: Body, outlets: Outlets, capture: Capture | None = None
) -> Printing:
    """Keys are outlets' ids, or folded names and hosts of those that are not known."""
    attribution = article.attribution
    claims = [c for c in (attribution.first_publisher, attribution.agency) if c is not None]
    credits = tuple(dict.fromkeys(_key(claim.value, outlets) for claim in claims))
    first, last = _when(article.published, capture)
    return Printing(
        article_id=article.id,
        text=body.digest,
        words=len(body),
        first=first,
        last=last,
        by=_page_of(article, credits, outlets),
        credits=credits,
        credit=claims[0].value if claims else "",
    )


def period_of(article: Article) -> int:
    """The stretch of `PERIOD` days in which it was published, or `UNDATED`: nothing states when, or
    only "not before"."""
    published = article.published
    days = list(_days(published))
    is_open = published is not None and published.is_bounds and len(days) < 2
    if not days or is_open or days[-1] - days[0] > PERIOD:
        return UNDATED
    return days[0] // PERIOD


def _days(published: Dated | None) -> Iterator[int]:
    for stated in (published.start, published.end) if published is not None else ():
        moment = _read(stated) if stated else None
        if moment is not None:
            yield moment.toordinal()


def _when(published: Dated | None, capture: Capture | None) -> tuple[str, str]:
    """Bounds of the time of printing; the feed's minute where it is of the day that is stated."""
    first = published.start if published is not None else None
    last = published.end if published is not None else None
    bounds = _bound(first, "") if first else "", _bound(last, "T24") if last else ""
    fed = capture.entry.published if capture is not None and capture.entry is not None else None
    minute = _bound(fed, "T24") if fed else ""
    if minute and "T24" not in minute and (not bounds[0] or minute[:10] == bounds[0]):
        return minute, minute
    fetched = capture.fetched if capture is not None else None
    return bounds[0], bounds[1] or (_bound(fetched, "T24") if fetched else "") or NEVER


def _bound(stated: str, end: str) -> str:
    """A day, or the minute of an instant in UTC; empty for what is neither."""
    moment = _read(stated)
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="minutes")[:16]
    return moment.isoformat() + end


def _read(stated: str) -> datetime | date | None:
    try:
        if "T" not in stated:
            return date.fromisoformat(stated[:10])
        moment = datetime.fromisoformat(stated)
    except ValueError:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _page_of(article: Article, credits: tuple[str, ...], outlets: Outlets) -> str:
    known = outlets.at(article.url)
    if known is not None:
        return known.id
    republisher: Claim | None = article.attribution.republisher
    if republisher is not None:
        return _key(republisher.value, outlets)
    if article.url:
        return host_of(article.url)
    # A text without an address is the publisher's own as far as anyone knows.
    return credits[0] if credits else ""


def _key(name: str, outlets: Outlets) -> str:
    known = outlets.named(name) or outlets.agency(name)
    return known.id if known is not None else fold_name(name)
