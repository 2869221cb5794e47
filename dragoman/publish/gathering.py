"""What leaves the desk in bulk: the events or articles that a query finds, as exports take them.

In: a reading room and a query. Out: items one after the other, read a few hundred at a time, as
this desk may show them; and what every export says of itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman import __version__
from dragoman.checking.results import audits_of
from dragoman.knowledge.atlas import Actor
from dragoman.model import Event, Kept
from dragoman.model.audit import AuditResult
from dragoman.publish.room import ReadingRoom
from dragoman.query import read_query
from dragoman.store.rows import ReportRow
from dragoman.versions import VERSIONS


@dataclass(frozen=True, slots=True)
class EventItem:
    event: Event
    revision: int
    retracted_at: str | None
    reports: tuple[ReportRow, ...]
    """Those that stand, the oldest article first."""
    address: str
    """Of its page."""
    source_country: str | None = None
    """Alpha-3 of the state that the source is, or that it belongs to."""
    target_country: str | None = None
    actors: tuple[Actor, ...] = ()
    """What the atlas knows of those who are on its sides: first those that the event counts for."""

    def actor(self, identity: str | None) -> Actor | None:
        """One of them; None for one that the atlas lacks."""
        return next((one for one in self.actors if one.id == identity), None)

    @property
    def best(self) -> ReportRow | None:
        """The report that tells it most fully."""
        by_id = {row.report.id: row for row in self.reports}
        return by_id.get(self.event.best or "") or next(iter(self.reports), None)


@dataclass(frozen=True, slots=True)
class ArticleItem:
    kept: Kept
    """As this desk may show it."""
    outlet: str
    revision: int
    address: str
    """Of its page on this desk."""


@dataclass(frozen=True, slots=True)
class About:
    """What an export says of itself, so that it can be cited and made again."""

    title: str
    """Of the desk."""
    base: str
    """The desk's own address, without a slash at the end."""
    query: str
    """As it was asked; empty for everything."""
    made_at: str
    """An instant (ISO, UTC)."""
    program: str
    versions: Mapping[str, str]
    """Of each step, and of what it knows: codebook, lexicon, atlas, outlets."""
    public: bool
    """Whether it holds only what others may see."""
    audits: tuple[AuditResult, ...] = ()
    """How right its code was found to be by those who read samples of it."""
    limit: int | None = None
    """How many of the newest were asked for; None: all, or as many as a feed has by itself."""


def about(room: ReadingRoom, query: str, limit: int | None = None) -> About:
    return About(
        title=room.config.title,
        base=room.config.base,
        query=query,
        made_at=room.now,
        program=__version__,
        versions=dict(VERSIONS) | dict(room.knowledge.versions),
        public=room.public,
        audits=audits_of(room.store, query),
        limit=limit,
    )


def events(
    room: ReadingRoom, query: str = "", *, with_retracted: bool = False
) -> Iterator[EventItem]:
    """The events that a query finds, the newest day first. Raises QueryError, at once."""
    tree = read_query(query, room.knowledge)
    return _events(room, room.store.each_event(tree, with_retracted=with_retracted))


def event(room: ReadingRoom, identity: str) -> EventItem | None:
    """One event, also under the id of one that was merged into it; None where there is none."""
    found = room.store.event(identity)
    return next(_items(room, [found.id]), None) if found is not None else None


def event_address(room: ReadingRoom, identity: str) -> str:
    """Of an event's page: the one address that exports, feeds and citations give."""
    return f"{room.config.base}/event/{identity}"


def _events(room: ReadingRoom, found: Iterable[str]) -> Iterator[EventItem]:
    for ids in room.store.in_parts(found):
        yield from _items(room, ids)


def articles(room: ReadingRoom, query: str = "") -> Iterator[ArticleItem]:
    """The articles that a query finds, the newest first. Raises QueryError, at once."""
    tree = read_query(query, room.knowledge)
    return _articles(room, room.store.each_article(tree))


def _articles(room: ReadingRoom, found: Iterable[str]) -> Iterator[ArticleItem]:
    for identity in found:
        kept, row = room.store.kept(identity), room.store.article(identity)
        if kept is not None and row is not None:
            yield ArticleItem(
                kept=room.display.shown(kept),
                outlet=room.outlet(kept.article),
                revision=row.revision,
                address=f"{room.config.base}/article/{identity}",
            )


def _items(room: ReadingRoom, ids: Sequence[str]) -> Iterator[EventItem]:
    rows, told = room.store.event_rows(ids), room.store.reports_of_events(ids)
    for row in (rows[one] for one in ids if one in rows):
        standing = (one for one in told.get(row.event.id, ()) if one.retracted_at is None)
        reports = tuple(_shown(room, one) for one in standing)
        yield EventItem(
            event=row.event,
            revision=row.revision,
            retracted_at=row.retracted_at,
            reports=reports,
            address=event_address(room, row.event.id),
            source_country=_country(room, row.event.source),
            target_country=_country(room, row.event.target),
            actors=_actors(room, row.event, reports),
        )


def _country(room: ReadingRoom, actor: str | None) -> str | None:
    known = room.knowledge.atlas.actors.get(actor or "")
    if known is None:
        return None
    return known.id if known.kind == "state" else known.country


def _actors(room: ReadingRoom, event: Event, reports: Sequence[ReportRow]) -> tuple[Actor, ...]:
    sides = (side for row in reports for side in (*row.report.sources, *row.report.targets))
    ids = dict.fromkeys((event.source, event.target, *(side.actor for side in sides)))
    known = room.knowledge.atlas.actors
    return tuple(known[one] for one in ids if one is not None and one in known)


def _shown(room: ReadingRoom, row: ReportRow) -> ReportRow:
    return replace(row, report=room.display.report(row.report))
