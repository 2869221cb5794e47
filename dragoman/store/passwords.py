"""Passwords: what is kept of one (argon2id), and whether another is the same.

In: what somebody typed, what is kept. Out: a hash, yes or no. It refuses what could be guessed. A
name that nobody has costs the same work as one that somebody has.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from secrets import token_urlsafe
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dragoman.errors import AccountError
from dragoman.model.account import LONGEST_PASSWORD, SHORTEST_PASSWORD, name_key

_HASHER = PasswordHasher()
_AT_ONCE = BoundedSemaphore(2)
"""Each takes 64 MiB: whoever tries many does not fill the memory."""


def hashed(password: str) -> str:
    with _AT_ONCE:
        return _HASHER.hash(_one_way(password))


def is_right(password: str, kept: str | None) -> bool:
    """Whether it is the one of which a hash is kept; the same work where none is."""
    against = _of_nobody() if kept is None else kept
    _of_nobody()
    if len(password) > LONGEST_PASSWORD:
        password = ""
    try:
        with _AT_ONCE:
            return _HASHER.verify(against, _one_way(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether it was made with parameters that are not today's."""
    return _HASHER.check_needs_rehash(kept)


def require_strong(password: str, name: str) -> None:
    """Raises AccountError for one that is short, overlong, or the name of who has it."""
    written = _one_way(password)
    if len(written) < SHORTEST_PASSWORD:
        raise AccountError("short", f"a password has at least {SHORTEST_PASSWORD} characters")
    if len(password) > LONGEST_PASSWORD:
        raise AccountError("long", f"a password has at most {LONGEST_PASSWORD} characters")
    if name_key(written) == name_key(name):
        raise AccountError("named", "a password is not the name of who has it")


def _one_way(password: str) -> str:
    """The same for every keyboard that types it, and every form that trims it."""
    return unicodedata.normalize("NFKC", password).strip()


@cache
def _of_nobody() -> str:
    return hashed(token_urlsafe())
