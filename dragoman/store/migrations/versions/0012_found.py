"""What a query finds articles and events by: numbers that grow with the day, sides, places, and the
words of events. Desks made before are filled from what they hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from operator import itemgetter
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

from dragoman.store.analyse import fold
from dragoman.store.findable import findable, place_columns
from dragoman.store.numbers import number_of

revision = "0012"
down_revision = "0011"

AT_ONCE = 500
ARTICLES = (("newest", sa.BigInteger), ("outlet_key", sa.Text), ("host", sa.Text))
EVENTS = (
    ("seq", sa.Integer), ("newest", sa.BigInteger), ("quad", sa.Integer), ("origins", sa.Integer),
    ("place", sa.Text), ("country", sa.Text), ("x", sa.Float), ("y", sa.Float), ("z", sa.Float),
)  # fmt: skip
TOKENS = "tokenize = 'unicode61 remove_diacritics 0'"


def upgrade() -> None:
    for table, columns in (("articles", ARTICLES), ("events", EVENTS)):
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind))
    op.create_table(
        "event_sides",
        sa.Column("event_id", sa.Text, sa.ForeignKey("events.id"), primary_key=True),
        sa.Column("actor", sa.Text, primary_key=True),
        sa.Column("side", sa.Integer, nullable=False),
        sa.Column("newest", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute(f"CREATE VIRTUAL TABLE event_words USING fts5(names, told, {TOKENS})")
    _number_articles()
    _index_events()
    op.create_index("ix_articles_number", "articles", ["newest"], unique=True)
    op.create_index("ix_articles_language", "articles", ["language", "newest"])
    op.create_index("ix_articles_outlet", "articles", ["outlet_key", "newest"])
    op.create_index("ix_events_number", "events", ["newest"], unique=True)
    op.create_index("ix_events_kind", "events", ["category", "newest"])
    op.create_index("ix_events_place", "events", ["place", "newest"])
    op.create_index("ix_events_country", "events", ["country", "newest"])
    op.create_index("ix_events_spot", "events", ["x", "y", "z"])
    op.create_index("ix_event_sides_actor", "event_sides", ["actor", "newest", "side"])


def _number_articles() -> None:
    """Give articles their numbers, and their words these numbers."""
    connection = op.get_bind()
    for rows in _portions(
        "SELECT seq AS key, outlet, published, json_extract(json, '$.canonical') AS canonical, "
        "json_extract(json, '$.url') AS url FROM articles WHERE seq > :key ORDER BY seq",
        first=0,
    ):
        connection.execute(
            sa.text(
                "UPDATE articles SET newest = :newest, outlet_key = :outlet_key, host = :host "
                "WHERE seq = :seq"
            ),
            [
                {
                    "seq": row.key,
                    "newest": number_of(row.published, row.key),
                    "outlet_key": fold(row.outlet) if row.outlet else None,
                    "host": _host(row.canonical or row.url),
                }
                for row in rows
            ],
        )
    op.execute(f"CREATE VIRTUAL TABLE words_by_day USING fts5(headline, body, {TOKENS})")
    op.execute(
        "INSERT INTO words_by_day (rowid, headline, body) SELECT a.newest, w.headline, w.body "
        "FROM articles a JOIN article_words w ON w.rowid = a.seq ORDER BY a.newest"
    )
    op.execute("DROP TABLE article_words")
    op.execute("ALTER TABLE words_by_day RENAME TO article_words")


def _host(address: str | None) -> str | None:
    host = urlsplit(address or "").hostname
    return host.removeprefix("www.") if host else None


def _index_events() -> None:
    """Number events by the order in which they stand, and fill in what they are found by."""
    op.execute("UPDATE events SET seq = rowid")
    op.create_index("ix_events_seq", "events", ["seq"], unique=True)  # portions are read along it
    for rows in _portions(
        "SELECT seq AS key, id, start_day, json FROM events WHERE seq > :key ORDER BY seq", first=0
    ):
        told = _told([row.id for row in rows])
        columns, sides, words = [], [], []
        for row in rows:
            event = json.loads(row.json)
            found = findable(event, told.get(row.id, ()))
            newest = number_of(row.start_day, row.key)
            columns.append(
                {
                    "seq": row.key,
                    "newest": newest,
                    "quad": found.quad,
                    "origins": event["origins"],
                    **place_columns(event["place"]),
                }
            )
            sides += [
                {"event_id": row.id, "actor": actor, "side": side, "newest": newest}
                for actor, side in found.sides.items()
            ]
            words.append({"newest": newest, "names": found.names, "told": found.told})
        # FTS5 writes a part of its index whenever a number is lower than the last.
        words.sort(key=itemgetter("newest"))
        _write(
            "UPDATE events SET newest = :newest, quad = :quad, origins = :origins, place = :place, "
            "country = :country, x = :x, y = :y, z = :z WHERE seq = :seq",
            columns,
        )
        _write("INSERT INTO event_sides VALUES (:event_id, :actor, :side, :newest)", sides)
        _write(
            "INSERT INTO event_words (rowid, names, told) VALUES (:newest, :names, :told)", words
        )


def _told(ids: list[str]) -> dict[str, list[tuple[dict[str, Any], str | None]]]:
    """Event id → the reports that stand, the oldest article first, with their languages."""
    query = sa.text(
        "SELECT x.event_id, r.json, a.language FROM event_reports x "
        "JOIN reports r ON r.id = x.report_id JOIN articles a ON a.id = r.article_id "
        "WHERE x.event_id IN :ids AND r.retracted_at IS NULL "
        "ORDER BY a.published IS NULL, a.published, a.seq, r.position"
    ).bindparams(sa.bindparam("ids", expanding=True))
    found: dict[str, list[tuple[dict[str, Any], str | None]]] = {}
    for row in op.get_bind().execute(query, {"ids": ids}):
        found.setdefault(row.event_id, []).append((json.loads(row.json), row.language))
    return found


def _portions(query: str, *, first: int) -> Iterator[list[Any]]:
    key: int | None = first
    while key is not None:
        rows = op.get_bind().execute(sa.text(f"{query} LIMIT {AT_ONCE}"), {"key": key}).all()
        if rows:
            yield list(rows)
        key = rows[-1].key if len(rows) == AT_ONCE else None


def _write(statement: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        op.get_bind().execute(sa.text(statement), rows)
