"""How much the desk holds, by outlet, by language and by what its reports were made with.

Out: rows. What would be a walk through all reports is asked of the newest articles alone.
"""

from __future__ import annotations

from sqlalchemy import func, select

from dragoman.store.rows import Arrived, MadeBy
from dragoman.store.schema import articles, reports
from dragoman.store.transactions import Transactions


class Volume(Transactions):
    def arrived(self, newest: int) -> list[Arrived]:
        """Where each of the newest articles to arrive comes from."""
        query = select(articles.c.url, articles.c.outlet)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(articles.c.seq.desc()).limit(newest))
            return [Arrived(row.url, row.outlet) for row in rows]

    def languages_held(self) -> list[tuple[str | None, int]]:
        """Language code → articles of the desk, most first; None where it is not known."""
        number = func.count()
        query = select(articles.c.language, number).group_by(articles.c.language)
        with self._reading() as connection:
            rows = connection.execute(
                query.order_by(number.desc(), articles.c.language.nulls_first())
            )
            return [(language, int(count)) for language, count in rows]

    def made_by(self, newest: int) -> list[MadeBy]:
        """By which versions the standing reports of the newest articles were made, most first."""
        latest = select(articles.c.id).order_by(articles.c.seq.desc()).limit(newest)
        key = (reports.c.coder_version, reports.c.codebook_version, reports.c.lexicon_version)
        number = func.count()
        query = select(*key, number).where(
            reports.c.article_id.in_(latest), reports.c.retracted_at.is_(None)
        )
        with self._reading() as connection:
            rows = connection.execute(
                query.group_by(*key).order_by(number.desc(), *(one.nulls_first() for one in key))
            )
            return [MadeBy(*row) for row in rows]
