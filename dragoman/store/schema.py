"""The tables of a desk, as the newest migration leaves them.

Columns beside a `json` column repeat what is queried or sorted by; the record itself is the
JSON. Days are ISO strings, so that their order is the order of the text.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

APPLICATION_ID = 0x44524147
"""Marks a SQLite file as a desk ("DRAG")."""

MIGRATIONS = ("0001", "0002", "0003", "0004", "0006", "0007", "0008")
"""Every schema version this code can open, oldest first; the last one is what it works with."""

metadata = MetaData()

captures = Table(
    "captures",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("origin", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("charset", Text),
    Column("url", Text),
    Column("fetched", Text),
    Column("language", Text),
    Column("published", Text),
    Column("bare", Boolean, nullable=False),
    # The article that was made of it. No foreign key: captures outlive articles.
    Column("article_id", Text, index=True),
    # What the feed, sitemap or archive said that led to it.
    Column("entry", Text),
    sqlite_autoincrement=True,
)

sources = Table(
    "sources",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("address", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("licence", Text),
    Column("tags", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("added", Text, nullable=False),
    Column("due", Text, index=True),
    Column("state", Text, nullable=False),
    sqlite_autoincrement=True,
)

# All that a source ever named: what is here is never asked for twice, and never forgotten.
entries = Table(
    "entries",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("source_id", Text, ForeignKey("sources.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("address", Text),
    Column("normal", Text, index=True),
    Column("entry", Text, nullable=False),
    Column("updated", Text),
    Column("dated", Text, nullable=False),
    Column("first_seen", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("capture_id", Text, index=True),
    Column("tries", Integer, nullable=False),
    Column("next_try", Text),
    Column("revisits", Integer, nullable=False),
    UniqueConstraint("source_id", "key"),
    Index("ix_entries_dated", "source_id", "dated"),
    Index("ix_entries_next_try", "state", "next_try"),
    sqlite_autoincrement=True,
)

failures = Table(
    "failures",
    metadata,
    # Both, since what could not be fetched has no capture, and "-" is the origin of many.
    Column("capture_id", Text, primary_key=True),
    Column("origin", Text, primary_key=True),
    Column("step", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    # No foreign key: a desk may keep articles without the raw pages they came from.
    Column("capture_id", Text, nullable=False),
    Column("given_id", Text),
    Column("revision", Integer, nullable=False),
    Column("title", Text),
    Column("url", Text),
    Column("outlet", Text),
    Column("language", Text),
    Column("published", Text),
    Column("json", Text, nullable=False),
    # When the desk first held it; null where that was before anybody noted it.
    Column("first_kept", Text),
    Index("ix_articles_newest", "published", "seq"),
    sqlite_autoincrement=True,
)

# Apart from `articles`, because lists never need them and they are ten times as large.
readings = Table(
    "readings",
    metadata,
    Column("article_id", Text, ForeignKey("articles.id"), primary_key=True),
    Column("reading", LargeBinary, nullable=False),
    Column("refs", LargeBinary, nullable=False),
)

# What each article says of where it comes from, apart so that many are read at little cost.
backings = Table(
    "backings",
    metadata,
    Column("article_id", Text, ForeignKey("articles.id"), primary_key=True),
    Column("json", Text, nullable=False),
)

article_versions = Table(
    "article_versions",
    metadata,
    Column("article_id", Text, ForeignKey("articles.id"), primary_key=True),
    Column("step", Text, primary_key=True),
    Column("version", Text, nullable=False),
)

article_actors = Table(
    "article_actors",
    metadata,
    Column("article_id", Text, ForeignKey("articles.id"), primary_key=True),
    Column("actor", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("mentions", Integer, nullable=False),
    Index("ix_article_actors_actor", "actor"),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("article_id", Text, ForeignKey("articles.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("retracted_at", Text),
    Column("coder_version", Text),
    Column("json", Text, nullable=False),
    # When it was first made (null as above), and the event it told when it was withdrawn.
    Column("first_made", Text),
    Column("last_event", Text),
    Index("ix_reports_article", "article_id", "position"),
    Index("ix_reports_retracted", "retracted_at"),
)

events = Table(
    "events",
    metadata,
    Column("id", Text, primary_key=True),
    Column("category", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("told_as", Text, nullable=False),
    Column("source", Text),
    Column("target", Text),
    Column("start_day", Text),
    Column("end_day", Text),
    Column("json", Text, nullable=False),
    # The month it is counted in: see `month_of`.
    Column("month", Text),
    Index("ix_events_day", "start_day", "id"),
    Index("ix_events_category", "category", "start_day"),
    Index("ix_events_month", "month", "status", "category"),
    Index("ix_events_source", "source", "target"),
    Index("ix_events_target", "target", "source"),
)

event_reports = Table(
    "event_reports",
    metadata,
    # A report tells one happening, so it has one event at a time.
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    Column("event_id", Text, ForeignKey("events.id"), nullable=False, index=True),
)

# What of reports is compared. Reports that tell the same share one; what holds it is beside it.
outlines = Table(
    "outlines",
    metadata,
    Column("id", Text, primary_key=True),
    Column("json", Text, nullable=False),
    Column("is_dated", Boolean, nullable=False),
    Column("anchor", Text),
    Column("is_alone", Boolean, nullable=False),
    Column("part", Text, nullable=False, index=True),
)

# No foreign key to `reports`: a report's outline goes after it.
outline_reports = Table(
    "outline_reports",
    metadata,
    Column("report_id", Text, primary_key=True),
    Column("article_id", Text, nullable=False, index=True),
    Column("outline_id", Text, ForeignKey("outlines.id"), nullable=False, index=True),
    Column("outlet", Text, nullable=False),
    Column("moment", Text),
    Column("language", Text),
)

# The days are those that an outline may be of; one without days has no keys.
outline_keys = Table(
    "outline_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("start_day", Text, primary_key=True),
    Column("outline_id", Text, ForeignKey("outlines.id"), primary_key=True, index=True),
    Column("end_day", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Each from both its ends.
outline_ties = Table(
    "outline_ties",
    metadata,
    Column("one", Text, ForeignKey("outlines.id"), primary_key=True),
    Column("other", Text, ForeignKey("outlines.id"), primary_key=True),
    Column("score", Float, nullable=False),
    Column("same_day", Boolean, nullable=False),
    Column("is_other_dated", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

event_redirects = Table(
    "event_redirects",
    metadata,
    Column("old_id", Text, primary_key=True),
    Column("event_id", Text, ForeignKey("events.id"), nullable=False, index=True),
)

# The words of each text once, however many print it, as numbers; what articles are compared by.
copy_texts = Table(
    "copy_texts",
    metadata,
    Column("text", BigInteger, primary_key=True, autoincrement=False),
    Column("words", LargeBinary, nullable=False),
)

# An article's text and what it tells of its printing. Foreign keys of what is told of copies are
# looked at when all is written: an article's copies are found before it is kept.
printings = Table(
    "printings",
    metadata,
    Column(
        "article_id",
        Text,
        ForeignKey("articles.id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    Column("text", BigInteger, ForeignKey("copy_texts.text"), nullable=False, index=True),
    Column("period", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("first", Text, nullable=False),
    Column("last", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("credits", Text, nullable=False),
    Column("credit", Text, nullable=False),
    Column("moment", Text, nullable=False),
    Index("ix_printings_period", "period"),
)

# Sampled word runs of the texts that were printed in a period. All seeks of an article fall into
# its own period and those beside it, whatever else the desk holds.
copy_keys = Table(
    "copy_keys",
    metadata,
    Column("period", Integer, primary_key=True),
    Column("key", BigInteger, primary_key=True),
    Column("text", BigInteger, ForeignKey("copy_texts.text"), primary_key=True),
    Index("ix_copy_keys_text", "text", "period"),
    sqlite_with_rowid=False,
)

# Pairs of texts that share words; `a` is the smaller number.
copy_shared = Table(
    "copy_shared",
    metadata,
    Column("a", BigInteger, ForeignKey("copy_texts.text"), primary_key=True),
    Column("b", BigInteger, ForeignKey("copy_texts.text"), primary_key=True, index=True),
    Column("words", Integer, nullable=False),
    Column("runs", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# Who printed whom. A text made of several has a row for each; the chief one is at position 0.
copies = Table(
    "copies",
    metadata,
    Column(
        "article_id",
        Text,
        ForeignKey("articles.id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    Column("position", Integer, primary_key=True),
    Column(
        "origin_id",
        Text,
        ForeignKey("articles.id", deferrable=True, initially="DEFERRED"),
        nullable=False,
        index=True,
    ),
    Column("share", Float, nullable=False),
    Column("kind", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

# No foreign key: a person's word stands even when what it was about is gone.
judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("target_id", Text, nullable=False, index=True),
    Column("verdict", Text, nullable=False),
    Column("note", Text),
    Column("by", Text),
    Column("at", Text, nullable=False),
    sqlite_autoincrement=True,
)

# Ids only, no content. `cause`: the id that was asked for; an event goes with its last article.
tombstones = Table(
    "tombstones",
    metadata,
    Column("id", Text, primary_key=True),
    Column("cause", Text, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text),
)

# Digests of the addresses and bytes of what was forgotten.
refusals = Table(
    "refusals",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("cause", Text, ForeignKey("tombstones.id"), primary_key=True),
)
