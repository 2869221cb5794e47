"""What copies are found by: the texts that were printed, samples of their runs, what they share.

A text that many print is kept once. Periods bound what is looked at: the keys of a text stand
under each period in which it was printed. It compares nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from dragoman.model import Printing, Shared
from dragoman.store.databases.dialects import insert as insert_new
from dragoman.store.databases.dialects import place_of
from dragoman.store.schema_joins import copy_keys, copy_shared, copy_texts, printings
from dragoman.store.transactions import Transactions, parts

_FIELDS = ("article_id", "text", "words", "first", "last", "by", "credits", "credit")
# Statements are made once: making one costs more than carrying it out.
_TEXTS: BindParameter[Any] = bindparam("texts", expanding=True)
_OF_ARTICLE = select(printings).where(printings.c.article_id == bindparam("name"))
_MOMENTS = select(printings.c.article_id, printings.c.first, printings.c.last).where(
    printings.c.article_id.in_(bindparam("names", expanding=True))
)
_OF_TEXTS = select(printings).where(printings.c.text.in_(_TEXTS))
_WORDS = select(copy_texts).where(copy_texts.c.text.in_(_TEXTS))
_SHARED = select(copy_shared).where(or_(copy_shared.c.a.in_(_TEXTS), copy_shared.c.b.in_(_TEXTS)))
_WITH_KEYS = (
    select(copy_keys.c.text, func.count(copy_keys.c.key.distinct()))
    .where(
        copy_keys.c.period.in_(bindparam("periods", expanding=True)),
        copy_keys.c.key.in_(bindparam("keys", expanding=True)),
    )
    .group_by(copy_keys.c.text)
    .order_by(copy_keys.c.text)
)
_MOMENT = (
    update(printings)
    .where(printings.c.article_id == bindparam("name"))
    .values(moment=bindparam("at"))
)
_NEW_PRINTING = insert(printings)
_NEW_TEXT = insert_new(copy_texts).on_conflict_do_nothing()
_NEW_KEYS = insert_new(copy_keys).on_conflict_do_nothing()
_NEW_SHARED = insert_new(copy_shared).on_conflict_do_nothing()


class Printings(Transactions):
    def keep_printing(
        self, one: Printing, *, period: int, moment: str, words: bytes, keys: Sequence[int]
    ) -> bool:
        """Keep an article's printing, its text and the text's keys; True if the text is new."""
        row = {name: getattr(one, name) for name in _FIELDS}
        row["credits"] = "\n".join(one.credits)
        with self._writing_along() as connection:
            is_new = connection.execute(_NEW_TEXT, {"text": one.text, "words": words}).rowcount > 0
            connection.execute(_NEW_PRINTING, {**row, "period": period, "moment": moment})
            rows = [{"period": period, "key": key, "text": one.text} for key in keys]
            if rows:
                connection.execute(_NEW_KEYS, rows)
            return is_new

    def drop_printing(self, article_id: str) -> None:
        """Remove an article's printing; its text and keys too where no other prints it then."""
        with self._writing_along() as connection:
            drop_printing(connection, article_id)

    def printing(self, article_id: str) -> tuple[Printing, int] | None:
        """What was kept of an article, and its period."""
        with self._reading() as connection:
            row = connection.execute(_OF_ARTICLE, {"name": article_id}).one_or_none()
        return None if row is None else (_printing(row), int(row.period))

    def first_moments(self, article_ids: Collection[str]) -> dict[str, tuple[str, str]]:
        """Article → between which moments it was printed, as far as it is known."""
        with self._reading() as connection:
            return {
                row.article_id: (row.first, row.last)
                for part in parts(article_ids)
                for row in connection.execute(_MOMENTS, {"names": part})
            }

    def printings_of(self, texts: Collection[int]) -> list[tuple[Printing, int, str]]:
        """All articles that print one of these texts: printing, period and moment, by id."""
        with self._reading() as connection:
            rows = [
                row
                for part in parts(texts)
                for row in connection.execute(_OF_TEXTS, {"texts": part}).all()
            ]
        rows.sort(key=lambda row: str(row.article_id))
        return [(_printing(row), int(row.period), str(row.moment)) for row in rows]

    def keep_moments(self, moments: Mapping[str, str]) -> None:
        """At which moment each article is taken for printed."""
        if not moments:
            return
        rows = [{"name": name, "at": at} for name, at in sorted(moments.items())]
        with self._writing_along() as connection:
            connection.execute(_MOMENT, rows)

    def periods(self) -> list[int]:
        """Every period in which something was printed; a seek for each."""
        found: list[int] = []
        with self._reading() as connection:
            query = select(func.min(printings.c.period))
            value = connection.execute(query).scalar()
            while value is not None:
                found.append(int(value))
                value = connection.execute(query.where(printings.c.period > value)).scalar()
        return found

    def texts_with(self, keys: Sequence[int], periods: Collection[int]) -> dict[int, int]:
        """Texts printed in these periods that have any of the keys, and how many of them."""
        values = {"periods": sorted(periods), "keys": list(keys)}
        with self._reading() as connection:
            return {int(text): int(n) for text, n in connection.execute(_WITH_KEYS, values)}

    def credited_among(
        self, texts: Collection[int], one: Printing, periods: Collection[int]
    ) -> list[Printing]:
        """Of those who print these texts in these periods, whom an article credits and who credits
        its outlet."""
        related: list[ColumnElement[bool]] = [printings.c.by.in_(one.credits)]
        if one.by:
            stated = "\n" + printings.c.credits + "\n"
            related.append(place_of(stated, f"\n{one.by}\n") > 0)
        with self._reading() as connection:
            return [
                _printing(row)
                for part in parts(texts)
                for row in connection.execute(
                    select(printings)
                    .where(
                        printings.c.text.in_(part),
                        printings.c.period.in_(sorted(periods)),
                        printings.c.by != one.by,
                        or_(*related),
                    )
                    .order_by(printings.c.article_id)
                )
            ]

    def words_of_texts(self, texts: Collection[int]) -> dict[int, bytes]:
        """The words of texts as they were kept."""
        with self._reading() as connection:
            return {
                int(row.text): bytes(row.words)
                for part in parts(texts)
                for row in connection.execute(_WORDS, {"texts": part})
            }

    def keep_shared(self, found: Sequence[Shared]) -> None:
        """What pairs of texts share; a pair that is known stays as it is."""
        rows = [
            {"a": one.a, "b": one.b, "words": one.words, "runs": _packed(one.runs)} for one in found
        ]
        if rows:
            with self._writing_along() as connection:
                connection.execute(_NEW_SHARED, rows)

    def drop_shared(self, pairs: Iterable[tuple[int, int]]) -> None:
        with self._writing_along() as connection:
            for a, b in pairs:
                one = (copy_shared.c.a == a) & (copy_shared.c.b == b)
                connection.execute(delete(copy_shared).where(one))

    def shared_by(self, texts: Collection[int]) -> list[Shared]:
        """All that these texts share with any other, each pair once."""
        with self._reading() as connection:
            found = {
                (int(row.a), int(row.b)): row
                for part in parts(texts)
                for row in connection.execute(_SHARED, {"texts": part})
            }
        return [
            Shared(a, b, int(row.words), _unpacked(row.runs))
            for (a, b), row in sorted(found.items())
        ]


