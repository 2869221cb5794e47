"""A member's own account: the password, where one is signed in, and tokens for programs.

In: what the button that was pressed says is to be done. Out: a change to this member alone. A token
is shown once, on the page that makes it. No program comes here with a token, whatever its scope.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dragoman.errors import AccountError
from dragoman.model.account import ROLES as ALL_ROLES
from dragoman.model.account import SHORTEST_PASSWORD, Account, Role, may, name_key
from dragoman.publish.forms.invitation import twice
from dragoman.publish.membership import ROLES, fault_words
from dragoman.publish.sitting import Filled, Form, Led, Sitting, Told
from dragoman.publish.wording import N_, Table, gettext
from dragoman.store.api_tokens import LONGEST_DAYS
from dragoman.store.rows import ApiToken

ADDRESS = "/desk/account"
DONE: Mapping[str, str] = Table(
    {
        "password": N_("Your password is changed, and every other session has ended."),
        "sessions": N_("Every other session has ended."),
        "revoked": N_("The token is revoked: from now on it opens nothing."),
    }
)


@dataclass(frozen=True, slots=True)
class SessionLine:
    made_at: str
    seen_at: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class TokenLine:
    id: int
    name: str
    scope: str
    until: str
    used_at: str | None
    is_over: bool
    """Revoked, or too old."""


@dataclass(frozen=True, slots=True)
class AccountPage:
    name: str
    role: str
    sessions: tuple[SessionLine, ...]
    tokens: tuple[TokenLine, ...]
    scopes: Mapping[str, str]
    """Those that a token of this member may have, in words."""
    shortest: int
    most_days: int
    label: str = ""
    days: str = "90"
    token: str | None = None
    """One that was made just now."""
    done: str | None = None
    fault: str | None = None
    doing: str | None = None
    """To what the fault belongs."""


def view(sitting: Sitting, _ids: tuple[str, ...]) -> AccountPage:
    return replace(_page(sitting), done=DONE.get(sitting.asked("done")))


def take(sitting: Sitting, _ids: tuple[str, ...], filled: Filled) -> Led | Told | AccountPage:
    doing = filled.get("do")
    try:
        if doing not in _DEEDS:
            raise ValueError(gettext("Say what is to be done: press one of the buttons."))
        return _DEEDS[doing](sitting, _member(sitting), filled)
    except AccountError as error:
        fault = fault_words(error)
    except ValueError as error:
        fault = str(error)
    label, days = filled.get("label"), filled.get("days") or "90"
    return replace(_page(sitting), label=label, days=days, fault=fault, doing=doing)


def _password(sitting: Sitting, member: Account, filled: Filled) -> Led:
    new = twice(filled)
    if sitting.desk.known_by(member.name, filled.get("password")) is None:
        raise ValueError(gettext("Your present password is another one."))
    sitting.desk.set_password(member.id, new, by=member.name)
    days = sitting.room.config.sign_in_days
    cookie = sitting.desk.open_session(member.id, days=days)
    return Led(f"{ADDRESS}?done=password", session=cookie)


def _sessions(sitting: Sitting, member: Account, _filled: Filled) -> Led:
    sitting.desk.end_other_sessions(member.id, sitting.visitor.session or "")
    return Led(f"{ADDRESS}?done=sessions")


def _token(sitting: Sitting, member: Account, filled: Filled) -> Told:
    days, scope = filled.get("days"), filled.get("scope")
    if not (days.isascii() and days.isdigit() and 1 <= int(days[:6]) <= LONGEST_DAYS):
        raise ValueError(
            gettext("A token is for 1 to %(most)s days.") % {"most": LONGEST_DAYS},
        )
    label = filled.get("label")
    if not label:
        raise ValueError(gettext("Say what the token is for."))
    if scope not in ALL_ROLES:
        raise ValueError(gettext("Choose what the token may do."))
    made = sitting.desk.make_token(member.id, label, scope, int(days), nonce=filled.nonce or None)
    if made is None:
        raise ValueError(gettext("This form made a token already, which was shown then."))
    return Told(replace(_page(sitting), token=made))


def _revoke(sitting: Sitting, member: Account, filled: Filled) -> Led:
    number = filled.get("token_id")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise ValueError(gettext("Say which token."))
    sitting.desk.revoke_token(int(number), of=member.id)
    return Led(f"{ADDRESS}?done=revoked")


_DEEDS: Mapping[str, Callable[[Sitting, Account, Filled], Led | Told]] = {
    "password": _password,
    "sessions": _sessions,
    "token": _token,
    "revoke": _revoke,
}


def _member(sitting: Sitting) -> Account:
    assert sitting.visitor.member is not None  # the form is for readers and above
    return sitting.visitor.member


def _page(sitting: Sitting) -> AccountPage:
    member = _member(sitting)
    hours = sitting.room.config.sign_in_hours
    sessions = sitting.desk.sessions(member.id, hours=hours)
    now = sitting.desk.now()
    return AccountPage(
        member.name,
        ROLES[member.role],
        tuple(
            SessionLine(one.made_at, one.seen_at, one.id == sitting.visitor.session)
            for one in sessions
        ),
        tuple(_line(one, now) for one in sitting.desk.tokens(member.id)),
        {role: ROLES[role] for role in ALL_ROLES if may(member.role, role)},
        SHORTEST_PASSWORD,
        LONGEST_DAYS,
    )


def _line(one: ApiToken, now: str) -> TokenLine:
    scope: Role = one.scope
    is_over = one.revoked_at is not None or one.until <= now
    return TokenLine(one.id, one.name, ROLES[scope], one.until, one.used_at, is_over)


def _guessed(sitting: Sitting, filled: Filled) -> str:
    """Who is signed in by a session that was left open is still not known by their password."""
    return name_key(_member(sitting).name) if filled.get("do") == "password" else ""


FORM = Form(ADDRESS, "account.html", view, take, role="reader", guessed=_guessed, by_hand=True)
