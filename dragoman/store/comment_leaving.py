"""How comments leave: erased by who wrote them, gone with their article, past their time.

What leaves is deleted, or emptied where others answered it. Of it stays a line in the log of
erasures: when, why, and how many.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)

from dragoman.store.comment_rulings import CommentRulings
from dragoman.store.comments import comment_in
from dragoman.store.schema_comments import (
    comment_blocks,
    comment_deeds,
    comment_erasures,
    comment_lessons,
    comments,
)
from dragoman.store.transactions import parts

_EMPTY = {
    "name": "",
    "text": "",
    "reasons": "[]",
    "circumstances": "{}",
    "author": None,
    "person": None,
    "has_email": False,
    "edited_at": None,
    "state": "gone",
}
"""What is left of a comment that others answered."""


@dataclass(frozen=True, slots=True)
class Erasure:
    at: str
    what: str
    """asked (by who wrote them), spam or removed (past their time), persons (hashes of networks
    past their time), forgotten (with their article)."""
    number: int


class CommentLeaving(CommentRulings):
    def erase_comment(self, number: int) -> None:
        """As who wrote it wants. Raises StoreError where there is none."""
        with self._writing() as connection:
            comment_in(connection, number)
            _take_away(connection, [number], self._clock())
            self._note_erased(connection, "asked", 1)

    def purge_comments(self, spam_before: str, persons_before: str) -> dict[str, int]:
        """Take away what is past its time: spam, and what a member removed, that came before an
        instant, and hashes of networks before another. How many of each, by name."""
        spam = and_(comments.c.state == "spam", comments.c.made_at < spam_before)
        removed = and_(
            comments.c.state == "gone", comments.c.text != "", comments.c.decided_at < spam_before
        )
        with self._writing() as connection:
            done = {
                "spam": self._purge_comments(connection, spam),
                "removed": self._purge_comments(connection, removed),
                "persons": _forget_persons(connection, persons_before),
            }
            _drop_unanswered(connection)
            for what, number in done.items():
                self._note_erased(connection, what, number)
        return done

    def erasures(self) -> list[Erasure]:
        """Newest first."""
        columns = (comment_erasures.c.at, comment_erasures.c.what, comment_erasures.c.number)
        query = select(*columns).order_by(comment_erasures.c.id.desc())
        with self._reading() as connection:
            return [Erasure(**row._mapping) for row in connection.execute(query)]

    def _purge_comments(self, connection: Connection, which: ColumnElement[bool]) -> int:
        found = connection.execute(select(comments.c.id).where(which))
        numbers = list(found.scalars())
        _take_away(connection, numbers, self._clock())
        return len(numbers)

    def _note_erased(self, connection: Connection, what: str, number: int) -> None:
        if number:
            note_erasure(connection, self._clock(), what, number)


def note_erasure(connection: Connection, at: str, what: str, number: int) -> None:
    connection.execute(insert(comment_erasures).values(at=at, what=what, number=number))


def drop_comments(connection: Connection, article_id: str, at: str) -> None:
    """All that readers said under an article."""
    found = select(comments.c.id).where(comments.c.article_id == article_id)
    numbers = list(connection.execute(found).scalars())
    if numbers:
        _delete(connection, numbers)
        note_erasure(connection, at, "forgotten", len(numbers))


def _take_away(connection: Connection, numbers: Iterable[int], at: str) -> None:
    """Empty those that others answered; delete the others."""
    left = set(numbers)
    for some in parts(left):
        query = select(comments.c.parent).where(comments.c.parent.in_(some))
        answered = sorted(set(connection.execute(query.distinct()).scalars()))
        emptied = update(comments).where(comments.c.id.in_(answered))
        connection.execute(emptied.values(**_EMPTY, decided_at=at, decided_by=None, why=None))
        _drop_traces(connection, answered)
        _delete(connection, set(some) - set(answered))


def _delete(connection: Connection, numbers: Iterable[int]) -> None:
    for some in parts(numbers):
        _drop_traces(connection, some)
        connection.execute(delete(comments).where(comments.c.id.in_(some)))


def _drop_traces(connection: Connection, numbers: list[int]) -> None:
    """The log and the reason of a block may quote a comment; a lesson is made of its words."""
    for table in (comment_deeds, comment_lessons):
        connection.execute(delete(table).where(table.c.comment_id.in_(numbers)))
    blocked = comment_blocks.c.comment_id.in_(numbers)
    connection.execute(update(comment_blocks).where(blocked).values(why=None))


def _drop_unanswered(connection: Connection) -> None:
    """What was emptied, once those who answered it are gone too."""
    answer = comments.alias()
    answered = select(answer.c.id).where(answer.c.parent == comments.c.id).exists()
    empty = and_(comments.c.state == "gone", comments.c.text == "", ~answered)
    numbers = list(connection.execute(select(comments.c.id).where(empty)).scalars())
    _delete(connection, numbers)


def _forget_persons(connection: Connection, before: str) -> int:
    old = and_(comments.c.person.is_not(None), comments.c.made_at < before)
    number = connection.execute(select(func.count()).where(old)).scalar_one()
    connection.execute(update(comments).where(old).values(person=None))
    past = and_(comment_blocks.c.of == "person", comment_blocks.c.at < before)
    connection.execute(delete(comment_blocks).where(past))
    return int(number)
