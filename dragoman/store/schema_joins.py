"""The tables of what joins articles: copies, stories, happenings, and what articles go back to.

All of it is made of what `schema` holds, and can be made again.
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
    Table,
)

from dragoman.store.databases.dialects import NUMBER, Text
from dragoman.store.schema import metadata

# What each article says of where it comes from, apart so that many are read at little cost.
backings = Table(
    "backings",
    metadata,
    Column("article_id", Text, ForeignKey("articles.id"), primary_key=True),
    Column("json", Text, nullable=False),
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

# What is written again gets a new number, so that a reader knows what it has seen. `day` is ""
# where none is known. Only originals are compared; a copy belongs where its origin does.
signatures = Table(
    "signatures",
    metadata,
    Column("seq", NUMBER, primary_key=True),
    Column("article_id", Text, ForeignKey("articles.id"), nullable=False, unique=True),
    Column("day", Text, nullable=False),
    Column("is_original", Boolean, nullable=False),
    Column("row", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Index("ix_signatures_day", "day"),
    sqlite_autoincrement=True,
)

# Every link twice, once from each side.
story_links = Table(
    "story_links",
    metadata,
    Column("article_id", Text, ForeignKey("articles.id"), primary_key=True),
    Column("other_id", Text, ForeignKey("articles.id"), primary_key=True),
    Column("score", Float, nullable=False),
    sqlite_with_rowid=False,
)

stories = Table(
    "stories",
    metadata,
    Column("id", Text, primary_key=True),
    Column("start_day", Text),
    Column("end_day", Text),
    Column("size", Integer, nullable=False),
    Index("ix_stories_newest", "end_day", "id"),
)

story_members = Table(
    "story_members",
    metadata,
    Column("article_id", Text, ForeignKey("articles.id"), primary_key=True),
    Column("story_id", Text, ForeignKey("stories.id"), nullable=False, index=True),
    Column("day", Text, nullable=False),
    # The member that it is most like, whom the reason tells of; None for the only one.
    Column("nearest", Text),
    Column("score", Float, nullable=False),
    Column("reason", Text, nullable=False),
)

story_redirects = Table(
    "story_redirects",
    metadata,
    Column("old_id", Text, primary_key=True),
    Column("story_id", Text, ForeignKey("stories.id"), nullable=False, index=True),
)
