"""What came to the desk between two instants: who told which event when, and what was withdrawn.

In: instants (ISO, UTC). Out: ids, and for each telling of an event when its article was printed and
when the desk first held it. Which of the two counts is for those who ask to say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, func, select

from dragoman.store.schema import articles, event_reports, events, reports
from dragoman.store.told import PRINTED
from dragoman.store.transactions import Transactions, parts

ZONES = timedelta(days=1)
"""What a printed day may lie off the instant that is asked for, wherever its clock stood."""
_EXACT = case((PRINTED.is_(None), None), else_=articles.c.published)
"""When it was printed; none where its text only bounds that."""


@dataclass(frozen=True, slots=True)
class ToldAt:
    """A report that stands, of an event, and when its article was there to be read."""

    event_id: str
    report_id: str
    article_id: str
    printed: str | None
    """A day or an instant (ISO)."""
    kept: str | None
    """The instant in which the desk first held it; None where nobody noted it."""


class Arrivals(Transactions):
    def told_around(self, since: datetime, until: datetime) -> list[str]:
        """Ids of events that an article tells which was printed, or came to the desk, from `since`
        to `until`, and perhaps a day earlier or later."""
        first, last = since - ZONES, until + ZONES
        printed = articles.c.published.between(first.date().isoformat(), last.date().isoformat())
        with self._reading() as connection:
            came = articles.c.seq.between(
                _number_at(connection, first), _number_at(connection, last)
            )
            found: set[str] = set()
            for condition in (printed, came):
                told = (
                    select(event_reports.c.event_id)
                    .distinct()
                    .select_from(articles)
                    .join(reports, reports.c.article_id == articles.c.id)
                    .join(event_reports, event_reports.c.report_id == reports.c.id)
                    .where(condition, reports.c.retracted_at.is_(None))
                )
                found |= set(connection.execute(told).scalars())
        return sorted(found)

    def told_when(self, event_ids: Collection[str]) -> list[ToldAt]:
        """All that tells these events, in no order."""
        told = (
            select(
                event_reports.c.event_id,
                event_reports.c.report_id,
                reports.c.article_id,
                _EXACT.label("printed"),
                articles.c.first_kept.label("kept"),
            )
            .join(reports, reports.c.id == event_reports.c.report_id)
            .join(articles, articles.c.id == reports.c.article_id)
            .where(reports.c.retracted_at.is_(None))
        )
        with self._reading() as connection:
            return [
                ToldAt(**row)
                for some in parts(event_ids)
                for row in connection.execute(
                    told.where(event_reports.c.event_id.in_(some))
                ).mappings()
            ]

    def withdrawn_between(self, since: str, until: str) -> list[str]:
        """Ids of events whose last report was withdrawn from `since` on and before `until`."""
        within = reports.c.retracted_at.is_not(None) & (reports.c.retracted_at >= since)
        query = (
            select(events.c.id)
            .distinct()
            .join(reports, reports.c.last_event == events.c.id)
            .where(within, events.c.retracted_at >= since, events.c.retracted_at < until)
        )
        with self._reading() as connection:
            return sorted(connection.execute(query).scalars())


def _number_at(connection: Connection, moment: datetime) -> int:
    """The number of the first article that came after a moment; they are numbered as they come."""
    count = connection.execute(select(func.max(articles.c.seq))).scalar() or 0
    kept = (
        select(articles.c.first_kept).where(articles.c.first_kept.is_not(None))
        .order_by(articles.c.seq).limit(1)
    )  # fmt: skip

    def came(number: int) -> str:
        found = connection.execute(kept.where(articles.c.seq >= number)).scalar()
        return found if found is not None else "9999"

    return bisect_left(range(count + 1), moment.isoformat(timespec="seconds"), key=came)
