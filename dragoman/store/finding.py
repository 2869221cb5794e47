"""The events and articles that a query finds: the newest or the best first, counted, all of them.

In: a tree of `model.query`. Out: ids. A query that has words walks the word index, one that has an
actor walks his events, and stops when enough is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Select,
    bindparam,
    desc,
    exists,
    func,
    select,
    true,
    union_all,
)

from dragoman.model.query import EVERYTHING, And, Between, Every, Not, OfActor, Or, Query, Words
from dragoman.store.conditions import SIDES, Known, is_narrow, of_article, of_event
from dragoman.store.keeping_findable import refresh
from dragoman.store.numbers import number_of
from dragoman.store.phrases import Phrase, phrases_of
from dragoman.store.records import ARTICLE, load
from dragoman.store.schema import article_actors, articles, event_numbers, event_sides, events
from dragoman.store.search import ARTICLE_WORDS, EVENT_WORDS, index_article
from dragoman.store.sought_days import cutting, days_asked, early, numbered
from dragoman.store.told import IS_TOLD
from dragoman.store.transactions import Transactions, parts

Order = Literal["newest", "best", "oldest", "source", "act", "target", "place", "status", "origins"]
Of = Literal["events", "articles"]
Selected = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
OFS: tuple[Of, ...] = ("events", "articles")
ORDERS: tuple[Order, ...] = ("newest", "best")
"""Those that an index knows, of events and articles."""
SORTED: Mapping[Order, tuple[ColumnElement[Any], ...]] = {
    "oldest": (events.c.start_day.is_(None), events.c.start_day),
    "source": (events.c.source.is_(None), events.c.source),
    "act": (events.c.category,),
    "target": (events.c.target.is_(None), events.c.target),
    "place": (events.c.place.is_(None), events.c.country.nulls_first(), events.c.place),
    "status": (events.c.status,),
    "origins": (events.c.origins.desc().nulls_last(),),
}
"""Further orders of events, by columns: of their ids, so that they are the same in every language.
What is not known comes last."""
COUNTED = 10_000
"""Hits that are counted exactly, and that are sorted by a column."""
SUMMED = 1_000
"""Over so many of the newest hits facets, places and pairs are counted."""
COMMON = 2_000
"""So many events or articles make an actor common; fewer are looked up all at once."""
BEST = 2_000
"""So many of the best by their words are tried first; of all others the rows need not be read."""
PORTION = 5_000
"""Ids that are read at once where all are wanted."""


_ALL = select(func.coalesce(func.sum(event_numbers.c.number), 0)).where(event_numbers.c.actor == "")
_OF_ONE = event_sides.c.actor == bindparam("actor")
_HIS = select(func.count()).select_from(event_sides).where(_OF_ONE)
_GONE = (
    select(func.count())
    .select_from(events.join(event_sides, event_sides.c.event_id == events.c.id))
    .where(events.c.retracted_at.is_not(None), _OF_ONE)
)
_FIRST_LANGUAGE = select(func.min(articles.c.language).label("code")).cte("codes", recursive=True)
_CODES = _FIRST_LANGUAGE.union_all(
    select(
        select(func.min(articles.c.language))
        .where(articles.c.language > _FIRST_LANGUAGE.c.code)
        .scalar_subquery()
    ).where(_FIRST_LANGUAGE.c.code.is_not(None))
)
_EACH_LANGUAGE = select(_CODES.c.code).where(_CODES.c.code.is_not(None))
"""Each found by one seek."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Where a query's hits are selected from."""

    source: FromClause
    id: ColumnElement[str]
    number: ColumnElement[int]
    """Grows with the day: what they are sorted by."""
    condition: ColumnElement[bool]
    best_first: ColumnElement[float] | None
    of_best: Hits | None = None
    """The same among the `BEST` by their words alone."""
    apart: tuple[ColumnElement[bool], ...] = ()
    """Of these holds just one as well: each is looked for on its own, with an index of its own."""

    def select(
        self, *columns: ColumnElement[Any], also: ColumnElement[bool] | None = None
    ) -> Selected:
        every = select(*columns).select_from(self.source).where(self.condition)
        every = every if also is None else every.where(also)
        if not self.apart:
            return every
        return union_all(*(every.where(one) for one in self.apart))

    def ordered(self, order: Order, *, below: int | None = None) -> Selected:
        """Id and number; the best first only where words are asked for, else the newest. `below`:
        of smaller numbers alone."""
        also = self.number < below if below is not None else None
        query = self.select(self.id.label("id"), self.number.label("number"), also=also)
        if order == "best" and self.best_first is not None:
            query = query.order_by(self.best_first)
        return query.order_by(desc("number") if self.apart else self.number.desc())


