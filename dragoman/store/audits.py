"""Audits as the desk keeps them: samples, their sentences as shown, verdicts by reader.

Nothing here is made anew by a rebuild. Of a forgotten article its sentences and the notes on them
go; ids and verdicts stay.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from dragoman.errors import StoreError
from dragoman.model.audit import Audit, AuditItem, Ruling
from dragoman.store.records import AUDIT, AUDIT_ITEM, dump, load
from dragoman.store.rows import ReportHistory
from dragoman.store.schema import reports
from dragoman.store.schema_audits import audit_items, audit_verdicts, audits
from dragoman.store.transactions import Transactions, parts


class Audits(Transactions):
    def keep_audit(self, audit: Audit, items: Sequence[AuditItem]) -> None:
        """Raises StoreError where an audit of that name is there already."""
        with self._writing() as connection:
            taken = select(audits.c.name).where(audits.c.name == audit.name)
            if connection.execute(taken).one_or_none() is not None:
                raise StoreError(f"there is an audit {audit.name} already; choose another --name")
            connection.execute(insert(audits).values(name=audit.name, json=dump(AUDIT, audit)))
            rows = [
                {
                    "audit": audit.name,
                    "position": position,
                    "report_id": item.report_id,
                    "article_id": item.article_id,
                    "json": dump(AUDIT_ITEM, item),
                }
                for position, item in enumerate(items, 1)
            ]
            if rows:
                connection.execute(insert(audit_items), rows)

    def audits(self) -> list[Audit]:
        """Oldest first."""
        query = select(audits.c.json).order_by(audits.c.seq)
        with self._reading() as connection:
            return [load(AUDIT, one) for one in connection.execute(query).scalars()]

    def audit(self, name: str) -> Audit | None:
        with self._reading() as connection:
            found = connection.execute(select(audits.c.json).where(audits.c.name == name))
            text = found.scalar_one_or_none()
        return load(AUDIT, text) if text is not None else None

    def audit_items(self, name: str) -> list[AuditItem]:
        """In the order in which they are read."""
        query = select(audit_items.c.json).where(audit_items.c.audit == name)
        with self._reading() as connection:
            found = connection.execute(query.order_by(audit_items.c.position)).scalars()
            return [load(AUDIT_ITEM, one) for one in found]

    def audit_verdicts(self, name: str, reader: str | None = None) -> list[Ruling]:
        """What was said of the reports of an audit, by one reader or by all."""
        query = select(audit_verdicts).where(audit_verdicts.c.audit == name)
        if reader is not None:
            query = query.where(audit_verdicts.c.reader == reader)
        order = (audit_verdicts.c.reader, audit_verdicts.c.report_id)
        with self._reading() as connection:
            return [_ruling(row) for row in connection.execute(query.order_by(*order))]

    def rule(self, name: str, rulings: Sequence[Ruling]) -> None:
        """Keep verdicts, all or none; a reader's newer one takes the place of the older."""
        with self._writing() as connection:
            for one in rulings:
                mine = (
                    audit_verdicts.c.audit == name,
                    audit_verdicts.c.report_id == one.report_id,
                    audit_verdicts.c.reader == one.reader,
                )
                connection.execute(delete(audit_verdicts).where(*mine))
                row = {
                    "audit": name,
                    "report_id": one.report_id,
                    "reader": one.reader,
                    "verdict": one.verdict,
                    "wrong": " ".join(one.wrong),
                    "note": one.note,
                    "at": one.at or self._clock(),
                }
                connection.execute(insert(audit_verdicts).values(**row))

    def report_histories(self, ids: Collection[str]) -> dict[str, ReportHistory]:
        """Report id → its history, for those that the desk holds or has withdrawn."""
        columns = (reports.c.revision, reports.c.retracted_at, reports.c.coder_version)
        found: dict[str, ReportHistory] = {}
        with self._reading() as connection:
            for some in parts(ids):
                query = select(reports.c.id, *columns).where(reports.c.id.in_(some))
                found |= {row[0]: ReportHistory(*row[1:]) for row in connection.execute(query)}
        return found


def forget_in_audits(connection: Connection, article_id: str) -> None:
    """Take an article's sentences out of all samples, and the notes on them, which may quote it."""
    mine = audit_items.c.article_id == article_id
    for row in connection.execute(select(audit_items).where(mine)).all():
        emptied = replace(load(AUDIT_ITEM, row.json), shown=None)
        here = (audit_items.c.audit == row.audit, audit_items.c.position == row.position)
        values = {"json": dump(AUDIT_ITEM, emptied)}
        connection.execute(update(audit_items).where(*here).values(**values))
        connection.execute(
            update(audit_verdicts)
            .where(audit_verdicts.c.audit == row.audit)
            .where(audit_verdicts.c.report_id == row.report_id)
            .values(note=None)
        )


def _ruling(row: Row[*tuple[Any, ...]]) -> Ruling:
    return Ruling(
        row.report_id, row.reader, row.verdict, tuple(row.wrong.split()), row.note, row.at
    )
