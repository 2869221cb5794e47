"""Entries by source and state, so that how sources do is told without reading them all; and events
that lie in no one month by their days, so that others are sought in the months asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    coarse = sa.text("month IS NULL")
    op.create_index(
        "ix_events_coarse",
        "events",
        ["end_day", "start_day", "id"],
        sqlite_where=coarse,
        postgresql_where=coarse,
    )
    state = ["source_id", "state", "first_seen", "seq", "capture_id"]
    op.create_index("ix_entries_state", "entries", state)
