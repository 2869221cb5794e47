"""Key tables of many articles as Parquet, joined: which captures count, which texts to compare.

In: files of printings, keys and texts of all parts. Out: the captures that stand for an article;
pairs of texts with sampled runs in common, a few thousand at a time; printings and words by text.
It decides nothing of copies: that is done elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from dragoman.extras import needed
from dragoman.model import Printing
from dragoman.store.duck import MEMORY, duck, listed, name

AT_ONCE = 4000
SLICE = 2_000_000
"""Keys of texts that are looked up at once: what a join of them gives must fit in memory."""
_FIELDS = ("text", "words", "first", "last", "by", "credits", "credit")


@dataclass(frozen=True, slots=True)
class State:
    """A capture of an article, as far as it tells which of several counts."""

    article: str
    capture: str
    fetched: str | None
    part: str
    row: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A printing with the period and day that it is joined by."""

    printing: Printing
    period: int
    day: object


@contextmanager
def key_tables(
    parts: Sequence[str],
    files: Mapping[str, list[str]],
    newest: Callable[[Sequence[State]], State],
    memory: str = MEMORY,
) -> Iterator[KeyTables]:
    """The tables of these parts, in their order. `newest` says which of the captures of an article
    stands for it; they come in the order in which they were handed in."""
    with duck(memory) as connection:
        yield KeyTables(connection, parts, files, newest)


class KeyTables:
    def __init__(
        self,
        connection: Any,
        parts: Sequence[str],
        files: Mapping[str, list[str]],
        newest: Callable[[Sequence[State]], State],
    ) -> None:
        self._connection = connection
        self._run("SET preserve_insertion_order = false")
        for table in ("printings", "keys", "texts"):
            self._run(f"CREATE VIEW all_{table} AS FROM read_parquet({listed(files[table])})")
        order = needed("pyarrow").table({"part": list(parts), "number": range(len(parts))})
        connection.register("parts", order)
        # Of a capture that came twice the first counts, as in a desk.
        self._run(
            """CREATE TABLE printings AS SELECT * EXCLUDE (again) FROM (
                SELECT p.*, number,
                    row_number() OVER (PARTITION BY capture ORDER BY number, row) AS again
                FROM all_printings p JOIN parts USING (part)
            ) WHERE again = 1"""
        )
        self._keep_newest(newest)
        self._run("CREATE TABLE here AS SELECT DISTINCT text, period FROM printings")
        self._run(
            """CREATE TABLE told AS SELECT text, list(DISTINCT "by") AS publishers,
                list_distinct(flatten(list(credits))) AS credits FROM printings GROUP BY text"""
        )

    def _run(self, query: str, values: object = None) -> Any:
        return (
            self._connection.execute(query, values) if values else self._connection.execute(query)
        )

    def _keep_newest(self, newest: Callable[[Sequence[State]], State]) -> None:
        several = self._run(
            """SELECT article, capture, fetched, part, row FROM printings
            WHERE article IN (SELECT article FROM printings GROUP BY article HAVING count(*) > 1)
            ORDER BY article, number, row"""
        ).fetchall()
        states: dict[str, list[State]] = {}
        for row in several:
            states.setdefault(row[0], []).append(State(*row))
        kept = {(one.part, one.row) for one in map(newest, states.values())}
        gone = [row[3:] for row in several if row[3:] not in kept]
        if gone:
            table = needed("pyarrow").table(
                {"part": [one for one, _ in gone], "row": [one for _, one in gone]}
            )
            self._connection.register("gone", table)
            self._run("DELETE FROM printings WHERE (part, row) IN (SELECT (part, row) FROM gone)")

    def current(self) -> Iterator[tuple[str, int, str]]:
        """Part, row and article of each capture that stands for one, in order."""
        found = self._run("SELECT part, row, article FROM printings ORDER BY number, row")
        while some := found.fetchmany(AT_ONCE):
            yield from some

    def pairs(self) -> Iterator[list[tuple[int, int, int]]]:
        """Pairs of texts, the lesser digest first, printed near each other in time, with the number
        of keys that they share: two or more, or one where either credits the other's publisher.
        A pair may come more than once."""
        for period in [one for (one,) in self._run(_PERIODS).fetchall()]:
            yield from self._pairs_of(period)

    def _pairs_of(self, period: int) -> Iterator[list[tuple[int, int, int]]]:
        """Of a period with itself and the next one; of what is undated with all."""
        near = "true" if period < 0 else f"period IN ({period}, {period + 1})"
        self._run(
            f"""CREATE OR REPLACE TEMP TABLE near AS SELECT DISTINCT key, text, period
            FROM all_keys SEMI JOIN here USING (text, period) WHERE {near}"""
        )
        count = self._run(f"SELECT count(*) FROM near WHERE period = {period}").fetchone()[0]
        slices = count // SLICE + 1
        for slice_ in range(slices):
            found = self._run(
                f"""WITH shared AS (
                    SELECT least(x.text, y.text) AS a, greatest(x.text, y.text) AS b,
                        count(DISTINCT key) AS number
                    FROM near x JOIN near y USING (key)
                    WHERE x.period = {period} AND x.text % {slices} = {slice_}
                        AND x.text <> y.text AND (y.period <> {period} OR x.text < y.text)
                    GROUP BY ALL
                )
                SELECT a, b, number FROM shared
                JOIN told one ON one.text = a JOIN told other ON other.text = b
                WHERE number >= 2 OR list_has_any(one.credits, other.publishers)
                    OR list_has_any(other.credits, one.publishers)
                ORDER BY a, b"""
            )
            rows = found.fetchall()  # the connection is asked other things in between
            for start in range(0, len(rows), AT_ONCE):
                yield rows[start : start + AT_ONCE]

    def repeated(self) -> list[int]:
        """Texts that several articles print."""
        query = "SELECT text FROM printings GROUP BY text HAVING count(*) > 1 ORDER BY text"
        return [text for (text,) in self._run(query).fetchall()]

    def printings_of(self, texts: Collection[int]) -> list[Printed]:
        """All articles that print one of these texts, by id."""
        columns = ", ".join(name(one) for one in ("article", "period", "day", *_FIELDS))
        return [_printed(*row) for row in self._of("printings", columns, texts, "article")]

    def words_of(self, texts: Collection[int]) -> dict[int, bytes]:
        """The words of texts as they were written."""
        return dict(self._of("all_texts", "DISTINCT text, words", texts, "text"))

    def _of(self, table: str, columns: str, texts: Collection[int], order: str) -> list[Any]:
        wanted = needed("pyarrow").table({"text": sorted(texts)})
        self._connection.register("wanted", wanted)
        query = f"SELECT {columns} FROM {table} SEMI JOIN wanted USING (text) ORDER BY {order}"
        try:
            return list(self._run(query).fetchall())
        finally:
            self._connection.unregister("wanted")


_PERIODS = "SELECT DISTINCT period FROM here ORDER BY period"


def _printed(article: str, period: int, day: object, *fields: Any) -> Printed:
    said = dict(zip(_FIELDS, fields, strict=True))
    return Printed(
        Printing(article, **{**said, "credits": tuple(said["credits"])}), int(period), day
    )
