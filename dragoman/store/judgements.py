"""What people said of the record: given, undone, found by whatever they name; never deleted.

Keeps what it is told; that the record follows is the desk's work, which notes it here when it is
done. Judgements are in the order in which they were given, wherever that was.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from dragoman.errors import StoreError
from dragoman.model import (
    Correction,
    Grouping,
    GroupKind,
    Joining,
    JudgementKind,
    OtherActor,
    Parting,
    Rulings,
    SameActor,
    Verdict,
    Word,
)
from dragoman.store.clocks import not_before
from dragoman.store.records import WORD, dump, load
from dragoman.store.rows import Judgement
from dragoman.store.schema import event_redirects, judged, judgements
from dragoman.store.schema_joins import story_redirects
from dragoman.store.showing import unsettle, unsettle_of_reports
from dragoman.store.transactions import Transactions, parts

NUMBERS = range(1, 2**63)
"""What a database can count with: no judgement has another number."""
JudgementState = Literal["standing", "undone", "due"]
_IN_STATE: dict[JudgementState, ColumnElement[bool]] = {
    "standing": judgements.c.undone_at.is_(None),
    "undone": judgements.c.undone_at.is_not(None),
    "due": judgements.c.is_due,
}
_ALL = select(judgements).order_by(judgements.c.at, judgements.c.id)
_STANDING = _ALL.where(judgements.c.undone_at.is_(None))
_ON = select(judged.c.judgement_id).where(judged.c.id.in_(bindparam("ids", expanding=True)))
_RULINGS = _STANDING.where(
    judgements.c.kind.in_(["merge", "split"]), judgements.c.word.like('%"says":"% actor"%')
)
_VERDICTS = (
    select(judged.c.id, judgements.c.kind)
    .join(judgements, judgements.c.id == judged.c.judgement_id)
    .where(
        judgements.c.undone_at.is_(None),
        judgements.c.kind.in_(["confirm", "reject", "unsure", "correct"]),
        or_(judged.c.id == judgements.c.target_id, judged.c.id.startswith("r-")),
    )
    .order_by(judgements.c.at, judgements.c.id)
)


class Judgements(Transactions):
    def judge(
        self, word: Word, note: str | None, by: str | None, *, at: str | None = None
    ) -> Judgement:
        """Add a judgement, given at an instant (ISO) or now; it is still to be carried out. What is
        already said so is not kept twice."""
        text = dump(WORD, word)
        with self._writing() as connection:
            if at is None and (said := self.already_said(word, note, by)) is not None:
                return said
            moment = at or not_before(self._clock(), self._last_said(word.ids))
            values = {"note": note, "by": by, "at": moment, "is_due": True}
            made = insert(judgements).values(
                kind=word.kind, target_id=word.target, word=text, **values
            )
            row = connection.execute(made.returning(*judgements.c)).one()
            rows = [{"id": one, "judgement_id": row.id} for one in sorted(set(word.ids))]
            connection.execute(insert(judged), rows)
            unsettle(connection, word.ids)
            unsettle_of_reports(connection, word.ids)
            return _judgement(row)

    def already_said(self, word: Word, note: str | None, by: str | None) -> Judgement | None:
        """The last word that stands of what this one is of, where the same person said this very
        word, and nothing new is noted."""
        of = (word.target, *word.reports) if isinstance(word, Verdict) else (word.target,)
        last = next(reversed(self._naming(of)), None)
        if last is None or (last.word, last.by) != (word, by):
            return None
        return last if note in {None, last.note} else None

    def undo(
        self, number: int, why: str | None, by: str | None, *, at: str | None = None
    ) -> Judgement:
        """Take a judgement back; that is still to be carried out. Raises StoreError where there is
        none of this number, or it was undone before."""
        with self._writing() as connection:
            found = _one(connection, number)
            if found.undone_at is not None:
                raise StoreError(f"judgement {number} was undone on {found.undone_at[:10]} already")
            moment = not_before(at or self._clock(), found.at)
            values = {"undone_at": moment, "undone_by": by, "undone_why": why}
            changed = update(judgements).where(judgements.c.id == number)
            connection.execute(changed.values(**values, is_due=True))
            unsettle(connection, found.word.ids)
            unsettle_of_reports(connection, found.word.ids)
            return _one(connection, number)

    def judgement(self, number: int) -> Judgement:
        """Raises StoreError where there is none of this number."""
        with self._reading() as connection:
            return _one(connection, number)

    def judgements(
        self, identity: str | None = None, *, with_undone: bool = False
    ) -> list[Judgement]:
        """Oldest first; of an event or story also what was said of those merged into it."""
        query = _ALL if with_undone else _STANDING
        if identity is not None:
            merged = [
                select(table.c.old_id).where(column == identity)
                for table, column in (
                    (event_redirects, event_redirects.c.event_id),
                    (story_redirects, story_redirects.c.story_id),
                )
            ]
            named = select(judged.c.judgement_id).where(
                or_(judged.c.id == identity, *(judged.c.id.in_(one) for one in merged))
            )
            query = query.where(judgements.c.id.in_(named))
        return self._judgements(query)

    def judgement_log(
        self,
        *,
        kind: JudgementKind | None = None,
        state: JudgementState | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[Judgement]:
        """Newest first, of one kind or in one state where that is given."""
        query = select(judgements).order_by(judgements.c.at.desc(), judgements.c.id.desc())
        if kind is not None:
            query = query.where(judgements.c.kind == kind)
        if state is not None:
            query = query.where(_IN_STATE[state])
        return self._judgements(query.limit(limit).offset(offset))

    def verdicts(self) -> dict[str, JudgementKind]:
        """What was said last, of all that was confirmed, rejected, doubted or corrected."""
        with self._reading() as connection:
            return {row.id: row.kind for row in connection.execute(_VERDICTS)}

    def due_judgements(self) -> list[Judgement]:
        """Those that the record does not follow everywhere yet."""
        return self._judgements(_ALL.where(judgements.c.is_due))

    def carried_out(self, number: int) -> None:
        """Note that the record follows a judgement, or its being undone."""
        with self._writing_along() as connection:
            done = update(judgements).where(judgements.c.id == number).values(is_due=False)
            connection.execute(done)

    def words_on(self, article_id: str) -> list[tuple[int, Verdict | Correction]]:
        """What stands of an article's reports, with the judgement's number, oldest first."""
        return [
            (one.id, one.word)
            for one in self._naming([article_id])
            if isinstance(one.word, Verdict | Correction)
        ]

    def groupings(self, of: GroupKind, members: Collection[str]) -> tuple[Grouping, ...]:
        """What stands of merges and splits of events or stories that name any of the members."""
        words = (one.word for one in self._naming(members))
        return tuple(w for w in words if isinstance(w, Joining | Parting) and w.of == of)

    def rulings(self) -> Rulings:
        """What stands of actors."""
        words = (one.word for one in self._judgements(_RULINGS))
        return Rulings(tuple(w for w in words if isinstance(w, SameActor | OtherActor)))

    def _last_said(self, ids: Collection[str]) -> str | None:
        """When anything was said last of what a word names: words count in the order of their
        moments, and a clock that was set back must not put a new one before an old one."""
        query = select(func.max(judgements.c.at)).join(
            judged, judged.c.judgement_id == judgements.c.id
        )
        with self._reading() as connection:
            found = [
                connection.execute(query.where(judged.c.id.in_(some))).scalar()
                for some in parts(ids)
            ]
        return max((one for one in found if one is not None), default=None)

    def _naming(self, ids: Collection[str]) -> list[Judgement]:
        numbers: set[int] = set()
        with self._reading() as connection:
            for some in parts(ids):
                numbers |= set(connection.execute(_ON, {"ids": some}).scalars())
        if not numbers:
            return []
        found = [
            one
            for some in parts(numbers)
            for one in self._judgements(_STANDING.where(judgements.c.id.in_(some)))
        ]
        return sorted(found, key=lambda one: (one.at, one.id))

    def _judgements(self, query: Select[Any]) -> list[Judgement]:
        with self._reading() as connection:
            return [_judgement(row) for row in connection.execute(query)]


def without_quotes(connection: Connection, ids: Collection[str]) -> None:
    """Take out of the judgements on these what quotes them: notes, and reports as they stood."""
    for some in parts(ids):
        on = judgements.c.id.in_(select(judged.c.judgement_id).where(judged.c.id.in_(some)))
        for row in connection.execute(select(judgements).where(on)).all():
            text = dump(WORD, _bare(load(WORD, row.word), ids))
            changed = update(judgements).where(judgements.c.id == row.id)
            connection.execute(changed.values(note=None, undone_why=None, word=text))


def _bare(word: Word, ids: Collection[str]) -> Word:
    """Without the reports as they stood that have these ids, or are of these articles."""
    if isinstance(word, Verdict):
        kept = (p for p in word.pinned if not {p.report.id, p.report.article_id} & set(ids))
        return replace(word, pinned=tuple(kept))
    if isinstance(word, Correction) and {word.target, word.article} & set(ids):
        return replace(word, pinned=None)
    return word


def _one(connection: Connection, number: int) -> Judgement:
    query = select(judgements).where(judgements.c.id == number)
    row = connection.execute(query).one_or_none() if number in NUMBERS else None
    if row is None:
        raise StoreError(f"there is no judgement {number}; `dragoman judge list` shows them")
    return _judgement(row)


def _judgement(row: Row[*tuple[Any, ...]]) -> Judgement:
    return Judgement(
        id=row.id,
        word=load(WORD, row.word),
        note=row.note,
        by=row.by,
        at=row.at,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
        undone_why=row.undone_why,
        is_due=row.is_due,
    )
