"""A member of the desk, and what the roles may do: each one all that those before it may."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["reader", "moderator", "editor"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Reads whole articles on a public desk; rules on comments; rules on the record and its people."""
AccountDeed = Literal["added", "role", "password", "invited", "closed", "reopened"]
"""What can be done to an account."""
LONGEST_NAME = 60
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256


@dataclass(frozen=True, slots=True)
class Account:
    id: int
    name: str
    role: Role


def may(role: Role, needed: Role) -> bool:
    return ROLES.index(role) >= ROLES.index(needed)


def lesser(one: Role, other: Role) -> Role:
    """What is allowed by both."""
    return min(one, other, key=ROLES.index)


def written_name(text: str) -> str:
    """A name as it is kept: one way of writing each character, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def name_key(name: str) -> str:
    """The same for all ways of writing a name, in small letters or large ones."""
    return written_name(written_name(name).casefold())
