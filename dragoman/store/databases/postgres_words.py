"""What a server of PostgreSQL says when something goes wrong, as an error with the way out."""

from __future__ import annotations

import re

from sqlalchemy.exc import SQLAlchemyError

from dragoman.errors import StoreError
from dragoman.store.databases import refused_row
from dragoman.store.databases.postgres_address import Address

LOCKED = "55P03"
_LOST = re.compile(r"network error|connection is closed|57P0[123]|08\d{3}")
_FIXES = (
    (LOCKED, "another process keeps writing to it; try again when it is done"),
    ("53100", "the server's disk is full; make room and try again"),
    ("53300", "the server lends no more connections; raise its max_connections"),
    ("25006", "it can only be read here"),
    ("42501", "this user may not do that in the database; grant it its own schema"),
)


def refusal(address: Address, error: SQLAlchemyError) -> StoreError:
    """The database's error as one of ours, with the way out where one is known."""
    return refused(address, getattr(error, "orig", None) or error)


def refused(address: Address, original: BaseException) -> StoreError:
    """The same of an error of the driver's own."""
    code, cause = code_of(original), cause_of(original)
    if code.startswith("23"):
        return refused_row(address.shown, cause)
    fix = next((fix for known, fix in _FIXES if code == known), "nothing was written")
    if code.startswith("28") or code == "3D000":
        fix = "check the user, the password and the database's name in the address"
    elif "create a connection" in cause or "communication error" in cause:
        fix = "check that the server runs and that the address names it"
    elif is_lost(original):
        fix = "the connection to the server was lost; nothing was written; try again"
    return StoreError(f"the desk {address.shown} can't be used: {cause}; {fix}")


def code_of(error: BaseException) -> str:
    """The server's code for what went wrong (SQLSTATE); empty where it said nothing."""
    said = error.args
    return str(said[0].get("C", "")) if said and isinstance(said[0], dict) else ""


def cause_of(error: BaseException) -> str:
    """What the server said, without the statement: it may hold what somebody wrote."""
    said = error.args
    if said and isinstance(said[0], dict):
        return str(said[0].get("M", "no reason given"))
    return str(error)


def is_lost(error: BaseException) -> bool:
    """Whether the connection went with it."""
    return _LOST.search(f"{code_of(error)} {cause_of(error)}") is not None
