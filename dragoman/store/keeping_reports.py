"""Writing the reports of one article: new, revised, retracted, or made again.

Works inside the caller's transaction and says whether anything changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, insert, select, update

from dragoman.errors import StoreError
from dragoman.model import Kept, Report
from dragoman.store.clocks import not_before
from dragoman.store.records import REPORT, dump, load
from dragoman.store.schema import event_reports, reports
from dragoman.store.showing import unsettle_of_reports
from dragoman.store.told import settle_told

_NEW = insert(reports)


def write_reports(
    connection: Connection, kept: Kept, *, made_by: Mapping[str, str | None], now: str
) -> bool:
    """Bring the rows of one article's reports in line with the reports now made.

    `made_by`: columns of versions. Another version alone is written, and is no revision.
    """
    _refuse_foreign(connection, kept)
    query = select(reports).where(reports.c.article_id == kept.article.id)
    old = {row.id: row for row in connection.execute(query)}
    new: list[dict[str, object]] = []
    changed, turned, revised_ids = False, list[str](), list[str]()
    for position, report in enumerate(kept.reports):
        row = old.pop(report.id, None)
        if row is None:
            new.append(_columns(report, position, made_by, now))
            continue
        text = dump(REPORT, report)
        revised = _is_revised(row.json, report, text)
        columns = {
            "position": position,
            "revision": row.revision + revised,
            "retracted_at": None,
            "json": text,
            **made_by,
        }
        changed |= _update(connection, report.id, columns, dict(row._mapping))
        if revised:
            revised_ids.append(report.id)
        if row.retracted_at is not None:
            turned.append(report.id)
    if new:
        connection.execute(_NEW, new)
    for row in old.values():
        if row.retracted_at is None:
            # The event is noted, for the report is about to leave it.
            gone: dict[str, object] = {
                "retracted_at": not_before(now, row.first_made),
                "last_event": _event_of(connection, row.id),
            }
            changed |= _update(connection, row.id, gone, dict(row._mapping))
            turned.append(row.id)
    unsettle_of_reports(connection, [*turned, *revised_ids])
    told = select(event_reports.c.event_id).where(event_reports.c.report_id.in_(turned))
    if turned:
        settle_told(connection, connection.execute(told).scalars().all(), now)
    return changed or bool(new)


def _is_revised(kept: str, report: Report, text: str) -> bool:
    """Whether it says something else. Its doubts are numbered by its place in the article, which
    others before it may change by coming and going."""
    if kept == text:
        return False
    try:
        return _unnumbered(load(REPORT, kept)) != _unnumbered(report)
    except StoreError:
        return True


def _unnumbered(report: Report) -> Report:
    doubts = (replace(one, field=one.field.rpartition(".")[2]) for one in report.doubts)
    return replace(report, doubts=tuple(doubts))


def _refuse_foreign(connection: Connection, kept: Kept) -> None:
    """A report's id is made from its article's; the same id elsewhere means a mistaken id."""
    ids = [report.id for report in kept.reports]
    query = select(reports.c.id, reports.c.article_id).where(
        reports.c.id.in_(ids), reports.c.article_id != kept.article.id
    )
    if (row := connection.execute(query).first()) is not None:
        raise StoreError(f"report {row.id} belongs to {row.article_id}, not {kept.article.id}")


def _event_of(connection: Connection, report_id: str) -> str | None:
    query = select(event_reports.c.event_id).where(event_reports.c.report_id == report_id)
    return connection.execute(query).scalar()


def _columns(
    report: Report, position: int, made_by: Mapping[str, str | None], now: str
) -> dict[str, object]:
    """The row of a new report."""
    return {
        "id": report.id,
        "article_id": report.article_id,
        "position": position,
        "revision": 1,
        "json": dump(REPORT, report),
        "first_made": now,
        **made_by,
    }


def _update(
    connection: Connection, report_id: str, columns: dict[str, object], old: dict[str, object]
) -> bool:
    if all(old[name] == value for name, value in columns.items()):
        return False
    connection.execute(update(reports).where(reports.c.id == report_id).values(**columns))
    return True
