"""Judgements say what they are about and may be undone; what they name is found by its id.

Words of the first form become confirm, reject and unsure, still to be carried out: `build` does so.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
NEW_WORDS = {"right": "confirm", "wrong": "reject"}
FIELDS = (
    "category", "root", "quad", "mode", "cameo", "status", "told_as", "sources", "targets",
    "date", "place",
)  # fmt: skip
"""What is held of a report that was called right."""


def upgrade() -> None:
    op.rename_table("judgements", "judgements_before")
    op.execute("DROP INDEX ix_judgements_target_id")
    judgements = op.create_table(
        "judgements",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("target_id", sa.Text, nullable=False),
        sa.Column("word", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("by", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("undone_at", sa.Text),
        sa.Column("undone_by", sa.Text),
        sa.Column("undone_why", sa.Text),
        sa.Column("is_due", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_judgements_target_id", "judgements", ["target_id"])
    op.create_index(
        "ix_judgements_due", "judgements", ["is_due"], sqlite_where=sa.text("is_due = 1")
    )
    judged = op.create_table(
        "judged",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("judgement_id", sa.Integer, sa.ForeignKey("judgements.id"), primary_key=True),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    for row in connection.execute(sa.text("SELECT * FROM judgements_before ORDER BY id")).all():
        word = _word(connection, row)
        values = {"kind": word["kind"], "target_id": row.target_id, "word": json.dumps(word)}
        said = {"id": row.id, "note": row.note, "by": row.by, "at": row.at}
        connection.execute(judgements.insert().values(**said, **values, is_due=True))
        ids = sorted({row.target_id, *word["reports"], *word["articles"]})
        connection.execute(judged.insert(), [{"id": i, "judgement_id": row.id} for i in ids])
    op.drop_table("judgements_before")


def _word(connection: sa.Connection, row: Any) -> dict[str, Any]:
    told = sa.text(
        "SELECT r.id, r.article_id, r.json FROM reports r WHERE r.id = :id OR r.id IN "
        "(SELECT x.report_id FROM event_reports x WHERE x.event_id = coalesce((SELECT d.event_id "
        "FROM event_redirects d WHERE d.old_id = :id), :id)) ORDER BY r.id"
    )
    reports = connection.execute(told, {"id": row.target_id}).all()
    kind = NEW_WORDS.get(row.verdict, "unsure")
    pinned = reports if kind == "confirm" else ()
    return {
        "kind": kind,
        "target": row.target_id,
        "reports": [one.id for one in reports],
        "articles": sorted({one.article_id for one in reports}),
        "pinned": [{"report": json.loads(one.json), "fields": FIELDS} for one in pinned],
        "says": "verdict",
    }
