"""Since when: the days or hours that a brief looks back over, from an address or a command line.

In: texts such as "24h", "7d", "2024-03-17" or an instant, and the desk's own now. Out: a `Window`.
What is no time is refused with what is. All times are UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from dragoman.publish.formats.account import moment_of
from dragoman.publish.views.asking import Unanswerable
from dragoman.publish.words import counted, moment_words
from dragoman.store.arrivals import ToldAt

SINCE = "24h"
LATE = timedelta(days=3)
"""What comes so long after it was printed is an archive's, and counts at its printing."""
FARTHEST = timedelta(days=366)
_BACK = re.compile(r"(\d{1,4})([hd])")
DAY = timedelta(days=1)
YEARS = range(1900, 3000)
TAKES = "24h, 7d, a day such as 2024-03-17 or an instant such as 2024-03-17T06:00"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks a brief for."""

    text: str = ""
    """The query; empty for everything."""
    since: str = SINCE
    until: str = ""

    def address(self, suffix: str = "") -> str:
        """Of its page; `suffix`: ".json" for the twin."""
        asks = {"q": self.text, "since": "" if self.since == SINCE else self.since}
        asks |= {"until": self.until}
        given = urlencode({name: value for name, value in asks.items() if value})
        return f"/brief{suffix}{'?' if given else ''}{given}"


@dataclass(frozen=True, slots=True)
class Window:
    since: datetime
    until: datetime
    """Not itself within."""

    def holds(self, moment: datetime | None) -> bool:
        return moment is not None and self.since <= moment < self.until

    @property
    def last_day(self) -> str:
        return (self.until - timedelta(seconds=1)).date().isoformat()

    @property
    def words(self) -> tuple[str, str]:
        """From when and until when; a whole day has no clock."""
        is_whole = self.since.time() == self.until.time() == time(0)
        last = self.until - DAY if is_whole else self.until
        one, other = (_words(moment, is_whole) for moment in (self.since, last))
        return one, other


def window_of(asked: Asked, today: str | None) -> Window:
    """`today`: the day that the desk's settings name; its end is then the present. Raises
    Unanswerable for what is no time, and for a time that ends before it begins."""
    now = datetime.now(UTC)
    if today is not None:
        now = _midnight(date.fromisoformat(today)) + DAY
    until = _read("until", asked.until, now, is_end=True) if asked.until else now
    since = _read("since", asked.since or SINCE, until, is_end=False)
    if since >= until:
        raise Unanswerable(f"since {asked.since[:40]!r} is not before {until:%Y-%m-%d %H:%M} UTC")
    if until - since > FARTHEST:
        raise Unanswerable(f"a brief looks back over {FARTHEST.days} days at most; search for more")
    return Window(since, until)


def _read(name: str, text: str, before: datetime, *, is_end: bool) -> datetime:
    """A day that ends something is all of it."""
    back, found = _BACK.fullmatch(text), moment_of(text)
    if back is not None:
        number = int(back.group(1))
        return before - (timedelta(hours=number) if back.group(2) == "h" else number * DAY)
    if found is None or found.year not in YEARS:
        raise Unanswerable(f"{name} takes {TAKES}, not {text[:40]!r}")
    return found + DAY if is_end and len(text) == len("2024-03-17") else found


def back_words(since: str) -> str:
    """ "24 hours", "7 days"; a day or instant as it is."""
    back = _BACK.fullmatch(since)
    if back is None:
        return since
    return counted(int(back.group(1)), "hour" if back.group(2) == "h" else "day")


def asked_of(parameters: Iterable[tuple[str, str]]) -> Asked:
    given = {name: value.strip() for name, value in parameters if value.strip()}
    return Asked(given.get("q", ""), given.get("since", SINCE), given.get("until", ""))


def came(telling: ToldAt) -> datetime | None:
    """When an article was there to be read: when it came to the desk, or was printed, if it came
    long after that or nobody noted when."""
    kept, printed = moment_of(telling.kept), moment_of(telling.printed)
    if kept is None or (printed is not None and kept - printed > LATE):
        return printed
    return kept


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)


def _words(moment: datetime, is_whole: bool) -> str:
    day = moment.date().isoformat()
    return moment_words(day if is_whole else moment.isoformat(timespec="minutes"))
