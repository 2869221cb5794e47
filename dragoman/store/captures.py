"""Captures, kept whole as they were found, and the items that had to be set aside."""

from __future__ import annotations

from sqlalchemy import Connection, and_, delete, exists, insert, or_, select, update

from dragoman.errors import Damaged
from dragoman.model import Capture
from dragoman.store.records import ENTRY, OF_OLD, dump, load, pack, unpack
from dragoman.store.refusals import refusal_of
from dragoman.store.rows import Failure
from dragoman.store.schema import captures, failures
from dragoman.store.transactions import Transactions

_PLAIN = ("id", "origin", "media_type", "charset", "url", "fetched", "language", "published")


class Captures(Transactions):
    def has_capture(self, capture_id: str) -> bool:
        query = select(captures.c.seq).where(captures.c.id == capture_id)
        with self._reading() as connection:
            return connection.execute(query).first() is not None

    def keep_capture(self, capture: Capture) -> bool:
        """False where it was there already, and stays as it is, or was forgotten."""
        with self._writing() as connection:
            return write_capture(connection, capture)

    def capture(self, capture_id: str) -> Capture | None:
        """Raises Damaged where its page or entry can't be read."""
        query = select(captures).where(captures.c.id == capture_id)
        with self._reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        plain = {name: getattr(row, name) for name in _PLAIN}
        entry = load(ENTRY, row.entry, OF_OLD) if row.entry is not None else None
        return Capture(**plain, bare=row.bare, body=unpack(row.body, OF_OLD), entry=entry)

    def unreadable_pages(self) -> list[str]:
        """Captures whose page or entry can't be read. All are tried."""
        with self._reading() as connection:
            ids = list(connection.execute(select(captures.c.id).order_by(captures.c.seq)).scalars())
        return [one for one in ids if not self._is_readable(one)]

    def _is_readable(self, capture_id: str) -> bool:
        try:
            self.capture(capture_id)
        except Damaged:
            return False
        return True

    def fetched(self, capture_id: str) -> str | None:
        """When a capture was fetched (ISO); None where that is not known."""
        query = select(captures.c.fetched).where(captures.c.id == capture_id)
        with self._reading() as connection:
            return connection.execute(query).scalar()

    def is_article(self, capture_id: str) -> bool:
        """True once the capture was made into an article."""
        query = select(captures.c.article_id).where(captures.c.id == capture_id)
        with self._reading() as connection:
            return connection.execute(query).scalar() is not None

    def waiting(self) -> list[str]:
        """Captures that were neither made into an article nor set aside, in order of arrival.

        A process that was killed between finding a page and reading it leaves such captures.
        """
        failed = exists().where(failures.c.capture_id == captures.c.id)
        query = (
            select(captures.c.id)
            .where(captures.c.article_id.is_(None), ~failed)
            .order_by(captures.c.seq)
        )
        with self._reading() as connection:
            return list(connection.execute(query).scalars())

    def set_aside(self, capture_id: str, origin: str, step: str, reason: str) -> None:
        """Note an item that could not be used; leave `capture_id` empty if nothing was fetched."""
        same_item = and_(failures.c.capture_id == capture_id, failures.c.origin == origin)
        with self._writing() as connection:
            connection.execute(delete(failures).where(same_item))
            connection.execute(
                insert(failures).values(
                    capture_id=capture_id,
                    origin=origin,
                    step=step,
                    reason=reason,
                    at=self._clock(),
                )
            )

    def had_after_all(self, origin: str) -> None:
        """What could not be fetched or read whole before was so now."""
        with self._writing() as connection:
            _clear_unfetched(connection, origin)

    def failures(self) -> list[Failure]:
        """Newest first."""
        query = select(failures).order_by(failures.c.at.desc(), failures.c.origin)
        with self._reading() as connection:
            return [Failure(**row) for row in connection.execute(query).mappings()]


def write_capture(connection: Connection, capture: Capture) -> bool:
    """Keep it unless it is there or refused; its origin could be fetched, whatever was noted."""
    _clear_unfetched(connection, capture.origin)
    if refusal_of(connection, capture.url, capture.body) is not None:
        return False
    query = select(captures.c.seq).where(captures.c.id == capture.id)
    if connection.execute(query).first() is not None:
        return False
    values = {name: getattr(capture, name) for name in _PLAIN}
    values["entry"] = dump(ENTRY, capture.entry) if capture.entry is not None else None
    row = insert(captures).values(**values, bare=capture.bare, body=pack(capture.body))
    connection.execute(row)
    return True


def _clear_unfetched(connection: Connection, origin: str) -> None:
    unfetched = and_(failures.c.capture_id == "", failures.c.origin == origin)
    connection.execute(delete(failures).where(unfetched))


def became_article(connection: Connection, capture_id: str, article_id: str) -> None:
    """Note which article a capture gave; what had set it aside before no longer holds."""
    connection.execute(delete(failures).where(failures.c.capture_id == capture_id))
    other = or_(captures.c.article_id.is_(None), captures.c.article_id != article_id)
    connection.execute(
        update(captures).where(captures.c.id == capture_id, other).values(article_id=article_id)
    )


def is_older(connection: Connection, capture_id: str, than: str) -> bool:
    """Whether one capture was fetched before another: of the same instant the one whose id is less.
    Unknown captures count as newest; without an instant the one that was handed in first is older.
    """
    query = select(captures.c.id, captures.c.fetched, captures.c.seq).where(
        captures.c.id.in_([capture_id, than])
    )
    found = {row.id: (row.fetched, row.seq) for row in connection.execute(query)}
    if capture_id == than or len(found) < 2:
        return False
    (fetched, seq), (other_fetched, other_seq) = found[capture_id], found[than]
    if fetched is None or other_fetched is None:
        return bool(seq < other_seq)
    return bool((fetched, capture_id) < (other_fetched, than))
