"""A large desk: part of it kept by the store, one article after the other, the rest put in as rows.

In: a home folder and made-up articles. Out: the desk, and processor seconds of what the store kept
and of the same rows given to bare SQLite. Rows are those that the store would have written; what
joins articles (copies, stories, outlines) and the pages as they were fetched are not in it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.store_articles import Made
from benchmarks.store_happenings import Happening
from dragoman.model import Kept
from dragoman.store import Store, open_store
from dragoman.store.analyse import analysed, fold
from dragoman.store.connect import FILE_NAME, connect
from dragoman.store.databases.sqlite import CACHE
from dragoman.store.keeping import host_of, outlet_of
from dragoman.store.keeping_events import columns_of
from dragoman.store.keeping_findable import refresh
from dragoman.store.numbers import number_of
from dragoman.store.records import ARTICLE, BACKING, READING, REFERENCES, REPORT, dump, pack
from dragoman.store.search import searched_text

T = TypeVar("T")
VERSIONS = {"clean": "1", "read": "1", "link": "1", "record": "1"}
NOW = "2026-01-01T00:00:00+00:00"
AT_ONCE = 2_000
"""Articles whose rows are put in together."""
TABLES = (
    "articles", "readings", "article_actors", "article_versions", "backings", "reports", "events",
    "event_reports", "event_sides",
)  # fmt: skip
WORDS = {"article_words": ("headline", "body"), "event_words": ("names", "told")}
Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass(slots=True)
class Spent:
    """What keeping cost, in processor seconds."""

    articles: int = 0
    reports: int = 0
    seconds: float = 0.0

    def rates(self) -> dict[str, float]:
        """Articles and reports in a second."""
        return {
            "articles_per_s": round(self.articles / self.seconds, 1),
            "reports_per_s": round(self.reports / self.seconds, 1),
        }


def keep(store: Store, articles: Iterable[Made]) -> Spent:
    """Through the store's own methods: an article with the events it changes in a transaction."""
    spent = Spent()
    for one in articles:
        events = [happening.event() for happening in one.happenings]
        began = time.process_time()
        store.keep(one.kept, VERSIONS, events=events)
        spent.seconds += time.process_time() - began
        spent.articles += 1
        spent.reports += len(one.kept.reports)
    return spent


def put(home: Path, articles: Iterable[Made]) -> None:
    """As rows, into a desk that is there. Events are written once, as their last report has them;
    ones that the desk holds already are written over."""
    with closing(sqlite3.connect(home / FILE_NAME, isolation_level=None)) as file:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000"):
            file.execute(f"PRAGMA {setting}")
        seq = _last(file, "articles")
        told: dict[str, Happening] = {}
        for part in _parts(articles):
            rows = _rows(part, seq)
            seq += len(part)
            _insert(file, rows)
            told |= {one.id: one for made in part for one in made.happenings}
        known = {one for (one,) in file.execute("SELECT id FROM events") if one in told}
        for some in _parts(told[one] for one in known):
            _update_events(file, [_event_row(one) for one in some])
        seq = _last(file, "events")
        for some in _parts(one for one in told.values() if one.id not in known):
            new = [_event_row(one) | {"seq": seq + n} for n, one in enumerate(some, 1)]
            _insert(file, {"events": new})
            seq += len(new)
        file.execute("PRAGMA journal_mode = WAL")
    _make_findable(home, told)


def _last(file: sqlite3.Connection, table: str) -> int:
    """The number of the last row that arrived."""
    (seq,) = file.execute(f"SELECT coalesce(max(seq), 0) FROM {table}").fetchone()
    return int(seq)


