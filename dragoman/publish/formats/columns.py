"""Tables of any kind: columns with what they mean and where they come from, and their writers.

In: columns and rows one after the other. Out: comma- or tab-separated UTF-8, written as the rows
come. A character that no table can hold becomes U+FFFD; nothing else is changed without a way back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Generic, TypeVar

from dragoman.knowledge.columns import Form, file_columns
from dragoman.publish.formats import Field

Row = TypeVar("Row")
Value = str | int | float | tuple[str, ...] | None
CODES = "list of codes"
LINES = "list of texts"
EMPTY = "Empty: Dragoman does not tell it."
FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet may take for a formula, or that is guarded against it."""
_UNHOLDABLE = re.compile("[\x00\ud800-\udfff]")
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Column(Field, Generic[Row]):
    """A field of the data dictionary that also says where its value comes from.

    `type`: text; code (text of few different values); integer; number; date (an ISO day); instant
    (ISO, UTC); list of codes; list of texts.
    """

    value: Callable[[Row], Value]


def in_form(form: Form, told: Iterable[Column[Row]], empty: str) -> tuple[Column[Row], ...]:
    """The columns of a file of others, in its order. Those that are not among `told` are empty, of
    the type `empty`. Raises ValueError for one that such files do not have."""
    by_name = {column.name: column for column in told}
    names = file_columns()[form].names
    if unknown := sorted(by_name.keys() - set(names)):
        raise ValueError(f"{form} files have no {', '.join(unknown)}")
    return tuple(
        by_name.get(name) or Column(name, empty, EMPTY, lambda _row: None) for name in names
    )


def write_csv(columns: Sequence[Column[Row]], rows: Iterable[Row], out: BinaryIO) -> int:
    """RFC 4180 with a header; what is not known is empty. Gives the number of rows."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    try:
        writer = csv.writer(text)
        writer.writerow([column.name for column in columns])
        count = 0
        for row in rows:
            writer.writerow([_guarded(column.value(row), column.type) for column in columns])
            count += 1
        return count
    finally:
        text.detach()


def write_tsv(
    columns: Sequence[Column[Row]], rows: Iterable[Row], out: BinaryIO, *, header: bool
) -> int:
    """Tabs between, nothing quoted: a tab or line break inside a value becomes a space."""
    if header:
        _write_line([column.name for column in columns], out)
    count = 0
    for row in rows:
        cells = (cell(column.value(row), column.type) for column in columns)
        _write_line([_BREAKS.sub(" ", one) for one in cells], out)
        count += 1
    return count


def cell(value: Value, type_: str = "text") -> str:
    """Codes of a list are joined by semicolons, texts of a list stand on lines of their own."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return clean((";" if type_ == CODES else "\n").join(value))
    return clean(value) if isinstance(value, str) else str(value)


def clean(text: str) -> str:
    """Without NUL and lone surrogates."""
    return _UNHOLDABLE.sub("\ufffd", text)


def unguarded(text: str) -> str:
    """What a text cell of our CSV said before it was guarded against spreadsheets."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def _guarded(value: Value, type_: str) -> str:
    """Text that a spreadsheet would compute gets an apostrophe; so does text that already looks
    guarded, so that one can always be taken off. Numbers are left alone."""
    made = cell(value, type_)
    is_text = isinstance(value, (str, tuple))
    return f"'{made}" if is_text and FORMULA.match(made) else made


def _write_line(cells: Sequence[str], out: BinaryIO) -> None:
    out.write(("\t".join(cells) + "\n").encode())
