"""What an event or an article goes back to, as pages show it: groups, each joining with its reason.

In: an event's reports, or an article with its copies. Out: `Origins`, from `desk.origins`, by which
events are counted too; so the number on a list and the groups on the page are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.desk.origins import OriginCounter, by_article
from dragoman.model import Origins, Report
from dragoman.publish.room import ReadingRoom


def origins_of_reports(room: ReadingRoom, reports: Sequence[Report]) -> Origins:
    """Of the articles that make these reports, whose word each report rests on."""
    told = by_article((report.id, report.article_id) for report in reports)
    return _counter(room).of_reports(told)


def origins_of_articles(room: ReadingRoom, articles: Iterable[str]) -> Origins:
    """Of any set of articles: a story's, a family's of copies."""
    return _counter(room).of_articles(articles)


def _counter(room: ReadingRoom) -> OriginCounter:
    return OriginCounter(room.store, room.knowledge)
