"""One part of an archive from its file to Parquet, in whatever process it runs.

In: a part of a file. Out: a Parquet file in each table's folder, and last of all the note that the
part is done. What is killed half-way leaves nothing that counts. It hangs on the part's content
alone: not on time, machine, engine, or on what was done before.
"""

from __future__ import annotations

import hashlib
import os
import platform
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.archive.plan import (
    DONE,
    NOW,
    Done,
    FileDone,
    MadeBy,
    Part,
    file_of,
    json_bytes,
    made_by,
    made_whole,
    write_whole,
)
from dragoman.archive.reading import ReadStage, Row, capture_row, set_aside_row
from dragoman.archive.tables import (
    CAPTURES,
    KEYS,
    SET_ASIDE,
    TABLES,
    TEXTS,
    Table,
    of_rows,
    taken,
    written,
)
from dragoman.collect.bulk import captures
from dragoman.errors import DragomanError, Unreadable
from dragoman.extras import needed
from dragoman.model import Capture

if TYPE_CHECKING:
    import pyarrow

AT_ONCE = 1 << 20
TIMES, GRACE = 2.0, 60.0
"""A worker may take so many times what the settings give an article, and so much more for what it
loads, of a processor, before it is ended."""
FATAL = "the process that read it was ended, twice: it takes too long, or more memory than there is"
NO_TEXT = "its address or what is said of it is not Unicode"


@dataclass(frozen=True, slots=True)
class Task:
    """A part to be done, and the rows of it that workers did not survive."""

    input: str
    part: Part
    fatal: frozenset[int] = frozenset()


class Work:
    """Does tasks; picklable, and told each of them by an engine."""

    def __init__(self, stage: ReadStage, out: Path, expected: MadeBy) -> None:
        self.stage = stage
        self.out = out
        self._expected = expected
        self._is_checked = False
        self._driver, self._folder = os.getpid(), os.getcwd()
        seconds = stage.steps.config.article_seconds
        self._most = TIMES * seconds + GRACE if seconds else 0.0

    def __call__(self, task: Task) -> Done:
        self._check()
        name = task.part.name
        found = _found(task)
        note = self.out / NOW / name

        def begin(row: int) -> None:
            note.write_text(str(row))
            self._set_end(self._most)

        made = self.stage(of_rows(CAPTURES, found.given), begin)
        self._set_end(0.0)
        tables = {table.name: taken(made, table) for table in TABLES}
        tables[SET_ASIDE.name] = _with(tables[SET_ASIDE.name], SET_ASIDE, found.aside)
        unread = [self.stage.shown(row) for row in found.unread]
        tables[CAPTURES.name] = _with(tables[CAPTURES.name], CAPTURES, unread)
        for table in (KEYS, TEXTS):
            tables[table.name] = _distinct(tables[table.name])
        files = {one: self._write(one, name, table) for one, table in tables.items()}
        done = Done(
            part=name,
            captures=len(tables[CAPTURES.name]),
            articles=len(tables["articles"]),
            set_aside=len(tables[SET_ASIDE.name]),
            tables=files,
        )
        write_whole(self.out / DONE / f"{name}.json", json_bytes(done))
        note.unlink(missing_ok=True)
        return done

    def _check(self) -> None:
        """Raises DragomanError on a machine that has another Dragoman, or no folder to write to."""
        if self._is_checked:
            return
        if os.getpid() != self._driver:
            with suppress(OSError):  # names may be relative to where the run was started
                os.chdir(self._folder)
        if made_by(self.stage.steps) != self._expected:
            raise DragomanError(
                f"{platform.node()}: Dragoman or its data is of another version here than where "
                "the run was started; install the same one everywhere"
            )
        if not (self.out / NOW).is_dir():
            raise DragomanError(
                f"{platform.node()}: {self.out} is not there; name a folder with --out that all "
                "machines share"
            )
        self._is_checked = True

    def _set_end(self, seconds: float) -> None:
        """The system ends this process after so much of a processor, where it is a worker: what is
        deep in C code heeds no alarm."""
        if os.getpid() != self._driver:
            signal.setitimer(signal.ITIMER_PROF, seconds)

    def _write(self, table: str, part: str, rows: pyarrow.Table) -> FileDone:
        path = file_of(self.out, table, part)
        made_whole(path, lambda aside: written(rows, aside))
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as file:
            while block := file.read(AT_ONCE):
                digest.update(block)
                size += len(block)
        return FileDone(rows=len(rows), bytes=size, sha256=digest.hexdigest())


@dataclass(slots=True)
class _Found:
    """What a part holds: captures to read, others that are not read, and what is set aside."""

    given: list[Row] = field(default_factory=list)
    unread: list[Row] = field(default_factory=list)
    aside: list[Row] = field(default_factory=list)


def _found(task: Task) -> _Found:
    made = _Found()
    part = task.part.name
    for number, found in enumerate(captures(task.input, task.part.stretch)):
        at: Row = {"part": part, "row": number}
        if not isinstance(found, Capture):
            # As `dragoman add` notes it: under the file.
            made.aside.append({**at, **set_aside_row("", task.input, "collect", str(found))})
        elif not _is_text(found):
            reason = str(Unreadable(task.input, NO_TEXT))
            made.aside.append({**at, **set_aside_row("", task.input, "collect", reason)})
        elif number in task.fatal:
            reason = str(Unreadable(found.origin, FATAL))
            made.unread.append(capture_row(found, part, number))
            made.aside.append({**at, **set_aside_row(found.id, found.origin, "read", reason)})
        else:
            made.given.append(capture_row(found, part, number))
    return made


def _is_text(capture: Capture) -> bool:
    said = (capture.origin, capture.url, capture.charset, capture.language, capture.published)
    try:
        "".join(filter(None, said)).encode()
    except UnicodeEncodeError:
        return False
    return True


def _with(table: pyarrow.Table, of: Table, rows: Sequence[Row]) -> pyarrow.Table:
    if not rows:
        return table
    return needed("pyarrow").concat_tables([table, of_rows(of, rows)]).sort_by("row")


def _distinct(table: pyarrow.Table) -> pyarrow.Table:
    """Each row once, in an order of its own: texts may stand in several captures of a part."""
    names = table.schema.names
    made = table.group_by(names, use_threads=False).aggregate([]).select(names)
    return made.sort_by([(name, "ascending") for name in names]).cast(table.schema)
