"""Forgetting: everything made of an article goes, a tombstone with its id and digests stays.

The tombstone holds no content. By the digests of its addresses and bytes the article is refused
when it comes again, until the tombstone is lifted. What is deleted leaves the file as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select

from dragoman.addresses import normal_address
from dragoman.errors import Damaged, StoreError
from dragoman.store.alerts import blank_told_events
from dragoman.store.audits import forget_in_audits
from dragoman.store.comment_leaving import drop_comments
from dragoman.store.databases.dialects import json_text
from dragoman.store.error_notes import drop_error_notes
from dragoman.store.judgements import without_quotes
from dragoman.store.keeping_findable import lose
from dragoman.store.printings import drop_printing
from dragoman.store.records import unpack
from dragoman.store.refusals import refusal_of, refuse, tombstone_where
from dragoman.store.republish_decisions import drop_leads
from dragoman.store.rows import Tombstone
from dragoman.store.schema import (
    article_actors,
    article_versions,
    articles,
    captures,
    entries,
    event_redirects,
    event_reports,
    events,
    failures,
    quotes,
    readings,
    refusals,
    reports,
    tombstones,
)
from dragoman.store.schema_joins import backings, copies, outline_reports, signatures, story_members
from dragoman.store.search import ARTICLE_WORDS, EVENT_WORDS
from dragoman.store.signatures import drop_story_links
from dragoman.store.transactions import Transactions


class Forgetting(Transactions):
    def tombstone(self, identity: str) -> Tombstone | None:
        """What is left of an article, capture, report or event of this id, if forgotten."""
        with self._reading() as connection:
            return tombstone_where(connection, tombstones.c.id == identity)

    def tombstones(self) -> list[Tombstone]:
        """Articles and captures that were forgotten, newest first, without what went with them."""
        query = select(tombstones).where(tombstones.c.id == tombstones.c.cause)
        with self._reading() as connection:
            found = connection.execute(query.order_by(tombstones.c.at.desc(), tombstones.c.id))
            return [Tombstone(**row) for row in found.mappings()]

    def refused(self, address: str | None, body: bytes | None = None) -> Tombstone | None:
        """The tombstone of what had this address or these bytes; None where they are welcome."""
        with self._reading() as connection:
            return refusal_of(connection, address, body)

    def found_at(self, address: str) -> list[str]:
        """Articles, and captures that became none, at an address in any spelling."""
        normal = normal_address(address)
        queries = (
            select(articles.c.id, articles.c.url),
            select(articles.c.id, json_text(articles.c.json, "canonical")),
            select(func.coalesce(captures.c.article_id, captures.c.id), captures.c.url),
        )
        with self._reading() as connection:
            named = [(str(i), url) for query in queries for i, url in connection.execute(query)]
        return list(dict.fromkeys(i for i, url in named if url and normal_address(url) == normal))

    def addresses(self) -> list[tuple[str, str | None]]:
        """Every article's id and address, in order of arrival."""
        query = select(articles.c.id, articles.c.url).order_by(articles.c.seq)
        with self._reading() as connection:
            return [(row.id, row.url) for row in connection.execute(query)]

    def forget(self, identity: str, reason: str, by: str | None = None) -> None:
        """Remove an article, or a capture that became none, with all that was made of it.

        Events that no other article tells go too. Those that others tell must be told anew by the
        caller, in the same transaction. Raises StoreError for an id that the desk does not hold.
        """
        with self._writing() as connection:
            article = connection.execute(
                select(articles.c.newest, articles.c.url).where(articles.c.id == identity)
            ).one_or_none()
            found = _captures(connection, identity)
            if article is None and not found:
                raise StoreError(f"{identity}: the desk holds no article or capture of this id")
            bodies = [body for row in found for body in _bytes_of(row.body)]
            names = [row.id for row in found]
            addresses = [row.url for row in found] + _entry_addresses(connection, names)
            gone = [identity]
            if article is not None:
                addresses.append(article.url)
                own, lost = _remove_reports(connection, identity)
                _remove_article(connection, identity, article.newest)
                drop_comments(connection, identity, self._clock())
                gone += [*lost, *own]
            without_quotes(connection, gone)
            _remove_captures(connection, names, addresses)
            _bury(connection, gone, {"reason": reason, "by": by, "at": self._clock()})
            refuse(connection, identity, addresses, bodies)

    def refuse_capture(self, capture_id: str, cause: str) -> None:
        """Remove a capture that turned out to be of a forgotten article; refuse it from now on."""
        with self._writing() as connection:
            query = select(captures.c.url, captures.c.body).where(captures.c.id == capture_id)
            row = connection.execute(query).one_or_none()
            if row is None:
                return
            addresses = [row.url, *_entry_addresses(connection, [capture_id])]
            refuse(connection, cause, addresses, _bytes_of(row.body))
            _remove_captures(connection, [capture_id], addresses)

    def lift(self, identity: str) -> bool:
        """Let a forgotten article come again; False where none of this id was forgotten."""
        with self._writing() as connection:
            connection.execute(delete(refusals).where(refusals.c.cause == identity))
            gone = connection.execute(delete(tombstones).where(tombstones.c.cause == identity))
            return gone.rowcount > 0

    def scrub(self) -> bool:
        """Write the desk anew without what was deleted, and empty the log beside it.

        False where another process is reading it: then what it sees goes when it ends.
        """
        with self._writing() as connection:
            ARTICLE_WORDS.drop_deleted(connection)
            EVENT_WORDS.drop_deleted(connection)
        with self._in_words():
            return self._database.scrub()


