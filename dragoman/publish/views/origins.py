"""What an event or an article goes back to, as pages show it: groups, each joining with its reason.

In: an event's reports, or an article with its copies. Out: `Origins`, from `desk.origins`, by which
events are counted too; so the number on a list and the groups on the page are one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from dragoman.desk.origins import OriginCounter, by_article
from dragoman.model import Origins, Report
from dragoman.publish.room import ReadingRoom
from dragoman.publish.wording import gettext
from dragoman.publish.words import counted, not_known


def origins_of_reports(room: ReadingRoom, reports: Sequence[Report]) -> Origins:
    """Of the articles that make these reports, whose word each report rests on."""
    told = by_article((report.id, report.article_id) for report in reports)
    return _counter(room).of_reports(told)


def origins_of_articles(room: ReadingRoom, articles: Iterable[str]) -> Origins:
    """Of any set of articles: a story's, a family's of copies."""
    return _counter(room).of_articles(articles)


def origins_of_each(room: ReadingRoom, groups: Sequence[Collection[str]]) -> list[Origins]:
    """The same of several sets, read at once."""
    return _counter(room).of_each(groups)


def _counter(room: ReadingRoom) -> OriginCounter:
    return OriginCounter(room.store, room.knowledge)


def origins_words(found: Origins) -> str:
    """One line: "12 outlets, 5 separate texts, 2 named sources; 1 independent origin"."""
    told = [counted(found.outlets, "outlet"), counted(found.separate_texts, "separate text")]
    told += [counted(len(found.sources), "named source")] if found.sources else []
    left = [counted(found.independent, "independent origin")]
    left += [not_known(found.unknown)] if found.unknown else []
    if found.opinion:
        left.append(gettext("%s counted apart") % counted(found.opinion, "opinion piece"))
    return gettext("%(told)s; %(left)s") % {"told": ", ".join(told), "left": ", ".join(left)}
