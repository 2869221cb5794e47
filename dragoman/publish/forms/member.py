"""One member, for the desk's editors: the role, a new invitation, closing and reopening.

In: what is to be done, and why. Out: the change with its entry in the log. The last editor stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dragoman.errors import AccountError
from dragoman.model.account import ROLES as ALL_ROLES
from dragoman.model.account import Role
from dragoman.publish.forms.members import MemberLine, invitation, line, who
from dragoman.publish.membership import MAY, ROLES, ChangeLine, change_line, fault_words
from dragoman.publish.sitting import Filled, Form, Led, Sitting, Told
from dragoman.publish.wording import N_, Table, gettext
from dragoman.store.invitations import DAYS
from dragoman.store.rows import Member

DONE: Mapping[str, str] = Table(
    {
        "role": N_("The role is changed; their sessions have ended."),
        "closed": N_("The account is closed: sessions have ended, tokens open nothing."),
        "reopened": N_("The account is open again, with the role and the password it had."),
    }
)
LONGEST_WHY = 500


@dataclass(frozen=True, slots=True)
class MemberPage:
    member: MemberLine
    role: Role
    is_self: bool
    """Whether it is the account of who looks at it."""
    changes: tuple[ChangeLine, ...]
    roles: Mapping[str, str]
    may: Mapping[str, str]
    days: int
    why: str = ""
    link: str | None = None
    """The address of an invitation that was made just now."""
    done: str | None = None
    fault: str | None = None
    doing: str | None = None


def view(sitting: Sitting, ids: tuple[str, ...]) -> MemberPage | None:
    found = _found(sitting, ids[0])
    if found is None:
        return None
    return replace(_page(sitting, found), done=DONE.get(sitting.asked("done")))


def take(sitting: Sitting, ids: tuple[str, ...], filled: Filled) -> Led | Told | MemberPage | None:
    found = _found(sitting, ids[0])
    if found is None:
        return None
    doing, why = filled.get("do"), filled.get("why")
    try:
        if doing not in _DEEDS:
            raise ValueError(gettext("Say what is to be done: press one of the buttons."))
        if not 0 < len(why) <= LONGEST_WHY:
            raise ValueError(gettext("Say why in a few words: it is kept with the change."))
        return _DEEDS[doing](sitting, found, filled)
    except AccountError as error:
        fault = fault_words(error)
    except ValueError as error:
        fault = str(error)
    return replace(_page(sitting, found), why=why, fault=fault, doing=doing)


def _role(sitting: Sitting, member: Member, filled: Filled) -> Led:
    role = filled.get("role")
    if role not in ALL_ROLES:
        raise ValueError(gettext("Choose a role."))
    sitting.desk.set_role(member.id, role, by=who(sitting), why=filled.get("why"))
    return _led(sitting, member, "role")


def _invite(sitting: Sitting, member: Member, filled: Filled) -> Told:
    secret = sitting.desk.invite(member.id, by=who(sitting), why=filled.get("why"))
    page = _page(sitting, sitting.desk.member(member.id))
    return Told(replace(page, link=invitation(sitting, secret)))


def _close(sitting: Sitting, member: Member, filled: Filled) -> Led:
    sitting.desk.close_account(member.id, by=who(sitting), why=filled.get("why"))
    return _led(sitting, member, "closed")


def _reopen(sitting: Sitting, member: Member, filled: Filled) -> Led:
    sitting.desk.reopen_account(member.id, by=who(sitting), why=filled.get("why"))
    return _led(sitting, member, "reopened")


_DEEDS: Mapping[str, Callable[[Sitting, Member, Filled], Led | Told]] = {
    "role": _role,
    "invite": _invite,
    "close": _close,
    "reopen": _reopen,
}


def _led(sitting: Sitting, member: Member, done: str) -> Led:
    """Back to the page; who changed their own account signs in again."""
    path = f"/desk/members/{member.id}?done={done}"
    return Led(path, session="" if _is_self(sitting, member) else None)


def _is_self(sitting: Sitting, member: Member) -> bool:
    return sitting.visitor.member is not None and sitting.visitor.member.id == member.id


def _found(sitting: Sitting, number: str) -> Member | None:
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    try:
        return sitting.desk.member(int(number))
    except AccountError:
        return None


def _page(sitting: Sitting, member: Member) -> MemberPage:
    return MemberPage(
        line(member, sitting.desk.now()),
        member.role,
        _is_self(sitting, member),
        tuple(map(change_line, sitting.desk.member_changes(of=member.id))),
        {role: ROLES[role] for role in ALL_ROLES},
        {role: MAY[role] for role in ALL_ROLES},
        DAYS,
    )


FORM = Form("/desk/members/{id0}", "member.html", view, take, role="editor", by_hand=True)
