"""What readers say under articles, what was decided about it, and what the filter learnt."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    _comments()
    op.create_table(
        "comment_deeds",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("comment_id", sa.Integer, nullable=False),
        sa.Column("did", sa.Text, nullable=False),
        sa.Column("was", sa.Text),
        sa.Column("became", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("why", sa.Text),
        sa.Column("undone", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comment_deeds_comment_id", "comment_deeds", ["comment_id"])
    op.create_table(
        "comment_blocks",
        sa.Column("who", sa.Text, primary_key=True),
        sa.Column("of", sa.Text, nullable=False),
        sa.Column("comment_id", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("why", sa.Text),
    )
    op.create_table(
        "comment_lessons",
        sa.Column("deed_id", sa.Integer, primary_key=True),
        sa.Column("comment_id", sa.Integer, nullable=False),
        sa.Column("is_spam", sa.Boolean, nullable=False),
        sa.Column("lesson", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_index("ix_comment_lessons_comment_id", "comment_lessons", ["comment_id"])
    op.create_table(
        "comment_filter",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("weights", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_table(
        "comment_erasures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )


def _comments() -> None:
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("parent", sa.Integer),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("edited_at", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("author", sa.Text),
        sa.Column("person", sa.Text),
        sa.Column("has_email", sa.Boolean, nullable=False),
        sa.Column("decided_at", sa.Text),
        sa.Column("decided_by", sa.Text),
        sa.Column("why", sa.Text),
        sa.Column("nonce", sa.Text, unique=True),
        sa.Column("circumstances", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comments_article", "comments", ["article_id", "state"])
    op.create_index("ix_comments_state", "comments", ["state", "id"])
    op.create_index("ix_comments_author", "comments", ["author"])
    op.create_index("ix_comments_person", "comments", ["person"])
    op.create_index("ix_comments_parent", "comments", ["parent"])
