"""The tables of those who work at a desk: members, their sessions, tokens and invitations.

What a cookie, a token or an invitation says is never kept, only its SHA-256: each is 256 bits of
chance, so that nothing can be guessed from that.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from dragoman.store.databases.dialects import NUMBER, Text
from dragoman.store.schema import metadata

members = Table(
    "members",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("name", Text, nullable=False),
    # The name in one way of writing and small letters.
    Column("key", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    # By argon2; none before the first password is set.
    Column("hash", Text),
    Column("made_at", Text, nullable=False),
    Column("closed_at", Text),
    sqlite_autoincrement=True,
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("member_id", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("until", Text, nullable=False),
    Index("ix_sessions_member", "member_id"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("member_id", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("used_at", Text),
    Column("revoked_at", Text),
    # Of the form that asked for it: sent twice it makes one token.
    Column("nonce", Text, unique=True),
    Index("ix_api_tokens_member", "member_id"),
    sqlite_autoincrement=True,
)

invitations = Table(
    "invitations",
    metadata,
    # One for each member: a new one takes the place of the old.
    Column("member_id", NUMBER, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("until", Text, nullable=False),
)

member_changes = Table(
    "member_changes",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("member_id", Integer, nullable=False),
    Column("what", Text, nullable=False),
    # The one that was given.
    Column("role", Text),
    Column("by", Text),
    Column("why", Text),
    Column("at", Text, nullable=False),
    Index("ix_member_changes_member", "member_id"),
    sqlite_autoincrement=True,
)
