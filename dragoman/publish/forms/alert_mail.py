"""Whose mailbox it is says so, or that no more letters are wanted: by the link of the letter alone.

In: a key that only a letter of this desk holds. Out: the alert is confirmed, or deleted. Looking at
the page changes nothing, since programs that check mail look at links.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.following import Alert
from dragoman.publish.followed import number_of
from dragoman.publish.sitting import Filled, Form, Led, Sitting, Told
from dragoman.publish.wording import gettext

ADDRESS = "/alerts/mail/{id0}"


@dataclass(frozen=True, slots=True)
class AlertMailPage:
    key: str
    member: str
    name: str
    address: str
    origins: int
    is_confirmed: bool
    done: str | None = None
    """What was just done: "confirmed" or "stopped"."""
    fault: str | None = None


def view(sitting: Sitting, ids: tuple[str, ...]) -> AlertMailPage | None:
    found = _found(sitting, ids[0])
    if found is None:
        return None
    return _page(ids[0], found, done="confirmed" if sitting.asked("done") == "1" else None)


def take(
    sitting: Sitting, ids: tuple[str, ...], filled: Filled
) -> Led | Told | AlertMailPage | None:
    found = _found(sitting, ids[0])
    if found is None:
        return None
    doing = filled.get("do")
    if doing == "confirm" and not filled.is_trapped:
        sitting.desk.confirm_alert(found.id)
        return Led(f"/alerts/mail/{ids[0]}?done=1")
    if doing == "stop" and not filled.is_trapped:
        sitting.desk.drop_alert(found.id)
        return Told(_page(ids[0], found, done="stopped"))
    fault = gettext("Say what is to be done: press one of the buttons.")
    return _page(ids[0], found, fault=fault)


def _found(sitting: Sitting, key: str) -> Alert | None:
    number = number_of(sitting.desk, "mail", key)
    found = sitting.desk.alert(number) if number is not None else None
    return found if found is not None and found.way == "mail" else None


def _page(
    key: str, found: Alert, *, done: str | None = None, fault: str | None = None
) -> AlertMailPage:
    return AlertMailPage(
        key,
        found.member,
        found.search.name,
        found.address or "",
        found.origins,
        found.is_confirmed,
        done,
        fault,
    )


FORM = Form(ADDRESS, "alert_mail.html", view, take)
