"""The newest articles that name somebody out of each of some groups.

Those that name the rarest group are looked through, the newest first, until enough are found.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, bindparam, exists, func, select

from dragoman.store.schema import article_actors, articles

NEWEST = (articles.c.published.desc().nulls_last(), articles.c.seq.desc())


MANY = 2_000
"""Actors of more articles than that are taken for equally frequent."""
_NUMBER = select(func.count()).select_from(
    select(article_actors.c.actor)
    .where(article_actors.c.actor == bindparam("actor"))
    .limit(MANY)
    .subquery()
)
_OTHER = article_actors.alias()


def newest_naming(
    connection: Connection, groups: Sequence[Collection[str]], limit: int
) -> list[str]:
    """Their ids, newest first; those without a date last, by arrival."""
    rarest = 0
    if len(groups) > 1:
        sizes = [
            sum(connection.execute(_NUMBER, {"actor": actor}).scalar_one() for actor in group)
            for group in groups
        ]
        rarest = sizes.index(min(sizes))
    named = article_actors.c
    query = select(named.newest, named.article_id).where(named.actor == bindparam("actor"))
    for n, group in enumerate(groups):
        if n != rarest:
            here = _OTHER.c.article_id == named.article_id
            query = query.where(exists().where(here, _OTHER.c.actor.in_(sorted(group))))
    query = query.order_by(named.newest.desc()).limit(limit)
    found: set[tuple[int, str]] = set()
    for actor in groups[rarest]:
        found.update((row[0], row[1]) for row in connection.execute(query, {"actor": actor}))
    return [article for _, article in sorted(found, reverse=True)[:limit]]
