"""Dates, languages, numbers and codes in the words of the interface.

In: values of the records. Out: short English. Nothing is looked up in the store.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from babel import Locale

from dragoman.model import Dated, Stance

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
TOLD = {"news": "news", "background": "recalled", "announced": "to come"}
STANDINGS = {
    "independent": "independent",
    "unknown": "not known whether it is independent",
    "opinion": "opinion, counted apart",
}
SAID: dict[Stance, str] = {
    "neutral": "said", "affirm": "insisted", "claim": "claimed", "admit": "admitted",
    "deny": "denied", "reject": "refused", "accuse": "accused", "praise": "praised",
    "demand": "demanded", "ask": "asked", "promise": "promised", "threaten": "threatened",
    "warn": "warned", "think": "thought", "intend": "intended",
}  # fmt: skip
"""How a speaker stands to what is said."""
MONTH_LIKE = frozenset({"month", "season", "quarter"})
NO_HEADLINE = "(no headline)"
YEAR_LIKE = frozenset({"year", "decade"})


def dated_words(dated: Dated | None) -> str:
    """ "17 March 2024", "3–5 March 2024", "March 2024", "between … and …", "no date"."""
    if dated is None or not (dated.start or dated.end):
        return "no date"
    if dated.start is None or dated.end is None:
        word = "earlier" if dated.start is None else "later"
        return f"{_bound(dated.start or dated.end or '', dated.precision)} or {word}"
    start, end = (_bound(day, dated.precision) for day in (dated.start, dated.end))
    if start == end:
        return start
    if dated.is_bounds:
        return f"between {start} and {end}"
    shared = " ".join(start.split()[1:])
    if dated.precision not in YEAR_LIKE and shared and end.endswith(shared):
        return f"{start.split()[0]}–{end}"
    return f"{start} – {end}"


def basis_words(dated: Dated) -> str:
    """What a date rests on, in short: "stated", "published", "from publication"."""
    return re.split(r"[:,]", dated.basis, maxsplit=1)[0]


def _bound(day: str, precision: str) -> str:
    if precision in YEAR_LIKE:
        return day[:4]
    return month_words(day[:7]) if precision in MONTH_LIKE else day_words(day)


def day_words(day: str) -> str:
    try:
        found = date.fromisoformat(day[:10])
    except ValueError:
        return day
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def month_words(month: str) -> str:
    """ "2024-03" gives "March 2024"; what is no month stays as it is."""
    year, _, number = month.partition("-")
    if not number.isdigit() or not 1 <= int(number) <= 12:
        return month
    return f"{MONTHS[int(number) - 1]} {year}"


def moment_words(instant: str) -> str:
    """An instant by its day, and by its minute where it has one."""
    day, _, clock = instant.partition("T")
    return f"{day_words(day)}, {clock[:5]}" if clock else day_words(day)


def language_words(code: str | None) -> str:
    if code is None:
        return "language unknown"
    return str(Locale("en").languages.get(code, code))


def counted(number: int, noun: str) -> str:
    """ "1 outlet", "4 outlets", "2 copies", "3 days"."""
    if number == 1:
        return f"1 {noun}"
    ends_in_y = noun.endswith("y") and noun[-2:-1] not in "aeou"
    return f"{number:,} {noun[:-1]}ies" if ends_in_y else f"{number:,} {noun}s"


def origin_count(number: int) -> str:
    """ "3 origins"; where not one can be called independent, that."""
    return counted(number, "origin") if number else "origin not known"


def percent(ratio: float) -> str:
    """ "33 %", and one digit more below ten."""
    return f"{ratio * 100:.0f} %" if ratio >= 0.1 else f"{ratio * 100:.1f} %"


def last_known(day: str) -> str:
    """Of an office or membership that nobody has looked up since `day`."""
    return f"as last known ({day})"


def spoken(identity: str) -> str:
    """An id of our own as words: "foreign_minister", "armed-group"."""
    return identity.replace("_", " ").replace("-", " ")


def listed(names: tuple[str, ...]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def web_address(address: str | None) -> str | None:
    """The address if a link may lead there: http or https, and nothing else."""
    if address is None:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.netloc else None
