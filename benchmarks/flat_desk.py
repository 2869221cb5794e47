"""A desk repeated as `cost_desk` does it, with all that its pages and searches ask for.

In: the folder of a first desk, and that of the one which is to grow. Out: besides what joining
reads, numbers of articles and events, their sides and words, so that lists, dossiers and searches
find the repeated ones too. An article's and an event's JSON have their own new id, and the days and
other ids they had.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.cost_desk import beside, repeat, repeating

_OWN: Mapping[str, str] = {"article_id": "{c} || mark"}
MORE: Mapping[str, Mapping[str, str]] = {
    "readings": _OWN,
    "article_versions": _OWN,
    "article_actors": _OWN,
}
"""Tables that only pages read, and what is other in a repeated row."""
BITS, DAY_ZERO = 32, 1721424.5
"""Of an arrival in `store.numbers`, and the julian day before the first of the calendar."""
_NUMBER = f"((CAST(julianday({{day}}) - {DAY_ZERO} AS INTEGER) << {BITS}) | seq)"


def grow(first: Path, home: Path, numbers: range, days: int, period: int) -> None:
    """As `cost_desk.repeat`, and findable."""
    if not numbers:
        return
    repeat(first, home, numbers, days, period)
    with beside(first, home, numbers, days, period) as file:
        for table, changed in MORE.items():
            file.execute(repeating(table, changed))
        for change in _changes():
            file.execute(change)
        for table in ("articles", "events"):
            with _words(file, table[:-1]) as put:
                file.execute(put)


def _changes() -> Iterator[str]:
    """Numbers, and what has them too; JSON under its own id."""
    article, event = (_NUMBER.format(day=day) for day in ("published", "coalesce(start_day, '')"))
    known = "substr(id, 1, length(id) - 6)"
    renamed = f"json = replace(json, '\"' || {known} || '\"', '\"' || id || '\"')"
    yield f"UPDATE articles SET newest = {article}, {renamed} WHERE newest IS NULL"
    yield (
        "UPDATE article_actors SET newest = (SELECT newest FROM articles WHERE id = article_id) "
        "WHERE article_id LIKE '%._____'"
    )
    yield (
        "UPDATE events SET seq = rowid + (SELECT max(seq) FROM first.events), "
        f"{renamed} WHERE seq IS NULL"
    )
    yield f"UPDATE events SET newest = coalesce({event}, seq) WHERE newest IS NULL"
    yield (
        "INSERT INTO event_sides (event_id, actor, side, newest) "
        "SELECT e.id, s.actor, s.side, e.newest FROM first.event_sides s CROSS JOIN again "
        "CROSS JOIN events e ON e.id = s.event_id || mark"
    )


@contextmanager
def _words(file: sqlite3.Connection, of: str) -> Iterator[str]:
    """The statement that puts the words of all repeated articles or events into their index, by
    number: FTS5 writes a part of its index whenever a number is lower than the last."""
    parts = "headline, body" if of == "article" else "names, told"
    file.execute("CREATE TEMP TABLE numbered (newest INTEGER PRIMARY KEY, word INTEGER)")
    file.execute(
        "INSERT INTO numbered SELECT t.newest, o.newest FROM again CROSS JOIN "
        f"first.{of}s o CROSS JOIN {of}s t ON t.id = o.id || mark"
    )
    yield (
        f"INSERT INTO {of}_words (rowid, {parts}) SELECT n.newest, {parts} FROM numbered n "
        f"CROSS JOIN first.{of}_words w ON w.rowid = n.word ORDER BY n.newest"
    )
    file.execute("DROP TABLE numbered")
