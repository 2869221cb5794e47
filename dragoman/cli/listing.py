"""Sources as the terminal and `--json` show them: one line, one table, one object each.

In: sources and rows of `store.source_health`. Titles and faults are others' words: they are
printed as plain text, without control characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, cast

from dragoman.cli.app import console

if TYPE_CHECKING:
    from dragoman.model import Source
    from dragoman.store.rows import SourceHealth


def described(source: Source) -> str:
    """Id, kind, address and title in one line."""
    from dragoman.publish.terminal.controls import quiet

    title = f" ({quiet(source.title)})" if source.title else ""
    return f"{source.id} {source.kind} {source.address}{title}"


def name_of(source: Source) -> str:
    """Title and address, or the address alone."""
    return f"{source.title}\n{source.address}" if source.title else source.address


def source_json(source: Source) -> dict[str, object]:
    """A source with its state as one object."""
    return cast(dict[str, object], asdict(source))


def health_json(row: SourceHealth) -> dict[str, object]:
    """One source's health as one object; the fields of the row, and what it says in words."""
    from dragoman.publish.views.health import notes, state_word

    said = asdict(row) | {"copies_share": row.copies_share}
    return said | {"health": state_word(row), "notes": notes(row)}


def print_health(rows: Sequence[SourceHealth]) -> None:
    """A table of all, and below it what a person should know of some."""
    from dragoman.publish.terminal.controls import quiet
    from dragoman.publish.views.health import lag_words, notes, rate_words, share_words, state_word

    names = ("source", "state", "last success", "lag", "entries", "rhythm", "copies")
    print_table(
        names,
        [
            (
                row.source.title or row.source.address,
                state_word(row),
                (row.source.state.succeeded or "never")[:16].replace("T", " "),
                lag_words(row.lag_minutes),
                str(row.entries),
                rate_words(row.per_day) if row.per_day is not None else "–",
                share_words(row.copies_share),
            )
            for row in rows
        ],
    )
    for row in rows:
        if said := notes(row):
            print(f"\n{quiet(row.source.title or row.source.address)}")
            print("\n".join(f"  {quiet(note)}" for note in said))


def print_table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Cells are plain text: what a feed calls itself is no mark-up of ours."""
    from rich.table import Table
    from rich.text import Text

    from dragoman.publish.terminal.controls import quiet

    table = Table(box=None, pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(quiet(cell)) for cell in row))
    console().print(table)
