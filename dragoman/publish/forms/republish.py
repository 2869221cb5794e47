"""What is handed on to others: licensed articles wait here until an editor approves or drops each.

In: an article, what is decided of it, and why. Out: the decision, kept with who and when. A lead in
the desk's own words may go with it; the article's own text is never changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from dragoman.model import Article, Author
from dragoman.model.republishing import LONGEST_LEAD, Decision, Ruling
from dragoman.publish.republishing import (
    Licensed,
    decisions,
    is_changed,
    licensed_one,
    queue,
)
from dragoman.publish.room import ReadingRoom
from dragoman.publish.sitting import Filled, Form, Led, Sitting
from dragoman.publish.wording import N_, Table, gettext

PATH = "/desk/republish"
LONGEST_WHY = 500
LOG = 30
OPENING = 400
"""Characters of the opening that is shown."""
State = Literal["waiting", "changed", "approved", "dropped"]
STATES: tuple[State, ...] = get_args(State)
STATE_WORDS: Mapping[State, str] = Table(
    {
        "waiting": N_("waits"),
        "changed": N_("was approved, and changed since: it waits again"),
        "approved": N_("handed on"),
        "dropped": N_("dropped"),
    }
)
RULING_WORDS: Mapping[Ruling, str] = Table(
    {"approved": N_("approved"), "dropped": N_("dropped"), "waiting": N_("taken back")}
)
_DOES: Mapping[str, Ruling] = {"approve": "approved", "drop": "dropped", "undo": "waiting"}


@dataclass(frozen=True, slots=True)
class QueuedLine:
    id: str
    title: str | None
    language: str | None
    outlet: str
    first: str
    authors: tuple[Author, ...]
    licence: str
    published: str | None
    digest: str
    """Of what would be handed on."""
    opening: str
    """The article's own first paragraph."""
    state: State
    decision: Decision | None
    """What holds; of a judgement on the article it has no number."""


@dataclass(frozen=True, slots=True)
class LogLine:
    article: str
    title: str | None
    """None where the desk holds it no more."""
    decision: Decision


@dataclass(frozen=True, slots=True)
class RepublishPage:
    lines: tuple[QueuedLine, ...]
    """Those that wait first."""
    waiting: int
    is_on: bool
    """Whether this desk chooses."""
    is_open: bool
    """Whether what nobody dropped is handed on."""
    log: tuple[LogLine, ...]
    states: Mapping[State, str]
    rulings: Mapping[Ruling, str]
    longest_lead: int = LONGEST_LEAD
    article: str = ""
    """That the fault is of."""
    lead: str = ""
    why: str = ""
    fault: str | None = None


def view(sitting: Sitting, _ids: tuple[str, ...]) -> RepublishPage:
    return _page(sitting)


def take(sitting: Sitting, _ids: tuple[str, ...], filled: Filled) -> Led | RepublishPage:
    doing, article = filled.get("do"), filled.get("article")
    lead, why = " ".join(filled.get("lead").split()), filled.get("why")
    found = licensed_one(sitting.room, article)
    fault = _fault(filled, found, doing, lead, why)
    if fault is None and found is not None:
        sitting.desk.decide_republishing(
            article,
            _DOES[doing],
            digest=found.digest,
            lead=lead if doing == "approve" else None,
            by=sitting.by,
            why=why,
        )
        return Led(f"{PATH}#{article}")
    return replace(_page(sitting), article=article, lead=lead, why=why, fault=fault)


def _fault(filled: Filled, found: Licensed | None, doing: str, lead: str, why: str) -> str | None:
    if filled.is_trapped:
        return gettext("Leave the field empty that is to stay empty.")
    if doing not in _DOES:
        return gettext("Say what is to be done: press one of the buttons.")
    if found is None:
        return gettext("This desk holds no article of this id whose licence permits it.")
    if doing == "approve" and filled.get("digest") not in {"", found.digest}:
        return gettext("The article changed while you read it: read it again before you approve.")
    if len(lead) > LONGEST_LEAD:
        return gettext("A lead has at most %(most)s characters; these are %(number)s.") % {
            "most": LONGEST_LEAD,
            "number": len(lead),
        }
    if doing != "approve" and not why:
        return gettext("Say why in a few words: it is kept with the change.")
    if len(why) > LONGEST_WHY:
        return gettext("Say it in %(most)s characters; these are %(number)s.") % {
            "most": LONGEST_WHY,
            "number": len(why),
        }
    return None


def state_of(one: Licensed, decision: Decision | None) -> State:
    if decision is None or decision.what == "waiting":
        return "waiting"
    if decision.what == "approved" and is_changed(one, decision):
        return "changed"
    return "approved" if decision.what == "approved" else "dropped"


def queued(room: ReadingRoom) -> list[tuple[Licensed, State, Decision | None]]:
    """The newest licensed articles: those that wait, that are handed on, that were dropped."""
    decided = decisions(room)
    found = {one.article.id: one for one in queue(room)}
    for identity in decided:
        if identity not in found and (made := licensed_one(room, identity)) is not None:
            found[identity] = made
    lines = [
        (one, state_of(one, decided.get(identity)), decided.get(identity))
        for identity, one in found.items()
    ]
    return sorted(lines, key=lambda line: STATES.index(line[1]) // 2)


def is_on(sitting: Sitting) -> bool:
    return sitting.is_public or sitting.room.config.republish is not None


def count(sitting: Sitting) -> int:
    """How many wait."""
    if not is_on(sitting) or sitting.room.config.republish == "licensed":
        return 0
    return sum(state in {"waiting", "changed"} for _, state, _ in queued(sitting.room))


def _page(sitting: Sitting) -> RepublishPage:
    room = sitting.room
    lines = tuple(_line(room, *one) for one in queued(room))
    return RepublishPage(
        lines,
        sum(one.state in {"waiting", "changed"} for one in lines),
        is_on(sitting),
        room.config.republish == "licensed",
        tuple(_log(sitting)),
        STATE_WORDS,
        RULING_WORDS,
    )


def _line(room: ReadingRoom, one: Licensed, state: State, decision: Decision | None) -> QueuedLine:
    article = one.article
    return QueuedLine(
        article.id,
        article.title,
        article.language,
        one.outlet,
        one.first,
        tuple(article.authors),
        one.licence,
        article.published.day if article.published is not None else None,
        one.digest,
        opening(article),
        state,
        decision,
    )


def opening(article: Article) -> str:
    """The first paragraph under the headline, cut where it is long."""
    blocks = (one for one in article.blocks if one.label in {"standfirst", "body"})
    first = next(blocks, None)
    if first is None:
        return ""
    text = article.text[first.start : first.end].strip().split("\n")[0]
    return text if len(text) <= OPENING else text[:OPENING].rsplit(" ", 1)[0] + " …"


def _log(sitting: Sitting) -> Iterator[LogLine]:
    for one in sitting.desk.republish_log(limit=LOG):
        held = sitting.desk.article(one.article_id)
        yield LogLine(one.article_id, held.article.title if held is not None else None, one)


FORM = Form(PATH, "republish.html", view, take, role="editor")
