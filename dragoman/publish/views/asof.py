"""What a view as of a day says of itself: the day, what the desk held, and what it can't restore.

In: what the store counts over the desk as of that day. Out: a banner, for pages and their JSON.
"""

from __future__ import annotations

from dataclasses import dataclass

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
        "Shown is what this desk had taken in by the end of that day (UTC), whenever it was "
        "published: a page of an earlier year that was added later is not in it.",
        "Events are told and counted by the reports that stood then; which reports tell one event, "
        "and which texts are copies, is as judged today. Names, offices and categories are those "
        "of today's data files.",
    ]
    if holding.first is None or holding.first[:10] > day:
        came = f" The first article came on {day_words(holding.first)}." if holding.first else ""
        says.insert(0, f"The desk held nothing yet.{came}")
    if holding.reread:
        says.append(
            f"{counted(holding.reread, 'article')} of these were read anew at some time since "
            "they came and are shown as they are now: earlier texts and codings are not kept, but "
            "for reports that were withdrawn."
        )
    if holding.unnoted:
        says.append(
            f"Of {counted(holding.unnoted, 'report')} it was not noted when they were first coded; "
            "they are shown from the day on which their article came."
        )
    if holding.undated:
        says.append(
            f"Of {counted(holding.undated, 'article')} it was not noted when they came; they are "
            "left out."
        )
    return Known(day, holding.articles, holding.reports, tuple(says))
