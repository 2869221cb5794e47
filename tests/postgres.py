"""A server of PostgreSQL for the tests: thrown away with its folder, reached by a socket in it.

Its text is ordered as in English, unlike a desk's, so that a column that forgets its own order is
seen. It refuses to run as root, and is then run as the user `postgres`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, create_engine, text

from dragoman.store import open_store

USER = "desk"
PLACES = ("/usr/lib/postgresql", "/usr/local/pgsql")
SETTINGS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
    "listen_addresses": "", "max_connections": "100", "shared_buffers": "64MB",
    "wal_level": "minimal", "max_wal_senders": "0",
}  # fmt: skip


TEMPLATE, SHARED = "template_desk", "shared_desk"
LEAVE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
EMPTY = r"""DO $$ DECLARE one record; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR one IN SELECT relname FROM pg_class WHERE relnamespace = 'public'\:\:regnamespace
    AND relkind = 'r' AND relname NOT IN ('alembic_version', 'dragoman_desk')
  LOOP EXECUTE format('DELETE FROM %I', one.relname); END LOOP;
  FOR one IN SELECT relname FROM pg_class WHERE relnamespace = 'public'\:\:regnamespace
    AND relkind = 'S'
  LOOP EXECUTE format('ALTER SEQUENCE %I RESTART', one.relname); END LOOP;
END $$"""


def programs() -> Path | None:
    """The folder of the newest server that is installed."""
    found = [folder for place in PLACES for folder in Path(place).glob("**/bin")]
    found = [folder for folder in found if (folder / "initdb").exists()]
    named = shutil.which("initdb")
    return max(found, default=Path(named).parent if named else None)


@dataclass
class Server:
    """A server that runs; `template` is an empty desk that others are copied from."""

    folder: Path
    numbers: Iterator[int] = field(default_factory=count)

    def address(self, database: str) -> str:
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def engine(self, database: str) -> Engine:
        """A plain connection, beside the store."""
        socket = {"user": USER, "database": database, "unix_sock": f"{self.folder}/.s.PGSQL.5432"}
        return create_engine("postgresql+pg8000://", connect_args=socket)

    def run(self, *statements: str, database: str = "postgres") -> None:
        engine = self.engine(database)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The address of a new database, dropped afterwards whoever still looks at it."""
        name = f"d{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.address(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def make_template(self) -> None:
        """An empty desk, and one that is emptied for test after test: that takes a tenth of the
        time of a new one."""
        for name in (TEMPLATE, SHARED):
            self.run(f"CREATE DATABASE {name}")
            open_store(self.address(name)).close()

    def emptied(self) -> str:
        """The address of the desk that all tests share, with nothing in it."""
        self.run(LEAVE, EMPTY, database=SHARED)
        return self.address(SHARED)


@contextmanager
def server(own: Path) -> Iterator[Server]:
    """Start one with the programs of a folder, and stop it."""
    folder = Path(tempfile.mkdtemp(prefix="desk-pg-", dir="/tmp"))
    as_owner: list[str] = []
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        ids = (f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}")
        as_owner = ["setpriv", *ids, "--clear-groups"]

    def call(program: str, *arguments: str) -> None:
        run_quietly([*as_owner, str(own / program), *arguments], folder)

    try:
        call("initdb", "-D", f"{folder}/data", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync",
             "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US")  # fmt: skip
        settings = " ".join(f"-c {name}={value!r}" for name, value in SETTINGS.items())
        call("pg_ctl", "-D", f"{folder}/data", "-w", "-t", "60", "-l", f"{folder}/log", "-o",
             f"{settings} -k {folder}", "start")  # fmt: skip
        try:
            made = Server(folder)
            made.make_template()
            yield made
        finally:
            call("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_quietly(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=90
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr or done.stdout}")
