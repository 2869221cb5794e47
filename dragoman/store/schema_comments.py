"""The tables of what readers say under articles, and of what was done about it.

Addresses are in none of them: e-mail and network are kept as keyed hashes.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, Table

from dragoman.store.databases.dialects import NUMBER, Text
from dragoman.store.schema import metadata

comments = Table(
    "comments",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("parent", Integer, index=True),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("edited_at", Text),
    Column("state", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("author", Text),
    Column("person", Text),
    Column("has_email", Boolean, nullable=False),
    Column("decided_at", Text),
    Column("decided_by", Text),
    Column("why", Text),
    # Of the form it came in: a form that is sent twice is one comment.
    Column("nonce", Text, unique=True),
    # What the filter was shown of it besides, for it to be taught by.
    Column("circumstances", Text, nullable=False),
    Index("ix_comments_article", "article_id", "state"),
    Index("ix_comments_state", "state", "id"),
    Index("ix_comments_author", "author"),
    Index("ix_comments_person", "person"),
    sqlite_autoincrement=True,
)

comment_deeds = Table(
    "comment_deeds",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("comment_id", Integer, nullable=False, index=True),
    Column("did", Text, nullable=False),
    Column("was", Text),
    Column("became", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text),
    Column("why", Text),
    Column("undone", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

comment_blocks = Table(
    "comment_blocks",
    metadata,
    # A hash, as in `author` or `person`; the latter says nothing after its day.
    Column("who", Text, primary_key=True),
    Column("of", Text, nullable=False),
    Column("comment_id", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text),
    Column("why", Text),
)

comment_lessons = Table(
    "comment_lessons",
    metadata,
    # The decision that taught it; with it the lesson is taken back.
    Column("deed_id", NUMBER, primary_key=True),
    Column("comment_id", Integer, nullable=False, index=True),
    Column("is_spam", Boolean, nullable=False),
    # What takes it back exactly.
    Column("lesson", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
)

comment_filter = Table(
    "comment_filter",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("weights", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
)

# Counts and times alone: nothing of what was erased.
comment_erasures = Table(
    "comment_erasures",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("at", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("number", Integer, nullable=False),
    sqlite_autoincrement=True,
)
