"""What members decide about comments, each with who, when and why; and what the filter learnt.

A decision is taken back by `undo_comment`, with what the filter learnt from it. In: decisions that
were taken. Out: the comment as it is now, and the log.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, select, update

from dragoman.errors import StoreError
from dragoman.model.comment import Comment, CommentDeed, CommentState, Deed
from dragoman.store.comments import Comments, comment_in
from dragoman.store.databases.dialects import insert
from dragoman.store.schema_comments import (
    comment_blocks,
    comment_deeds,
    comment_filter,
    comment_lessons,
    comments,
)

DEEDS: dict[CommentState, Deed] = {
    "shown": "approved",
    "held": "held",
    "spam": "spam",
    "gone": "removed",
}
_TAKEN_BACK = ("approved", "held", "spam", "removed", "blocked")


class CommentRulings(Comments):
    def rule_comment(
        self, number: int, state: CommentState, by: str, why: str | None = None
    ) -> Comment:
        """Put a comment where a member says. Raises StoreError where there is none, it is there
        already, or nothing is left of it."""
        with self._writing() as connection:
            was = comment_in(connection, number)
            if was.state == "gone" and not was.text:
                raise StoreError(f"comment {number} was erased; nothing is left to decide about")
            if was.state == state and was.decided_by is not None:
                raise StoreError(f"comment {number} is {state} already")
            self._put_comment(connection, number, state, by, why)
            self.note_deed(connection, number, DEEDS[state], was.state, state, by, why)
            return comment_in(connection, number)

    def require_newest_deed(self, number: int, seen: int) -> None:
        """Raises StoreError where something happened to a comment after that line of its log."""
        query = select(func.max(comment_deeds.c.id)).where(comment_deeds.c.comment_id == number)
        with self._reading() as connection:
            newest = connection.execute(query).scalar()
        if newest != seen:
            raise StoreError(
                f"comment {number} was changed, or decided about, while you looked at it; "
                "read it again"
            )

    def undo_comment(self, number: int, undone_by: str) -> Comment:
        """Take back what a member last decided about it. Raises StoreError where nobody did."""
        with self._writing() as connection:
            now = comment_in(connection, number)
            standing = _standing(connection, number)
            if not standing:
                raise StoreError(f"nobody decided about comment {number}; there is nothing to undo")
            last, *others = standing
            mark = update(comment_deeds).where(comment_deeds.c.id == last.id)
            connection.execute(mark.values(undone=True))
            if last.did == "blocked":
                mine = comment_blocks.c.comment_id == number
                connection.execute(delete(comment_blocks).where(mine))
                became = now.state
            else:
                became = last.was or "held"
                before = next((one for one in others if one.did != "blocked"), None)
                by, why = (before.by, before.why) if before is not None else (None, None)
                self._put_comment(connection, number, became, by, why)
            self.note_deed(connection, number, "undone", now.state, became, by=undone_by)
            return comment_in(connection, number)

    def _put_comment(
        self,
        connection: Connection,
        number: int,
        state: CommentState,
        by: str | None,
        why: str | None,
    ) -> None:
        at = self._clock() if by is not None else None
        changed = update(comments).where(comments.c.id == number)
        values = {"state": state, "decided_at": at, "decided_by": by, "why": why or None}
        connection.execute(changed.values(**values))

    def block_author(self, number: int, by: str, why: str | None = None) -> int:
        """Later comments of the same name and e-mail, or from its network on its day, are held;
        how many of the two are known. What is there already stays where it is."""
        with self._writing() as connection:
            found = comment_in(connection, number)
            known = [("author", found.author), ("person", found.person)]
            hashes = [(of, who) for of, who in known if who is not None]
            for of, who in hashes:
                made = insert(comment_blocks).values(
                    who=who, of=of, comment_id=number, at=self._clock(), by=by, why=why or None
                )
                connection.execute(made.on_conflict_do_nothing())
            self.note_deed(connection, number, "blocked", found.state, found.state, by, why)
            return len(hashes)

    def comment_deeds(self, number: int | None = None, most: int = 200) -> Sequence[CommentDeed]:
        """The log, of one comment or of all; newest first."""
        query = select(comment_deeds).order_by(comment_deeds.c.id.desc()).limit(most)
        if number is not None:
            query = query.where(comment_deeds.c.comment_id == number)
        with self._reading() as connection:
            return [CommentDeed(**row._mapping) for row in connection.execute(query)]

    def filter_weights(self) -> bytes | None:
        """What the filter learnt here; None before it learnt anything."""
        query = select(comment_filter.c.weights).where(comment_filter.c.id == 1)
        with self._reading() as connection:
            found = connection.execute(query).scalar()
        return bytes(found) if found is not None else None

    def keep_weights(self, weights: bytes) -> None:
        values = {"weights": weights, "at": self._clock()}
        made = insert(comment_filter).values(id=1, **values)
        with self._writing() as connection:
            connection.execute(made.on_conflict_do_update(index_elements=["id"], set_=values))

    def keep_lesson(self, number: int, is_spam: bool, lesson: bytes) -> None:
        """What the decision about a comment that was taken last taught the filter."""
        with self._writing() as connection:
            last, *_ = _standing(connection, number)
            made = insert(comment_lessons).values(
                deed_id=last.id,
                comment_id=number,
                is_spam=is_spam,
                lesson=lesson,
                at=self._clock(),
            )
            connection.execute(made)

    def take_lesson(self, number: int) -> bytes | None:
        """What the decision taught that an undo would take back, for the filter to unlearn; it is
        kept no longer."""
        with self._writing() as connection:
            standing = _standing(connection, number)
            if not standing:
                return None
            mine = comment_lessons.c.deed_id == standing[0].id
            found = connection.execute(select(comment_lessons.c.lesson).where(mine)).scalar()
            connection.execute(delete(comment_lessons).where(mine))
            return bytes(found) if found is not None else None


def _standing(connection: Connection, number: int) -> list[CommentDeed]:
    """What members decided about it and nobody took back, newest first."""
    query = select(comment_deeds).where(
        comment_deeds.c.comment_id == number,
        comment_deeds.c.did.in_(_TAKEN_BACK),
        ~comment_deeds.c.undone,
    )
    rows = connection.execute(query.order_by(comment_deeds.c.id.desc()))
    return [CommentDeed(**row._mapping) for row in rows]
