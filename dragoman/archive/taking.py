"""An archive's output into a desk: what the steps made, as it is, without reading anything again.

In: a finished folder. Out: captures in their order, each with what became of it, for the desk to
keep and join by its own code. It refuses a folder without pages, and files that were changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from dragoman.archive.plan import MANIFEST, Done, Plan, dones_of, file_of, read_plan
from dragoman.archive.reading import capture_of, kept_of
from dragoman.errors import DragomanError
from dragoman.extras import needed
from dragoman.model import Capture, Kept

Rows = dict[int, list[dict[str, Any]]]
"""By number of the capture."""
TAKEN = ("captures", "articles", "readings", "references", "reports", "set_aside")


@dataclass(frozen=True, slots=True)
class Aside:
    """What never became a capture."""

    origin: str
    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """A capture, and what was made of it: decoded when it is asked for."""

    capture: Capture
    made: Callable[[], Kept | DragomanError]


def finished(out: Path) -> Plan:
    """The plan of a folder that a desk can be made of. Raises DragomanError for any other."""
    plan = read_plan(out)
    if not (out / MANIFEST).exists():
        raise DragomanError(
            f"{out}: this archive is not finished; run the same `dragoman archive` again"
        )
    if not plan.with_pages:
        raise DragomanError(
            f"{out}: it was made with --store-less and holds no pages, which a desk keeps; make "
            "it again without that option"
        )
    return plan


def found_in(out: Path, plan: Plan) -> Iterator[Found | Aside]:
    """Everything in the order in which it came."""
    for done in dones_of(out, plan):
        yield from _of_part(out, done)


def _of_part(out: Path, done: Done) -> Iterator[Found | Aside]:
    tables = {name: _rows(out, name, done) for name in TAKEN}
    for row in sorted({*tables["captures"], *tables["set_aside"]}):
        aside = next(iter(tables["set_aside"].get(row, ())), None)
        captured = next(iter(tables["captures"].get(row, ())), None)
        if captured is not None:
            of_row = {name: rows.get(row, []) for name, rows in tables.items()}
            yield Found(capture_of(captured), partial(_made, of_row))
        elif aside is not None:
            yield Aside(aside["origin"], aside["step"], aside["reason"])


def _made(rows: Mapping[str, list[dict[str, Any]]]) -> Kept | DragomanError:
    if rows["set_aside"]:
        fault = DragomanError(rows["set_aside"][0]["reason"])
        fault.step = rows["set_aside"][0]["step"]
        return fault
    (article,), (reading,) = rows["articles"], rows["readings"]
    return kept_of(article, reading, rows["references"], rows["reports"])


def _rows(out: Path, table: str, done: Done) -> Rows:
    path = file_of(out, table, done.part)
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != done.tables[table].sha256:
        raise DragomanError(
            f"{path}: it was changed after it was written; delete it, and run the same `dragoman "
            "archive` again"
        )
    pa = needed("pyarrow")
    read = needed("pyarrow.parquet").read_table(pa.BufferReader(content))
    found: Rows = {}
    for row in read.to_pylist():
        found.setdefault(row["row"], []).append(row)
    return found
