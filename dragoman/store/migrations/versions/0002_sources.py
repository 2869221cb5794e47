"""Sources and the entries that they name; a capture keeps what led to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("captures", sa.Column("entry", sa.Text))
    op.create_table(
        "sources",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("licence", sa.Text),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("added", sa.Text, nullable=False),
        sa.Column("due", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sources_due", "sources", ["due"])
    op.create_table(
        "entries",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("source_id", sa.Text, sa.ForeignKey("sources.id"), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("normal", sa.Text),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("updated", sa.Text),
        sa.Column("dated", sa.Text, nullable=False),
        sa.Column("first_seen", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("capture_id", sa.Text),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_try", sa.Text),
        sa.Column("revisits", sa.Integer, nullable=False),
        sa.UniqueConstraint("source_id", "key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entries_normal", "entries", ["normal"])
    op.create_index("ix_entries_capture_id", "entries", ["capture_id"])
    op.create_index("ix_entries_dated", "entries", ["source_id", "dated"])
    op.create_index("ix_entries_next_try", "entries", ["state", "next_try"])
