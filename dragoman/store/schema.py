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
    UniqueConstraint,
    text,
)

from dragoman.store.databases.dialects import NUMBER, Text

APPLICATION_ID = 0x44524147
"""Marks a SQLite file as a desk ("DRAG")."""

MIGRATIONS = (
    "0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011",
    "0012", "0013", "0014", "0015", "0016", "0017", "0018", "0019", "0020", "0021", "0022",
    "0023", "0024",
)  # fmt: skip
"""Every schema version this code can open, oldest first; the last one is what it works with."""

metadata = MetaData()


def _of_some(name: str, *columns: str, where: str) -> Index:
    """An index over some rows alone."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


captures = Table(
    "captures",
    metadata,
    Column("seq", NUMBER, primary_key=True),
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
    Column("seq", NUMBER, primary_key=True),
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
    Column("seq", NUMBER, primary_key=True),
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
    Index("ix_entries_state", "source_id", "state", "first_seen", "seq", "capture_id"),
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
    Column("seq", NUMBER, primary_key=True),
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
    # Its number in the word index, which grows with its day: see `store.numbers`.
    Column("newest", BigInteger),
    # What it is found by: the outlet folded, and the host of its address.
    Column("outlet_key", Text),
    Column("host", Text),
    Index("ix_articles_newest", "published", "seq"),
    Index("ix_articles_number", "newest", unique=True),
    Index("ix_articles_language", "language", "newest"),
    Index("ix_articles_outlet", "outlet_key", "newest"),
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

# What an article reports as said or thought, apart from the trees of its reading, which are many
# times larger; nothing of an article that quotes nobody.
quotes = Table(
    "quotes",
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
    # The article's, so that the newest that name somebody come first without sorting.
    Column("newest", BigInteger),
    Index("ix_article_actors_actor", "actor", "newest"),
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
    Column("codebook_version", Text),
    Column("lexicon_version", Text),
    Index("ix_reports_article", "article_id", "position"),
    # Nearly all stand: an index of those would be walked where another is better.
    _of_some("ix_reports_retracted", "retracted_at", where="retracted_at IS NOT NULL"),
)

_SORTED = (
    "start_day", "end_day", "id", "month", "status", "told_as", "category", "retracted_at",
    "is_shown",
)  # fmt: skip
_DRAWN = ("origins", "is_mutual", "languages")
_STANDS = "retracted_at IS NULL"
_COARSE = "retracted_at IS NULL AND month IS NULL"
_ANNOUNCED = "retracted_at IS NULL AND told_as = 'announced'"
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
    # The month it lies wholly in: see `month_of`.
    Column("month", Text),
    Column("revision", Integer, nullable=False, server_default="1"),
    # When the last report that told it was withdrawn.
    Column("retracted_at", Text),
    # Order of arrival, and its number in the word index: see `store.numbers`.
    Column("seq", Integer),
    Column("newest", BigInteger),
    # What it is found by. A spot is a point of the unit sphere, so that nearness is plain distance.
    Column("quad", Integer),
    Column("origins", Integer),
    Column("place", Text),
    Column("country", Text),
    Column("x", Float),
    Column("y", Float),
    Column("z", Float),
    # Whether a public desk shows it; null where that is still to be decided: see `showing`.
    Column("is_shown", Boolean),
    # Of the articles that tell it, by codes with commas between; "" is one that nobody knows.
    Column("languages", Text),
    # Its sides did it together, by the report that tells it most fully.
    Column("is_mutual", Boolean),
    _of_some("ix_events_unsettled", "id", where="is_shown IS NULL"),
    Index("ix_events_seq", "seq", unique=True),
    Index("ix_events_number", "newest", unique=True),
    Index("ix_events_kind", "category", "newest"),
    Index("ix_events_place", "place", "newest"),
    Index("ix_events_country", "country", "newest"),
    Index("ix_events_spot", "x", "y", "z"),
    Index("ix_events_day", "start_day", "id"),
    Index("ix_events_category", "category", "start_day"),
    # Of told events, all that dossiers ask for, by day; apart those that lie in no one month.
    _of_some("ix_events_pair", "source", "target", *_SORTED, *_DRAWN, where=_STANDS),
    _of_some("ix_events_source", "source", *_SORTED, where=_STANDS),
    _of_some("ix_events_target", "target", *_SORTED, "source", where=_STANDS),
    _of_some("ix_events_source_coarse", "source", *_SORTED, where=_COARSE),
    _of_some("ix_events_target_coarse", "target", *_SORTED, "source", where=_COARSE),
    _of_some("ix_events_coarse", "end_day", "start_day", "id", where="month IS NULL"),
    # Few were withdrawn.
    _of_some("ix_events_withdrawn", "id", where="retracted_at IS NOT NULL"),
    _of_some("ix_events_announced", "end_day", "start_day", "id", where=_ANNOUNCED),
)

# How many told events share these values: of an actor, on either side, and with "" as actor of the
# whole desk; apart those that a public desk shows. Triggers on `events` keep it in step.
event_numbers = Table(
    "event_numbers",
    metadata,
    Column("actor", Text, primary_key=True),
    Column("month", Text, primary_key=True),
    Column("status", Text, primary_key=True),
    Column("told_as", Text, primary_key=True),
    Column("category", Text, primary_key=True),
    Column("is_shown", Boolean, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("undated", Integer, nullable=False),
    sqlite_with_rowid=False,
)

event_reports = Table(
    "event_reports",
    metadata,
    # A report tells one happening, so it has one event at a time.
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    Column("event_id", Text, ForeignKey("events.id"), nullable=False, index=True),
)

# Every side that a report of an event names, and those that the event is counted for. `side`: 1 for
# a source, 2 for a target, 3 for both. The number is the event's, so that an actor's newest come
# first without sorting.
event_sides = Table(
    "event_sides",
    metadata,
    Column("event_id", Text, ForeignKey("events.id"), primary_key=True),
    Column("actor", Text, primary_key=True),
    Column("side", Integer, nullable=False),
    Column("newest", BigInteger, nullable=False),
    Index("ix_event_sides_actor", "actor", "newest", "side"),
    sqlite_with_rowid=False,
)

event_redirects = Table(
    "event_redirects",
    metadata,
    Column("old_id", Text, primary_key=True),
    Column("event_id", Text, ForeignKey("events.id"), nullable=False, index=True),
    # When it was merged; null where that was before anybody noted it.
    Column("at", Text),
)

# No foreign key: a person's word stands even when what it was about is gone. Nothing is deleted:
# what is undone says so.
judgements = Table(
    "judgements",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("target_id", Text, nullable=False, index=True),
    Column("word", Text, nullable=False),
    Column("note", Text),
    Column("by", Text),
    Column("at", Text, nullable=False),
    Column("undone_at", Text),
    Column("undone_by", Text),
    Column("undone_why", Text),
    # It was given or undone, and the record does not follow it everywhere yet.
    Column("is_due", Boolean, nullable=False),
    Index(
        "ix_judgements_due",
        "is_due",
        sqlite_where=text("is_due = 1"),
        postgresql_where=text("is_due"),
    ),
    sqlite_autoincrement=True,
)

# All that a judgement names: reports, articles, events, stories, actors.
judged = Table(
    "judged",
    metadata,
    Column("id", Text, primary_key=True),
    Column("judgement_id", Integer, ForeignKey("judgements.id"), primary_key=True),
    sqlite_with_rowid=False,
)

# Ids only, no content. `cause`: the id that was asked for; its reports go with it, and an event
# with its last article.
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

# By which rule it was decided what a public desk shows; none on one that never was public.
showing = Table("showing", metadata, Column("rule", Text, primary_key=True))
