"""The newest articles that name somebody out of each of some groups.

Of actors that many articles name, the newest articles are looked through until enough are found; of
others, all that name them are sorted. Whichever is expected to take fewer looks.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, exists, func, select

from dragoman.store.schema import article_actors, articles

NEWEST = (articles.c.published.desc().nulls_last(), articles.c.seq.desc())


def newest_naming(
    connection: Connection, groups: Sequence[Collection[str]], limit: int
) -> list[str]:
    """Their ids, newest first; those without a date last, by arrival."""
    named = [article_actors.c.actor.in_(sorted(group)) for group in groups]
    numbers = [
        connection.execute(select(func.count()).select_from(article_actors).where(one)).scalar_one()
        for one in named
    ]
    everything = connection.execute(select(func.count()).select_from(articles)).scalar_one()
    rarest = numbers.index(min(numbers))
    if not numbers[rarest]:
        return []
    looks = float(limit)
    for number in numbers:
        looks *= max(1.0, everything / number)
    of_it = article_actors.c.article_id == articles.c.id
    query = select(articles.c.id).order_by(*NEWEST).limit(limit)
    for n, one in enumerate(named):
        if n == rarest and numbers[n] < looks:
            some = select(article_actors.c.article_id).where(one)
            query = query.where(articles.c.id.in_(some))
        else:
            query = query.where(exists().where(of_it, one))
    return list(connection.execute(query).scalars())
