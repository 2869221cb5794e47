"""What lists say of a set of articles at once: where and when each was printed, what they tell.

For stories: a few statements for a whole list of them, and none reads an article's text.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select

from dragoman.store.dossiers import Dossiers
from dragoman.store.rows import Listed, Telling, ToldBy
from dragoman.store.schema import articles, event_reports, events, reports
from dragoman.store.told import FROM_TO, PRINTED
from dragoman.store.transactions import parts

_IDS: Any = bindparam("ids", expanding=True)
_LISTED = select(
    articles.c.id,
    PRINTED.label("day"),
    articles.c.url,
    articles.c.outlet,
    articles.c.language,
).where(articles.c.id.in_(_IDS))
_TOLD = select(reports.c.article_id, reports.c.position, event_reports.c.event_id).join(
    event_reports, event_reports.c.report_id == reports.c.id
)
_TOLD_IN = _TOLD.where(reports.c.article_id.in_(_IDS), reports.c.retracted_at.is_(None))
_EVENTS = select(
    *(events.c[name] for name in ("id", "told_as", "status", "source", "target")),
    FROM_TO["start"].label("start"),
).where(events.c.id.in_(_IDS))


class Storylines(Dossiers):
    def listed(self, article_ids: Collection[str]) -> list[Listed]:
        """These articles in the order of printing, undated ones last."""
        with self._reading() as connection:
            found = [
                Listed(**row)
                for some in parts(article_ids)
                for row in connection.execute(_LISTED, {"ids": some}).mappings()
            ]
        return sorted(found, key=lambda one: (one.day is None, one.day or "", one.id))

    def told_by_most(self, article_ids: Collection[str], limit: int) -> list[ToldBy]:
        """The events that most of these articles tell: news first, then what they tell early."""
        (found,) = self.told_in_each([article_ids], limit)
        told = {event.id: event for event in self.events_called([one.event_id for one in found])}
        return [ToldBy(told[one.event_id], one.articles, one.position) for one in found]

    def told_in_each(self, groups: Sequence[Collection[str]], limit: int) -> list[list[Telling]]:
        """The same of several groups of articles, without the events themselves."""
        told: dict[str, list[tuple[str, int]]] = {}
        with self._reading() as connection:
            for some in parts(article for group in groups for article in group):
                for article, position, event in connection.execute(_TOLD_IN, {"ids": some}):
                    told.setdefault(article, []).append((event, position))
            known = {
                row.id: row
                for some in parts(event for own in told.values() for event, _ in own)
                for row in connection.execute(_EVENTS, {"ids": some})
            }
        return [_most_told(set(group), told, known)[:limit] for group in groups]


def _most_told(
    group: Collection[str],
    told: dict[str, list[tuple[str, int]]],
    known: dict[str, Row[*tuple[Any, ...]]],
) -> list[Telling]:
    tellers: dict[str, set[str]] = {}
    positions: dict[str, list[int]] = {}
    for article in group:
        for event, position in told.get(article, ()):
            tellers.setdefault(event, set()).add(article)
            positions.setdefault(event, []).append(position)
    found = [
        Telling(
            event_id=event,
            told_as=known[event].told_as,
            status=known[event].status,
            source=known[event].source,
            target=known[event].target,
            start=known[event].start,
            articles=len(tellers[event]),
            position=sum(places) / len(places),
        )
        for event, places in positions.items()
    ]
    return sorted(
        found,
        key=lambda one: (one.told_as != "news", -one.articles, one.position, one.event_id),
    )
