"""What else to read beside an article, with the reason in words.

Beside it stand others of its story, then those with an event between the same two actors,
then older ones on the same actors. Copies of the article are never among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from sqlalchemy import Connection, and_, func, or_, select

from dragoman.model import STORY_DAYS
from dragoman.store.articles import rows_by_seq
from dragoman.store.copies import first_origin
from dragoman.store.rows import ArticleRow
from dragoman.store.schema import article_actors, articles, event_reports, events, reports
from dragoman.store.schema_joins import signatures, story_members
from dragoman.store.signatures import VECTOR
from dragoman.store.transactions import Transactions

CANDIDATES = 60
"""Articles of each kind that are looked at."""
SHARED = 2
"""Actors that an older article must share: one alone, a state mostly, is named by too many."""
NAMED = 4
"""Actors that a reason names."""


@dataclass(frozen=True, slots=True)
class _Beside:
    article_id: str
    rank: int
    """0 for the same story, 1 for the same pair, 2 for background."""
    reason: str
    shared: int = 0


class Likeness(Transactions):
    def similar(self, article_id: str, limit: int = 5) -> list[tuple[ArticleRow, float, str]]:
        """What else to read, each with its likeness from 0 to 1 and the reason."""
        with self._reading() as connection:
            own = connection.execute(
                select(articles.c.published).where(articles.c.id == article_id)
            ).one_or_none()
            if own is None:
                return []
            found: dict[str, _Beside] = {}
            for one in (
                *_of_the_story(connection, article_id),
                *_of_the_pairs(connection, article_id),
                *_background(connection, article_id, own.published),
            ):
                found.setdefault(one.article_id, one)
            found.pop(article_id, None)
            likeness = _likeness(connection, article_id, found)
            ranked = sorted(
                found.values(),
                key=lambda one: (one.rank, -one.shared, -likeness[one.article_id], one.article_id),
            )
            best = _one_of_each_text(connection, article_id, ranked, limit)
            seqs = _seqs(connection, [one.article_id for one in best])
            rows = rows_by_seq(connection, list(seqs.values()))
        return [(rows[seqs[one.article_id]], likeness[one.article_id], one.reason) for one in best]


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
        yield _Beside(other.article_id, 0, f"same story{told}")


def _of_the_pairs(connection: Connection, article_id: str) -> Iterator[_Beside]:
    """Articles that report an event between two actors between whom this one reports one."""
    told = (
        select(events.c.source, events.c.target, reports.c.article_id)
        .join(event_reports, event_reports.c.event_id == events.c.id)
        .join(reports, reports.c.id == event_reports.c.report_id)
        .where(reports.c.retracted_at.is_(None), events.c.source != events.c.target)
    )
    own = connection.execute(told.where(reports.c.article_id == article_id)).all()
    names = _names(connection, article_id)
    for a, b in sorted({(min(row[:2]), max(row[:2])) for row in own}):
        either = or_(
            and_(events.c.source == a, events.c.target == b),
            and_(events.c.source == b, events.c.target == a),
        )
        newest = told.where(either).order_by(events.c.start_day.desc(), reports.c.article_id)
        for row in connection.execute(newest.limit(CANDIDATES)):
            pair = " and ".join(sorted((names.get(a, a), names.get(b, b))))
            yield _Beside(row.article_id, 1, f"same pair of actors: {pair}")


def _background(
    connection: Connection, article_id: str, published: str | None
) -> Iterator[_Beside]:
    """Older articles on the same actors, from before a story's days."""
    names = _names(connection, article_id)
    if not published or not names:
        return
    before = (date.fromisoformat(published[:10]) - timedelta(days=STORY_DAYS)).isoformat()
    shared = func.count()
    query = (
        select(article_actors.c.article_id, shared)
        .join(articles, articles.c.id == article_actors.c.article_id)
        .where(article_actors.c.actor.in_(sorted(names)), articles.c.published < before)
        .group_by(article_actors.c.article_id)
        .having(shared >= SHARED)
        .order_by(shared.desc(), func.max(articles.c.published).desc(), article_actors.c.article_id)
        .limit(CANDIDATES)
    )
    older = {str(other): int(number) for other, number in connection.execute(query)}
    theirs: dict[str, list[str]] = {other: [] for other in older}
    both = select(article_actors.c.article_id, article_actors.c.actor).where(
        article_actors.c.article_id.in_(list(older)), article_actors.c.actor.in_(sorted(names))
    )
    for other, actor in connection.execute(both):
        theirs[other].append(names[actor])
    for other, number in older.items():
        named = ", ".join(sorted(theirs[other])[:NAMED])
        yield _Beside(other, 2, f"background: both name {named}", number)


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
    connection: Connection, article_id: str, ranked: Sequence[_Beside], limit: int
) -> list[_Beside]:
    """The best, without copies of the article and with one of several copies of another."""
    seen = {first_origin(connection, article_id)}
    best: list[_Beside] = []
    for one in ranked:
        if len(best) == limit:
            break
        origin = first_origin(connection, one.article_id)
        if origin not in seen:
            seen.add(origin)
            best.append(one)
    return best


def _seqs(connection: Connection, article_ids: Sequence[str]) -> Mapping[str, int]:
    query = select(articles.c.id, articles.c.seq).where(articles.c.id.in_(article_ids))
    return {row.id: row.seq for row in connection.execute(query)}
