"""Saved searches, alerts and their messages, and what editors decide of licensed articles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "searches",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("member_id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("nonce", sa.Text, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_searches_member", "searches", ["member_id"])
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("search_id", sa.Integer, nullable=False),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("origins", sa.Integer, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("confirmed_at", sa.Text),
        sa.Column("nonce", sa.Text, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alerts_search", "alerts", ["search_id"])
    op.create_table(
        "alert_events",
        sa.Column("alert_id", sa.Integer, primary_key=True),
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("said", sa.Text),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_alert_events_event", "alert_events", ["event_id"])
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("alert_id", sa.Integer, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_try", sa.Text),
        sa.Column("sent_at", sa.Text),
        sa.Column("fault", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_messages_alert", "messages", ["alert_id"])
    op.create_index("ix_messages_next_try", "messages", ["next_try"])
    op.create_table(
        "republish_decisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("lead", sa.Text),
        sa.Column("by", sa.Text),
        sa.Column("why", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_republish_decisions_article", "republish_decisions", ["article_id"])
