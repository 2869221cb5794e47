"""Example questions in SQL: what `dragoman sql` shows to those who ask nothing.

Each says which columns it needs of which tables, so that only those are shown that can be put.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

_SIDES = ("source", "target", "day", "category")
_ACTS: Sequence[Mapping[str, Sequence[str]]] = ({"events": _SIDES}, {"reports": _SIDES})
"""Events where there are any, else reports."""


@dataclass(frozen=True, slots=True)
class Example:
    asks: str
    sql: str
    over: Sequence[Mapping[str, Sequence[str]]]
    """Alternatives, each with the columns it needs by table; the first table is the `{table}`."""

    def asked_of(self, table: str) -> Example:
        return replace(self, sql=self.sql.replace("{table}", table))


EXAMPLES = (
    Example(
        "One pair, month by month",
        "SELECT strftime(day, '%Y-%m') AS month, category, count(*) AS acts FROM {table} "
        "WHERE source = 'NOR' AND target = 'ISL' GROUP BY ALL ORDER BY month, category",
        _ACTS,
    ),
    Example(
        "One actor, week by week",
        "SELECT date_trunc('week', day)::DATE AS week, count(*) FILTER (source = 'FRA') AS acts, "
        "count(*) FILTER (target = 'FRA') AS done_to_it FROM {table} "
        "WHERE 'FRA' IN (source, target) GROUP BY week ORDER BY week",
        _ACTS,
    ),
    Example(
        "The pairs that are told of most",
        "SELECT source, target, count(*) AS acts FROM {table} "
        "WHERE source <> target GROUP BY ALL ORDER BY acts DESC, source, target LIMIT 20",
        _ACTS,
    ),
    Example(
        "How much of what is printed was printed before, month by month",
        "SELECT strftime(a.day, '%Y-%m') AS month, count(*) AS articles, "
        "count(c.article) AS copies, round(count(c.article) / count(*), 3) AS share "
        "FROM {table} a LEFT JOIN copies c "
        "ON c.article = a.id AND c.position = 0 AND c.share >= 0.5 GROUP BY month ORDER BY month",
        ({"articles": ("id", "day"), "copies": ("article", "position", "share")},),
    ),
    Example(
        "Who prints whom",
        "SELECT o.outlet AS origin, a.outlet AS printed_by, count(*) AS articles FROM copies c "
        "JOIN articles a ON a.id = c.article JOIN {table} o ON o.id = c.origin "
        "WHERE c.position = 0 GROUP BY ALL ORDER BY articles DESC, origin, printed_by LIMIT 20",
        ({"articles": ("id", "outlet"), "copies": ("article", "origin", "position")},),
    ),
    Example(
        "Articles by language and outlet",
        "SELECT language, outlet, count(*) AS articles FROM {table} "
        "GROUP BY ALL ORDER BY articles DESC, language, outlet LIMIT 20",
        ({"articles": ("language", "outlet")},),
    ),
    Example(
        "Events that several independent origins tell",
        "SELECT day, category, source, target, origins, outlets FROM {table} "
        "WHERE origins > 1 ORDER BY origins DESC, day LIMIT 20",
        ({"events": ("day", "category", "source", "target", "origins", "outlets")},),
    ),
    Example(
        "What was set aside, by reason",
        "SELECT step, regexp_replace(reason, '^.*?: ', '') AS reason, count(*) AS pages "
        "FROM {table} GROUP BY ALL ORDER BY pages DESC, reason",
        ({"set_aside": ("step", "reason")},),
    ),
)
