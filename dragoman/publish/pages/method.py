"""Method: what categories, statuses and counts mean, what made the rows, how well that was measured
to work, and where it is known to fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.knowledge import Knowledge
from dragoman.knowledge.codebook import Category
from dragoman.publish.charts.months import DRAWN
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.measured import ErrorLines, MeasureLine, error_lines, measure_lines
from dragoman.publish.wording import N_, Table, gettext, pgettext
from dragoman.publish.words import language_words, listed, number_words, percent
from dragoman.record.turning import ALPHA, LEAST, SHORTEST, WINDOW
from dragoman.store.rows import MadeBy

STATUSES: Mapping[str, str] = Table(
    {
        "happened": N_("The text says that it was done."),
        "ongoing": N_("It began and, by the text, still goes on."),
        "planned": N_("It is announced or intended. It counts as nothing done."),
        "demanded": N_("Someone asks for it."),
        "threatened": N_("Someone says that they will do it unless something else happens."),
        "hypothetical": N_("It stands under an if, a may or a could."),
        "denied": N_("The text says that it was not done, or someone denies it."),
        "alleged": N_("Someone is accused of it, or the text keeps its distance."),
        "halted": N_("It was begun or agreed, and broken off."),
    }
)
TOLD: Mapping[str, str] = Table(
    {
        "news": N_("Told as something new. Only such events are happenings on Today."),
        "background": N_("Recalled from earlier, to explain the news."),
        "announced": N_("Still to come when the article appeared."),
    }
)
LIMITS = (
    N_(
        "Each sentence is coded by rules over its grammar, with a lexicon and a small model. "
        "Irony, hints and what takes several sentences to say are missed."
    ),
    N_(
        "A name counts as known only when one candidate is left; else the side has a name and no "
        "page. The atlas ends at the day each row is vouched for."
    ),
    N_(
        "Officials count for the state or body they serve on the day. Their own page lists what "
        "was found under their name in the newest articles that name them."
    ),
    N_(
        "A date that the text does not state may rest on the day of publication. The basis of "
        "every date is shown with it."
    ),
    N_(
        "Confidence is how often such a category was right on texts marked by hand. It says "
        "nothing of sides, status or date."
    ),
    N_(
        "Copies are found by their wording, and a named source by the words that attribute. A "
        "rewrite that names no source at all counts as an origin of its own, so origins are an "
        "upper bound for independence."
    ),
    N_("Pictures are never fetched: captions and credits are shown, with a link."),
)
SHOWN: Mapping[bool, str] = Table(
    {
        True: N_(
            "This desk is open to others. Of each article it shows title, credits, captions, the "
            "lead and the sentences that events rest on, with a link to the publisher; the whole "
            "text only where a licence permits it."
        ),
        False: N_(
            "This desk is private and shows whole texts. Served with --public it shows others the "
            "lead and the sentences that events rest on, and the whole only where a licence "
            "permits it."
        ),
    }
)
TURNING = (
    N_(
        "In the record of an actor or a pair, the %(window)s months before a month (at the ends "
        "fewer, %(shortest)s at least) are compared with the %(window)s from it on. Two things can "
        "turn: the level, which is the share that these events have in all that the desk holds of "
        "those months, and the balance, which is the share of conflict among them. Both are "
        "compared by Fisher’s exact test; where the desk holds nothing else, the level is "
        "compared by events a month, by the exact test of two Poisson rates."
    ),
    N_(
        "A month is named as a turning point only where the chance of such a difference, times the "
        "number of comparisons made over the whole record, is at most %(alpha)s; with fewer than "
        "%(least)s events in the months compared nothing is said. Of neighbouring months that tell "
        "of one change the clearest is named."
    ),
    N_(
        "The tests take events for independent of each other. They are not quite: the meetings of "
        "one visit come together. So a turning point says where to look, not why. Filters do not "
        "change turning points."
    ),
)
NEWEST = 300
"""The newest articles, of whose reports it is said what made them."""


@dataclass(frozen=True, slots=True)
class Made:
    """How many reports were made by one set of versions; whether those are what would code now."""

    coder: str | None
    codebook: str | None
    lexicon: str | None
    reports: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class CategoryLine:
    id: str
    quad: int
    label: str
    definition: str
    not_this: tuple[str, ...]
    modes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MethodPage:
    categories: tuple[CategoryLine, ...]
    statuses: Mapping[str, str]
    names: Mapping[str, str] = field(metadata=DRAWN)
    """Of statuses."""
    told: Mapping[str, str]
    limits: tuple[str, ...]
    turning: tuple[str, ...]
    """How turning points are found."""
    shown: str
    """How much of others' texts is shown."""
    counts: Mapping[str, int]
    made: tuple[Made, ...]
    """By what the reports of the newest articles were made, most first."""
    measures: tuple[MeasureLine, ...]
    errors: ErrorLines


def view(room: ReadingRoom, *, start: int = 0) -> MethodPage:
    book = room.knowledge.codebook
    every = [*book.categories.values(), *book.own.values()]
    return MethodPage(
        categories=tuple(_line(room, one) for one in sorted(every, key=lambda c: (c.quad, c.id))),
        statuses=STATUSES,
        names=_status_names(),
        told=TOLD,
        limits=(_languages(room.knowledge), *map(gettext, LIMITS)),
        turning=tuple(gettext(one) % _numbers() for one in TURNING),
        shown=SHOWN[room.public],
        counts=room.store.counts(),
        made=tuple(_made(room, one) for one in room.store.made_by(NEWEST)),
        measures=measure_lines(room.knowledge.measures),
        errors=error_lines(room.knowledge.measures),
    )


def _status_names() -> dict[str, str]:
    return {
        "happened": pgettext("status", "happened"),
        "ongoing": pgettext("status", "ongoing"),
        "planned": pgettext("status", "planned"),
        "demanded": pgettext("status", "demanded"),
        "threatened": pgettext("status", "threatened"),
        "hypothetical": pgettext("status", "hypothetical"),
        "denied": pgettext("status", "denied"),
        "alleged": pgettext("status", "alleged"),
        "halted": pgettext("status", "halted"),
    }


def _numbers() -> dict[str, str]:
    return {
        "window": number_words(WINDOW),
        "shortest": number_words(SHORTEST),
        "alpha": percent(ALPHA),
        "least": number_words(LEAST),
    }


def _made(room: ReadingRoom, one: MadeBy) -> Made:
    known = room.knowledge
    return Made(
        one.coder,
        one.codebook,
        one.lexicon,
        one.reports,
        (one.codebook, one.lexicon) == (known.codebook_version, known.lexicon_version),
    )


def _line(room: ReadingRoom, category: Category) -> CategoryLine:
    return CategoryLine(
        category.id,
        category.quad,
        room.category(category.id),
        room.definition(category.id) or "",
        category.not_this,
        tuple(room.mode(category.id, mode.id) or mode.id for mode in category.modes),
    )


def _languages(knowledge: Knowledge) -> str:
    """Which languages are read in full and which lightly."""
    full, light = (
        listed(tuple(map(language_words, codes)))
        for codes in (knowledge.languages, knowledge.light)
    )
    told = gettext(
        "Acts are coded in these languages: %(full)s. In these, articles are read lightly, for "
        "names, places and dates alone: %(light)s. Articles in other languages are kept and "
        "shown, not read."
    )
    return told % {"full": full, "light": light}
