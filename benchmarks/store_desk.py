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
from dragoman.store.analyse import analysed
from dragoman.store.connect import CACHE, FILE_NAME
from dragoman.store.keeping import outlet_of
from dragoman.store.keeping_events import columns_of
from dragoman.store.records import ARTICLE, BACKING, READING, REFERENCES, REPORT, dump, pack
from dragoman.store.search import searched_text

T = TypeVar("T")
VERSIONS = {"clean": "1", "read": "1", "link": "1", "record": "1"}
NOW = "2026-01-01T00:00:00+00:00"
AT_ONCE = 2_000
"""Articles whose rows are put in together."""
TABLES = (
    "articles", "readings", "article_actors", "article_versions", "backings", "reports", "events",
    "event_reports",
)  # fmt: skip
WORDS = "article_words"
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
        (seq,) = file.execute("SELECT coalesce(max(seq), 0) FROM articles").fetchone()
        told: dict[str, Happening] = {}
        for part in _parts(articles):
            rows = _rows(part, seq)
            seq += len(part)
            _insert(file, rows)
            told |= {one.id: one for made in part for one in made.happenings}
        for some in _parts(told.values()):
            # What triggers count is counted again only after it was taken away.
            file.executemany("DELETE FROM events WHERE id = ?", [(one.id,) for one in some])
            _insert(file, {"events": [_event_row(one) for one in some]})
        file.execute("PRAGMA journal_mode = WAL")


def bare(home: Path, other: Path) -> Spent:
    """The rows of the desk in `home` in an empty one in `other`, table by table in one go."""
    open_store(other).close()
    with closing(sqlite3.connect(home / FILE_NAME)) as file:
        held = {
            table: file.execute(f"SELECT {'rowid, ' * (table == WORDS)}* FROM {table}").fetchall()
            for table in (*TABLES, WORDS)
        }
    with closing(sqlite3.connect(other / FILE_NAME, isolation_level=None)) as file:
        settings = ("synchronous = NORMAL", "foreign_keys = ON", f"cache_size = -{CACHE}")
        for setting in settings:
            file.execute(f"PRAGMA {setting}")
        began = time.process_time()
        file.execute("BEGIN IMMEDIATE")
        for table, rows in held.items():
            names = " (rowid, headline, body)" if table == WORDS else ""
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
    """All but the events."""
    rows: Rows = {table: [] for table in (*TABLES, WORDS) if table != "events"}
    for number, one in enumerate(part, seq + 1):
        _article_rows(rows, one.kept, number)
        _report_rows(rows, one)
    return rows


def _article_rows(rows: Rows, kept: Kept, seq: int) -> None:
    article = kept.article
    rows["articles"].append(
        {
            "seq": seq,
            "id": article.id,
            "capture_id": article.capture_id,
            "revision": 1,
            "title": article.title,
            "url": article.url,
            "outlet": outlet_of(article),
            "language": article.language,
            "published": article.published.day if article.published else None,
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
            row = {"actor": one.actor, "name": one.name, "mentions": 0}
            actors.setdefault(one.actor, own | row)["mentions"] += 1
    rows["article_actors"] += actors.values()
    headline, body = (analysed(text, article.language) for text in searched_text(article))
    rows[WORDS].append({"rowid": seq, "headline": headline, "body": body})


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
