"""Dated snapshots of the record: written once, never changed, and checked by their digests.

In: a reading room and a query. Out: a folder of sorted, compressed JSON lines with a manifest, a
citation and a dictionary of its data. Refuses a name that is taken, and damaged files by name.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dragoman.errors import DragomanError
from dragoman.model.audit import AuditResult
from dragoman.publish.formats.article_json import Json
from dragoman.publish.formats.record_json import report_row_json
from dragoman.publish.gathering import About, about, events
from dragoman.publish.room import ReadingRoom
from dragoman.publish.snapshots.citing import (
    CITATION,
    CITATION_CFF,
    README,
    citation,
    citation_cff,
    dictionary,
)
from dragoman.publish.snapshots.rows import (
    TABLES,
    article_row,
    event_row,
    judgement_row,
    key_of,
    tombstone_row,
)
from dragoman.publish.snapshots.sorted_lines import SortedLines

SNAPSHOTS = "snapshots"
"""The folder of a desk's home that holds them."""
NOW = "now"
"""Stands for the desk as it is, and is no name of a snapshot."""
MANIFEST = "manifest.json"
FORMAT = 1
"""Grows when an older program could not read what is written."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
AT_ONCE = 1 << 20
MADE_BY = ("coder_version", "codebook_version", "lexicon_version")


class File(BaseModel):
    """A file of a snapshot. Two snapshots with the same content differ in nothing else."""

    model_config = ConfigDict(frozen=True)

    name: str
    bytes: int
    sha256: str
    rows: int | None = None
    """Of a file of data; so is the digest of what was compressed."""
    content_sha256: str | None = None


class Manifest(BaseModel):
    """What a snapshot says of itself."""

    model_config = ConfigDict(frozen=True)

    format: int = Field(default=FORMAT, le=FORMAT)
    name: str
    title: str
    made_at: str
    query: str
    public: bool
    program: str
    versions: dict[str, str]
    """Of the steps, and digests of what they knew, when the snapshot was made."""
    made_by: dict[str, dict[str, int]]
    """By which versions its reports were coded, with the number of reports."""
    digest: str
    """Of all data: what is cited."""
    files: list[File]
    dictionary: list[dict[str, Any]]
    """Each file of data with its keys."""
    audits: tuple[AuditResult, ...] = ()
    """How right its code was found to be by those who read samples, as exports say it."""

    def rows(self, table: str) -> int:
        return next((one.rows or 0 for one in self.files if one.name == f"{table}.jsonl.gz"), 0)


@dataclass(frozen=True, slots=True)
class Snapshot:
    folder: Path
    manifest: Manifest

    def rows(self, table: str) -> Iterator[Json]:
        """Of one file, in the order of ids, one after the other."""
        path = self.folder / f"{table}.jsonl.gz"
        last = ""
        try:
            with gzip.open(path, "rb") as file:
                for line in file:
                    row = json.loads(line)
                    if (key := key_of(row)) <= last:
                        raise DragomanError(f"{path}: it is damaged: {key} stands after {last}")
                    last = key
                    yield row
        except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError) as fault:
            raise DragomanError(
                f"{path}: it can't be read ({fault}); the file is damaged"
            ) from fault


def freeze(
    room: ReadingRoom,
    snapshots: Path,
    name: str,
    query: str = "",
    advance: Callable[[], None] = lambda: None,
) -> Snapshot:
    """Write the snapshot of that name, all of it or nothing. Raises DragomanError for a bad name.

    `advance` is called for each event and article.
    """
    if not NAME.fullmatch(name) or name == NOW:
        raise DragomanError(
            f"{name!r} is no name for a snapshot: take letters, digits, '.', '_' and '-', with a "
            f"letter or digit first (and not {NOW!r}, which is the desk as it is)"
        )
    target = snapshots / name
    taken = DragomanError(f"{name}: there is such a snapshot, and none is changed; take another")
    if target.exists():
        raise taken
    snapshots.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=snapshots, prefix=".") as aside:
        folder = Path(aside) / name
        folder.mkdir()
        made = write(room, folder, name, query, advance)
        for path in folder.iterdir():
            path.chmod(0o444)
        try:
            folder.rename(target)
        except OSError as fault:
            raise (taken if target.exists() else fault) from fault
    return Snapshot(target, made.manifest)


def write(
    room: ReadingRoom,
    folder: Path,
    name: str,
    query: str = "",
    advance: Callable[[], None] = lambda: None,
) -> Snapshot:
    """Write a snapshot into an empty folder."""
    said = about(room, query)
    with TemporaryDirectory(dir=folder.parent, prefix=".") as aside:
        lines = {table.name: SortedLines(Path(aside), table.name) for table in TABLES}
        with room.store.standing_still():
            made_by = _gather(room, query, lines, advance)
        files = [_write_lines(folder / table.file, lines[table.name]) for table in TABLES]
    digest = digest_of(files)
    files += [
        _write_text(folder / CITATION, citation(said, name, digest)),
        _write_text(folder / CITATION_CFF, citation_cff(said, name, digest)),
        _write_text(folder / README, dictionary(said)),
    ]
    manifest = _manifest(said, name, digest, made_by, files)
    _write_text(folder / MANIFEST, manifest.model_dump_json(indent=1) + "\n")
    return Snapshot(folder, manifest)


def _manifest(
    said: About, name: str, digest: str, made_by: Mapping[str, dict[str, int]], files: list[File]
) -> Manifest:
    return Manifest(
        name=name,
        title=said.title,
        made_at=said.made_at,
        query=said.query,
        public=said.public,
        program=said.program,
        versions=dict(said.versions),
        made_by=dict(made_by),
        digest=digest,
        files=files,
        dictionary=[
            {
                "file": table.file,
                "means": table.means,
                "fields": [
                    {"name": one.name, "type": one.type, "means": one.means} for one in table.fields
                ],
            }
            for table in TABLES
        ],
        audits=said.audits,
    )


def _gather(
    room: ReadingRoom,
    query: str,
    lines: Mapping[str, SortedLines],
    advance: Callable[[], None],
) -> dict[str, dict[str, int]]:
    """All rows, to be sorted; by which versions the reports were coded."""
    store, counted = room.store, {name: Counter[str]() for name in MADE_BY}
    telling: set[str] = set()

    def add(table: str, row: Json) -> None:
        lines[table].add(key_of(row), json.dumps(row, ensure_ascii=False, separators=(",", ":")))

    for item in events(room, query):
        add("events", event_row(item))
        for report in item.reports:
            add("reports", report_row_json(report))
            telling.add(report.report.article_id)
            for name in MADE_BY:
                counted[name][getattr(report, name) or "unknown"] += 1
        advance()
    for ids in store.in_parts(sorted(telling) if query else store.article_ids()):
        versions = store.versions_of(ids)
        for identity, row in store.article_rows(ids).items():
            made_by = versions.get(identity, {})
            add("articles", article_row(row, room.outlet(row.article), made_by))
            advance()
    for judgement in store.judgements():
        add("judgements", judgement_row(room.display.judgement(judgement)))
    for gone in store.gone():
        add("tombstones", tombstone_row(gone, public=room.public))
    return {name: dict(sorted(found.items())) for name, found in counted.items()}


def _write_lines(path: Path, lines: SortedLines) -> File:
    """Compressed without name and time, so that the same content is the same file."""
    content, rows = hashlib.sha256(), 0
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
        for _, line in lines:
            data = f"{line}\n".encode()
            content.update(data)
            file.write(data)
            rows += 1
    return _file(path).model_copy(update={"rows": rows, "content_sha256": content.hexdigest()})


def _write_text(path: Path, text: str) -> File:
    path.write_text(text, encoding="utf-8", newline="\n")
    return _file(path)


def _file(path: Path) -> File:
    made, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(AT_ONCE):
            made.update(block)
            size += len(block)
    return File(name=path.name, bytes=size, sha256=made.hexdigest())


def digest_of(files: list[File]) -> str:
    """Of the uncompressed data, which is the same wherever it was compressed."""
    said = (f"{one.name} {one.content_sha256}\n" for one in files if one.content_sha256)
    return hashlib.sha256("".join(said).encode()).hexdigest()


# --- reading one again ---------------------------------------------------------------------------


def named(snapshots: Path) -> list[Path]:
    """The folders of all snapshots of a desk, by name."""
    if not snapshots.is_dir():
        return []
    return sorted(path for path in snapshots.iterdir() if NAME.fullmatch(path.name))


def found(snapshots: Path, name: str) -> Path:
    """The folder of a snapshot: one of the desk's own by its name, or any by its path."""
    own = snapshots / name
    if NAME.fullmatch(name) and own.is_dir():
        return own
    if Path(name).is_dir():
        return Path(name)
    known = ", ".join(path.name for path in named(snapshots)) or "none yet"
    raise DragomanError(f"{name}: there is no such snapshot; this desk has: {known}")


