"""What a view as of a day says of itself: the day, what the desk held, and what it can't restore.

In: what the store counts over the desk as of that day. Out: a banner, for pages and their JSON.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.publish.wording import gettext
from dragoman.publish.words import counted, day_words
from dragoman.store.asof import Holding


@dataclass(frozen=True, slots=True)
class Known:
    day: str
    articles: int
    reports: int
    says: tuple[str, ...]
    """Sentences on what this view can and can't restore."""


def known_on(day: str, holding: Holding) -> Known:
    """The banner of a view as of a day."""
    says = [
        gettext(
            "Shown is what this desk had taken in by the end of that day (UTC), whenever it was "
            "published: a page of an earlier year that was added later is not in it."
        ),
        gettext(
            "Events are told and counted by the reports that stood then; which reports tell one "
            "event, and which texts are copies, is as judged today. Names, offices and categories "
            "are those of today's data files."
        ),
    ]
    if holding.first is None or holding.first[:10] > day:
        nothing = gettext("The desk held nothing yet.")
        if holding.first:
            came = gettext("The first article came on %s.") % day_words(holding.first)
            nothing = f"{nothing} {came}"
        says.insert(0, nothing)
    if holding.reread:
        says.append(
            gettext(
                "%s of these were read anew at some time since they came and are shown as they "
                "are now: earlier texts and codings are not kept, but for reports that were "
                "withdrawn."
            )
            % counted(holding.reread, "article")
        )
    if holding.unnoted:
        says.append(
            gettext(
                "Of %s it was not noted when they were first coded; they are shown from the day "
                "on which their article came."
            )
            % counted(holding.unnoted, "report")
        )
    if holding.undated:
        says.append(
            gettext("Of %s it was not noted when they came; they are left out.")
            % counted(holding.undated, "article")
        )
    return Known(day, holding.articles, holding.reports, tuple(says))
