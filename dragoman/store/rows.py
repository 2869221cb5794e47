"""The rows that leave the store: a record together with what only the desk knows about it.

Frozen and without behaviour, like the records of `dragoman.model`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.model import (
    Article,
    Entry,
    EntryState,
    Event,
    JudgementKind,
    Report,
    Source,
    Status,
    ToldAs,
    Word,
)
from dragoman.model.account import AccountDeed, Role


@dataclass(frozen=True, slots=True)
class Failure:
    """An item that was set aside, the step that gave it up, and why."""

    capture_id: str
    """Empty where nothing was captured; `origin` then tells what was asked for."""
    origin: str
    step: str
    reason: str
    at: str

    @property
    def why(self) -> str:
        """The reason without the name of the item, which stands beside it."""
        return self.reason.removeprefix(f"{self.origin}: ")


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as lists show it."""

    article: Article
    revision: int
    seq: int
    """Order of arrival at the desk."""
    reports: int
    """How many reports it makes now; retracted ones don't count."""
    outlet: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """Where and when an article was printed, without its text."""

    id: str
    day: str | None
    """ISO; None too where the text only bounds it."""
    url: str | None
    outlet: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class ToldBy:
    """An event, how many articles tell it, and how early they do: 0 is their first report."""

    event: Event
    articles: int
    position: float


@dataclass(frozen=True, slots=True)
class Telling:
    """The same in the few columns that an event is weighed by."""

    event_id: str
    told_as: ToldAs
    status: Status
    source: str | None
    target: str | None
    start: str | None
    articles: int
    position: float


@dataclass(frozen=True, slots=True)
class Printed:
    """A page whose text is another's: whom it names, and which article's text it repeats."""

    article_id: str
    url: str | None
    outlet: str | None
    agency: str | None
    first_publisher: str | None
    origin_url: str | None
    origin_outlet: str | None


@dataclass(frozen=True, slots=True)
class Arrived:
    """Where an article of the newest comes from."""

    url: str | None
    outlet: str | None


@dataclass(frozen=True, slots=True)
class MadeBy:
    """How many reports were made by these versions; None where that was not noted."""

    coder: str | None
    codebook: str | None
    lexicon: str | None
    reports: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report with its history and enough of its article to cite it."""

    report: Report
    revision: int
    retracted_at: str | None
    event_id: str | None
    coder_version: str | None
    article_title: str | None
    article_url: str | None
    outlet: str | None
    language: str | None
    published: str | None
    """ISO day of its article; None too where the text only bounds it."""
    codebook_version: str | None = None
    lexicon_version: str | None = None


@dataclass(frozen=True, slots=True)
class ReportHistory:
    """What the desk knows of a report beside what it says."""

    revision: int
    retracted_at: str | None
    coder_version: str | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with its history."""

    event: Event
    revision: int
    """Grows with every change of what it says."""
    retracted_at: str | None
    """When the last report that told it was withdrawn."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What an article is compared by, as the desk holds it."""

    seq: int
    """Grows with each writing."""
    article_id: str
    day: str
    """ISO; empty where it is not known."""
    is_original: bool
    row: bytes


@dataclass(frozen=True, slots=True)
class Membership:
    """An article's place in a story; `nearest` is the member that the reason tells of."""

    day: str
    """Of the article; empty where it is not known."""
    nearest: str | None
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story as lists show it; `size` counts its members without copies."""

    id: str
    start: str | None
    end: str | None
    size: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on the record; while it is not undone it outranks the machine's."""

    id: int
    word: Word
    note: str | None
    by: str | None
    at: str
    undone_at: str | None = None
    undone_by: str | None = None
    undone_why: str | None = None
    is_due: bool = False
    """The record does not follow it everywhere yet."""

    @property
    def kind(self) -> JudgementKind:
        return self.word.kind

    @property
    def target_id(self) -> str:
        return self.word.target


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of something that was forgotten: its id, when, why and at whose word."""

    id: str
    cause: str
    """The id of the article or capture that was to be forgotten; itself, or what an event told."""
    at: str
    reason: str
    by: str | None


@dataclass(frozen=True, slots=True)
class Gone:
    """An id that stands no more, or was forgotten."""

    id: str
    what: str
    """withdrawn (nothing tells it any more), merged (into another event), or forgotten."""
    at: str | None
    """None where nobody noted it."""
    into: str | None
    """The event it was merged into, that the report told last, or the article it went with."""
    reason: str | None
    by: str | None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """What a source named, and what became of it."""

    source_id: str
    source: str
    """The source's address."""
    key: str
    address: str | None
    entry: Entry
    first_seen: str
    state: EntryState
    reason: str | None
    """Why it was passed over, given up, or is not fetched yet."""
    capture_id: str | None
    tries: int
    next_try: str | None


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source as `sources check` and the site show it. Counts are of all that it ever named."""

    source: Source
    entries: int
    articles: int
    """Entries of which there is one."""
    copies: int
    """How many of the newest articles are copies of another."""
    copies_of: int
    """How many those are, at most a hundred."""
    known: int
    """Entries whose page another source had named."""
    passed: int
    waiting: int
    failed: int
    lag_minutes: float | None
    """Median minutes from publication to first sight, of the newest entries; None while there is
    too little to tell."""
    per_day: float | None
    newest: str | None
    """When the newest entry was published, or first seen where that is earlier."""
    silent_days: int | None
    """Days without anything new, where the source's own rhythm makes that odd."""
    last_fault: str | None
    """Why the last page that was given up could not be fetched, or else the last that waits."""
    last_passed: str | None = None
    """Why the last entry that was passed over was."""

    @property
    def copies_share(self) -> float | None:
        return self.copies / self.copies_of if self.copies_of else None


@dataclass(frozen=True, slots=True)
class ErrorNote:
    """What a reader said is wrong with an event, of the revision that was read."""

    id: int
    event_id: str
    revision: int
    what: str
    """One of a short list, see `publish.forms.error_note`."""
    text: str
    at: str
    done_at: str | None
    done_by: str | None


@dataclass(frozen=True, slots=True)
class DeskChange:
    """What a member did to a source or to a reader's note."""

    id: int
    of: Literal["source", "note"]
    target_id: str
    what: str
    detail: str | None
    by: str | None
    why: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Member:
    """Who may sign in; `seen_at`: when a session of theirs was last used, to a few minutes."""

    id: int
    name: str
    role: Role
    made_at: str
    closed_at: str | None
    has_password: bool
    seen_at: str | None
    invited_until: str | None
    """Until when an invitation stands that was not used yet."""


@dataclass(frozen=True, slots=True)
class Session:
    """`id`: the hash of what the cookie says, which is kept nowhere."""

    id: str
    made_at: str
    seen_at: str
    until: str


@dataclass(frozen=True, slots=True)
class ApiToken:
    id: int
    member: str
    name: str
    scope: Role
    made_at: str
    until: str
    used_at: str | None
    revoked_at: str | None


@dataclass(frozen=True, slots=True)
class MemberChange:
    """What was done to an account: who says so, when and why."""

    at: str
    member: str
    what: AccountDeed
    role: Role | None
    """The one that was given."""
    by: str | None
    why: str | None
