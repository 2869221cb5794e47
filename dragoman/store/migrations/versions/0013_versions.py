"""Reports say which lexicon they were coded by; redirects, when an event was merged away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("reports", sa.Column("lexicon_version", sa.Text))
    op.add_column("event_redirects", sa.Column("at", sa.Text))
