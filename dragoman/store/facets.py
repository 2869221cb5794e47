"""How many of a query's hits have which category, status, language, outlet, actor, country, month.

In: a tree. Out: counts, over the newest `COUNTED` hits at most. An event or article counts once for
each value that it has.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    distinct,
    func,
    literal,
    select,
    union_all,
)

from dragoman.model.query import Query
from dragoman.store.finding import COUNTED, Of, hits
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


class Facetting(Transactions):
    def facets(self, of: Of, query: Query) -> Facets:
        """Facet → its values with their counts, the most first; without what is not known."""
        with self._reading() as connection:
            found = hits(connection, of, query)
            some = found.ordered("newest").limit(COUNTED).cte("hits")
            made = connection.execute(union_all(*_selects(of, some)))
            counted: Facets = {name: [] for name in FACETS}
            for name, value, number in made:
                counted[name].append((str(value), int(number)))
        for values in counted.values():
            values.sort(key=lambda one: (-one[1], one[0]))
        return counted


def _selects(of: Of, some: CTE) -> list[Select[*tuple[Any, ...]]]:
    table = events if of == "events" else articles
    own = some.join(table, table.c.id == some.c.id)
    day = events.c.start_day if of == "events" else articles.c.published
    between = own.join(
        event_reports if of == "events" else reports,
        event_reports.c.event_id == events.c.id
        if of == "events"
        else reports.c.article_id == articles.c.id,
    )
    if of == "events":
        stands = (reports.c.id == event_reports.c.report_id) & reports.c.retracted_at.is_(None)
        tellers = between.join(reports, stands).join(
            articles, articles.c.id == reports.c.article_id
        )
        told, printed = own, tellers
        actor, acting = (
            event_sides.c.actor,
            own.join(event_sides, event_sides.c.event_id == events.c.id),
        )
    else:
        stands = (event_reports.c.report_id == reports.c.id) & reports.c.retracted_at.is_(None)
        told = between.join(event_reports, stands).join(
            events, events.c.id == event_reports.c.event_id
        )
        printed = own
        actor, acting = (
            article_actors.c.actor,
            own.join(article_actors, article_actors.c.article_id == articles.c.id),
        )

    def count(name: str, value: ColumnElement[Any], source: FromClause) -> Select[*tuple[Any, ...]]:
        shown = func.nullif(value, "").label("value")
        return (
            select(literal(name).label("facet"), shown, func.count(distinct(some.c.id)))
            .select_from(source)
            .where(func.nullif(value, "").is_not(None))
            .group_by(shown)
        )

    return [
        count("category", events.c.category, told),
        count("status", events.c.status, told),
        count("language", articles.c.language, printed),
        count("outlet", articles.c.outlet, printed),
        count("actor", actor, acting),
        count("country", events.c.country, told),
        count("year", func.substr(day, 1, 4), own),
        count("month", func.substr(day, 1, 7), own),
    ]
