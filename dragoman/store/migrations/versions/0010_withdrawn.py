"""Only withdrawn reports are indexed by when: of the others, nearly all, the index told nothing
and was walked in vain."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.execute("DROP INDEX ix_reports_retracted")
    op.execute(
        "CREATE INDEX ix_reports_retracted ON reports (retracted_at) WHERE retracted_at IS NOT NULL"
    )
