"""What may be said of where a desk is kept, and whether one is there, before it is opened.

In: a home folder, a file or a database address. Passwords in addresses leave it nowhere.
"""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.errors import EmptyDesk
from dragoman.store.connect import desk_file

_PASSWORD = re.compile(r"(://[^:@/?#\s]*):.*@", re.S)
"""Up to the last @: a password may hold one, if somebody wrote it as it is."""
_IN_QUERY = re.compile(r"([?&][^=&]*pass[^=&]*=)[^&]*", re.I)


def shown_address(address: str | Path) -> str:
    """The address as it may be printed, logged and handed on: without its password."""
    text = str(address)
    if "://" not in text:
        return text
    return _IN_QUERY.sub(r"\1***", _PASSWORD.sub(r"\1:***@", text))


def is_file_address(address: str | Path) -> bool:
    """Whether the desk is a SQLite file, as folders and files are, and `sqlite:///…`."""
    return "://" not in str(address) or str(address).startswith("sqlite")


def stands_at(address: str | Path) -> bool:
    """Whether a desk's file is there; of a database elsewhere only opening it tells. Raises
    EmptyDesk where the file is empty: who only looks may not make a new desk of it."""
    if not is_file_address(address):
        return True
    path = desk_file(address)
    if path.is_file() and not path.stat().st_size:
        raise EmptyDesk(path)
    return path.exists()
