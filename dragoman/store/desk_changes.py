"""The log of what members do at the desk that leaves no judgement: who, when, why.

Nothing is taken out of it but reasons that may quote an article, with the article.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sqlalchemy import Connection, insert, select, update

from dragoman.store.rows import DeskChange
from dragoman.store.schema_people import desk_changes
from dragoman.store.transactions import Transactions, parts

ChangeOf = Literal["source", "note"]


class DeskChanges(Transactions):
    def note_change(
        self,
        of: ChangeOf,
        target_id: str,
        what: str,
        *,
        detail: str | None = None,
        by: str | None,
        why: str | None,
    ) -> None:
        """Note what was done, in the transaction that does it (`together`)."""
        values = {"of": of, "target_id": target_id, "what": what, "detail": detail}
        made = insert(desk_changes).values(**values, by=by, why=why, at=self._clock())
        with self._writing() as connection:
            connection.execute(made)

    def desk_changes(self, of: ChangeOf, *, limit: int = 50, offset: int = 0) -> list[DeskChange]:
        """Newest first."""
        query = select(desk_changes).where(desk_changes.c.of == of)
        query = query.order_by(desk_changes.c.id.desc()).limit(limit).offset(offset)
        with self._reading() as connection:
            return [DeskChange(**row._mapping) for row in connection.execute(query)]


def drop_reasons(connection: Connection, of: ChangeOf, target_ids: Iterable[str]) -> None:
    """Why something was done to these."""
    for some in parts(target_ids):
        on = (desk_changes.c.of == of) & desk_changes.c.target_id.in_(some)
        connection.execute(update(desk_changes).where(on).values(why=None))
