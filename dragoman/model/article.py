"""What `collect` and `clean` make: captures, and articles with their blocks, credits and dates.

A field that is not known is `None` (or empty), and a `Doubt` says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

# fmt: off
Label = Literal[
    "headline", "standfirst", "byline", "dateline", "body", "heading", "quote", "caption",
    "credit", "bio", "syndication", "related", "teaser", "share", "subscribe", "comment_form",
    "comment", "notice", "navigation", "placeholder", "other",
]
# fmt: on
LABELS: tuple[Label, ...] = get_args(Label)
BODY_LABELS = frozenset({"standfirst", "heading", "body", "quote"})
BOUNDS = "bounds"
"""How the basis of a publication date begins that only the text's own dates bound."""
READ_LABELS = frozenset({"headline", "standfirst", "heading", "body", "quote", "caption"})
"""Blocks whose sentences are parsed and coded."""
CREDIT_LABELS = frozenset({"byline", "dateline", "caption", "credit", "bio", "syndication"})
FURNITURE_LABELS = frozenset(LABELS) - BODY_LABELS - CREDIT_LABELS - {"headline"}

# fmt: off
Precision = Literal[
    "minute", "day", "week", "month", "season", "quarter", "year", "decade", "range",
]
# fmt: on


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is not known or not sure, and why; `field` is a path into the article's JSON."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed, sitemap or archive says of the page that it names; all of it may be wrong."""

    source: str
    """Address or path of the feed, sitemap or archive."""
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    """ISO instant or day."""
    first_publisher: str | None = None
    """Name in RSS `source` or Atom `source/title`: where the item was first published."""
    first_address: str | None = None
    doubts: tuple[str, ...] = ()
    """What in it can't be right: a date in the future, an address that is none."""


@dataclass(frozen=True, slots=True)
class Capture:
    """A thing as it was found. `id`: "c-" and 32 hex digits of its SHA-256 digest. `charset`,
    `language` and `published` (ISO) as declared; None leaves them to `clean`."""

    id: str
    origin: str
    """A path, an address, or "-"."""
    media_type: Literal["text/html", "text/plain"]
    body: bytes
    charset: str | None = None
    url: str | None = None
    fetched: str | None = None
    """ISO 8601 instant in UTC."""
    language: str | None = None
    published: str | None = None
    bare: bool = False
    """A text that is handed in as an article's text (bulk JSON lines): no furniture is assumed."""
    entry: Entry | None = None
    """What led to it, where that was a feed, sitemap or archive."""


@dataclass(frozen=True, slots=True)
class Block:
    """A labelled stretch of the text and the name of the rule that labelled it."""

    label: Label
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A name that the page states, with the span it stands in (None for page metadata)."""

    value: str
    start: int | None
    end: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Attribution:
    first_publisher: Claim | None = None
    republisher: Claim | None = None
    agency: Claim | None = None


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Image:
    src: str | None
    caption: str | None
    credit: str | None


@dataclass(frozen=True, slots=True)
class Dated:
    """An interval of days (ISO dates, end included; either may be None) and what it rests on.

    `basis`: for a publication date "page: …", "given", or "bounds: …" when only inferred from
    the text; for an event "stated: …", "published", "context: …".
    """

    start: str | None
    end: str | None
    precision: Precision
    basis: str

    @property
    def day(self) -> str | None:
        """The first of its days, else the last."""
        return self.start or self.end

    @property
    def is_bounds(self) -> bool:
        """Nobody states it: it was not before one day, nor after another."""
        return self.basis.startswith(BOUNDS)


@dataclass(frozen=True, slots=True)
class Genre:
    """wire, news, analysis, opinion, interview, release, live or other; `rule` says what decided.

    wire: an agency's own text, on its page or printed again; release: given out to be printed.
    """

    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Article:
    """One canonical text; its blocks are in order, never overlap, and cover all that is not space.
    `id`: "a-" and 16 hex digits, of the canonical address, or of the normalised text if none."""

    id: str
    capture_id: str
    text: str
    language: str | None
    url: str | None = None
    canonical: str | None = None
    title: str | None = None
    genre: Genre = Genre("other", "none")
    published: Dated | None = None
    modified: str | None = None
    authors: tuple[Author, ...] = ()
    images: tuple[Image, ...] = ()
    blocks: tuple[Block, ...] = ()
    attribution: Attribution = Attribution()
    doubts: tuple[Doubt, ...] = ()
