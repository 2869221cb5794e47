"""A member of the desk, and what the roles may do: each one all that those before it may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["reader", "moderator", "editor"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Reads whole articles on a public desk; rules on comments; rules on the record and its people."""


@dataclass(frozen=True, slots=True)
class Account:
    id: int
    name: str
    role: Role


def may(role: Role, needed: Role) -> bool:
    return ROLES.index(role) >= ROLES.index(needed)
