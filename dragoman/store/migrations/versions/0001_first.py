"""The first tables: captures, articles, events, copies, and the word index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _found()
    _made()
    _told()
    _compared()
    if op.get_context().dialect.name == "sqlite":
        _word_index()


def _found() -> None:
    op.create_table(
        "captures",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("charset", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("fetched", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("bare", sa.Boolean, nullable=False),
        sa.Column("article_id", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_captures_article_id", "captures", ["article_id"])
    op.create_table(
        "failures",
        sa.Column("capture_id", sa.Text, primary_key=True),
        sa.Column("origin", sa.Text, primary_key=True),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_table(
        "judgements",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("target_id", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("by", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_judgements_target_id", "judgements", ["target_id"])


def _made() -> None:
    op.create_table(
        "articles",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("capture_id", sa.Text, nullable=False),
        sa.Column("given_id", sa.Text),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("json", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_newest", "articles", ["published", "seq"])
    op.create_table(
        "readings",
        sa.Column("article_id", sa.Text, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("reading", sa.LargeBinary, nullable=False),
        sa.Column("refs", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "article_versions",
        sa.Column("article_id", sa.Text, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("step", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, nullable=False),
    )
    op.create_table(
        "article_actors",
        sa.Column("article_id", sa.Text, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("actor", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("mentions", sa.Integer, nullable=False),
    )
    op.create_index("ix_article_actors_actor", "article_actors", ["actor"])


def _told() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("article_id", sa.Text, sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("retracted_at", sa.Text),
        sa.Column("coder_version", sa.Text),
        sa.Column("json", sa.Text, nullable=False),
    )
    op.create_index("ix_reports_article", "reports", ["article_id", "position"])
    op.create_table(
        "events",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("told_as", sa.Text, nullable=False),
        sa.Column("source", sa.Text),
        sa.Column("target", sa.Text),
        sa.Column("start_day", sa.Text),
        sa.Column("end_day", sa.Text),
        sa.Column("json", sa.Text, nullable=False),
    )
    op.create_index("ix_events_category", "events", ["category", "start_day"])
    op.create_index("ix_events_day", "events", ["start_day", "id"])
    op.create_index("ix_events_source", "events", ["source", "target"])
    op.create_index("ix_events_target", "events", ["target", "source"])
    op.create_table(
        "event_reports",
        sa.Column("report_id", sa.Text, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("event_id", sa.Text, sa.ForeignKey("events.id"), nullable=False),
    )
    op.create_index("ix_event_reports_event_id", "event_reports", ["event_id"])
    op.create_table(
        "event_redirects",
        sa.Column("old_id", sa.Text, primary_key=True),
        sa.Column("event_id", sa.Text, sa.ForeignKey("events.id"), nullable=False),
    )
    op.create_index("ix_event_redirects_event_id", "event_redirects", ["event_id"])


def _compared() -> None:
    op.create_table(
        "sketches",
        sa.Column("article_seq", sa.Integer, sa.ForeignKey("articles.seq"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("hash", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sketches_hash", "sketches", ["hash", "article_seq"])
    op.create_table(
        "copies",
        sa.Column("article_id", sa.Text, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("origin_id", sa.Text, sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("share", sa.Float, nullable=False),
    )
    op.create_index("ix_copies_origin_id", "copies", ["origin_id"])


def _word_index() -> None:
    """The stems of headline and body, and a view of how many articles have each stem."""
    op.execute(
        "CREATE VIRTUAL TABLE article_words USING fts5(headline, body, "
        "tokenize = 'unicode61 remove_diacritics 0')"
    )
    op.execute("CREATE VIRTUAL TABLE article_vocabulary USING fts5vocab('article_words', 'row')")