def opened(folder: Path) -> Snapshot:
    """A snapshot by its manifest; the other files are not looked at."""
    path = folder / MANIFEST
    try:
        return Snapshot(folder, Manifest.model_validate_json(path.read_bytes()))
    except OSError as fault:
        raise DragomanError(f"{folder}: this is no snapshot: no {MANIFEST} can be read") from fault
    except ValidationError as fault:
        first = fault.errors()[0]
        if first["type"] == "less_than_equal":
            raise DragomanError(f"{path}: a newer Dragoman wrote it; upgrade to read it") from fault
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise DragomanError(f"{path}: the manifest is damaged ({where}: {first['msg']})") from fault


def faults(snapshot: Snapshot) -> list[str]:
    """What is not as it was written, a sentence for each file; empty where all is."""
    told = {file.name: file for file in snapshot.manifest.files}
    there = {path.name for path in snapshot.folder.iterdir()} - {MANIFEST}
    wrong = [f"{name}: it is missing" for name in sorted(set(told) - there)]
    wrong += [f"{name}: it does not belong to it" for name in sorted(there - set(told))]
    for name in sorted(there & set(told)):
        is_now = _file(snapshot.folder / name)
        if (is_now.bytes, is_now.sha256) != (told[name].bytes, told[name].sha256):
            wrong.append(f"{name}: it was changed after it was written")
    if digest_of(snapshot.manifest.files) != snapshot.manifest.digest:
        wrong.append(f"{MANIFEST}: it was changed: its digest is not that of its files")
    return wrong


def whole(snapshot: Snapshot) -> Snapshot:
    """The snapshot itself; raises DragomanError where anything of it was changed."""
    if wrong := faults(snapshot):
        raise DragomanError(f"{snapshot.folder}: the snapshot is damaged: {'; '.join(wrong)}")
    return snapshot
