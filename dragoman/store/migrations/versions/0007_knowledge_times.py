"""When an article was first kept and a report first made; what a withdrawn report told; and the
month that an event is counted in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

FILL = """UPDATE events SET month = substr(start_day, 1, 7)
    WHERE substr(start_day, 1, 7) = substr(end_day, 1, 7)
    AND json_extract(json, '$.date.start') IS NOT NULL
    AND json_extract(json, '$.date.end') IS NOT NULL
    AND EXISTS (SELECT 1 FROM event_reports WHERE event_reports.event_id = events.id)"""


def upgrade() -> None:
    # Null in rows made before: nobody noted the time, and none is invented.
    op.add_column("articles", sa.Column("first_kept", sa.Text))
    op.add_column("reports", sa.Column("first_made", sa.Text))
    op.add_column("reports", sa.Column("last_event", sa.Text))
    op.add_column("events", sa.Column("month", sa.Text))
    op.execute(FILL)
    op.create_index("ix_events_month", "events", ["month", "status", "category"])
    op.create_index("ix_reports_retracted", "reports", ["retracted_at"])
