"""The storage boundary: the only place with SQL. One SQLite file by default, or PostgreSQL.

`open_store` gives a `Store`, whose methods take and give the records of `dragoman.model` and
the rows of `dragoman.store.rows`. It may be used from many threads at once.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Self

from dragoman.store import rows
from dragoman.store.addresses import shown_address, stands_at
from dragoman.store.alerts import Alerts
from dragoman.store.api_tokens import ApiTokens
from dragoman.store.arrivals import Arrivals
from dragoman.store.articles import Articles
from dragoman.store.asof import AsOf
from dragoman.store.audits import Audits
from dragoman.store.backings import Backings
from dragoman.store.captures import Captures
from dragoman.store.comment_leaving import CommentLeaving
from dragoman.store.connect import connect
from dragoman.store.copies import Copies
from dragoman.store.copying import Carried, Copying, Digest, NotTheSame
from dragoman.store.desk_changes import DeskChanges
from dragoman.store.entries import Entries, Found
from dragoman.store.error_notes import ErrorNotes
from dragoman.store.events import Events
from dragoman.store.facets import Facetting
from dragoman.store.finding import Finding
from dragoman.store.forgetting import Forgetting
from dragoman.store.gathering import Gathering
from dragoman.store.health import Health
from dragoman.store.invitations import Invitations
from dragoman.store.judgements import Judgements
from dragoman.store.keeping import Keeping
from dragoman.store.keys import Keys
from dragoman.store.likeness import Likeness
from dragoman.store.migrations import Upgrading
from dragoman.store.outlines import Outlines
from dragoman.store.printings import Printings
from dragoman.store.reports import Reports
from dragoman.store.republish_decisions import RepublishDecisions
from dragoman.store.searches import Searches
from dragoman.store.sessions import Sessions
from dragoman.store.showing import Showing, Undecided
from dragoman.store.soundness import Soundness
from dragoman.store.sources import source_id
from dragoman.store.spread import Spreading
from dragoman.store.stories import Stories
from dragoman.store.storylines import Storylines
from dragoman.store.tallies import Tallies
from dragoman.store.transactions import utc_now
from dragoman.store.upkeep import Upkeeping
from dragoman.store.versions import Versions
from dragoman.store.volume import Volume

__all__ = [
    "Carried",
    "Digest",
    "Found",
    "NotTheSame",
    "Store",
    "Undecided",
    "open_store",
    "rows",
    "shown_address",
    "source_id",
    "stands_at",
]


class Store(
    Captures,
    Keeping,
    Articles,
    Arrivals,
    Backings,
    Reports,
    Events,
    Outlines,
    Copies,
    Printings,
    Stories,
    Likeness,
    Judgements,
    Health,
    Entries,
    Storylines,
    Volume,
    Forgetting,
    Gathering,
    Versions,
    Audits,
    Finding,
    Facetting,
    Spreading,
    Tallies,
    Showing,
    AsOf,
    Keys,
    ErrorNotes,
    CommentLeaving,
    DeskChanges,
    Sessions,
    ApiTokens,
    Invitations,
    Searches,
    Alerts,
    RepublishDecisions,
    Soundness,
    Upkeeping,
    Copying,
):
    """A desk. Use it as a context manager, or call `close`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


def open_store(
    home_or_url: str | Path,
    *,
    read_only: bool = False,
    clock: Callable[[], str] = utc_now,
    upgrading: Upgrading | None = None,
) -> Store:
    """Open the desk in a folder (or a file, or at `sqlite:///…` or `postgresql://…`); make it where
    there is none.

    One that can't be written here is open for reading, and says so when it is written to.
    `upgrading` is told how far it is where older tables are brought up to date.
    """
    database = connect(home_or_url, read_only=read_only, upgrading=upgrading)
    return Store(database, read_only=read_only, clock=clock)