def drop_printing(connection: Connection, article_id: str) -> None:
    """Inside the caller's transaction: an article's printing, and what nobody prints any more."""
    of_it = printings.c.article_id == article_id
    row = connection.execute(
        select(printings.c.text, printings.c.period).where(of_it)
    ).one_or_none()
    if row is None:
        return
    connection.execute(delete(printings).where(of_it))
    text, period = row
    in_period: ColumnElement[bool] = (printings.c.text == text) & (printings.c.period == period)
    if connection.execute(select(printings.c.text).where(in_period)).first() is None:
        keys = (copy_keys.c.text == text) & (copy_keys.c.period == period)
        connection.execute(delete(copy_keys).where(keys))
    if connection.execute(select(printings.c.text).where(printings.c.text == text)).first() is None:
        either = or_(copy_shared.c.a == text, copy_shared.c.b == text)
        connection.execute(delete(copy_shared).where(either))
        connection.execute(delete(copy_texts).where(copy_texts.c.text == text))


def _printing(row: Any) -> Printing:
    plain = {name: getattr(row, name) for name in _FIELDS}
    return Printing(
        **plain | {"credits": tuple(str(row.credits).split("\n")) if row.credits else ()}
    )


def _packed(runs: Sequence[tuple[int, int, int]]) -> bytes:
    return array("I", [number for run in runs for number in run]).tobytes()


def _unpacked(data: bytes) -> tuple[tuple[int, int, int], ...]:
    numbers = array("I")
    numbers.frombytes(data)
    return tuple(zip(numbers[0::3], numbers[1::3], numbers[2::3], strict=True))
