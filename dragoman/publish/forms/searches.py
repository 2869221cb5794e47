"""A member's saved searches and alerts: saved, opened, renamed, deleted; told in three ways.

In: what the button that was pressed says is to be done. Out: a change to this member's own searches
alone. The key of a webhook is shown once, on the page that makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from dragoman.addresses import is_mailbox, is_webhook
from dragoman.errors import QueryError, StoreError
from dragoman.model.account import Account
from dragoman.model.following import (
    LONGEST_NAME,
    LONGEST_QUERY,
    MOST_ORIGINS,
    WAYS,
    Alert,
    Message,
    Search,
    Way,
)
from dragoman.publish.followed import asked, feed_path, signing_key
from dragoman.publish.forms.saying import Fault, number_in
from dragoman.publish.sitting import Filled, Form, Led, Sitting, Told
from dragoman.publish.views.saved import Saved, saved_searches
from dragoman.publish.wording import N_, Table, gettext, spoken_language
from dragoman.query import read_query

PATH = "/desk/searches"
MOST_KNOWN = 10_000
"""Events that an alert may find when it is made: all of them are noted as known."""
NAMED = Mapping[Way, str]
WAY_WORDS: NAMED = Table(
    {
        "mail": N_("by e-mail"),
        "feed": N_("as a feed"),
        "webhook": N_("by webhook"),
    }
)
DONE: Mapping[str, str] = Table(
    {
        "saved": N_("The search is saved. What comes to the desk from now on is counted as new."),
        "renamed": N_("The search has its new name."),
        "deleted": N_("The search is deleted, and its alerts with it."),
        "followed": N_("The alert is made."),
        "asked": N_(
            "The alert is made. A letter with a link comes first: nothing else is sent before "
            "that link is followed."
        ),
        "unfollowed": N_("The alert is deleted: nothing more is told by it."),
    }
)


@dataclass(frozen=True, slots=True)
class AlertLine:
    id: int
    way: Way
    words: str
    address: str | None
    """Of the mailbox or webhook; of a feed its own address, which opens it to whoever has it."""
    origins: int
    is_confirmed: bool
    sent_at: str | None
    """When its last message was taken."""
    fault: str | None
    """Why the last message was not."""
    next_try: str | None
    is_given_up: bool


@dataclass(frozen=True, slots=True)
class SearchLine:
    search: Saved
    alerts: tuple[AlertLine, ...]


@dataclass(frozen=True, slots=True)
class SearchesPage:
    searches: tuple[SearchLine, ...]
    ways: NAMED
    """Those in which this desk can tell."""
    has_mail: bool
    most_origins: int = MOST_ORIGINS
    longest_name: int = LONGEST_NAME
    name: str = ""
    query: str = ""
    way: str = "mail"
    address: str = ""
    origins: str = "2"
    secret: str | None = None
    """The key of a webhook that was made just now."""
    done: str | None = None
    fault: Fault | None = None
    number: int = 0
    """The search that the fault or the key is of; 0 for a new one."""
    doing: str = ""


def view(sitting: Sitting, _ids: tuple[str, ...]) -> SearchesPage:
    return replace(_page(sitting), done=DONE.get(sitting.asked("done")))


def take(sitting: Sitting, _ids: tuple[str, ...], filled: Filled) -> Led | Told | SearchesPage:
    doing, number = filled.get("do"), number_in(filled.get("search"))
    try:
        if filled.is_trapped:
            raise ValueError(gettext("Leave the field empty that is to stay empty."))
        if doing not in _DEEDS:
            raise ValueError(gettext("Say what is to be done: press one of the buttons."))
        return _DEEDS[doing](sitting, number, filled)
    except ValueError as error:
        fault = Fault(str(error))
    except QueryError as error:
        fault = Fault(error.reason, "en")
    except StoreError as error:
        fault = Fault(str(error), "en")
    page = _page(sitting)
    is_shown = any(one.search.id == number for one in page.searches)
    return replace(
        page,
        name=filled.get("name"),
        query=filled.get("query"),
        way=filled.get("way") or "mail",
        address=filled.get("address"),
        origins=filled.get("origins") or "2",
        fault=fault,
        number=number if is_shown else 0,
        doing=doing,
    )


def _save(sitting: Sitting, _number: int, filled: Filled) -> Led:
    name, query = _name(filled), filled.get("query")
    if len(query) > LONGEST_QUERY:
        raise ValueError(
            gettext("A query that is saved has at most %(most)s characters.")
            % {"most": LONGEST_QUERY}
        )
    read_query(query, sitting.room.knowledge)
    made = sitting.desk.save_search(_member(sitting).id, name, query, filled.nonce or None)
    return Led(f"{PATH}?done=saved#search-{made.id}")


def _open(sitting: Sitting, number: int, _filled: Filled) -> Led:
    found = _mine(sitting, number)
    sitting.desk.look_at_search(_member(sitting).id, found.id)
    return Led(f"/explore?{urlencode({'q': found.query})}" if found.query else "/explore")


def _rename(sitting: Sitting, number: int, filled: Filled) -> Led:
    found = _mine(sitting, number)
    sitting.desk.rename_search(_member(sitting).id, found.id, _name(filled))
    return Led(f"{PATH}?done=renamed#search-{found.id}")


def _delete(sitting: Sitting, number: int, _filled: Filled) -> Led:
    sitting.desk.drop_search(_member(sitting).id, _mine(sitting, number).id)
    return Led(f"{PATH}?done=deleted")


def _follow(sitting: Sitting, number: int, filled: Filled) -> Led | Told:
    found, way = _mine(sitting, number), filled.get("way")
    kind = next((one for one in WAYS if one == way), None)
    if kind is None:
        raise ValueError(gettext("Choose how you want to be told."))
    origins = number_in(filled.get("origins"))
    if not 1 <= origins <= MOST_ORIGINS:
        raise ValueError(
            gettext("Ask for 1 to %(most)s independent origins.") % {"most": MOST_ORIGINS}
        )
    made = sitting.desk.add_alert(
        _member(sitting).id,
        found.id,
        kind,
        _address(sitting, kind, filled.get("address")),
        origins,
        language=spoken_language(),
        known=_known(sitting, found, origins) if kind != "feed" else (),
        nonce=filled.nonce or None,
    )
    if kind == "webhook":
        page = replace(_page(sitting), secret=signing_key(sitting.desk, made), number=found.id)
        return Told(page)
    return Led(f"{PATH}?done={'asked' if kind == 'mail' else 'followed'}#search-{found.id}")


def _unfollow(sitting: Sitting, _number: int, filled: Filled) -> Led:
    sitting.desk.drop_alert(number_in(filled.get("alert")), of=_member(sitting).id)
    return Led(f"{PATH}?done=unfollowed")


_DEEDS: Mapping[str, Callable[[Sitting, int, Filled], Led | Told]] = {
    "save": _save,
    "open": _open,
    "rename": _rename,
    "delete": _delete,
    "follow": _follow,
    "unfollow": _unfollow,
}


def _known(sitting: Sitting, search: Search, origins: int) -> list[str]:
    """What the alert is not to tell, since it is there already."""
    query = asked(search.query, origins, sitting.room.knowledge)
    known = sitting.desk.all_events(query, limit=MOST_KNOWN + 1)
    if len(known) > MOST_KNOWN:
        raise ValueError(
            gettext(
                "This finds more than %(most)s events already; narrow the search down, or ask for "
                "more independent origins."
            )
            % {"most": MOST_KNOWN}
        )
    return known


def _address(sitting: Sitting, way: Way, address: str) -> str | None:
    if way == "mail":
        if sitting.room.config.mail.host is None:
            raise ValueError(gettext("This desk has no mail server; choose another way."))
        if not is_mailbox(address):
            raise ValueError(gettext("Write one mail address, as name@example.org."))
        return address
    if way == "webhook":
        if not is_webhook(address):
            raise ValueError(gettext("Write a web address that begins with https:// or http://."))
        return address
    return None


def _name(filled: Filled) -> str:
    name = " ".join(filled.get("name").split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise ValueError(
            gettext("Give the search a name of 1 to %(most)s characters that can be seen.")
            % {"most": LONGEST_NAME}
        )
    return name


def _mine(sitting: Sitting, number: int) -> Search:
    found = sitting.desk.search_of(_member(sitting).id, number)
    if found is None:
        raise ValueError(gettext("You have no such search."))
    return found


def _member(sitting: Sitting) -> Account:
    assert sitting.visitor.member is not None  # the form is for readers and above
    return sitting.visitor.member


def _page(sitting: Sitting) -> SearchesPage:
    member = _member(sitting)
    alerts, last = sitting.desk.alerts(member.id), sitting.desk.last_messages(member.id)
    lines = tuple(
        SearchLine(
            one,
            tuple(
                _alert(sitting, alert, last.get(alert.id))
                for alert in alerts
                if alert.search.id == one.id
            ),
        )
        for one in saved_searches(sitting.room, member)
    )
    has_mail = sitting.room.config.mail.host is not None
    ways = {way: WAY_WORDS[way] for way in WAYS if way != "mail" or has_mail}
    return SearchesPage(lines, ways, has_mail)


def _alert(sitting: Sitting, one: Alert, last: Message | None) -> AlertLine:
    base = sitting.room.config.base
    return AlertLine(
        one.id,
        one.way,
        WAY_WORDS[one.way],
        base + feed_path(sitting.desk, one.id) if one.way == "feed" else one.address,
        one.origins,
        one.is_confirmed,
        last.sent_at if last is not None else None,
        last.fault if last is not None else None,
        last.next_try if last is not None else None,
        last is not None and last.is_given_up,
    )


FORM = Form(PATH, "searches.html", view, take, role="reader")
