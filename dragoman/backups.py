"""A desk's backup, a folder for each, and a desk made of one again.

In: a home, and where its desk is kept. Out: a folder with the store as one SQLite file, what the
home holds beside it, and a list of all that with digests. It has another name until it is whole;
nothing is ever written over, and only folders made here are ever removed. A backup that was changed
since is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from pydantic import TypeAdapter, ValidationError

from dragoman import __version__
from dragoman.errors import DragomanError, StoreError
from dragoman.store import backing_up, open_store, shown_address
from dragoman.store.addresses import is_file_address

STORE, LIST, SETTINGS = "store.sqlite", "backup.json", "dragoman.toml"
RESTORING = "restoring.sqlite"
BESIDE = (SETTINGS, "codebook", "snapshots")
"""What a home holds beside its store."""
NAME = re.compile(r"desk-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(-\d+)?")
PART, LOCK = ".part", ".backup.lock"
_NAMED_STORE = re.compile(r"^[ \t]*[\"']?store[\"']?[ \t]*=.*$", re.M)
AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What stands in its list."""

    made: str
    dragoman: str
    store: str
    """Where the desk was kept, without a password."""
    tables: str
    rows: dict[str, int]
    files: dict[str, str]
    """Path in the folder → SHA-256."""

    @property
    def articles(self) -> int:
        return self.rows.get("articles", 0)


_BACKUP = TypeAdapter(Backup)


def make(
    home: Path,
    address: Path | str,
    into: Path,
    *,
    keep: int | None = None,
    told: backing_up.Told = lambda *_: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> tuple[Path, list[Path]]:
    """Back up a desk into a new folder of `into`; it, and the older ones that were removed."""
    _make_place(into, home)
    with _alone(into):
        for left in into.glob(f"*{PART}"):
            if NAME.fullmatch(left.stem) and left.is_dir():  # of one that was killed
                shutil.rmtree(left)
        moment = now()
        final = _free_name(into, f"desk-{moment:%Y-%m-%dT%H-%M-%SZ}")
        part = final.with_name(final.name + PART)
        part.mkdir(mode=0o700)
        try:
            held = _copy_store(address, part / STORE, told)
            _copy_beside(home, part)
            made = Backup(
                moment.isoformat(timespec="seconds"),
                __version__,
                shown_address(address),
                held.tables,
                held.rows,
                {name: _digest(part / name) for name in _files(part)},
            )
            (part / LIST).write_text(json.dumps(asdict(made), indent=1) + "\n", "utf-8")
            _sync(part)
            part.rename(final)
            _sync_folder(into)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        gone = [] if keep is None else _outdated(into, keep, final)
        for old in gone:
            shutil.rmtree(old)
    return final, gone


def _outdated(folder: Path, keep: int, made: Path) -> list[Path]:
    """The oldest but so many, of which the one just made is one, whatever the names of others say:
    a clock may have been ahead. None that is fuller: then a desk was lost, and they are what is
    left of it."""
    others = [one for one in all_in(folder) if one != made]
    fuller = set(fuller_than(folder, made))
    return [one for one in others[: max(len(others) + 1 - keep, 0)] if one not in fuller]


def _make_place(into: Path, home: Path) -> None:
    if into.exists() and not into.is_dir():
        raise DragomanError(f"{into} is a file; name a folder, in which each backup gets its own")
    for name in BESIDE:
        if into.resolve().is_relative_to((home / name).resolve()):
            raise DragomanError(
                f"{into} is itself backed up, so that each backup would hold those before it; "
                "name a folder outside of the home"
            )
    into.mkdir(parents=True, exist_ok=True)


def fuller_than(folder: Path, made: Path) -> list[Path]:
    """The other backups of a folder that have more than twice as many articles, the oldest first;
    where this one has none, also those that can't tell."""
    least = 2 * read(made).articles
    return [one for one in all_in(folder) if one != made and _articles(one) > least]


def _articles(backup: Path) -> int:
    try:
        return read(backup).articles
    except DragomanError:
        return 1  # who knows


def all_in(folder: Path) -> list[Path]:
    """The backups in a folder, the oldest first."""
    found = [one for one in folder.iterdir() if NAME.fullmatch(one.name) and (one / LIST).is_file()]
    return sorted(found, key=lambda one: (one.name[:25], len(one.name), one.name))


def read(backup: Path) -> Backup:
    """The list of a backup. Raises DragomanError where the folder is none."""
    try:
        made = _BACKUP.validate_json((backup / LIST).read_bytes())
    except FileNotFoundError:
        raise DragomanError(
            f"{backup} is no backup; name a folder desk-… that `dragoman backup` made"
        ) from None
    except (ValidationError, OSError) as fault:
        raise DragomanError(f"{backup / LIST} can't be read; the backup is damaged") from fault
    if STORE not in made.files or any(
        name.startswith("/") or ".." in name.split("/") for name in made.files
    ):
        raise DragomanError(f"{backup / LIST} names what no backup holds; it is damaged")
    return made


def restore(
    backup: Path,
    home: Path,
    store: str | None = None,
    told: backing_up.Told = lambda *_: None,
) -> Backup:
    """Make the desk of a backup again, in an empty home, its store there or at an address.

    Raises DragomanError where the home or the store is not empty, or the backup is not as it was
    made; then nothing is left of what was begun.
    """
    made = read(backup)
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise DragomanError(f"{home} is not empty; name a new folder with --home")
    was_there = home.exists()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        for name, digest in made.files.items():
            to = home / (RESTORING if name == STORE else name)
            to.parent.mkdir(parents=True, exist_ok=True)
            if not (backup / name).is_file() or _copy(backup / name, to) != digest:
                raise DragomanError(
                    f"{backup / name} is not what was backed up: it was changed or is damaged; "
                    "restore another backup"
                )
        _settle_store(home / RESTORING, home, store, made, told)
        _own_settings(home / SETTINGS)
        _keep_to_us(home)
        _sync(home)
    except BaseException:
        _empty(home) if was_there else shutil.rmtree(home, ignore_errors=True)
        raise
    return made


def _settle_store(
    file: Path, home: Path, store: str | None, made: Backup, told: backing_up.Told
) -> None:
    held = backing_up.check(file)
    if held.rows != made.rows:
        raise StoreError(f"{file} holds other rows than the backup's list says; nothing was kept")
    with open_store(file) as desk:  # older tables are brought up to date here
        if store is not None:
            with open_store(store) as there:
                desk.copy_into(there, told)
    if store is None:
        file.rename(home / "desk.sqlite")
    else:
        file.unlink()


def _own_settings(path: Path) -> None:
    """Settings name the place of the desk that was backed up, which is not the one restored."""
    if path.exists():
        text = path.read_text("utf-8")
        path.write_text(_NAMED_STORE.sub(r"# before it was restored: \g<0>", text), "utf-8")


def _keep_to_us(home: Path) -> None:
    """What a home holds may be read by nobody else: hashes of passwords, and keys."""
    for path in home.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)


