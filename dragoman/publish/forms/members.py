"""Who is a member of the desk, for its editors: all of them, and a new one.

In: a name, a role, and a first password or none. Out: a member, with the address at which they
choose a password, which is shown once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dragoman.errors import AccountError
from dragoman.model.account import LONGEST_NAME, SHORTEST_PASSWORD
from dragoman.model.account import ROLES as ALL_ROLES
from dragoman.publish.membership import MAY, ROLES, ChangeLine, change_line, fault_words
from dragoman.publish.sitting import Filled, Form, Led, Sitting, Told
from dragoman.publish.wording import gettext
from dragoman.store.invitations import DAYS
from dragoman.store.rows import Member


@dataclass(frozen=True, slots=True)
class MemberLine:
    id: int
    name: str
    role: str
    made_at: str
    seen_at: str | None
    closed_at: str | None
    has_password: bool
    is_invited: bool
    """Whether an invitation stands that was not used."""


@dataclass(frozen=True, slots=True)
class MembersPage:
    members: tuple[MemberLine, ...]
    changes: tuple[ChangeLine, ...]
    roles: Mapping[str, str]
    may: Mapping[str, str]
    shortest: int
    longest_name: int
    days: int
    """For so long an invitation stands."""
    name: str = ""
    role: str = "reader"
    how: str = "invite"
    why: str = ""
    invited: str | None = None
    """Whom the invitation is for that was made just now."""
    link: str | None = None
    fault: str | None = None


def view(sitting: Sitting, _ids: tuple[str, ...]) -> MembersPage:
    return _page(sitting)


def take(sitting: Sitting, _ids: tuple[str, ...], filled: Filled) -> Led | Told | MembersPage:
    name, role = filled.get("name"), filled.get("role")
    how, why = filled.get("how"), filled.get("why")
    try:
        if role not in ALL_ROLES:
            raise ValueError(gettext("Choose a role."))
        if how not in {"invite", "password"}:
            raise ValueError(gettext("Choose how they get a password."))
        password = filled.get("password") if how == "password" else None
        with sitting.desk.together():
            made = sitting.desk.add_member(name, role, password, by=who(sitting), why=why)
            secret = sitting.desk.invite(made.id, by=who(sitting)) if password is None else None
    except AccountError as error:
        fault = fault_words(error)
    except ValueError as error:
        fault = str(error)
    else:
        if secret is None:
            return Led(f"/desk/members/{made.id}")
        link = invitation(sitting, secret)
        return Told(replace(_page(sitting), invited=made.name, link=link))
    return replace(_page(sitting), name=name, role=role, how=how, why=why, fault=fault)


def who(sitting: Sitting) -> str:
    """Whose change it is."""
    assert sitting.visitor.member is not None  # the forms are for editors
    return sitting.visitor.member.name


def invitation(sitting: Sitting, secret: str) -> str:
    """The whole address to be handed on."""
    return f"{sitting.room.config.base}/desk/invitation/{secret}"


def line(one: Member, now: str) -> MemberLine:
    return MemberLine(
        one.id,
        one.name,
        ROLES[one.role],
        one.made_at,
        one.seen_at,
        one.closed_at,
        one.has_password,
        one.invited_until is not None and one.invited_until > now,
    )


def _page(sitting: Sitting) -> MembersPage:
    now = sitting.desk.now()
    return MembersPage(
        tuple(line(one, now) for one in sitting.desk.members()),
        tuple(map(change_line, sitting.desk.member_changes(20))),
        {role: ROLES[role] for role in ALL_ROLES},
        {role: MAY[role] for role in ALL_ROLES},
        SHORTEST_PASSWORD,
        LONGEST_NAME,
        DAYS,
    )


FORM = Form("/desk/members", "members.html", view, take, role="editor", by_hand=True)
