"""A comparison as it is written down: one object for machines, one table of all rows.

In: a `Comparison`. Out: plain dictionaries, and rows for CSV.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from dragoman.checking.comparison import WHERE, Comparison, Left, Ours, Pair
from dragoman.checking.foreign import ForeignEvent
from dragoman.knowledge.columns import Form

CAVEATS: Mapping[Form, str] = {
    "gdelt": "GDELT is another machine's coding, and counts copies: both may be wrong",
    "polecat": "POLECAT is another machine's coding of other texts: both may be wrong",
    "acled": "ACLED is coded by people, of political violence and protest alone; it has no rows of "
    "most categories, and does not say who began",
}
COLUMNS = (
    "where", "event", "day", "last_day", "source", "target", "category", "status", "sentence",
    "address",
    "their_line", "their_id", "their_day", "their_sources", "their_targets", "their_categories",
    "their_words", "their_note", "days_apart", "km",
)  # fmt: skip
OURS = COLUMNS.index("address")
"""Columns that an event of the desk fills, after the first."""


def compared_json(made: Comparison, form: Form, examples: int) -> dict[str, object]:
    """Counts of everything, and so many examples of each sort."""
    return {
        "form": form,
        "caveat": CAVEATS[form],
        "first_day": made.first.isoformat() if made.first else None,
        "last_day": made.last.isoformat() if made.last else None,
        "both": len(made.both),
        "here": len(made.here),
        "there": len(made.there),
        "again": len(made.again),
        "here_not_compared": dict(sorted(made.unfit.items())),
        "there_not_compared": dict(sorted(made.aside.items())),
        "malformed": [{"line": one.line, "reason": one.reason} for one in made.odd],
        "query_partly_applied": made.undecided,
        "by_category": {name: _counts(one) for name, one in made.by_category().items()},
        "by_month": {name: _counts(one) for name, one in made.by_month().items()},
        "examples": {
            "both": [_pair_json(one) for one in made.both[:examples]],
            "here": [_ours_json(one) for one in made.here[:examples]],
            "there": [_theirs_json(one) for one in made.there[:examples]],
            "again": [_theirs_json(one) for one in made.again[:examples]],
        },
    }


def compared_rows(made: Comparison) -> Iterator[tuple[object, ...]]:
    """Under COLUMNS: every event and row that was compared."""
    for pair in made.both:
        yield ("both", *_ours_cells(pair.ours), *_their_cells(pair.theirs), pair.apart, _km(pair))
    for ours in made.here:
        yield ("here", *_ours_cells(ours), *[""] * (len(COLUMNS) - 1 - OURS))
    parts: tuple[tuple[Left, list[ForeignEvent]], ...] = (
        ("there", made.there),
        ("again", made.again),
    )
    for where, rows in parts:
        for theirs in rows:
            yield (where, *[""] * OURS, *_their_cells(theirs), "", "")


def _counts(counted: Counter[Left]) -> dict[str, int]:
    return {where: counted[where] for where in WHERE}


def _pair_json(pair: Pair) -> dict[str, object]:
    return {
        "here": _ours_json(pair.ours),
        "there": _theirs_json(pair.theirs),
        "days_apart": pair.apart,
        "km": _km(pair),
    }


def _ours_json(one: Ours) -> dict[str, object]:
    names = COLUMNS[1 : 1 + OURS]
    return dict(zip(names, _ours_cells(one), strict=True))


def _ours_cells(one: Ours) -> tuple[object, ...]:
    assert one.start is not None and one.end is not None  # noqa: PT018  # only dated ones are compared
    days = (one.start.isoformat(), one.end.isoformat())
    return (
        one.id,
        *days,
        one.source,
        one.target,
        one.category,
        one.status,
        one.sentence,
        one.address,
    )


def _theirs_json(one: ForeignEvent) -> dict[str, object]:
    return {
        "line": one.line,
        "id": one.id,
        "day": one.day.isoformat(),
        "sources": list(one.sources),
        "targets": list(one.targets),
        "categories": list(one.categories),
        "words": one.who,
        "note": one.note,
    }


def _their_cells(one: ForeignEvent) -> tuple[object, ...]:
    lists = (" ".join(part) for part in (one.sources, one.targets, one.categories))
    return (one.line, one.id, one.day.isoformat(), *lists, one.who, one.note)


def _km(pair: Pair) -> float | None:
    return round(pair.km, 1) if pair.km is not None else None
