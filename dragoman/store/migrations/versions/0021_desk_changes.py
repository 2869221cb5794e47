"""What members did to sources and to notes of readers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "desk_changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("of", sa.Text, nullable=False),
        sa.Column("target_id", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("detail", sa.Text),
        sa.Column("by", sa.Text),
        sa.Column("why", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_desk_changes_of", "desk_changes", ["of", "id"])
