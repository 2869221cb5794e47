"""The tables of what members follow: searches, alerts, what these told and what is still to go out.

Ids alone: what a message says is read from the record when it is sent, so that nothing of an
article is kept here. What editors decided of articles that others may print stands here too.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from dragoman.store.databases.dialects import NUMBER, Text
from dragoman.store.schema import metadata

searches = Table(
    "searches",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("member_id", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    # The newest event of the desk, in order of arrival, when the search was last looked at.
    Column("seen", Integer, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    # Of the form it came in: a form that is sent twice saves one search.
    Column("nonce", Text, unique=True),
    Index("ix_searches_member", "member_id"),
    sqlite_autoincrement=True,
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("search_id", Integer, nullable=False),
    # "mail", "webhook" or "feed".
    Column("way", Text, nullable=False),
    Column("address", Text),
    Column("origins", Integer, nullable=False),
    Column("language", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    # When somebody said that the address is theirs; a feed and a webhook need nobody to.
    Column("confirmed_at", Text),
    Column("nonce", Text, unique=True),
    Index("ix_alerts_search", "search_id"),
    sqlite_autoincrement=True,
)

# Events that an alert knows of: those that were there before it, and those that it told.
alert_events = Table(
    "alert_events",
    metadata,
    Column("alert_id", NUMBER, primary_key=True),
    Column("event_id", Text, primary_key=True),
    # What was said of it, in codes; null where nothing was.
    Column("said", Text),
    Index("ix_alert_events_event", "event_id"),
    sqlite_with_rowid=False,
)

# Messages, from the moment it is known what they will tell: kept before they are sent, and marked
# after, so that a crash sends one twice and loses none.
messages = Table(
    "messages",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("alert_id", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
    # Event id → what is told of it, as JSON; empty for the letter that asks to confirm.
    Column("told", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    # Null once it was sent or given up.
    Column("next_try", Text),
    Column("sent_at", Text),
    Column("fault", Text),
    Index("ix_messages_alert", "alert_id"),
    Index("ix_messages_next_try", "next_try"),
    sqlite_autoincrement=True,
)

# The last one of an article is what holds; none is ever changed.
republish_decisions = Table(
    "republish_decisions",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("article_id", Text, nullable=False),
    # Of what would be handed on, as it stood.
    Column("digest", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("lead", Text),
    Column("by", Text),
    Column("why", Text),
    Column("at", Text, nullable=False),
    Index("ix_republish_decisions_article", "article_id"),
    sqlite_autoincrement=True,
)