class Finding(Transactions):
    def find_events(
        self, query: Query, *, order: Order = "newest", limit: int = 20, offset: int = 0
    ) -> list[str]:
        """Ids of events that some report tells; undated ones last among the newest. By a column
        (`SORTED`) the newest `COUNTED` are sorted, and no others given."""
        return self._find("events", query, order, limit, offset)

    def find_articles(
        self, query: Query, *, order: Order = "newest", limit: int = 20, offset: int = 0
    ) -> list[str]:
        """Ids of articles; undated ones last among the newest."""
        return self._find("articles", query, order, limit, offset)

    def count_found(self, of: Of, query: Query) -> tuple[int, bool]:
        """How many are found, up to `COUNTED`; and whether there are more."""
        with self._reading() as connection:
            number = _known_number(connection, query) if of == "events" else None
            if number is None:
                found = hits(connection, of, query)
                some = found.select(found.number.label("number")).limit(COUNTED + 1).subquery()
                number = connection.execute(select(func.count()).select_from(some)).scalar_one()
        return min(number, COUNTED), number > COUNTED

    def each_event(
        self, query: Query = EVERYTHING, *, with_retracted: bool = False
    ) -> Iterator[str]:
        """All that are found, the newest first, some thousand read at once."""
        return self._each("events", query, with_retracted=with_retracted)

    def all_events(self, query: Query, *, limit: int | None = None) -> list[str]:
        """All that are found, in no order, or so many of them: sorting would cost the index that
        finds a few."""
        with self._reading() as connection:
            found = hits(connection, "events", query)
            some = found.select(found.id.label("id")).limit(limit)
            return [str(row.id) for row in connection.execute(some)]

    def each_article(self, query: Query = EVERYTHING) -> Iterator[str]:
        """All that are found, the newest first, some thousand read at once."""
        return self._each("articles", query)

    def question(self, query: Query) -> tuple[Phrase, ...]:
        """The phrases of a query, to light up where a text holds them; not what it excludes."""
        with self._reading() as connection:
            languages = _languages(connection)
        return tuple(p for words in _asked_words(query) for p in phrases_of(words, languages))

    def reindex(self) -> None:
        """Analyse all words anew, for when the analysis itself has changed."""
        with self._writing() as connection:
            for seq in connection.execute(select(articles.c.seq)).scalars().all():
                query = select(articles.c.json, articles.c.newest).where(articles.c.seq == seq)
                row = connection.execute(query).one()
                index_article(connection, load(ARTICLE, row.json), row.newest, row.newest)
            ids = connection.execute(select(events.c.id)).scalars().all()
            for some in parts(ids):
                refresh(connection, some)

    def _find(self, of: Of, query: Query, order: Order, limit: int, offset: int) -> list[str]:
        with self._reading() as connection:
            found = hits(connection, of, query)
            tried = [found.of_best] if order == "best" and found.of_best is not None else []
            ids: list[str] = []
            for one in (*tried, found):
                portion = _in_order(one, order).limit(limit).offset(offset)
                ids = [str(row.id) for row in connection.execute(portion)]
                if len(ids) == limit:
                    break
            return ids

    def _each(self, of: Of, query: Query, *, with_retracted: bool = False) -> Iterator[str]:
        last: int | None = None
        while True:
            with self._reading() as connection:
                found = hits(connection, of, query, with_retracted=with_retracted)
                portion = found.ordered("newest", below=last).limit(PORTION)
                rows = connection.execute(portion).all()
            yield from (str(row.id) for row in rows)
            if len(rows) < PORTION:
                return
            last = rows[-1].number


def hits(connection: Connection, of: Of, query: Query, *, with_retracted: bool = False) -> Hits:
    """Where the hits of a query are, for a SELECT of the caller's."""
    table, index = (events, EVENT_WORDS) if of == "events" else (articles, ARTICLE_WORDS)
    condition = of_event if of == "events" else of_article
    known = _known(connection, query, with_retracted=with_retracted)
    own = query.parts if isinstance(query, And) else (query,)
    asked = [part for part in own if _is_of_words(part)]
    rest: list[Query] = [part for part in own if part not in asked]
    told = IS_TOLD if of == "events" and not with_retracted else true()
    days = days_asked(own)
    if asked:
        choices = [_choice(part, known.languages) for part in asked]
        if all(choices):
            found = index.match(choices, known.dialect)
            # The sum keeps the index from being asked anew for each row of the table.
            others = condition(And(tuple(rest)), known) & told
            best = found.best(BEST)
            return Hits(
                source=found.source.join(table, table.c.newest == found.number + 0),
                id=table.c.id,
                number=found.number,
                condition=found.condition & others & numbered(found.number, of, days),
                best_first=found.best_first,
                of_best=Hits(
                    source=best.join(table, table.c.newest == best.c.number),
                    id=table.c.id,
                    number=best.c.number,
                    condition=others,
                    best_first=best.c.score,
                ),
            )
    lead = next((p for p in own if isinstance(p, OfActor) and len(p.actors) == 1), None)
    if of == "events" and lead is not None:
        is_his = event_sides.c.actor == lead.actors[0]
        if lead.side != "any":
            is_his &= event_sides.c.side.in_(SIDES[lead.side])
        further = And(tuple(part for part in own if part is not lead))
        of_him = Hits(
            source=event_sides.join(events, events.c.id == event_sides.c.event_id),
            id=events.c.id,
            number=event_sides.c.newest,
            condition=is_his & condition(further, known) & told,
            best_first=None,
        )
        return _in_days(connection, of_him, of, days)
    every = Hits(table, table.c.id, table.c.newest, condition(query, known) & told, None)
    if is_narrow(query, known):
        return every  # few are looked up by what makes them few
    return _in_days(connection, every, of, days)


