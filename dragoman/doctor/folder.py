"""The desk's folder: settings that can be read, room to write, and secrets that others can't read.

In: the folder, and the settings where they could be read. Out: findings.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from dragoman.config import PASSWORD, Config, load_config
from dragoman.doctor.finding import Finding
from dragoman.errors import DragomanError

LEAST_ROOM = 500_000_000
"""Bytes: a day of a large desk, and the log of changes beside the file."""
_SECRET = re.compile(r"(?im)^\s*(akismet_key|.*password.*)\s*=|^\s*store\s*=.*://[^:/]+:[^@]+@")


def settings(home: Path) -> Config | Finding:
    """The settings, or why there are none."""
    try:
        return load_config(home)
    except (DragomanError, OSError) as fault:
        return Finding(
            "settings",
            f"the settings can't be used: {fault}",
            "No command that opens this desk works until they can.",
            f"edit {quote(str(home / 'dragoman.toml'))}: correct the line that is named, or take "
            "it out",
        )


def folder(home: Path, desk_bytes: int) -> Iterator[Finding]:
    if os.statvfs(home).f_flag & os.ST_RDONLY:
        yield Finding(
            "home",
            f"the disk that {home} is on can only be read",
            "Nothing can be collected, judged or commented on.",
            f'mount -o remount,rw "$(findmnt -no TARGET -T {quote(str(home))})"',
        )
    elif not os.access(home, os.W_OK | os.X_OK):
        yield Finding(
            "home",
            f"this user may not write into {home}",
            "Nothing can be collected, judged or commented on.",
            f"chmod u+wx {quote(str(home))}",
        )
    free = shutil.disk_usage(home).free
    if free < max(LEAST_ROOM, desk_bytes // 10):
        yield Finding(
            "disk",
            f"{_mb(free)} are free on the disk, and the desk takes {_mb(desk_bytes)}",
            "A desk that meets a full disk keeps what it has and takes nothing new; forgetting and "
            "snapshots write the whole file once more.",
            "make room on this disk, or take the desk to another: "
            f"`dragoman copy-store {quote(str(home))} TO`",
        )
    yield from _open_secrets(home)


def _open_secrets(home: Path) -> Iterator[Finding]:
    path = home / "dragoman.toml"
    if not path.exists() or not _SECRET.search(path.read_text("utf-8", "replace")):
        return
    if stat.S_IMODE(path.stat().st_mode) & (stat.S_IRGRP | stat.S_IROTH):
        yield Finding(
            "secrets",
            f"{path} holds a key or password, and other users of this machine may read it",
            "Whoever reads it can use the service or database in the desk's name.",
            f"chmod 600 {quote(str(path))}",
        )


def site(config: Config, home: Path) -> Iterator[Finding]:
    """Settings that are valid, and don't go together."""
    file = quote(str(home / "dragoman.toml"))
    mail = config.mail
    if mail.host and not mail.sender:
        yield Finding(
            "mail",
            "[mail] names a server and nobody whom letters are from",
            "No alert and no invitation can be sent.",
            f'add from = "desk@your.domain" under [mail] in {file}',
        )
    if mail.host and mail.user and not os.environ.get(PASSWORD):
        yield Finding(
            "mail",
            f"the mail server asks {mail.user} for a password, and {PASSWORD} is not set here",
            "No letter can be sent by a program that is started so.",
            f"export {PASSWORD}=…",
        )


def _mb(number: int) -> str:
    return f"{number / 1e6:,.0f} MB"
