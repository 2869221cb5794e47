"""What readers say under articles: kept as it was typed, found by article, state and author.

It refuses a comment on an article that the desk does not hold, and an answer to one that is not
under the same article. What was decided about them is in `comment_rulings`, how they leave in
`comment_leaving`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from dragoman.errors import StoreError
from dragoman.model.comment import Comment, CommentReason, CommentState, Deed
from dragoman.store.schema import articles
from dragoman.store.schema_comments import comment_blocks, comment_deeds, comments
from dragoman.store.transactions import Transactions

LARGEST = 2**63 - 1
"""What a database can count to."""
Circumstances = Mapping[str, Any]
"""What the filter was shown besides name and text, by name."""
_NOT_SHOWN = {"nonce", "circumstances"}
SHOWN_COLUMNS = [column for column in comments.c if column.name not in _NOT_SHOWN]


@dataclass(frozen=True, slots=True)
class NewComment:
    """A comment to be kept; the fields are those of `Comment`."""

    article_id: str
    parent: int | None
    name: str
    text: str
    language: str
    state: CommentState
    score: float
    reasons: tuple[CommentReason, ...]
    author: str
    person: str
    has_email: bool
    circumstances: Circumstances
    nonce: str | None = None
    """Of the form; one that is sent again is not kept again."""


class Comments(Transactions):
    def keep_comment(self, new: NewComment) -> Comment:
        """The comment as it is kept now; the one that its form left before, where it did. Raises
        StoreError where the desk holds no such article, or the article no such comment."""
        with self._writing() as connection:
            before = select(comments.c.id).where(comments.c.nonce == new.nonce)
            found = connection.execute(before).scalar() if new.nonce is not None else None
            if found is not None:
                return comment_in(connection, found)
            _require_place(connection, new)
            made = connection.execute(insert(comments).values(**self._comment_columns(new)))
            (number,) = made.inserted_primary_key or (0,)
            self.note_deed(connection, number, "received", None, new.state)
            return comment_in(connection, number)

    def _comment_columns(self, new: NewComment) -> dict[str, object]:
        columns = {name: getattr(new, name) for name in NewComment.__slots__}
        return columns | {
            "reasons": reasons_json(new.reasons),
            "circumstances": json.dumps(new.circumstances),
            "made_at": self._clock(),
        }

    def edit_comment(
        self,
        number: int,
        text: str,
        state: CommentState,
        score: float,
        reasons: tuple[CommentReason, ...],
    ) -> Comment:
        """Other words in its place, decided on anew."""
        with self._writing() as connection:
            was = comment_in(connection, number)
            changed = update(comments).where(comments.c.id == number)
            connection.execute(
                changed.values(
                    text=text,
                    state=state,
                    score=score,
                    reasons=reasons_json(reasons),
                    edited_at=self._clock(),
                    # What a member decided was about the words that stood there before.
                    decided_at=None,
                    decided_by=None,
                    why=None,
                )
            )
            self.note_deed(connection, number, "edited", was.state, state)
            return comment_in(connection, number)

    def comment(self, number: int) -> Comment | None:
        with self._reading() as connection:
            return find_comment(connection, number)

    def comments_of_article(self, article_id: str, most: int = 500) -> list[Comment]:
        """What is shown under it, and what is gone: the newest so many, oldest first."""
        query = select(*SHOWN_COLUMNS).where(
            comments.c.article_id == article_id, comments.c.state.in_(("shown", "gone"))
        )
        with self._reading() as connection:
            rows = connection.execute(query.order_by(comments.c.id.desc()).limit(most)).all()
        return [_comment(row) for row in reversed(rows)]

    def comments_in(self, state: CommentState, most: int = 50, before: int = 0) -> list[Comment]:
        """Oldest first where they wait for somebody, else newest first; `before` passes over so
        many."""
        order = comments.c.id if state == "held" else comments.c.id.desc()
        query = select(*SHOWN_COLUMNS).where(comments.c.state == state).order_by(order)
        with self._reading() as connection:
            rows = connection.execute(query.limit(most).offset(before))
            return [_comment(row) for row in rows]

    def count_comments(self) -> dict[str, int]:
        """By state; a state that none is in is left out."""
        query = select(comments.c.state, func.count().label("number")).group_by(comments.c.state)
        with self._reading() as connection:
            return {row.state: row.number for row in connection.execute(query)}

    def comments_by(self, comment: Comment, most: int = 20) -> list[Comment]:
        """Others of the same name and e-mail, or of the same network on its day; newest first."""
        same = [comments.c.author == comment.author] if comment.author is not None else []
        same += [comments.c.person == comment.person] if comment.person is not None else []
        if not same:
            return []
        either = same[0] if len(same) == 1 else same[0] | same[1]
        query = select(*SHOWN_COLUMNS).where(either, comments.c.id != comment.id)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(comments.c.id.desc()).limit(most))
            return [_comment(row) for row in rows]

    def is_known(self, author: str) -> bool:
        """Whether a member approved a comment of this name and e-mail."""
        query = select(comments.c.id).where(
            comments.c.author == author,
            comments.c.has_email,
            comments.c.state == "shown",
            comments.c.decided_by.is_not(None),
        )
        with self._reading() as connection:
            return connection.execute(query.limit(1)).scalar() is not None

    def is_blocked(self, hashes: Iterable[str]) -> bool:
        query = select(comment_blocks.c.who).where(comment_blocks.c.who.in_(list(hashes)))
        with self._reading() as connection:
            return connection.execute(query.limit(1)).scalar() is not None

    def circumstances(self, number: int) -> Circumstances:
        query = select(comments.c.circumstances).where(comments.c.id == number)
        with self._reading() as connection:
            return dict(json.loads(connection.execute(query).scalar() or "{}"))

    def recent_circumstances(self, most: int = 200, but: int | None = None) -> list[Circumstances]:
        """Of the newest comments of all articles, without that of one."""
        query = select(comments.c.circumstances).where(comments.c.id != (but or 0))
        with self._reading() as connection:
            rows = connection.execute(query.order_by(comments.c.id.desc()).limit(most))
            return [json.loads(row.circumstances) for row in rows]

    def note_deed(
        self,
        connection: Connection,
        number: int,
        did: Deed,
        was: CommentState | None,
        became: CommentState,
        by: str | None = None,
        why: str | None = None,
    ) -> None:
        made = insert(comment_deeds).values(
            comment_id=number,
            did=did,
            was=was,
            became=became,
            at=self._clock(),
            by=by,
            why=why or None,
            undone=False,
        )
        connection.execute(made)


def comment_in(connection: Connection, number: int) -> Comment:
    """Raises StoreError where there is none."""
    found = find_comment(connection, number)
    if found is None:
        raise StoreError(f"there is no comment {number}; `dragoman comments list` shows them")
    return found


def find_comment(connection: Connection, number: int) -> Comment | None:
    if not 0 < number <= LARGEST:
        return None
    query = select(*SHOWN_COLUMNS).where(comments.c.id == number)
    row = connection.execute(query).one_or_none()
    return _comment(row) if row is not None else None


def reasons_json(reasons: Iterable[CommentReason]) -> str:
    made = [{"kind": r.kind, "weight": r.weight, "shown": r.shown} for r in reasons]
    return json.dumps(made, ensure_ascii=False)


def _comment(row: Row[*tuple[Any, ...]]) -> Comment:
    columns = dict(row._mapping)
    reasons = tuple(
        CommentReason(one["kind"], one["weight"], tuple(one["shown"]))
        for one in json.loads(columns.pop("reasons"))
    )
    return Comment(**columns, reasons=reasons)


def _require_place(connection: Connection, new: NewComment) -> None:
    held = select(articles.c.id).where(articles.c.id == new.article_id)
    if connection.execute(held).scalar() is None:
        raise StoreError(f"this desk holds no article {new.article_id}")
    if new.parent is None:
        return
    found = find_comment(connection, new.parent)
    if found is None or found.article_id != new.article_id:
        raise StoreError(f"article {new.article_id} has no comment {new.parent} to answer")
