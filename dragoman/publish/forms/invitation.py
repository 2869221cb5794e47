"""An invitation: who has its address sets their password, once, and is signed in.

In: the secret of the address, a password twice. Out: a new session. An address that was used, or is
too old, says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.errors import AccountError
from dragoman.model.account import SHORTEST_PASSWORD
from dragoman.publish.membership import MAY, ROLES, fault_words
from dragoman.publish.sitting import Filled, Form, Led, Sitting
from dragoman.publish.wording import gettext


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """`name`: whom it is for; None for an invitation that is none any more."""

    name: str | None
    role: str
    may: str
    shortest: int
    fault: str | None = None


def view(sitting: Sitting, ids: tuple[str, ...]) -> InvitationPage:
    return _page(sitting, ids[0])


def take(sitting: Sitting, ids: tuple[str, ...], filled: Filled) -> Led | InvitationPage:
    try:
        account = sitting.desk.accept_invitation(ids[0], twice(filled))
    except AccountError as error:
        return _page(sitting, ids[0], fault_words(error))
    except ValueError as error:
        return _page(sitting, ids[0], str(error))
    days = sitting.room.config.sign_in_days
    return Led("/desk", session=sitting.desk.open_session(account.id, days=days))


def twice(filled: Filled) -> str:
    """The new password of a form. Raises ValueError in words where it is not the same twice."""
    new = filled.get("new")
    if new != filled.get("again"):
        raise ValueError(gettext("The new password is not the same twice; type it again."))
    return new


def _page(sitting: Sitting, secret: str, fault: str | None = None) -> InvitationPage:
    account = sitting.desk.invited(secret)
    if account is None:
        return InvitationPage(None, "", "", SHORTEST_PASSWORD)
    role = account.role
    return InvitationPage(account.name, ROLES[role], MAY[role], SHORTEST_PASSWORD, fault)


FORM = Form("/desk/invitation/{id0}", "invitation.html", view, take, by_hand=True)
