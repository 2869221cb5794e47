"""A row in every table that has none, made up from what the database says of its columns.

In: a connection to a desk, of whatever version. Out: the names of the tables that were filled. What
is kept as JSON is a small record that can be read; references lead to rows that are there.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    LargeBinary,
    MetaData,
    Table,
    func,
    select,
    types,
)

ENTRY = '{"key":"boxes","address":"https://www.example.org/boxes","title":"Nesting boxes"}'
RECORDS: dict[tuple[str, str], Any] = {
    ("sources", "tags"): '["harbour"]',
    ("sources", "state"): "{}",
    ("sources", "kind"): "feed",
    ("sources", "address"): "https://www.example.org/feed.xml",
    ("entries", "entry"): ENTRY,
    ("entries", "state"): "new",
    ("captures", "entry"): ENTRY,
    ("judgements", "verdict"): "right",
    ("judgements", "kind"): "unsure",
    ("judgements", "word"): '{"kind":"unsure","target":"e-none","reports":[],"articles":[],'
    '"pinned":[],"says":"verdict"}',
    ("audits", "json"): '{"name":"spring","query":"","by":[],"seed":1,"made_at":"2024-03-20",'
    '"strata":[]}',
    ("audits", "name"): "spring",
    ("audit_items", "json"): '{"report_id":"r-none","event_id":"e-none","article_id":"a-none",'
    '"stratum":[],"revision":1,"coder_version":null,"codebook_version":null,"shown":null}',
    ("audit_verdicts", "verdict"): "wrong",
    ("audit_verdicts", "wrong"): "category",
    ("tombstones", "id"): "a-gone",
    ("tombstones", "cause"): "a-gone",
    ("members", "role"): "reader",
    ("members", "name"): "Ada",
    ("members", "key"): "ada",
    ("api_tokens", "scope"): "reader",
    ("comments", "state"): "held",
    ("comments", "reasons"): "[]",
    ("comments", "circumstances"): "{}",
    ("comments", "language"): "en",
    ("error_notes", "what"): "other",
    ("alerts", "way"): "feed",
    ("alerts", "language"): "en",
    ("searches", "query"): "NATO",
    ("messages", "told"): "{}",
    ("stories", "size"): 1,
}
"""Columns that can't hold just anything."""
DAY, MOMENT = "2024-03-19", "2024-03-19T08:00:00+00:00"


def fill_empty(connection: Connection) -> list[str]:
    tables = tables_of(connection)
    made: list[str] = []
    for table in tables.sorted_tables:
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            continue
        connection.execute(
            table.insert(), {one.name: _value(connection, table, one) for one in table.columns}
        )
        made.append(table.name)
    return made


def tables_of(connection: Connection) -> MetaData:
    """All tables but Alembic's own and those of the word indices."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: is_ours(name))
    return found


def is_ours(name: str) -> bool:
    return not name.startswith(
        ("alembic_version", "article_words", "event_words", "article_vocabulary", "sqlite_")
    )


def _value(connection: Connection, table: Table, column: Column[Any]) -> Any:
    known = RECORDS.get((table.name, column.name))
    if known is not None:
        return known
    for key in column.foreign_keys:
        return connection.execute(select(key.column).limit(1)).scalar_one()
    kind = column.type
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, types.Integer):
        return 7
    if isinstance(kind, types.Float | types.Numeric):
        return 0.5
    if isinstance(kind, LargeBinary):
        return bytes(range(256))
    if column.name in {"day", "start_day", "end_day", "first", "last"}:
        return DAY
    if column.name in {"at", "until", "added", "due", "dated", "first_seen", "updated", "moment"}:
        return MOMENT
    if column.name.endswith(("_at", "_try")):
        return MOMENT
    return f"{table.name} «{column.name}»"
