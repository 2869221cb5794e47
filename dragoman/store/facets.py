"""How many of a query's hits have which category, status, language, outlet, actor, country, month.

In: a tree. Out: counts, over the newest `SUMMED` hits at most. An event or article counts once for
each value that it has.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    distinct,
    func,
    literal,
    select,
    union_all,
)

from dragoman.model.query import Query
from dragoman.store.finding import SUMMED, Of, hits
from dragoman.store.schema import (
    article_actors,
    articles,
    event_reports,
    event_sides,
    events,
    reports,
)
from dragoman.store.transactions import Transactions

FACETS = ("category", "status", "language", "outlet", "actor", "country", "year", "month")
Facets = dict[str, list[tuple[str, int]]]
_KINDS = (events.c.category, events.c.status, events.c.country)
_PRINTS = (articles.c.language, articles.c.outlet)
_STANDS = reports.c.retracted_at.is_(None)


class Facetting(Transactions):
    def facets(self, of: Of, query: Query) -> Facets:
        """Facet → its values with their counts, the most first; without what is not known."""
        with self._reading() as connection:
            found = hits(connection, of, query)
            some = found.ordered("newest").limit(SUMMED).cte("hits")
            made = connection.execute(union_all(*_selects(of, some)))
            counted: Facets = {name: [] for name in FACETS}
            for name, value, number in made:
                counted[name].append((str(value), int(number)))
        for values in counted.values():
            values.sort(key=lambda one: (-one[1], one[0]))
        return counted


def _selects(of: Of, some: CTE) -> list[Select[*tuple[Any, ...]]]:
    told, printed, acting = (_of_events if of == "events" else _of_articles)(some)

    def count(name: str, value: ColumnElement[Any], among: CTE) -> Select[*tuple[Any, ...]]:
        shown = func.nullif(value, "").label("value")
        return (
            select(literal(name).label("facet"), shown, func.count(distinct(among.c.id)))
            .where(func.nullif(value, "").is_not(None))
            .group_by(shown)
        )

    own = told if of == "events" else printed
    return [
        count("category", told.c.category, told),
        count("status", told.c.status, told),
        count("language", printed.c.language, printed),
        count("outlet", printed.c.outlet, printed),
        count("actor", acting.c.actor, acting),
        count("country", told.c.country, told),
        count("year", func.substr(own.c.day, 1, 4), own),
        count("month", func.substr(own.c.day, 1, 7), own),
    ]


# What several facets are counted out of is joined once: a database reads a named part of a query
# that is used more than once a single time.


def _of_events(some: CTE) -> tuple[CTE, CTE, CTE]:
    """Each hit with what it is, with who told it, and with its actors."""
    told = select(some.c.id, *_KINDS, events.c.start_day.label("day")).join(
        events, events.c.id == some.c.id
    )
    printed = (
        select(some.c.id, *_PRINTS)
        .distinct()
        .join(event_reports, event_reports.c.event_id == some.c.id)
        .join(reports, (reports.c.id == event_reports.c.report_id) & _STANDS)
        .join(articles, articles.c.id == reports.c.article_id)
    )
    acting = select(some.c.id, event_sides.c.actor).join(
        event_sides, event_sides.c.event_id == some.c.id
    )
    return told.cte("told"), printed.cte("printed"), acting.cte("acting")


def _of_articles(some: CTE) -> tuple[CTE, CTE, CTE]:
    """Each hit with the events it tells, with what it is, and with its actors."""
    told = (
        select(some.c.id, *_KINDS)
        .distinct()
        .join(reports, (reports.c.article_id == some.c.id) & _STANDS)
        .join(event_reports, event_reports.c.report_id == reports.c.id)
        .join(events, events.c.id == event_reports.c.event_id)
    )
    printed = select(some.c.id, *_PRINTS, articles.c.published.label("day")).join(
        articles, articles.c.id == some.c.id
    )
    acting = select(some.c.id, article_actors.c.actor).join(
        article_actors, article_actors.c.article_id == some.c.id
    )
    return told.cte("told"), printed.cte("printed"), acting.cte("acting")
