"""The tables of audits: samples that were drawn, and what people said of them.

No foreign key to reports: a person's word stands even when what it was about is gone.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from dragoman.store.databases.dialects import NUMBER, Text
from dragoman.store.schema import metadata

audits = Table(
    "audits",
    metadata,
    Column("seq", NUMBER, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("json", Text, nullable=False),
    sqlite_autoincrement=True,
)

audit_items = Table(
    "audit_items",
    metadata,
    Column("audit", Text, ForeignKey("audits.name"), primary_key=True),
    # The order in which they are read: by chance, so that a part read is a sample too.
    Column("position", Integer, primary_key=True),
    Column("report_id", Text, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("json", Text, nullable=False),
    Index("ix_audit_items_report", "audit", "report_id", unique=True),
    Index("ix_audit_items_article", "article_id"),
)

audit_verdicts = Table(
    "audit_verdicts",
    metadata,
    Column("audit", Text, ForeignKey("audits.name"), primary_key=True),
    Column("report_id", Text, primary_key=True),
    Column("reader", Text, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("wrong", Text, nullable=False),
    Column("note", Text),
    Column("at", Text, nullable=False),
)
