"""Conditions given one by one, as programs give them, to the text of a query.

In: words of the query language, and values by field. Out: the text that asks all of it at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

Values = str | int | date | Sequence[str] | None
FIELDS = {
    "actor": "actor",
    "source": "from",
    "target": "to",
    "category": "category",
    "status": "status",
    "language": "lang",
    "outlet": "outlet",
    "place": "place",
    "after": "after",
    "before": "before",
}
"""Keyword → field of the query language."""


def query_text(query: str = "", *, origins: int | None = None, **values: Values) -> str:
    """The query and all conditions; of several values of one field one has to hold.

    Raises TypeError for a keyword that is no field.
    """
    asked = [_field(name, value) for name, value in values.items() if value is not None]
    if origins is not None:
        asked.append(f"origins:>={origins}")
    if asked and query.strip():
        asked.insert(0, f"({query.strip()})")
    return " ".join(asked) if asked else query


def _field(name: str, value: Values) -> str:
    if name not in FIELDS:
        raise TypeError(f"{name} is no field of a query; there are {', '.join(FIELDS)}")
    several = [str(value)] if isinstance(value, (str, int, date)) else list(value or ())
    return f"{FIELDS[name]}:{','.join(map(_quoted, several))}"


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
