"""The tables of what people around a desk leave there, and of the keys that sign their forms.

No foreign key to the record: what somebody said stands even when what it was about is gone.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table

from dragoman.store.databases.dialects import NUMBER, Text
from dragoman.store.schema import metadata

keys = Table(
    "keys",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("made_at", Text, nullable=False),
)

error_notes = Table(
    "error_notes",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("event_id", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("what", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("done_at", Text),
    Column("done_by", Text),
    # Of the form it came in: a form that is sent twice is one note.
    Column("nonce", Text, unique=True),
    Index("ix_error_notes_event", "event_id"),
    sqlite_autoincrement=True,
)

# What members did at the desk that leaves no judgement: to sources, and to notes of readers.
desk_changes = Table(
    "desk_changes",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("of", Text, nullable=False),
    Column("target_id", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("detail", Text),
    Column("by", Text),
    Column("why", Text),
    Column("at", Text, nullable=False),
    Index("ix_desk_changes_of", "of", "id"),
    sqlite_autoincrement=True,
)
