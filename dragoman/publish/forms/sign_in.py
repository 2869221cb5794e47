"""Signing in and out: a name and a password for a session, which begins and ends on the server.

In: what was typed, and where its writer came from. Out: a new session's cookie, and the way back,
which never leaves the site. A name that nobody has and a wrong password are told alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.model.account import name_key
from dragoman.publish.sitting import Filled, Form, Led, Sitting
from dragoman.publish.wording import gettext

DESK = "/desk"
_OWN = re.compile(r"/(?:[A-Za-z0-9._~%!$'()*+,;=:@?&-][\x21-\x5b\x5d-\x7e]*)?")
"""A path of this site: no second slash or backslash, which would make a host of what follows."""
_DOORS = re.compile(r"/desk/sign-(?:in|out)\b")
LONGEST_WAY = 2000


@dataclass(frozen=True, slots=True)
class SignInPage:
    name: str
    to: str
    """Where the way leads on."""
    is_barred: bool = False
    """Whether its reader was on the way to what is for members alone."""
    is_empty: bool = False
    """Whether the desk has no member yet."""
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class SignOutPage:
    is_signed_in: bool


def view(sitting: Sitting, _ids: tuple[str, ...]) -> SignInPage:
    asked = sitting.asked("to")
    return SignInPage("", own_path(asked), bool(asked), not sitting.desk.has_members())


def take(sitting: Sitting, _ids: tuple[str, ...], filled: Filled) -> Led | SignInPage:
    name, to = filled.get("name"), own_path(filled.get("to"))
    account = sitting.desk.known_by(name, filled.get("password"))
    if account is None:
        fault = gettext("No member signs in so: the name or the password is wrong.")
        return SignInPage(name, to, is_empty=not sitting.desk.has_members(), fault=fault)
    if sitting.visitor.session is not None:
        sitting.desk.end_session(sitting.visitor.session)
    days = sitting.room.config.sign_in_days
    return Led(to, session=sitting.desk.open_session(account.id, days=days))


def view_out(sitting: Sitting, _ids: tuple[str, ...]) -> SignOutPage:
    return SignOutPage(sitting.visitor.session is not None)


def take_out(sitting: Sitting, _ids: tuple[str, ...], _filled: Filled) -> Led:
    if sitting.visitor.session is not None:
        sitting.desk.end_session(sitting.visitor.session)
    return Led("/", session="")


def own_path(text: str) -> str:
    """A path (without language) that leads on within this site; the desk where it is none."""
    is_own = len(text) <= LONGEST_WAY and _OWN.fullmatch(text) and not _DOORS.match(text)
    return text if text and is_own else DESK


FORM = Form(
    "/desk/sign-in",
    "sign_in.html",
    view,
    take,
    guessed=lambda _sitting, filled: name_key(filled.get("name")),
    by_hand=True,
)
OUT = Form("/desk/sign-out", "sign_out.html", view_out, take_out, by_hand=True)
