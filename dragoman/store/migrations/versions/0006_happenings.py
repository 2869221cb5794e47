"""Outlines of reports, by which happenings are joined, and what ties and holds them.

They are empty until `dragoman build --from record` makes them; events stay as they were till then.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "outlines",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("json", sa.Text, nullable=False),
        sa.Column("is_dated", sa.Boolean, nullable=False),
        sa.Column("anchor", sa.Text),
        sa.Column("is_alone", sa.Boolean, nullable=False),
        sa.Column("part", sa.Text, nullable=False),
    )
    op.create_index("ix_outlines_part", "outlines", ["part"])
    op.create_table(
        "outline_reports",
        sa.Column("report_id", sa.Text, primary_key=True),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("outline_id", sa.Text, sa.ForeignKey("outlines.id"), nullable=False),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("moment", sa.Text),
        sa.Column("language", sa.Text),
    )
    op.create_index("ix_outline_reports_article_id", "outline_reports", ["article_id"])
    op.create_index("ix_outline_reports_outline_id", "outline_reports", ["outline_id"])
    op.create_table(
        "outline_keys",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("start_day", sa.Text, primary_key=True),
        sa.Column("outline_id", sa.Text, sa.ForeignKey("outlines.id"), primary_key=True),
        sa.Column("end_day", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_outline_keys_outline_id", "outline_keys", ["outline_id"])
    op.create_table(
        "outline_ties",
        sa.Column("one", sa.Text, sa.ForeignKey("outlines.id"), primary_key=True),
        sa.Column("other", sa.Text, sa.ForeignKey("outlines.id"), primary_key=True),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("same_day", sa.Boolean, nullable=False),
        sa.Column("is_other_dated", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