def _bytes_of(packed: bytes) -> list[bytes]:
    """A page's bytes, by which it is refused if it comes again; none where they are damaged."""
    try:
        return [unpack(packed)]
    except Damaged:
        return []


def _captures(connection: Connection, identity: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Every capture that became the article, or the one of this id."""
    current = select(articles.c.capture_id).where(articles.c.id == identity)
    mine = or_(
        captures.c.article_id == identity, captures.c.id == identity, captures.c.id.in_(current)
    )
    return connection.execute(
        select(captures.c.id, captures.c.body, captures.c.url).where(mine)
    ).all()


def _entry_addresses(connection: Connection, names: Sequence[str]) -> list[str | None]:
    query = select(entries.c.address).where(entries.c.capture_id.in_(names))
    return list(connection.execute(query).scalars())


def _remove_reports(connection: Connection, article_id: str) -> tuple[list[str], list[str]]:
    """The article's reports and the events that nobody else tells; the ids of each."""
    own = select(reports.c.id).where(reports.c.article_id == article_id)
    ids = list(connection.execute(own).scalars())
    told = select(event_reports.c.event_id).where(event_reports.c.report_id.in_(own)).distinct()
    touched = set(connection.execute(told).scalars())
    drop_error_notes(connection, touched)  # what was said of them may quote the article
    connection.execute(delete(event_reports).where(event_reports.c.report_id.in_(own)))
    connection.execute(delete(reports).where(reports.c.article_id == article_id))
    connection.execute(delete(outline_reports).where(outline_reports.c.article_id == article_id))
    elsewhere = (
        select(event_reports.c.event_id)
        .join(reports, reports.c.id == event_reports.c.report_id)
        .where(event_reports.c.event_id.in_(touched), reports.c.retracted_at.is_(None))
    )
    lost = sorted(touched - set(connection.execute(elsewhere).scalars()))
    merged = select(event_redirects.c.old_id).where(event_redirects.c.event_id.in_(lost))
    merged_ids = list(connection.execute(merged).scalars())
    for table in (event_redirects, event_reports):
        connection.execute(delete(table).where(table.c.event_id.in_(lost)))
    lose(connection, lost)
    blank_told_events(connection, [*lost, *merged_ids])
    connection.execute(delete(events).where(events.c.id.in_(lost)))
    return ids, [*lost, *merged_ids]


def _remove_article(connection: Connection, article_id: str, number: int | None) -> None:
    ARTICLE_WORDS.remove(connection, number)
    drop_printing(connection, article_id)
    either = or_(copies.c.article_id == article_id, copies.c.origin_id == article_id)
    connection.execute(delete(copies).where(either))
    drop_story_links(connection, article_id)
    forget_in_audits(connection, article_id)
    drop_leads(connection, [article_id])
    own = (readings, quotes, backings, article_versions, article_actors, signatures, story_members)
    for table in own:
        connection.execute(delete(table).where(table.c.article_id == article_id))
    connection.execute(delete(articles).where(articles.c.id == article_id))


def _remove_captures(
    connection: Connection, names: Sequence[str], addresses: Iterable[str | None]
) -> None:
    """Captures, what feeds said of them, and notes of having failed on them."""
    written = [address for address in addresses if address]
    normals = {normal for address in written if (normal := normal_address(address)) is not None}
    told = or_(entries.c.capture_id.in_(names), entries.c.normal.in_(normals))
    connection.execute(delete(entries).where(told))
    failed = or_(failures.c.capture_id.in_(names), failures.c.origin.in_(written))
    connection.execute(delete(failures).where(failed))
    connection.execute(delete(captures).where(captures.c.id.in_(names)))


def _bury(connection: Connection, ids: Sequence[str], said: dict[str, str | None]) -> None:
    """The first id is the cause of all."""
    connection.execute(delete(tombstones).where(tombstones.c.id.in_(ids)))
    stones = [{"id": identity, "cause": ids[0], **said} for identity in dict.fromkeys(ids)]
    connection.execute(insert(tombstones), stones)