def _update_events(file: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Over what the desk holds of them; their numbers stay."""
    names = ", ".join(f"{name} = :{name}" for name in rows[0] if name != "id")
    file.execute("BEGIN")
    file.executemany(f"UPDATE events SET {names} WHERE id = :id", rows)
    file.execute("COMMIT")


def _make_findable(home: Path, event_ids: Iterable[str]) -> None:
    """Fill what events are found by, with the store's own hands."""
    database = connect(home, read_only=False)
    for some in _parts(event_ids):
        with database.writing() as connection:
            refresh(connection, some)
    database.close()


def bare(home: Path, other: Path) -> Spent:
    """The rows of the desk in `home` in an empty one in `other`, table by table in one go."""
    open_store(other).close()
    with closing(sqlite3.connect(home / FILE_NAME)) as file:
        held = {
            table: file.execute(f"SELECT {'rowid, ' * (table in WORDS)}* FROM {table}").fetchall()
            for table in (*TABLES, *WORDS)
        }
    with closing(sqlite3.connect(other / FILE_NAME, isolation_level=None)) as file:
        settings = ("synchronous = NORMAL", "foreign_keys = ON", f"cache_size = -{CACHE}")
        for setting in settings:
            file.execute(f"PRAGMA {setting}")
        began = time.process_time()
        file.execute("BEGIN IMMEDIATE")
        for table, rows in held.items():
            names = f" (rowid, {', '.join(WORDS[table])})" if table in WORDS else ""
            marks = ", ".join("?" * len(rows[0]))
            file.executemany(f"INSERT INTO {table}{names} VALUES ({marks})", rows)
        file.execute("COMMIT")
        seconds = time.process_time() - began
    return Spent(len(held["articles"]), len(held["reports"]), seconds)


def _parts(things: Iterable[T]) -> Iterator[list[T]]:
    part: list[T] = []
    for one in things:
        part.append(one)
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _insert(file: sqlite3.Connection, rows: Rows) -> None:
    file.execute("BEGIN")
    for table, some in rows.items():
        if some:
            names, marks = ", ".join(some[0]), ", ".join(f":{name}" for name in some[0])
            file.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", some)
    file.execute("COMMIT")


def _rows(part: Sequence[Made], seq: int) -> Rows:
    """All but the events and what they are found by."""
    rows: Rows = {
        table: [] for table in (*TABLES, "article_words") if table not in ("events", "event_sides")
    }
    for number, one in enumerate(part, seq + 1):
        _article_rows(rows, one.kept, number)
        _report_rows(rows, one)
    return rows


def _article_rows(rows: Rows, kept: Kept, seq: int) -> None:
    article = kept.article
    outlet, published = outlet_of(article), article.published.day if article.published else None
    newest = number_of(published, seq)
    rows["articles"].append(
        {
            "seq": seq,
            "id": article.id,
            "capture_id": article.capture_id,
            "revision": 1,
            "title": article.title,
            "url": article.url,
            "outlet": outlet,
            "outlet_key": fold(outlet) if outlet else None,
            "host": host_of(article),
            "language": article.language,
            "published": published,
            "newest": newest,
            "json": dump(ARTICLE, article),
            "first_kept": NOW,
        }
    )
    own = {"article_id": article.id}
    reading, refs = dump(READING, kept.reading), dump(REFERENCES, kept.references)
    packed = {"reading": pack(reading.encode()), "refs": pack(refs.encode())}
    rows["readings"].append(own | packed)
    if kept.backing is not None:
        rows["backings"].append(own | {"json": dump(BACKING, kept.backing)})
    rows["article_versions"] += [own | {"step": k, "version": v} for k, v in VERSIONS.items()]
    actors: dict[str, Row] = {}
    for one in kept.references:
        if one.actor:
            row = {"actor": one.actor, "name": one.name, "mentions": 0, "newest": newest}
            actors.setdefault(one.actor, own | row)["mentions"] += 1
    rows["article_actors"] += actors.values()
    headline, body = (analysed(text, article.language) for text in searched_text(article))
    rows["article_words"].append({"rowid": newest, "headline": headline, "body": body})


def _report_rows(rows: Rows, made: Made) -> None:
    kept = made.kept
    told = {told.report_id: one.id for one in made.happenings for told in one.told}
    for position, report in enumerate(kept.reports):
        rows["reports"].append(
            {
                "id": report.id,
                "article_id": kept.article.id,
                "position": position,
                "revision": 1,
                "coder_version": VERSIONS["record"],
                "json": dump(REPORT, report),
                "first_made": NOW,
            }
        )
        rows["event_reports"].append({"report_id": report.id, "event_id": told[report.id]})


def _event_row(one: Happening) -> Row:
    return {"id": one.id, **columns_of(one.event()), "revision": len(one.told)}


def sizes(home: Path) -> dict[str, int]:
    """Bytes of the file by table, each with its indexes."""
    query = (
        "SELECT coalesce(m.tbl_name, s.name), sum(s.pgsize) FROM dbstat s "
        "LEFT JOIN sqlite_master m ON m.name = s.name WHERE s.aggregate = 1 GROUP BY 1"
    )
    with closing(sqlite3.connect(home / FILE_NAME)) as file:
        return {str(name): int(size) for name, size in file.execute(query)}