def _in_days(connection: Connection, found: Hits, of: Of, days: Between) -> Hits:
    """The same hits, sought where numbers of these days are."""
    days = cutting(connection, (events if of == "events" else articles).c.newest, days)
    found = replace(found, condition=found.condition & numbered(found.number, of, days))
    if of == "articles" or days.first is None:
        return found
    # What lies in one month begins no earlier than that of the day on which it may end.
    month = f"{days.first[:8]}01"
    begun = early(connection, days, month)
    if begun is None:
        return found
    fine = found.number >= number_of(month, 0)
    return replace(found, apart=(fine, *([events.c.id.in_(begun)] if begun else [])))


def _known(connection: Connection, query: Query, *, with_retracted: bool = False) -> Known:
    languages, dialect = tuple(_languages(connection)), connection.dialect.name
    return Known(languages, dialect, _common(connection, query), with_retracted)


def _known_number(connection: Connection, query: Query) -> int | None:
    """Of all events, and of all that one actor is a side of: these need not be looked at."""
    match query:
        case Every():
            return int(connection.execute(_ALL).scalar_one())
        case OfActor((actor,), "any"):
            every, withdrawn = (
                connection.execute(one, {"actor": actor}).scalar_one() for one in (_HIS, _GONE)
            )
            return every - withdrawn
        case _:
            return None


def came_after(connection: Connection, query: Query, number: int) -> Select[*tuple[Any, ...]]:
    """Ids of the events that a query finds and that came after the one of a number. Those that came
    are looked at one by one: without statistics a database would rather walk a whole category."""
    known = _known(connection, query)
    came = events.alias("came")
    own = exists().where(events.c.id == came.c.id, IS_TOLD, of_event(query, known))
    return select(came.c.id).where(came.c.seq > number, own.correlate(came))


def _in_order(found: Hits, order: Order) -> Selected:
    if order not in SORTED:
        return found.ordered(order)
    some = found.ordered("newest").limit(COUNTED).cte("hits")
    chosen = select(some.c.id).join(events, events.c.id == some.c.id)
    return chosen.order_by(*SORTED[order], some.c.number.desc())


def _is_of_words(query: Query) -> bool:
    """Words, or several of which one is wanted."""
    return isinstance(query, Words) or (
        isinstance(query, Or) and all(isinstance(part, Words) for part in query.parts)
    )


def _choice(query: Query, languages: Sequence[str]) -> list[Phrase]:
    one_of = query.parts if isinstance(query, Or) else (query,)
    return [
        phrase
        for words in one_of
        if isinstance(words, Words)
        for phrase in phrases_of(words, languages)
    ]


def _asked_words(query: Query) -> Iterator[Words]:
    match query:
        case Words():
            yield query
        case And(parts) | Or(parts):
            for part in parts:
                yield from _asked_words(part)


def _common(connection: Connection, query: Query) -> frozenset[str]:
    """Of the actors of a query those that many events or articles have."""
    found: set[str] = set()
    for actor in sorted(set(_actors(query))):
        for column in (event_sides.c.actor, article_actors.c.actor):
            some = select(column).where(column == actor).limit(COMMON).subquery()
            if connection.execute(select(func.count()).select_from(some)).scalar_one() == COMMON:
                found.add(actor)
    return frozenset(found)


def _actors(query: Query) -> Iterator[str]:
    match query:
        case OfActor(actors):
            yield from actors
        case And(parts) | Or(parts):
            for part in parts:
                yield from _actors(part)
        case Not(part):
            yield from _actors(part)


def _languages(connection: Connection) -> list[str]:
    """The languages that the desk holds articles in."""
    return list(connection.execute(_EACH_LANGUAGE).scalars())
