"""Sources, what is known of them between two visits, and the items that they name.

Instants are ISO 8601 in UTC; durations are seconds. What is not known is `None`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from dragoman.model.article import Entry

SourceKind = Literal["feed", "sitemap", "page", "archive"]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)

EntryState = Literal["waiting", "taken", "known", "passed", "failed"]
"""waiting: its page is still to be fetched. taken: it became a capture. known: another source named
the same page first. passed: it was passed over. failed: given up. The last three have a reason."""

GIVEN_UP = 10.0
"""Weight of failures in a row, of which a server that is gone has one for each try."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What the last visits to a source taught; written anew as a whole after each."""

    etag: str | None = None
    modified: str | None = None
    """Validators, sent back for an answer only if something changed."""
    polls: int = 0
    """Visits that were answered."""
    tried: str | None = None
    succeeded: str | None = None
    whole: str | None = None
    """When it last answered with all that it names, and not that nothing had changed."""
    brought: str | None = None
    """When it last named something new."""
    due: str | None = None
    """When to visit it again; None means now."""
    interval: float | None = None
    failures: float = 0.0
    """Weights of the failures since the last answer, added up."""
    error: str | None = None
    error_kind: str | None = None
    moved_to: str | None = None
    """Where it says that it has moved for good."""

    @property
    def given_up(self) -> bool:
        """Shown as given up; it is still tried once a day."""
        return self.failures >= GIVEN_UP


@dataclass(frozen=True, slots=True)
class Source:
    """A thing to be visited again and again. `id`: "s-" and 16 hex digits of its address."""

    id: str
    address: str
    kind: SourceKind
    title: str | None = None
    outlet: str | None = None
    """Id of its outlet."""
    licence: str | None = None
    """What permits the whole text to be shown in public; None: nothing does."""
    tags: tuple[str, ...] = ()
    active: bool = True
    added: str | None = None
    state: SourceState = SourceState()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a source names, as it stands in feed, sitemap or archive."""

    key: str
    """The same each time the source names it; unique inside one source."""
    address: str | None
    entry: Entry
    updated: str | None = None
    content: str | None = None
    """What the feed carries of the text, as HTML; it may be a teaser."""
    summary: str | None = None
    language: str | None = None
