"""Audits: samples of reports as they were shown, and the verdicts of those who read them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "audits",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("json", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit_items",
        sa.Column("audit", sa.Text, sa.ForeignKey("audits.name"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("json", sa.Text, nullable=False),
    )
    op.create_index("ix_audit_items_report", "audit_items", ["audit", "report_id"], unique=True)
    op.create_index("ix_audit_items_article", "audit_items", ["article_id"])
    op.create_table(
        "audit_verdicts",
        sa.Column("audit", sa.Text, sa.ForeignKey("audits.name"), primary_key=True),
        sa.Column("report_id", sa.Text, primary_key=True),
        sa.Column("reader", sa.Text, primary_key=True),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("wrong", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
    )