def _copy_store(address: Path | str, target: Path, told: backing_up.Told) -> backing_up.Held:
    if is_file_address(address):
        return backing_up.copy_pages(address, target, told)
    with open_store(address, read_only=True) as here, open_store(target) as there:
        here.copy_into(there, told)
    return backing_up.check(target)


def _copy_beside(home: Path, part: Path) -> None:
    for name in BESIDE:
        one = home / name
        for path in sorted(one.rglob("*")) if one.is_dir() else [one]:
            if path.is_file():
                to = part / path.relative_to(home)
                to.parent.mkdir(parents=True, exist_ok=True)
                _copy(path, to)


def _copy(one: Path, to: Path) -> str:
    """Copy a file's bytes; their digest."""
    digest = hashlib.sha256()
    with one.open("rb") as read_from, to.open("xb") as written:
        while some := read_from.read(AT_ONCE):
            digest.update(some)
            written.write(some)
    return digest.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> list[str]:
    return [p.relative_to(folder).as_posix() for p in sorted(folder.rglob("*")) if p.is_file()]


def _free_name(into: Path, name: str) -> Path:
    number, made = 1, into / name
    while made.exists():
        number += 1
        made = into / f"{name}-{number}"
    return made


def _sync(folder: Path) -> None:
    """All of a folder onto the disk, before anything says that it is there."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            _sync_folder(path)
            continue
        with path.open("rb") as file:
            os.fsync(file.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _empty(folder: Path) -> None:
    for one in folder.iterdir():
        shutil.rmtree(one) if one.is_dir() else one.unlink()


@contextmanager
def _alone(into: Path) -> Iterator[IO[bytes]]:
    """One backup at a time in a folder; a process that ends, however, gives it free."""
    import fcntl

    with (into / LOCK).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise DragomanError(f"another backup is being made in {into}; wait for it") from None
        yield lock
