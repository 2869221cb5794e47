"""What people said of reports, events, articles and links; never changed by a rebuild."""

from __future__ import annotations

from sqlalchemy import insert, or_, select

from dragoman.store.rows import Judgement
from dragoman.store.schema import event_redirects, judgements
from dragoman.store.transactions import Transactions


class Judgements(Transactions):
    def judge(self, target_id: str, verdict: str, note: str | None, by: str | None) -> Judgement:
        """Add a judgement; said twice in a row by the same person it is kept once."""
        values = {"target_id": target_id, "verdict": verdict, "note": note, "by": by}
        latest = (
            select(judgements)
            .where(judgements.c.target_id == target_id, judgements.c.by.is_not_distinct_from(by))
            .order_by(judgements.c.id.desc())
            .limit(1)
        )
        with self._writing() as connection:
            said = connection.execute(latest).mappings().one_or_none()
            if said and all(said[name] == value for name, value in values.items()):
                return Judgement(**said)
            row = connection.execute(
                insert(judgements).values(**values, at=self._clock()).returning(*judgements.c)
            )
            return Judgement(**row.mappings().one())

    def judgements(self, target_id: str | None = None) -> list[Judgement]:
        """Oldest first; of an event also what was said of events merged into it."""
        query = select(judgements).order_by(judgements.c.id)
        if target_id is not None:
            merged = select(event_redirects.c.old_id).where(event_redirects.c.event_id == target_id)
            of_it = judgements.c.target_id
            query = query.where(or_(of_it == target_id, of_it.in_(merged)))
        with self._reading() as connection:
            return [Judgement(**row) for row in connection.execute(query).mappings()]
