"""The plan of an archive run: which files, in which parts, made by which versions.

In: file names, and what the folder holds already. Out: a plan, written once and the same for the
same files; parts that are done, by the notes that stand beside them. It refuses to go on where
files changed, or where other versions began.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from secrets import token_hex
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dragoman.archive.tables import TABLES
from dragoman.collect.archives import Stretch
from dragoman.collect.bulk import ends_of, size_of, stretches
from dragoman.engine import Engine
from dragoman.errors import DragomanError
from dragoman.pipeline import Steps
from dragoman.versions import VERSIONS

FORMAT = 2
"""Grows when an older program could not read what is written."""
PLAN, DONE, MANIFEST = "plan.json", "done", "manifest.json"
MANY = 8
"""Files from which looking at them is worth the start of workers."""
NOW = ".now"
"""The folder of notes that say which row of a part is being read."""

A = TypeVar("A")
B = TypeVar("B")
M = TypeVar("M", bound=BaseModel)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(_Record):
    """A stretch of a file under a name of its own."""

    name: str
    offset: int
    skip: int
    records: int | None

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.offset, self.skip, self.records)


class Input(_Record):
    name: str
    bytes: int
    ends: str = ""
    """A digest of how it begins and ends; plans of before lack it."""
    parts: tuple[Part, ...]


class MadeBy(_Record):
    """By which steps and which data: what is made hangs on these alone."""

    steps: dict[str, str]
    known: dict[str, str]
    models: dict[str, list[str]]


def made_by(steps: Steps) -> MadeBy:
    models = {code: list(names) for code, names in sorted(steps.config.models.items())}
    return MadeBy(steps=dict(VERSIONS), known=dict(steps.knowledge.versions), models=models)


class Plan(_Record):
    format: int = Field(default=FORMAT, le=FORMAT)
    made_by: MadeBy
    with_pages: bool
    every: int
    """Records or rows of a part, at most."""
    inputs: tuple[Input, ...]

    @property
    def parts(self) -> list[tuple[str, Part]]:
        """File and part, in the order in which captures count as handed in."""
        return [(one.name, part) for one in self.inputs for part in one.parts]


class FileDone(_Record):
    rows: int
    bytes: int
    sha256: str


class Done(_Record):
    """What is noted when all files of a part are written."""

    part: str
    captures: int
    articles: int
    set_aside: int
    tables: dict[str, FileDone]


def planned(
    out: Path,
    names: Sequence[str],
    made_by: MadeBy,
    engine: Engine,
    *,
    with_pages: bool,
    every: int,
) -> Plan:
    """The plan that stands in the folder, with files added that it lacks; else a new one."""
    before = read_plan(out) if (out / PLAN).exists() else None
    if before is None and out.is_dir() and any(one.name != NOW for one in out.iterdir()):
        raise DragomanError(
            f"{out}: this folder holds something else; name a new one, or one of an archive"
        )
    wanted = Plan(made_by=made_by, with_pages=with_pages, every=every, inputs=())
    known = _gone_on_with(before, wanted, names, out, engine) if before is not None else ()
    new = [name for name in names if name not in {one.name for one in known}]
    inputs = tuple(_mapped(_Cut(every), new, engine))
    plan = wanted.model_copy(update={"inputs": (*known, *inputs)})
    if plan != before:
        out.mkdir(parents=True, exist_ok=True)
        write_whole(out / PLAN, json_bytes(plan))
    return plan


def _mapped(function: Callable[[A], B], items: Sequence[A], engine: Engine) -> Iterable[B]:
    return map(function, items) if len(items) < MANY else engine.map(function, items)


class _Cut:
    """A file cut into parts; a function of its name and content."""

    def __init__(self, every: int) -> None:
        self.every = every

    def __call__(self, name: str) -> Input:
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        parts = tuple(
            Part(name=f"{digest}-{n:05}", offset=one.offset, skip=one.skip, records=one.records)
            for n, one in enumerate(stretches(name, self.every))
        )
        return Input(name=name, bytes=size_of(name), ends=ends_of(name), parts=parts)


def _gone_on_with(
    before: Plan, wanted: Plan, names: Sequence[str], out: Path, engine: Engine
) -> tuple[Input, ...]:
    """The files of a plan, if it can be gone on with."""
    if before.made_by != wanted.made_by:
        raise DragomanError(
            f"{out}: it was begun by other versions ({_differing(before.made_by, wanted.made_by)}),"
            " and one archive is made by one; finish it with those, or name a new folder"
        )
    if before.with_pages != wanted.with_pages:
        has = "with" if before.with_pages else "without"
        raise DragomanError(f"{out}: it was begun {has} pages (--store-less); go on the same way")
    if before.every != wanted.every:
        raise DragomanError(f"{out}: it was begun with --part {before.every}; go on with the same")
    lacking = [one.name for one in before.inputs if one.name not in names]
    if lacking:
        raise DragomanError(
            f"{out}: it was made of {lacking[0]} too; name it as well, or take a new folder"
        )
    for one, is_there in zip(before.inputs, _mapped(_stands, before.inputs, engine), strict=True):
        if not is_there:
            raise DragomanError(
                f"{one.name}: it is not the file that was begun with; put that one back, or take "
                "a new folder"
            )
    return before.inputs


def _stands(one: Input) -> bool:
    """Whether a file is still the one that was planned with."""
    return size_of(one.name) == one.bytes and (not one.ends or ends_of(one.name) == one.ends)


def _differing(one: MadeBy, other: MadeBy) -> str:
    names: list[str] = []
    for what in ("steps", "known", "models"):
        a, b = getattr(one, what), getattr(other, what)
        names += [name for name in sorted({*a, *b}) if a.get(name) != b.get(name)]
    return ", ".join(names)


def read_plan(out: Path) -> Plan:
    return read_record(Plan, out / PLAN)


def read_record(kind: type[M], path: Path) -> M:
    """Raises DragomanError for what is none, or was written by a newer program."""
    try:
        return kind.model_validate_json(path.read_bytes())
    except OSError as fault:
        raise DragomanError(
            f"{path.parent}: this is no archive: no {path.name} can be read"
        ) from fault
    except ValidationError as fault:
        first = fault.errors()[0]
        if first["type"] == "less_than_equal":
            raise DragomanError(f"{path}: a newer Dragoman wrote it; upgrade to read it") from fault
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise DragomanError(f"{path}: it is damaged ({where}: {first['msg']})") from fault


def done_of(out: Path, part: str) -> Done | None:
    """The note of a part, if all of its files are there in their size."""
    try:
        done = read_record(Done, out / DONE / f"{part}.json")
        sizes = {name: file_of(out, name, part).stat().st_size for name in done.tables}
    except (DragomanError, OSError):
        return None
    whole = {name: one.bytes for name, one in done.tables.items()} == sizes
    return done if whole and set(sizes) == {table.name for table in TABLES} else None


def dones_of(out: Path, plan: Plan) -> Iterator[Done]:
    """The notes of all parts. Raises DragomanError where one is missing or damaged."""
    for _, part in plan.parts:
        done = done_of(out, part.name)
        if done is None:
            raise DragomanError(
                f"{out}: part {part.name} is gone or damaged; run the same `dragoman archive` again"
            )
        yield done


def file_of(out: Path, table: str, part: str) -> Path:
    return out / table / f"{part}.parquet"


def files_of_parts(out: Path, table: str, parts: Iterable[str]) -> list[str]:
    return [str(file_of(out, table, part)) for part in parts]


def json_bytes(record: BaseModel | Mapping[str, object]) -> bytes:
    plain = record.model_dump() if isinstance(record, BaseModel) else record
    return (json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def write_whole(path: Path, content: bytes) -> None:
    """All of it or nothing, even where the machine stops."""
    made_whole(path, lambda aside: aside.write_bytes(content))


def made_whole(path: Path, write: Callable[[Path], object]) -> None:
    """A file that `write` writes under another name first."""
    aside = path.with_name(f".{path.name}.{token_hex(6)}.tmp")
    try:
        write(aside)
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
