"""What pages ask of many events or articles at once stands beside them: in which languages an event
is told, whether its sides did it together, and the number of each article that names an actor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from dragoman.model import is_done_together
from dragoman.store.records import unpack

revision = "0022"
down_revision = "0021"

AT_ONCE, READ = 2000, 200
"""Events and readings, which are large, that are read at once."""
SORTED = [
    "start_day", "end_day", "id", "month", "status", "told_as", "category", "retracted_at",
    "is_shown",
]  # fmt: skip
DRAWN = ["origins", "is_mutual", "languages"]
STANDS = sa.text("retracted_at IS NULL")
ANNOUNCED = sa.text("retracted_at IS NULL AND told_as = 'announced'")
LANGUAGES = """(SELECT group_concat(code, ',') FROM (
    SELECT DISTINCT coalesce(a.language, '') AS code FROM event_reports x
    JOIN reports r ON r.id = x.report_id JOIN articles a ON a.id = r.article_id
    WHERE x.event_id = events.id AND r.retracted_at IS NULL ORDER BY 1))"""
FIRST = """SELECT e.rowid AS key, json_extract(coalesce(
    (SELECT r.json FROM event_reports x JOIN reports r ON r.id = x.report_id
    WHERE x.report_id = json_extract(e.json, '$.best') AND x.event_id = e.id
    AND r.retracted_at IS NULL),
    (SELECT r.json FROM event_reports x JOIN reports r ON r.id = x.report_id
    JOIN articles a ON a.id = r.article_id WHERE x.event_id = e.id AND r.retracted_at IS NULL
    ORDER BY a.published IS NULL, a.published, a.seq, r.position LIMIT 1)), '$.why') AS why
    FROM events e WHERE e.rowid > :key ORDER BY e.rowid"""
"""The reasons of the report that tells an event most fully, else of the first that stands."""


def upgrade() -> None:
    op.add_column("article_actors", sa.Column("newest", sa.BigInteger))
    op.execute(
        "UPDATE article_actors SET newest = (SELECT newest FROM articles WHERE id = article_id)"
    )
    op.drop_index("ix_article_actors_actor", "article_actors")
    op.create_index("ix_article_actors_actor", "article_actors", ["actor", "newest"])
    _set_quotes_apart()
    op.add_column("events", sa.Column("languages", sa.Text))
    op.add_column("events", sa.Column("is_mutual", sa.Boolean))
    op.execute(f"UPDATE events SET languages = {LANGUAGES}")
    # What no report ever told; its row says so from now on, as that of what was withdrawn does.
    op.execute(
        "UPDATE events SET retracted_at = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now') "
        "WHERE retracted_at IS NULL AND languages IS NULL"
    )
    for rows in _portions():
        op.get_bind().execute(sa.text("UPDATE events SET is_mutual = :is WHERE rowid = :key"), rows)
    op.drop_index("ix_events_pair", "events")
    op.create_index(
        "ix_events_pair", "events", ["source", "target", *SORTED, *DRAWN], sqlite_where=STANDS
    )
    withdrawn = sa.text("retracted_at IS NOT NULL")
    op.create_index("ix_events_withdrawn", "events", ["id"], sqlite_where=withdrawn)
    op.create_index(
        "ix_events_announced", "events", ["end_day", "start_day", "id"], sqlite_where=ANNOUNCED
    )


def _set_quotes_apart() -> None:
    op.create_table(
        "quotes",
        sa.Column("article_id", sa.Text, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("json", sa.Text, nullable=False),
    )
    last = ""
    query = sa.text(
        "SELECT article_id, reading FROM readings WHERE article_id > :last "
        f"ORDER BY article_id LIMIT {READ}"
    )
    while found := op.get_bind().execute(query, {"last": last}).all():
        last = found[-1].article_id
        quotes = ((row.article_id, json.loads(unpack(row.reading)).get("quotes")) for row in found)
        rows = [{"id": one, "json": json.dumps(own)} for one, own in quotes if own]
        if rows:
            op.get_bind().execute(sa.text("INSERT INTO quotes VALUES (:id, :json)"), rows)


def _portions() -> Iterator[list[dict[str, Any]]]:
    key = 0
    while True:
        found = op.get_bind().execute(sa.text(f"{FIRST} LIMIT {AT_ONCE}"), {"key": key}).all()
        if not found:
            return
        key = found[-1].key
        yield [
            {"key": row.key, "is": is_done_together(json.loads(row.why) if row.why else ())}
            for row in found
        ]
