"""What else to read beside an article, with the reason in words.

Beside it stand others of its story, then those with an event between the same two actors,
then older ones on the same actors. Copies of the article are never among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Connection, bindparam, select

from dragoman.model import STORY_DAYS
from dragoman.store.articles import articles_with
from dragoman.store.copies import first_origin, first_origins
from dragoman.store.numbers import number_of
from dragoman.store.rows import ArticleRow
from dragoman.store.schema import article_actors, articles, event_reports, events, reports
from dragoman.store.schema_joins import signatures, story_members
from dragoman.store.signatures import VECTOR
from dragoman.store.told import IS_TOLD
from dragoman.store.transactions import Transactions, parts

CANDIDATES = 60
"""Articles of each kind that are looked at; of background, older ones of each actor."""
SHARED = 2
"""Actors that an older article must share: one alone, a state mostly, is named by too many."""
NAMED = 4
"""Actors that a reason names."""
DATED = number_of(date.min.isoformat(), 0)
"""The numbers of articles without a day are smaller."""


@dataclass(frozen=True, slots=True)
class _Beside:
    article_id: str
    reason: str
    shared: int = 0


# Statements are made once: making one costs more than carrying it out.
_IDS: Any = bindparam("ids", expanding=True)
_STANDS = reports.c.retracted_at.is_(None)
_PAIRS = (
    select(events.c.source, events.c.target)
    .distinct()
    .join(event_reports, event_reports.c.event_id == events.c.id)
    .join(reports, reports.c.id == event_reports.c.report_id)
    .where(
        reports.c.article_id == bindparam("article"), _STANDS, events.c.source != events.c.target
    )
)
_NEWEST = (
    select(events.c.start_day, events.c.id)
    .where(events.c.source == bindparam("a"), events.c.target == bindparam("b"), IS_TOLD)
    .order_by(events.c.start_day.desc(), events.c.id.desc())
    .limit(bindparam("most"))
)
_TELLERS = (
    select(event_reports.c.event_id, reports.c.article_id)
    .join(reports, reports.c.id == event_reports.c.report_id)
    .where(event_reports.c.event_id.in_(_IDS), _STANDS)
)
_NAMING = (
    select(article_actors.c.article_id)
    .where(
        article_actors.c.actor == bindparam("actor"),
        article_actors.c.newest >= bindparam("first"),
        article_actors.c.newest < bindparam("end"),
    )
    .order_by(article_actors.c.newest.desc())
    .limit(CANDIDATES)
)
_NAMED = select(article_actors.c.article_id, article_actors.c.actor, article_actors.c.newest).where(
    article_actors.c.article_id.in_(_IDS),
    article_actors.c.actor.in_(bindparam("actors", expanding=True)),
)


class Likeness(Transactions):
    def similar(self, article_id: str, limit: int = 5) -> list[tuple[ArticleRow, float, str]]:
        """What else to read, each with its likeness from 0 to 1 and the reason."""
        with self._reading() as connection:
            query = select(articles.c.published).where(articles.c.id == article_id)
            own = connection.execute(query).one_or_none()
            if own is None:
                return []
            best: dict[str, _Beside] = {}
            likeness: dict[str, float] = {}
            seen = {first_origin(connection, article_id)}
            for kind in _kinds(connection, article_id, own.published):
                found: dict[str, _Beside] = {}
                for one in kind:
                    found.setdefault(one.article_id, one)
                for known in (article_id, *best):
                    found.pop(known, None)
                likeness |= _likeness(connection, article_id, found)
                ranked = _ranked(found, likeness)
                best |= _one_of_each_text(connection, ranked, limit - len(best), seen)
                if len(best) == limit:
                    break
            rows = articles_with(connection, articles.c.id.in_(list(best)))
        by_id = {row.article.id: row for row in rows}
        return [(by_id[one], likeness[one], beside.reason) for one, beside in best.items()]


def _kinds(
    connection: Connection, article_id: str, published: str | None
) -> Iterator[Iterator[_Beside]]:
    """The nearest kind first; of one that nobody asks for nothing is read."""
    yield _of_the_story(connection, article_id)
    names = _names(connection, article_id)
    yield _of_the_pairs(connection, article_id, names)
    yield _background(connection, names, published)


def _ranked(found: Mapping[str, _Beside], likeness: Mapping[str, float]) -> list[_Beside]:
    return sorted(
        found.values(), key=lambda one: (-one.shared, -likeness[one.article_id], one.article_id)
    )


def _of_the_story(connection: Connection, article_id: str) -> Iterator[_Beside]:
    """The other members of the story that an article, or the text it repeats, is in."""
    origin = first_origin(connection, article_id)
    own = connection.execute(
        select(story_members).where(story_members.c.article_id == origin)
    ).one_or_none()
    if own is None:
        return
    others = select(story_members).where(
        story_members.c.story_id == own.story_id, story_members.c.article_id != origin
    )
    for other in connection.execute(
        others.order_by(story_members.c.score.desc()).limit(CANDIDATES)
    ):
        told = ""
        if other.nearest == origin:
            told = f": {other.reason}"
        elif own.nearest == other.article_id:
            told = f": {own.reason}"
        yield _Beside(other.article_id, f"same story{told}")


def _of_the_pairs(
    connection: Connection, article_id: str, names: Mapping[str, str]
) -> Iterator[_Beside]:
    """Articles that report an event between two actors between whom this one reports one: of each
    pair its share of the candidates, those with the newest events."""
    pairs = {(min(row), max(row)) for row in connection.execute(_PAIRS, {"article": article_id})}
    share = -(-CANDIDATES // max(1, len(pairs)))
    told = {pair: _newest_events(connection, pair, share) for pair in sorted(pairs)}
    tellers: dict[str, list[str]] = {}
    for some in parts(event for own in told.values() for event in own):
        for event, article in connection.execute(_TELLERS, {"ids": some}):
            tellers.setdefault(event, []).append(article)
    for (a, b), own in told.items():
        pair = " and ".join(sorted((names.get(a, a), names.get(b, b))))
        ranked = dict.fromkeys(one for event in own for one in sorted(tellers.get(event, ())))
        for article in list(ranked)[:share]:
            yield _Beside(article, f"same pair of actors: {pair}")


def _newest_events(connection: Connection, pair: tuple[str, str], most: int) -> list[str]:
    """Ids of what either did to the other, the newest first; undated ones last."""
    found = [
        (row.start_day or "", str(row.id))
        for one, other in (pair, pair[::-1])
        for row in connection.execute(_NEWEST, {"a": one, "b": other, "most": most})
    ]
    return [identity for _, identity in sorted(found, reverse=True)[:most]]


def _background(
    connection: Connection, names: Mapping[str, str], published: str | None
) -> Iterator[_Beside]:
    """Older articles on the same actors, from before a story's days: looked for among the newest of
    those that name each."""
    if not published or not names:
        return
    before = date.fromisoformat(published[:10]) - timedelta(days=STORY_DAYS)
    until = {"first": DATED, "end": number_of(before.isoformat(), 0)}
    older = {
        str(article)
        for actor in names
        for article in connection.execute(_NAMING, {"actor": actor, **until}).scalars()
    }
    days: dict[str, int] = {}
    theirs: dict[str, list[str]] = {}
    for some in parts(older):
        rows = connection.execute(_NAMED, {"ids": some, "actors": sorted(names)})
        for article, actor, newest in rows:
            theirs.setdefault(article, []).append(names[actor])
            days[article] = newest
    found = [one for one, own in theirs.items() if len(own) >= SHARED]
    found.sort(key=lambda one: (-len(theirs[one]), -days[one]))
    for one in found[:CANDIDATES]:
        named = ", ".join(sorted(theirs[one])[:NAMED])
        yield _Beside(one, f"background: both name {named}", len(theirs[one]))


def _names(connection: Connection, article_id: str) -> dict[str, str]:
    """The actors of an article as it names them."""
    query = select(article_actors.c.actor, article_actors.c.name).where(
        article_actors.c.article_id == article_id
    )
    return {row.actor: row.name for row in connection.execute(query)}


def _likeness(connection: Connection, article_id: str, others: Iterable[str]) -> dict[str, float]:
    """How near the meanings of titles and openings are; 0 where one is not known."""
    ids = [article_id, *others]
    query = select(signatures.c.article_id, signatures.c.row).where(
        signatures.c.article_id.in_(ids)
    )
    vectors = {
        row.article_id: np.frombuffer(row.row[:VECTOR], np.int8).astype(np.float32)
        for row in connection.execute(query)
    }
    own = vectors.get(article_id)
    found = dict.fromkeys(ids, 0.0)
    if own is not None:
        for other, vector in vectors.items():
            length = float(np.linalg.norm(own) * np.linalg.norm(vector))
            found[other] = round(max(float(own @ vector) / max(length, 1.0), 0.0), 3)
    return found


def _one_of_each_text(
    connection: Connection, ranked: Sequence[_Beside], limit: int, seen: set[str]
) -> dict[str, _Beside]:
    """The best, without copies of what was seen and with one of several copies of another."""
    origins = first_origins(connection, [one.article_id for one in ranked])
    best: dict[str, _Beside] = {}
    for one in ranked:
        if len(best) == limit:
            break
        origin = origins[one.article_id]
        if origin not in seen:
            seen.add(origin)
            best[one.article_id] = one
    return best
