"""The vocabulary of the word index goes: nothing reads it since likeness rests on no counts."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute("DROP TABLE article_vocabulary")
