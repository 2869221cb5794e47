"""When an article was first kept and a report first made; what a withdrawn report told; and an
index to count a month's events by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0003"


def upgrade() -> None:
    # Null in rows made before: nobody noted the time, and none is invented.
    op.add_column("articles", sa.Column("first_kept", sa.Text))
    op.add_column("reports", sa.Column("first_made", sa.Text))
    op.add_column("reports", sa.Column("last_event", sa.Text))
    op.create_index("ix_events_months", "events", ["start_day", "end_day", "status", "category"])
    op.create_index("ix_reports_retracted", "reports", ["retracted_at"])
