"""What pages say of members: their roles, and why an account can't be so.

In: a role, a fault of the store's. Out: words in the language that is spoken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.errors import AccountError, AccountFault
from dragoman.model.account import (
    LONGEST_NAME,
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    AccountDeed,
    Role,
)
from dragoman.publish.wording import N_, Table, gettext
from dragoman.store.rows import MemberChange

ROLES: Mapping[Role, str] = Table(
    {"reader": N_("reader"), "moderator": N_("moderator"), "editor": N_("editor")}
)
MAY: Mapping[Role, str] = Table(
    {
        "reader": N_("read whole articles and hidden events"),
        "moderator": N_("rule on comments too"),
        "editor": N_("rule on the record and on members too"),
    }
)
"""What a member of a role may do, beyond what those before it may."""
DEEDS: Mapping[AccountDeed, str] = Table(
    {
        "added": N_("added"),
        "role": N_("given another role"),
        "password": N_("chose a password"),
        "invited": N_("invited to choose a password"),
        "closed": N_("closed"),
        "reopened": N_("opened again"),
    }
)
FAULTS: Mapping[AccountFault, str] = {
    "name": N_("Give a name of 1 to %(longest_name)s characters that can be seen."),
    "taken": N_("Somebody is called so already; choose another name."),
    "short": N_("Choose a password of %(shortest)s characters or more."),
    "long": N_("Choose a password of at most %(longest)s characters."),
    "named": N_("Choose a password that is not your name."),
    "unknown": N_("There is no such member."),
    "closed": N_("This account is closed."),
    "open": N_("This account is open already."),
    "last-editor": N_(
        "This is the last editor who can sign in: nobody would be left to let others in. Make "
        "another editor first."
    ),
    "invitation": N_("This invitation was used, or is too old; ask an editor for another."),
    "scope": N_("A token can do no more than you may."),
    "token": N_("There is no such token, or it is not in use any more."),
}


def fault_words(error: AccountError) -> str:
    return gettext(FAULTS[error.fault]) % {
        "longest_name": LONGEST_NAME,
        "shortest": SHORTEST_PASSWORD,
        "longest": LONGEST_PASSWORD,
    }


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What was done to an account, in words."""

    at: str
    member: str
    what: str
    role: str | None
    by: str | None
    why: str | None


def change_line(one: MemberChange) -> ChangeLine:
    role = ROLES[one.role] if one.role is not None else None
    return ChangeLine(one.at, one.member, DEEDS[one.what], role, one.by, one.why)
