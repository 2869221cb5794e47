"""Events say how often they changed and when their last report was withdrawn; reports, which
codebook they were coded by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("events", sa.Column("revision", sa.Integer, nullable=False, server_default="1"))
    op.add_column("events", sa.Column("retracted_at", sa.Text))
    op.add_column("reports", sa.Column("codebook_version", sa.Text))
    # Of what was withdrawn before it was noted, the last of its reports tells when.
    op.execute(
        "UPDATE events SET retracted_at = (SELECT max(r.retracted_at) FROM reports r "
        "WHERE r.last_event = events.id) WHERE NOT EXISTS "
        "(SELECT 1 FROM event_reports x WHERE x.event_id = events.id)"
    )
