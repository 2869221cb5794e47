"""Whether a desk's file is whole and its tables agree with each other, and how to bring them back.

Looking changes nothing. What is mended is made of what the desk holds, or leads nowhere; captures
and what people said are never removed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    delete,
    exists,
    func,
    select,
    update,
)

from dragoman.errors import StoreError
from dragoman.logs import note
from dragoman.store.keeping_findable import refresh
from dragoman.store.records import ARTICLE, load
from dragoman.store.schema import (
    article_versions,
    articles,
    captures,
    event_reports,
    events,
    failures,
    metadata,
    reports,
)
from dragoman.store.schema_joins import stories, story_members, story_redirects
from dragoman.store.search import ARTICLE_WORDS, INDICES, WordIndex, index_article
from dragoman.store.transactions import Transactions, parts

KEPT = frozenset({"audit_items", "audit_verdicts", "entries", "judged", "refusals"})
"""Tables of which no row is removed, whatever it names: people's words, what is never to be taken
again, and what was asked for already."""
LONG_LOG, MOMENT = 64_000_000, 1.0
"""Bytes of changes beside the file after which they are written into it; seconds that readers of a
view before are waited for then."""
_TOLD = exists().where(event_reports.c.event_id == events.c.id)
_IN_STORY = exists().where(story_members.c.story_id == stories.c.id)
_ARTICLE_OF_VERSION = exists().where(articles.c.id == article_versions.c.article_id)
_STRAY: Mapping[str, tuple[Table, ColumnElement[bool]]] = {
    "events without reports": (events, events.c.retracted_at.is_(None) & ~_TOLD),
    "stories without articles": (stories, ~_IN_STORY),
}


class Soundness(Transactions):
    _log_left = 0
    """Bytes of the log that stood in it after it was last to be shortened."""

    def faults(self, *, full: bool = False) -> list[str]:
        """What the database finds wrong with its own files; `full` compares the indices too."""
        with self._in_words():
            return self._database.faults(full=full)

    def broken(self) -> dict[str, int]:
        """How many rows of which table name a row of another that is not there."""
        counted: dict[str, int] = {}
        with self._reading() as connection:
            for table, condition in _leading_nowhere():
                query = select(func.count()).select_from(table).where(condition)
                if number := connection.execute(query).scalar_one():
                    counted[table.name] = counted.get(table.name, 0) + number
        return counted

    def stray(self) -> dict[str, int]:
        """How many rows are left of something that is gone, by what they are."""
        with self._reading() as connection:
            found = {
                what: connection.execute(
                    select(func.count()).select_from(table).where(condition)
                ).scalar_one()
                for what, (table, condition) in _STRAY.items()
            }
        return {what: number for what, number in found.items() if number}

    def out_of_step(self) -> dict[str, int]:
        """How many rows the word indices lack, or hold of what is gone, by index."""
        found: dict[str, int] = {}
        with self._reading() as connection:
            for index, number in INDICES:
                lacking, left = _difference(connection, index, number)
                if lacking or left:
                    found[index.name] = len(lacking) + len(left)
        return found

    def newest_moment(self) -> str | None:
        """When the newest of what the desk notes was noted (ISO)."""
        columns = (articles.c.first_kept, reports.c.first_made, captures.c.fetched, failures.c.at)
        with self._reading() as connection:
            found = (connection.execute(select(func.max(one))).scalar() for one in columns)
            return max((one for one in found if one is not None), default=None)

    def size(self) -> int:
        """Bytes that the desk takes where it is kept."""
        with self._in_words():
            return self._database.size()

    def log_size(self) -> int:
        """Bytes of changes that stand beside the desk's file and were not yet written into it."""
        return self._database.log_size()

    def bring_in_step(self) -> None:
        """Make the word indices hold what the tables hold, and nothing else."""
        with self._writing() as connection:
            for index, number in INDICES:
                lacking, left = _difference(connection, index, number)
                for one in left:
                    index.remove(connection, one)
                if index is ARTICLE_WORDS:
                    _index_articles(connection, lacking)
                    continue
                for some in parts(lacking):
                    query = select(events.c.id).where(events.c.newest.in_(some))
                    refresh(connection, connection.execute(query).scalars().all())

    def clear_broken(self) -> None:
        """Remove rows that name what is not there, until none is left that can be made again of
        captures; those whose article is gone are to be read again."""
        with self._writing() as connection:
            # What a removed row leaves behind goes in the next turn.
            self._database.defer_references(connection)
            lost = select(article_versions.c.article_id).where(~_ARTICLE_OF_VERSION)
            for some in parts(connection.execute(lost).scalars()):
                theirs = captures.c.article_id.in_(some)
                connection.execute(update(captures).where(theirs).values(article_id=None))
            while sum(
                connection.execute(delete(table).where(condition)).rowcount
                for table, condition in _leading_nowhere()
                if table.name not in KEPT
            ):
                pass

    def clear_stray(self) -> None:
        """Withdraw events nobody tells; remove stories without articles."""
        with self._writing() as connection:
            for table, condition in _STRAY.values():
                if table is events:
                    now = self._clock()
                    connection.execute(update(events).where(condition).values(retracted_at=now))
                    continue
                if table is stories:
                    ended = select(stories.c.id).where(condition)
                    leading = story_redirects.c.story_id.in_(ended)
                    connection.execute(delete(story_redirects).where(leading))
                connection.execute(delete(table).where(condition))

    def rebuild(self) -> None:
        """Make all indices of the desk's file anew from its tables."""
        self.require_writable()
        with self._in_words():
            self._database.rebuild()

    def shrink_log(self) -> None:
        """Write the log of changes into the file, and begin it anew."""
        with self._in_words():
            self._database.shrink_log()

    def keep_log_short(self) -> None:
        """The same where it is long. Where many read at once, one of them nearly always has a view
        of before, and by itself it would grow without end. None of them waits, and whoever reads
        for longer than a moment is not waited for: it is tried again when as much more has been
        written. What comes in the way is noted: nothing that was kept hangs on it."""
        if self._database.log_size() <= self._log_left + LONG_LOG:
            return
        try:
            with self._in_words():
                self._database.shrink_log(MOMENT)
        except StoreError as fault:
            note("log", level="warning", reason=str(fault))
        self._log_left = self._database.log_size()


def _leading_nowhere() -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Each table with what is true of those of its rows that name a row which is not there."""
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            there = exists().where(key.column == key.parent)
            yield table, key.parent.is_not(None) & ~there


def _difference(
    connection: Connection, index: WordIndex, number: Column[int]
) -> tuple[list[int], list[int]]:
    """Numbers that the index lacks, and numbers that it holds of nothing."""
    held = set(connection.execute(select(number).where(number.is_not(None))).scalars())
    indexed = index.numbers(connection)
    return sorted(held - indexed), sorted(indexed - held)


def _index_articles(connection: Connection, numbers: list[int]) -> None:
    for some in parts(numbers):
        query = select(articles.c.json, articles.c.newest).where(articles.c.newest.in_(some))
        for row in connection.execute(query.order_by(articles.c.newest)).all():
            index_article(connection, load(ARTICLE, row.json), row.newest, None)
