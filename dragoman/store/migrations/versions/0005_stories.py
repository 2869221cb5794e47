"""What articles are compared by, their links, and the stories that they make.

Empty at first: `dragoman build --from link` fills them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "signatures",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("article_id", sa.Text, sa.ForeignKey("articles.id"), nullable=False, unique=True),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("is_original", sa.Boolean, nullable=False),
        sa.Column("row", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_signatures_day", "signatures", ["day"])
    op.create_table(
        "story_links",
        sa.Column("article_id", sa.Text, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("other_id", sa.Text, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("score", sa.Float, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stories",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("start_day", sa.Text),
        sa.Column("end_day", sa.Text),
        sa.Column("size", sa.Integer, nullable=False),
    )
    op.create_index("ix_stories_newest", "stories", ["end_day", "id"])
    op.create_table(
        "story_members",
        sa.Column("article_id", sa.Text, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("story_id", sa.Text, sa.ForeignKey("stories.id"), nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("nearest", sa.Text),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_story_members_story_id", "story_members", ["story_id"])
    op.create_table(
        "story_redirects",
        sa.Column("old_id", sa.Text, primary_key=True),
        sa.Column("story_id", sa.Text, sa.ForeignKey("stories.id"), nullable=False),
    )
    op.create_index("ix_story_redirects_story_id", "story_redirects", ["story_id"])
