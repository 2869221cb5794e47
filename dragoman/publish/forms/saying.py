"""What the forms of judgements have in common: what a member said, and what becomes of it.

In: a form as it came back. Out: the judgement as it is kept, or in words why it is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from dragoman.errors import DragomanError
from dragoman.publish.charts.months import DRAWN
from dragoman.publish.sitting import Filled, Sitting
from dragoman.publish.wording import gettext
from dragoman.store.rows import Judgement

if TYPE_CHECKING:
    from dragoman.desk.corpus import Desk
    from dragoman.model import Word

LONGEST = 2000
"""Characters of a reason."""
PLAIN_WORDS = frozenset({"confirm"})
"""What needs no reason: that it is as its sentence says."""
_ID = re.compile(r"\b[es]-[0-9a-f]{16}\b")
_ACTOR = re.compile(r"/actor/([^/?#\s]+)")


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed and chosen. `of`: the report or article that it is of, "" for the whole;
    `other`: what it is one with; `chosen`: what is apart."""

    what: str = ""
    of: str = ""
    why: str = ""
    other: str = ""
    chosen: tuple[str, ...] = ()

    def at(self, of: str, *whats: str) -> str:
        """The reason, where it was typed for this."""
        return self.why if self.of == of and self.what in whats else ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a form was not taken. What the desk itself says stays as it says it, in English."""

    words: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A form of a judgement as it is shown: empty, or as it came back with what is wrong."""

    said: Said = field(default_factory=Said, metadata=DRAWN)
    values: Mapping[str, Sequence[str]] = field(default_factory=dict, metadata=DRAWN)
    fault: Fault | None = None


def said_of(filled: Filled) -> Said:
    """What a form says. What it does stands in its button, with what it is of: "reject r-…"."""
    what, _, of = filled.get("say").partition(" ")
    return Said(
        what,
        of.strip(),
        filled.get("why"),
        filled.get("other") or filled.get("one"),
        filled.all("out"),
    )


def fault_of(filled: Filled, said: Said, known: Sequence[str]) -> str | None:
    """What is wrong with a form whatever it is of; `known`: what can be said there."""
    if filled.is_trapped:
        return gettext("Leave the field empty that is to stay empty.")
    if said.what not in known:
        return gettext("Say what it is: press one of the buttons.")
    if len(said.why) > LONGEST:
        return gettext("Say it in %(most)s characters; these are %(number)s.") % {
            "most": LONGEST,
            "number": len(said.why),
        }
    if not said.why and said.what not in PLAIN_WORDS:
        return gettext("Say why: the reason is kept with the judgement.")
    return None


def kept(sitting: Sitting, said: Said, word: Callable[[Desk], Word]) -> Judgement | Fault:
    """Keep a word and let the record follow it."""
    try:
        return sitting.judging.say(word, said.why, sitting.by)
    except DragomanError as fault:
        return Fault(str(fault), "en")


def id_in(text: str) -> str:
    """The id of an event or story in what was pasted, such as an address; else what was typed."""
    found = _ID.findall(text)
    return str(found[-1]) if found else text


def actor_in(text: str) -> str:
    """The actor's id in an address of its page; else what was typed, which may be a name."""
    found = _ACTOR.search(text)
    return unquote(found[1]) if found is not None else text


def number_in(text: str) -> int:
    """A number from 1 on as it was typed; 0 for anything else."""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else 0
