"""The columns of other event data: GDELT 2.0 event files, POLECAT, ACLED.

In: the table that lists them. Out: their names in order, and those that a row can't do without.
Whoever reads such a file and whoever writes one takes them from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from dragoman.knowledge.files import read_table

Form = Literal["gdelt", "polecat", "acled"]
FORMS: tuple[Form, ...] = get_args(Form)
TABLE = Path(__file__).parent.parent / "eventdata" / "columns.tsv"
COLUMNS = ("form", "column", "need")


@dataclass(frozen=True, slots=True)
class FileColumns:
    names: tuple[str, ...]
    """In their order."""
    needed: frozenset[str]
    """Those without which a row says nothing that can be compared."""


def load_columns(path: Path) -> dict[Form, FileColumns]:
    """By form. Raises DataFileError."""
    names: dict[Form, list[str]] = {form: [] for form in FORMS}
    needed: dict[Form, set[str]] = {form: set() for form in FORMS}
    for row in read_table(path, COLUMNS):
        form = next((one for one in FORMS if one == row["form"]), None)
        if form is None:
            raise row.fault(f"the forms are {', '.join(FORMS)}")
        names[form].append(row["column"])
        if row["need"] == "yes":
            needed[form].add(row["column"])
    return {form: FileColumns(tuple(names[form]), frozenset(needed[form])) for form in FORMS}


@cache
def file_columns() -> Mapping[Form, FileColumns]:
    """Our table, by form."""
    return load_columns(TABLE)
