"""Which events have a place in files that know no status, and none for a day that isn't known.

GDELT's, POLECAT's and ACLED's rows say that something happened on a day. What was planned,
demanded, denied or alleged would be read there as done, and a year as its first of January.
"""

from __future__ import annotations

from datetime import date

from dragoman.publish.gathering import EventItem
from dragoman.publish.wording import N_, gettext

DONE = frozenset({"happened", "ongoing"})
LONGEST = 31
"""Days; a date that is longer can't be given as a day."""
LEFT_OUT = N_(
    "Only what is told as done (happened, ongoing) and dated to a month or better; the rest is "
    "left out and counted, since these files have no column for it."
)


def means_words(means: str) -> str:
    """What a form is, in the language that is spoken; what several leave out is translated once."""
    own = means.removesuffix(LEFT_OUT).rstrip()
    return gettext(own) if own == means else f"{gettext(own)} {gettext(LEFT_OUT)}"


def is_done(item: EventItem) -> bool:
    """Told as done by a report that stands, and dated to a month or better."""
    if item.best is None or item.event.status not in DONE:
        return False
    first, last = span_of(item)
    return first is not None and last is not None and (last - first).days < LONGEST


def span_of(item: EventItem) -> tuple[date | None, date | None]:
    """First and last day; while it lasts, or where only one of them is known, the same twice."""
    dated = item.event.date
    if dated is None:
        return None, None
    first, last = day_of(dated.start), day_of(dated.end)
    return first or last, last or first


def day_of(text: str | None) -> date | None:
    """None too for what is no day of the calendar."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
