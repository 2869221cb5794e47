"""Entries by source and state, so that how sources do is told without reading them all."""

from __future__ import annotations

from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_index("ix_entries_state", "entries", ["source_id", "state", "first_seen"])
