"""Tombstones of what was forgotten, and the digests by which it is refused when it comes again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "tombstones",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by", sa.Text),
    )
    op.create_index("ix_tombstones_cause", "tombstones", ["cause"])
    op.create_table(
        "refusals",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("cause", sa.Text, sa.ForeignKey("tombstones.id"), primary_key=True),
    )
