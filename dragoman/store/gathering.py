"""What is taken away from a desk: events with all that tells them, in bulk, some hundred at once.

In: ids, as a search or `article_ids` give them. Out: rows with what an export says of each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from sqlalchemy import Select, select

from dragoman.store.records import EVENT, load
from dragoman.store.reports import CITED, report_row
from dragoman.store.rows import EventRow, ReportRow
from dragoman.store.schema import event_reports, events, reports
from dragoman.store.told import BY_DATE
from dragoman.store.transactions import Transactions, parts


def _tellers(event_ids: Collection[str]) -> Select[str]:
    """Asked for apart: by the outer join of `CITED` SQLite would go through all reports."""
    return select(event_reports.c.report_id).where(event_reports.c.event_id.in_(event_ids))


class Gathering(Transactions):
    def event_rows(self, ids: Collection[str]) -> dict[str, EventRow]:
        """Event id → the event with its history, for those that the desk holds."""
        columns = (events.c.json, events.c.revision, events.c.retracted_at)
        found: dict[str, EventRow] = {}
        with self._reading() as connection:
            for some in parts(ids):
                for row in connection.execute(select(*columns).where(events.c.id.in_(some))):
                    event = load(EVENT, row.json)
                    found[event.id] = EventRow(event, row.revision, row.retracted_at)
        return found

    def reports_of_events(self, ids: Collection[str]) -> dict[str, list[ReportRow]]:
        """Event id → the reports that tell it, the oldest article first."""
        found: dict[str, list[ReportRow]] = {}
        with self._reading() as connection:
            for some in parts(ids):
                query = CITED.where(reports.c.id.in_(_tellers(some))).order_by(*BY_DATE)
                for row in map(report_row, connection.execute(query)):
                    found.setdefault(row.event_id or "", []).append(row)
        return found

    def in_parts(self, ids: Iterable[str], size: int = 200) -> Iterator[list[str]]:
        """Ids in their order, so many at a time: what a long export reads at once."""
        left = iter(ids)
        while some := list(islice(left, size)):
            yield some
