"""An event in a few words, as feeds, calendars and linked data have it, and when it was told.

In: an `EventItem`. Out: plain text of our own words, names and the sentence that it rests on; what
is planned, denied or alleged says so, and so does what was withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from dragoman.model import Dated, Side
from dragoman.publish.gathering import EventItem
from dragoman.publish.views.lines import NOBODY, is_mutual
from dragoman.publish.words import (
    TOLD,
    counted,
    dated_words,
    listed,
    origin_count,
    spoken,
    web_address,
)

CUT = {"month": 7, "quarter": 7, "season": 7, "year": 4, "decade": 4}
"""How many characters of an ISO day say no more than its precision does."""


def headline(item: EventItem) -> str:
    """ "Armenia → Azerbaijan: Consult, 17 March 2024"; ↔ where they did it together."""
    event = item.event
    status = "" if event.status == "happened" else f" ({event.status})"
    act = f"{spoken(event.category).capitalize()}{status}, {dated_words(event.date)}"
    withdrawn = None if item.retracted_at is None else "Withdrawn"
    return ": ".join(part for part in (withdrawn, _parties(item), act) if part)


def _parties(item: EventItem) -> str:
    best = item.best
    sources = _named(best.report.sources if best else (), item.event.source_name)
    targets = _named(best.report.targets if best else (), item.event.target_name)
    if not targets:
        return sources
    arrow = "↔" if best is not None and is_mutual(best.report) else "→"
    return f"{sources or NOBODY} {arrow} {targets}"


def sentence(item: EventItem) -> str | None:
    """Of the report that tells it most fully; None once all were withdrawn."""
    return item.best.report.evidence_text if item.best else None


def facts(item: EventItem) -> str:
    """ "planned, to come; 4 outlets, 2 origins"."""
    event = item.event
    told = event.status if event.told_as == "news" else f"{event.status}, {TOLD[event.told_as]}"
    return f"{told}; {counted(event.outlets, 'outlet')}, {origin_count(event.origins)}"


def cited(item: EventItem) -> str | None:
    """The outlet and title of the article that the sentence is from."""
    if item.best is None:
        return None
    return ": ".join(one for one in (item.best.outlet, item.best.article_title) if one) or None


def account(item: EventItem) -> str:
    """All of it as lines of plain text, with both addresses."""
    said = sentence(item)
    withdrawn = f"withdrawn {item.retracted_at}" if item.retracted_at else None
    lines = (f"“{said}”" if said else None, cited(item), article_address(item), withdrawn)
    return "\n".join(one for one in (*lines, facts(item), item.address) if one)


def article_address(item: EventItem) -> str | None:
    return web_address(item.best.article_url) if item.best else None


def tags(item: EventItem) -> tuple[str, ...]:
    """Category, status, and whether it is news, recalled or to come; as codes."""
    return item.event.category, item.event.status, item.event.told_as


def first_told(item: EventItem) -> datetime | None:
    """None where no article that tells it says when it was printed."""
    return min(_moments(item), default=None)


def last_told(item: EventItem) -> datetime | None:
    """When it was last told with another status, or withdrawn."""
    gone = moment_of(item.retracted_at)
    return gone or max(_moments(item), default=None)


def _moments(item: EventItem) -> Iterator[datetime]:
    first = item.event.first
    told = (first.moment if first else None, *(turn.moment for turn in item.event.history))
    return (found for one in told if (found := moment_of(one)) is not None)


def moment_of(text: str | None) -> datetime | None:
    """A day (its midnight) or an instant, in UTC; None too for what is neither."""
    try:
        found = datetime.fromisoformat(text or "")
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def instant(moment: datetime) -> str:
    """As RFC 3339 has it: "2024-03-17T09:41:00Z"."""
    return f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def bound(day: str | None, dated: Dated) -> str | None:
    """A day as exact as it is known: "2024-11" of a month."""
    return day and day[: CUT.get(dated.precision, 10)]


def _named(sides: Sequence[Side], name: str) -> str:
    """As the article names them; the event's own name where no report stands."""
    return listed(tuple(dict.fromkeys(side.name for side in sides))) or name
