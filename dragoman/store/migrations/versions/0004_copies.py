"""Copies as a tree with reasons, and texts that are looked up by samples of their word runs.

What was held of copies is derived from the articles: `dragoman build --from link` finds it again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.drop_table("sketches")
    op.drop_table("copies")
    _texts()
    _copies()


def _texts() -> None:
    op.create_table(
        "copy_texts",
        sa.Column("text", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("words", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "printings",
        sa.Column("article_id", sa.Text, _article(), primary_key=True),
        sa.Column("text", sa.BigInteger, sa.ForeignKey("copy_texts.text"), nullable=False),
        sa.Column("period", sa.Integer, nullable=False),
        sa.Column("words", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("first", "last", "by", "credits", "credit", "moment")
        ),
    )
    op.create_index("ix_printings_text", "printings", ["text"])
    op.create_index("ix_printings_period", "printings", ["period"])
    op.create_table(
        "copy_keys",
        sa.Column("period", sa.Integer, primary_key=True),
        sa.Column("key", sa.BigInteger, primary_key=True),
        sa.Column("text", sa.BigInteger, sa.ForeignKey("copy_texts.text"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_copy_keys_text", "copy_keys", ["text", "period"])
    op.create_table(
        "copy_shared",
        sa.Column("a", sa.BigInteger, sa.ForeignKey("copy_texts.text"), primary_key=True),
        sa.Column("b", sa.BigInteger, sa.ForeignKey("copy_texts.text"), primary_key=True),
        sa.Column("words", sa.Integer, nullable=False),
        sa.Column("runs", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_copy_shared_b", "copy_shared", ["b"])


def _copies() -> None:
    op.create_table(
        "copies",
        sa.Column("article_id", sa.Text, _article(), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("origin_id", sa.Text, _article(), nullable=False),
        sa.Column("share", sa.Float, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_copies_origin_id", "copies", ["origin_id"])


def _article() -> sa.ForeignKey:
    return sa.ForeignKey("articles.id", deferrable=True, initially="DEFERRED")
