"""The records that flow through the six steps: frozen, typed, without behaviour that interprets.

Every span is a pair of code-point offsets (start inclusive, end exclusive) into `Article.text`.
A field that is not known is `None` (or empty), and a `Doubt` says why. Nothing here reads files,
clocks or settings.
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
READ_LABELS = frozenset({"headline", "standfirst", "heading", "body", "quote", "caption"})
"""Blocks whose sentences are parsed and coded."""
CREDIT_LABELS = frozenset({"byline", "dateline", "caption", "credit", "bio", "syndication"})
FURNITURE_LABELS = frozenset(LABELS) - BODY_LABELS - CREDIT_LABELS - {"headline"}

Kind = Literal["PER", "LOC", "ORG", "ROLE"]
# fmt: off
Precision = Literal[
    "minute", "day", "week", "month", "season", "quarter", "year", "decade", "range",
]
Status = Literal[
    "happened", "ongoing", "planned", "demanded", "threatened",
    "hypothetical", "denied", "alleged", "halted",
]
# fmt: on
ToldAs = Literal["news", "background", "announced"]


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


@dataclass(frozen=True, slots=True)
class Genre:
    """news, opinion, analysis, interview, live or other; `rule` says what decided."""

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


@dataclass(frozen=True, slots=True)
class Token:
    """A word in a sentence's tree. `head` is an index into the sentence (itself for the root).

    `pos` is a Universal POS tag and `dep` a Universal Dependencies relation, for every parser.
    `tense`: past, present, future or None; `mood`: ind, cnd, sub, imp, inf, part, ger or None.
    """

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    dep: str
    head: int
    tense: str | None = None
    mood: str | None = None
    plural: bool = False
    entity: str | None = None
    """PER, LOC, ORG or MISC as the parser model has it, else None."""


@dataclass(frozen=True, slots=True)
class Sentence:
    index: int
    start: int
    end: int
    label: Label
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or role noun in one sentence. `head` is the index of its head token there."""

    start: int
    end: int
    kind: Kind
    sentence: int
    head: int
    text: str
    phrase: tuple[int, int]
    """Span of the noun phrase it heads or lies in."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression; `type` and `value` as in TIMEX3, `start_day` and `end_day` the interval it
    names (None where it can't be anchored). `basis`: "stated", "from publication", or "from
    another date in the text"."""

    start: int
    end: int
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    start_day: str | None
    end_day: str | None
    precision: Precision
    basis: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its head's token index, its span without article, case and clauses."""

    head: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Argument:
    """A clause's slot and the coordinated phrases in it. `slot`: subj, obj, iobj, agent, pp:PREP,
    poss, of, by, between, adj, support, comp.subj, comp.obj, obj.poss, obj.of, obj.pp:PREP."""

    slot: str
    members: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate (verb or noun) with its arguments and what governs it. `lemmas`: best first.
    `governors`: token indices of the predicates above, nearest first, each with the relation by
    which it governs ("ccomp", "xcomp", "obj", "advcl", "acl", "obl:PREP"). `modal`: lemma of
    a modal or aspect auxiliary. `conditional`: in an if-clause or limited by one. `support`: token
    index of an event noun's support verb."""

    sentence: int
    head: int
    start: int
    end: int
    pos: Literal["v", "n"]
    lemmas: tuple[str, ...]
    arguments: tuple[Argument, ...]
    passive: bool = False
    negated: bool = False
    support_negated: bool = False
    """For the support verb's subject only."""
    tense: str | None = None
    """past, present, future, or pluperfect (told from a point already past)."""
    mood: str | None = None
    modal: str | None = None
    particle: str | None = None
    reflexive: bool = False
    modifiers: tuple[str, ...] = ()
    conditional: bool = False
    support: int | None = None
    governors: tuple[tuple[int, str], ...] = ()
    has_complement: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Reported speech. `stance`: neutral, affirm, deny, demand, accuse or praise."""

    start: int
    end: int
    speaker: tuple[int, int] | None
    verb: str | None
    stance: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Reading:
    article_id: str
    language: str
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()
    clauses: tuple[Clause, ...] = ()
    quotes: tuple[Quote, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    name: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Reference:
    """What a mention stands for. `actor` is set only when exactly one candidate is left."""

    mention: Mention
    actor: str | None
    name: str
    role: str | None = None
    """The role held on the article's date, as "office actor"."""
    sector: str | None = None
    place: Place | None = None
    candidates: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """A source or target. The span is the noun phrase's head words, without the article."""

    actor: str | None
    name: str
    sector: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Count:
    what: str
    low: int
    high: int
    unit: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speaker:
    actor: str | None
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """One coded event as one article tells it. `id` never depends on offsets or versions."""

    id: str
    article_id: str
    category: str
    root: str
    mode: str | None
    context: tuple[str, ...]
    cameo: str | None
    quad: int
    status: Status
    told_as: ToldAs
    sources: tuple[Side, ...]
    targets: tuple[Side, ...]
    counts: tuple[Count, ...]
    date: Dated | None
    place: Place | None
    predicate: tuple[int, int]
    evidence: tuple[int, int]
    evidence_text: str
    attributed_to: Speaker | None
    confidence: float
    why: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A happening: its reports and how many independent origins tell it."""

    id: str
    category: str
    status: Status
    told_as: ToldAs
    source: str | None
    target: str | None
    source_name: str
    target_name: str
    date: Dated | None
    place: Place | None
    report_ids: tuple[str, ...]
    outlets: int
    origins: int


@dataclass(frozen=True, slots=True)
class Kept:
    """All that the per-article steps made of one capture."""

    article: Article
    reading: Reading
    references: tuple[Reference, ...] = ()
    reports: tuple[Report, ...] = ()
    id: str | None = None

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        own = self.article.doubts + self.reading.doubts
        return own + tuple(doubt for report in self.reports for doubt in report.doubts)
