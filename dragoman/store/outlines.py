"""Outlines of reports: whose they are, what ties them, what holds them, and which are near.

Keeps what it is told, each thing once; whether two are of one happening is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    RowMapping,
    Select,
    bindparam,
    delete,
    exists,
    insert,
    not_,
    select,
    union_all,
    update,
)

from dragoman.errors import StoreError
from dragoman.model import OUTLINE_DAYS, Footing, Outline, Report, Tie, Told
from dragoman.store.records import OUTLINE, REPORT, dump, load
from dragoman.store.schema import event_redirects, event_reports, events, reports
from dragoman.store.schema_joins import outline_keys, outline_reports, outline_ties, outlines
from dragoman.store.transactions import Transactions, parts

LONGEST = timedelta(days=OUTLINE_DAYS)

# Statements are made once: making one costs more than carrying it out.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_OF_ARTICLE = select(outline_reports).where(outline_reports.c.article_id == bindparam("article"))
_DROP_OF_ARTICLE = delete(outline_reports).where(
    outline_reports.c.article_id == bindparam("article")
)
_NEW_TOLD, _NEW_OUTLINES = insert(outline_reports), insert(outlines)
_NEW_KEYS, _NEW_TIES = insert(outline_keys), insert(outline_ties)
_KNOWN = select(outlines.c.id).where(outlines.c.id.in_(_IDS))
_NEAR = (
    select(outlines.c.id, outlines.c.json)
    .join(outline_keys, outline_keys.c.outline_id == outlines.c.id)
    .where(
        outline_keys.c.key.in_(bindparam("keys", expanding=True)),
        outline_keys.c.start_day.between(bindparam("first"), bindparam("end")),
        outline_keys.c.end_day >= bindparam("start"),
    )
    .distinct()
)
_WHOLE = select(outlines.c.id, outlines.c.json).where(outlines.c.id.in_(_IDS))
_TIES = select(outline_ties).where(outline_ties.c.one.in_(_IDS))
_FOOTING = select(
    outlines.c.id, outlines.c.is_dated, outlines.c.anchor, outlines.c.is_alone, outlines.c.part
)
_FOOTINGS, _IN_PARTS = (_FOOTING.where(c.in_(_IDS)) for c in (outlines.c.id, outlines.c.part))
_PUT_FOOTING = update(outlines).where(outlines.c.id == bindparam("of"))
_TELLINGS = select(outline_reports).where(outline_reports.c.outline_id.in_(_IDS))
_WHERE_TOLD = select(outline_reports).where(outline_reports.c.report_id.in_(_IDS))
_REPORTS = select(reports.c.json).where(reports.c.id.in_(_IDS))
_EVENTS = select(event_reports.c.event_id).where(event_reports.c.report_id.in_(_IDS)).distinct()
_MEMBERS = select(event_reports.c.event_id, event_reports.c.report_id).where(
    event_reports.c.event_id.in_(_IDS)
)
_REDIRECTED = select(event_redirects).where(event_redirects.c.event_id.in_(_IDS))
_LEFT = select(reports.c.last_event, reports.c.id).where(
    reports.c.id.in_(_IDS),
    exists().where(events.c.id == reports.c.last_event),
    ~exists().where(event_reports.c.event_id == reports.c.last_event),
)
_TAKEN = union_all(
    select(event_reports.c.event_id).where(event_reports.c.event_id == bindparam("event")),
    select(event_redirects.c.old_id).where(event_redirects.c.old_id == bindparam("event")),
).limit(1)


class Outlines(Transactions):
    def told_by(self, article_id: str) -> dict[str, tuple[str, Told]]:
        """Of an article's reports: the id of the outline, and where it was told."""
        with self._reading() as connection:
            return {
                row["report_id"]: (row["outline_id"], _told(row))
                for row in connection.execute(_OF_ARTICLE, {"article": article_id}).mappings()
            }

    def outlines_of(self, report_ids: Collection[str]) -> set[str]:
        """The ids of the outlines that these reports have."""
        with self._reading() as connection:
            return {
                outline_id
                for some in parts(report_ids)
                for outline_id in connection.execute(
                    select(outline_reports.c.outline_id).where(
                        outline_reports.c.report_id.in_(some)
                    )
                ).scalars()
            }

    def keep_told(self, article_id: str, told: Mapping[str, tuple[str, Told]]) -> None:
        """Put an article's reports in place of those before; their outlines must be kept."""
        rows = [
            {
                "report_id": report_id,
                "article_id": article_id,
                "outline_id": outline_id,
                "outlet": one.outlet,
                "moment": one.moment,
                "language": one.language,
            }
            for report_id, (outline_id, one) in told.items()
        ]
        with self._writing_along() as connection:
            connection.execute(_DROP_OF_ARTICLE, {"article": article_id})
            if rows:
                connection.execute(_NEW_TOLD, rows)

    def keep_outlines(self, made: Mapping[Outline, Collection[str]]) -> list[Outline]:
        """Keep outlines with the keys they are found by; those that were not here before.

        Raises StoreError for one of more than `OUTLINE_DAYS`, which not every other would find.
        """
        for one in made:
            if one.start and one.end and _day(one.end) - _day(one.start) > LONGEST:
                raise StoreError(f"outline {one.id} is of more days than it can be found by")
        with self._writing_along() as connection:
            ids = {"ids": [one.id for one in made]}
            known = set(connection.execute(_KNOWN, ids).scalars()) if made else set()
            new = [one for one in made if one.id not in known]
            if new:
                connection.execute(_NEW_OUTLINES, [_row(one) for one in new])
                keys = [
                    {
                        "key": key,
                        "start_day": one.start,
                        "end_day": one.end,
                        "outline_id": one.id,
                    }
                    for one in new
                    for key in made[one]
                ]
                if keys:
                    connection.execute(_NEW_KEYS, keys)
            return new

    def drop_outlines_without_reports(self, ids: Collection[str]) -> set[str]:
        """Drop those of the outlines that no report has any more; what they were tied to, and
        what was held together with them."""
        if not ids:
            return set()
        with self._writing_along() as connection:
            has_report = outlines.c.id.in_(select(outline_reports.c.outline_id))
            query = select(outlines.c.id, outlines.c.part).where(
                outlines.c.id.in_(sorted(ids)), not_(has_report)
            )
            found = connection.execute(query).all()
            if not found:
                return set()
            gone = [row.id for row in found]
            tied = select(outline_ties.c.other).where(outline_ties.c.one.in_(gone))
            touched = set(connection.execute(tied).scalars())
            for some in parts(touched):
                connection.execute(
                    delete(outline_ties).where(
                        outline_ties.c.one.in_(some), outline_ties.c.other.in_(gone)
                    )
                )
            connection.execute(delete(outline_ties).where(outline_ties.c.one.in_(gone)))
            connection.execute(delete(outline_keys).where(outline_keys.c.outline_id.in_(gone)))
            connection.execute(delete(outlines).where(outlines.c.id.in_(gone)))
            left = [row.part for row in found]
            held = select(outlines.c.id).where(outlines.c.part.in_(left))
            return (touched | set(connection.execute(held).scalars())) - set(gone)

    def outlines_near(self, keys: Collection[str], start: str, end: str) -> list[Outline]:
        """Outlines with one of the keys whose days (ISO) overlap those from `start` to `end`."""
        day = _day(start)
        first = (max(day, date.min + LONGEST) - LONGEST).isoformat()
        found: dict[str, str] = {}
        with self._reading() as connection:
            for some in parts(keys):
                values = {"keys": some, "first": first, "start": start, "end": end}
                found.update((one, text) for one, text in connection.execute(_NEAR, values).all())
        return [load(OUTLINE, found[one]) for one in sorted(found)]

    def outlines(self, ids: Collection[str]) -> dict[str, Outline]:
        with self._reading() as connection:
            return {
                one: load(OUTLINE, text)
                for some in parts(ids)
                for one, text in connection.execute(_WHOLE, {"ids": some}).all()
            }

    def keep_ties(self, ties: Sequence[Tie]) -> None:
        """New ties; each has to be handed in from both its ends."""
        names = ("one", "other", "score", "same_day", "is_other_dated")
        rows = [{name: getattr(tie, name) for name in names} for tie in ties]
        if rows:
            with self._writing_along() as connection:
                connection.execute(_NEW_TIES, rows)

    def ties_of(self, ids: Collection[str]) -> list[Tie]:
        return [tie for some in self.ties_by_some(ids) for tie in some]

    def ties_by_some(self, ids: Collection[str]) -> Iterator[list[Tie]]:
        """The ties of some of the outlines, of some others, and so on, each read when asked for."""
        for some in parts(ids):
            with self._reading() as connection:
                found = connection.execute(_TIES, {"ids": some}).all()
            yield [Tie._make(row) for row in found]

    def footings(self, ids: Collection[str]) -> dict[str, Footing]:
        return self._footings(_FOOTINGS, ids)

    def held_together(self, parts: Collection[str]) -> dict[str, Footing]:
        """All that belongs to the parts."""
        return self._footings(_IN_PARTS, parts)

    def _footings(
        self, query: Select[*tuple[Any, ...]], values: Collection[str]
    ) -> dict[str, Footing]:
        with self._reading() as connection:
            return {
                row[0]: Footing(*row)
                for some in parts(values)
                for row in connection.execute(query, {"ids": some}).all()
            }

    def keep_footings(self, footings: Sequence[Footing]) -> None:
        rows = [
            {"of": one.id, "anchor": one.anchor, "is_alone": one.is_alone, "part": one.part}
            for one in footings
        ]
        if rows:
            with self._writing_along() as connection:
                connection.execute(_PUT_FOOTING, rows)

    def tellings(self, outline_ids: Collection[str]) -> dict[str, list[Told]]:
        """Of each outline, the reports that have it."""
        found: dict[str, list[Told]] = {}
        with self._reading() as connection:
            for some in parts(outline_ids):
                for row in connection.execute(_TELLINGS, {"ids": some}).mappings():
                    found.setdefault(row["outline_id"], []).append(_told(row))
        return found

    def where_told(self, report_ids: Collection[str]) -> dict[str, Told]:
        """Of each report that has an outline, where it was told."""
        with self._reading() as connection:
            return {
                row["report_id"]: _told(row)
                for some in parts(report_ids)
                for row in connection.execute(_WHERE_TOLD, {"ids": some}).mappings()
            }

    def reports_of(self, report_ids: Collection[str]) -> list[Report]:
        """The bare reports, without their articles."""
        with self._reading() as connection:
            return [
                load(REPORT, text)
                for some in parts(report_ids)
                for text in connection.execute(_REPORTS, {"ids": some}).scalars()
            ]

    def events_of(self, report_ids: Collection[str]) -> dict[str, set[str]]:
        """The events that reports belong to, each with all its reports."""
        found: dict[str, set[str]] = {}
        with self._reading() as connection:
            # Not in one statement: the reports of a large event would be read for each part.
            called = {
                event_id
                for some in parts(report_ids)
                for event_id in connection.execute(_EVENTS, {"ids": some}).scalars()
            }
            for some in parts(called):
                for event_id, report_id in connection.execute(_MEMBERS, {"ids": some}).all():
                    found.setdefault(event_id, set()).add(report_id)
        return found

    def is_event_id_free(self, event_id: str) -> bool:
        """Whether no report belongs to an event of this id, and none was merged away under it."""
        with self._reading() as connection:
            return connection.execute(_TAKEN, {"event": event_id}).first() is None

    def events_taken_in(self, event_ids: Collection[str]) -> dict[str, str]:
        """The ids that these events took in, each with the one that it leads to now."""
        with self._reading() as connection:
            return {
                row.old_id: row.event_id
                for some in parts(event_ids)
                for row in connection.execute(_REDIRECTED, {"ids": some}).all()
            }

    def left_events(self, report_ids: Collection[str]) -> dict[str, set[str]]:
        """The events that reports told when they were withdrawn, where nothing tells them now."""
        found: dict[str, set[str]] = {}
        with self._reading() as connection:
            for some in parts(report_ids):
                for row in connection.execute(_LEFT, {"ids": some}).all():
                    found.setdefault(row.last_event, set()).add(row.id)
        return found


def _day(stated: str) -> date:
    return date.fromisoformat(stated)


def _row(one: Outline) -> dict[str, object]:
    return {
        "id": one.id,
        "json": dump(OUTLINE, one),
        "is_dated": one.is_dated,
        "anchor": None,
        "is_alone": True,
        "part": one.id,
    }


def _told(row: RowMapping) -> Told:
    return Told(
        report_id=row["report_id"],
        article_id=row["article_id"],
        outlet=row["outlet"],
        moment=row["moment"],
        language=row["language"],
    )
