"""DuckDB as a reader of Parquet files: the only module that imports it.

In: how much memory it may take. Out: a connection to a database in memory, which is gone with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from dragoman.errors import DragomanError
from dragoman.extras import needed

MEMORY = "2GB"
_SIZE = re.compile(r"\d{1,6}(?:\.\d{1,3})?\s?(?:KB|MB|GB|TB|KiB|MiB|GiB|TiB)", re.IGNORECASE)


def duckdb_module() -> Any:
    """Raises MissingPart where it isn't installed."""
    return needed("duckdb")


def require_size(memory: str) -> None:
    """Raises DragomanError for what is no size of memory."""
    if not _SIZE.fullmatch(memory.strip()):
        raise DragomanError(f"{memory}: no size; write it as 500MB or 4GB")


@contextmanager
def duck(memory: str = MEMORY) -> Iterator[Any]:
    """A connection that takes no more memory than this; what does not fit goes to a folder that is
    removed with it. Raises DragomanError for what is no size."""
    require_size(memory)
    duckdb = duckdb_module()
    with TemporaryDirectory(prefix="dragoman-") as aside:
        connection = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": memory.strip(),
                "temp_directory": aside,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "allow_community_extensions": "false",
            },
        )
        try:
            yield connection
        finally:
            connection.close()


def name(text: str) -> str:
    """As the name of a view or column."""
    return '"' + text.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def listed(texts: list[str]) -> str:
    return f"[{', '.join(literal(one) for one in texts)}]"
