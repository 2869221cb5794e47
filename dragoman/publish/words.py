"""Dates, languages, numbers and codes in the words of the interface.

In: values of the records. Out: a few words in the language that is spoken (`publish.wording`).
Nothing is looked up in the store.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from dragoman.model import Dated, Stance
from dragoman.publish.wording import N_, NN_, PN_, Table, gettext, ngettext, spoken_language

QUADS = {
    1: N_("verbal cooperation"),
    2: N_("material cooperation"),
    3: N_("verbal conflict"),
    4: N_("material conflict"),
}
TOLD = {"news": N_("news"), "background": N_("recalled"), "announced": N_("to come")}
STATUSES = Table(
    {
        "happened": PN_("status", "told as done"),
        "ongoing": PN_("status", "told as under way"),
        "planned": PN_("status", "planned"),
        "demanded": PN_("status", "only demanded"),
        "threatened": PN_("status", "only threatened"),
        "hypothetical": PN_("status", "only supposed"),
        "denied": PN_("status", "told as denied"),
        "alleged": PN_("status", "said to have happened"),
        "halted": PN_("status", "broken off"),
    },
    "status",
)
"""What a status says to readers: of nothing that it was done, of all that it is told so."""
GENRES = {
    "wire": N_("agency text"),
    "news": N_("news"),
    "analysis": N_("analysis"),
    "opinion": N_("opinion"),
    "interview": N_("interview"),
    "release": N_("release"),
    "live": N_("live"),
    "other": N_("article"),
}
LABELS = {
    "byline": N_("byline"),
    "dateline": N_("dateline"),
    "credit": N_("picture credit"),
    "bio": N_("biography"),
    "syndication": N_("word of who printed it first"),
    "related": N_("links to other articles"),
    "teaser": N_("teaser of another article"),
    "share": N_("sharing buttons"),
    "subscribe": N_("offer to subscribe"),
    "comment_form": N_("comment form"),
    "comment": N_("comment of a reader"),
    "notice": N_("notice"),
    "navigation": N_("navigation"),
    "placeholder": N_("unfilled placeholder"),
    "other": N_("other"),
}
"""What a piece of a page was taken for that is not in the article."""
STANDINGS = {
    "independent": N_("independent"),
    "unknown": N_("not known whether it is independent"),
    "opinion": N_("opinion, counted apart"),
}
SAID: dict[Stance, str] = {
    "neutral": N_("said"),
    "affirm": N_("insisted"),
    "claim": N_("claimed"),
    "admit": N_("admitted"),
    "deny": N_("denied"),
    "reject": N_("refused"),
    "accuse": N_("accused"),
    "praise": N_("praised"),
    "demand": N_("demanded"),
    "ask": N_("asked"),
    "promise": N_("promised"),
    "threaten": N_("threatened"),
    "warn": N_("warned"),
    "think": N_("thought"),
    "intend": N_("intended"),
}
"""How a speaker stands to what is said."""
MEMO = 10_000
"""Dates and numbers that are remembered in words."""
MONTH_LIKE = frozenset({"month", "season", "quarter"})
NO_HEADLINE = N_("(no headline)")
YEAR_LIKE = frozenset({"year", "decade"})


def dated_words(dated: Dated | None) -> str:
    """ "17 March 2024", "3–5 March 2024", "March 2024", "between … and …", "no date"."""
    if dated is None or not (dated.start or dated.end):
        return gettext("no date")
    if dated.start is None or dated.end is None:
        words = gettext("%s or earlier") if dated.start is None else gettext("%s or later")
        return words % _bound(dated.start or dated.end or "", dated.precision)
    start, end = (_bound(day, dated.precision) for day in (dated.start, dated.end))
    if start == end:
        return start
    if dated.is_bounds:
        return gettext("between %(start)s and %(end)s") % {"start": start, "end": end}
    shared = " ".join(start.split()[1:])
    if dated.precision not in YEAR_LIKE and shared and end.endswith(shared):
        return f"{start.split()[0]}–{end}"
    return f"{start} – {end}"


BASES = frozenset(
    {
        N_("stated"),
        N_("published"),
        N_("from publication"),
        N_("from another date in the text"),
    }
)
"""What the date of an event may rest on."""


def basis_words(dated: Dated) -> str:
    """What a date rests on, in short: "stated", "published", "from publication"."""
    return gettext(re.split(r"[:,]", dated.basis, maxsplit=1)[0])


def printed_words(dated: Dated | None) -> str:
    """A day of publication with what vouches for it: "17 March 2024, by its page"."""
    words = dated_words(dated)
    if dated is None:
        return words
    if dated.is_bounds:
        return gettext("%(day)s, judged from its text") % {"day": words}
    if dated.basis == "given":
        return gettext("%(day)s, as it was given to the desk") % {"day": words}
    return gettext("%(day)s, by its page") % {"day": words}


def _bound(day: str, precision: str) -> str:
    if precision in YEAR_LIKE:
        return day[:4]
    return month_words(day[:7]) if precision in MONTH_LIKE else day_words(day)


# A page says the same days and small numbers over and over.
@lru_cache(maxsize=MEMO)
def _formatted(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language)


@lru_cache(maxsize=MEMO, typed=True)
def _decimal(number: float, pattern: str | None, language: str) -> str:
    return format_decimal(number, format=pattern, locale=language)


def day_words(day: str) -> str:
    try:
        found = date.fromisoformat(day[:10])
    except ValueError:
        return day
    day_month_year = _formatted(found, "d MMMM y", spoken_language())
    if found.day == 1 and spoken_language() == "fr":
        return "1er" + day_month_year.removeprefix("1")
    return day_month_year


def month_words(month: str) -> str:
    """ "2024-03" gives "March 2024"; what is no month stays as it is."""
    year, _, number = month.partition("-")
    if not (year.isdigit() and number.isdigit() and 1 <= int(number) <= 12 and int(year)):
        return month
    return _formatted(date(int(year), int(number), 1), "MMMM y", spoken_language())


def moment_words(instant: str) -> str:
    """An instant by its day, and by its minute where it has one."""
    day, _, clock = instant.partition("T")
    return f"{day_words(day)}, {clock[:5]}" if clock else day_words(day)


def language_words(code: str | None) -> str:
    if code is None:
        return gettext("language unknown")
    return str(Locale(spoken_language()).languages.get(code, code))


NOUNS: Mapping[str, tuple[str, str]] = {
    "actor": NN_("%s actor", "%s actors"),
    "article": NN_("%s article", "%s articles"),
    "copy": NN_("%s copy", "%s copies"),
    "day": NN_("%s day", "%s days"),
    "hour": NN_("%s hour", "%s hours"),
    "independent origin": NN_("%s independent origin", "%s independent origins"),
    "minute": NN_("%s minute", "%s minutes"),
    "event": NN_("%s event", "%s events"),
    "new event": NN_("%s new event", "%s new events"),
    "more article": NN_("%s more article", "%s more articles"),
    "more copy": NN_("%s more copy", "%s more copies"),
    "more event": NN_("%s more event", "%s more events"),
    "more group": NN_("%s more group", "%s more groups"),
    "more outlet": NN_("%s more outlet", "%s more outlets"),
    "named source": NN_("%s named source", "%s named sources"),
    "opinion piece": NN_("%s opinion piece", "%s opinion pieces"),
    "origin": NN_("%s origin", "%s origins"),
    "outlet": NN_("%s outlet", "%s outlets"),
    "pair": NN_("%s pair", "%s pairs"),
    "place": NN_("%s place", "%s places"),
    "report": NN_("%s report", "%s reports"),
    "sentence": NN_("%s sentence", "%s sentences"),
    "separate text": NN_("%s separate text", "%s separate texts"),
    "source": NN_("%s source", "%s sources"),
    "story": NN_("%s story", "%s stories"),
    "word": NN_("%s word", "%s words"),
}
"""What the site counts, one and many of it."""


def counted(number: int, noun: str) -> str:
    """ "1 outlet", "4 outlets", "2 copies", "3 days". Of a noun that is not among ours: English."""
    ends_in_y = noun.endswith("y") and noun[-2:-1] not in "aeou"
    plain = (f"%s {noun}", f"%s {noun[:-1]}ies" if ends_in_y else f"%s {noun}s")
    return ngettext(*NOUNS.get(noun, plain), number) % number_words(number)


def number_words(number: int) -> str:
    """ "1,204"; "1 204" in French."""
    return _decimal(number, None, spoken_language())


def decimal_words(number: float) -> str:
    """ "0.87"; "0,87" in French."""
    return _decimal(number, "0.00", spoken_language())


def weight_words(number: float) -> str:
    """With its sign: "+1.3", "−0.4"."""
    return format_decimal(number, format="+0.0;−0.0", locale=spoken_language())


def origin_count(number: int) -> str:
    """ "3 origins"; where not one can be called independent, that."""
    return counted(number, "origin") if number else gettext("origin not known")


def not_known(number: int) -> str:
    """ "1 not known": origins of which nobody can say whether they are independent."""
    return ngettext("%(num)s not known", "%(num)s not known", number) % {"num": number}


def percent(ratio: float) -> str:
    """ "33 %", and one digit more below ten."""
    pattern = "0" if ratio >= 0.1 else "0.0"
    return _decimal(ratio * 100, pattern, spoken_language()) + " %"


def last_known(day: str) -> str:
    """Of an office or membership that nobody has looked up since `day`."""
    return gettext("as last known (%s)") % day


def spoken(identity: str) -> str:
    """An id of our own as words: "foreign_minister", "armed-group"."""
    return identity.replace("_", " ").replace("-", " ")


def listed(names: tuple[str, ...]) -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def web_address(address: str | None) -> str | None:
    """The address if a link may lead there: http or https, and nothing else."""
    if address is None:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.netloc else None
