"""What a reader asks of a dossier, from an address or a command line: which events, in what order.

In: parameters as text. Out: an `Asked`, which also writes itself back as an address. A value that
means nothing is refused with the values that do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args
from urllib.parse import urlencode

from dragoman.errors import DragomanError
from dragoman.model import Status, ToldAs
from dragoman.publish.wording import N_
from dragoman.record.dossier import Choice

STATUSES: tuple[str, ...] = get_args(Status)
TOLD_AS: tuple[str, ...] = get_args(ToldAs)
WAYS = ("ab", "ba", "both")
ORDERS = ("newest", "oldest")
_MOMENT = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

PARAMETERS: Mapping[str, str] = {
    "category": N_("a category of the codebook, such as CONSULT"),
    "quad": N_(
        "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"
    ),
    "by": N_(
        "ab what the first did to the other (an actor did), ba the reverse, both what they did "
        "together"
    ),
    "status": ", ".join(STATUSES),
    "told": ", ".join(TOLD_AS),
    "language": N_("code of a language it was told in, such as fr"),
    "origins": N_("the least number of origins"),
    "from": N_("a day, month or year"),
    "until": N_("a day, month or year"),
    "order": N_("newest or oldest first"),
    "start": N_("how many events to pass over"),
}
"""Every parameter with what it takes. The first, second and those of words may be given often, or
with commas."""


class Unanswerable(DragomanError):
    """A parameter has a value that means nothing."""


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a question, and the query that asks the same without it."""

    name: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Asked:
    choice: Choice = field(default_factory=Choice)
    newest: bool | None = None
    """None where the page's own order is meant."""
    start: int = 0
    given: tuple[tuple[str, str], ...] = ()
    """The parameters as they were given, without `start`."""

    @property
    def is_all(self) -> bool:
        """Nothing is left out."""
        return self.choice == Choice()

    def address(self, start: int = 0) -> str:
        """The query of an address that asks the same, from another place in the list on."""
        given = [*self.given, *((("start", str(start)),) if start else ())]
        return f"?{urlencode(given)}" if given else ""

    def changed(self, changes: Mapping[str, str]) -> str:
        """The query that asks the same but for these parameters; an empty value drops one."""
        given = {**dict(self.given), **changes}
        kept = {name: value for name, value in given.items() if value}
        return f"?{urlencode(kept, safe=',')}" if kept else ""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Each value that leaves something out."""
        return tuple(
            Part(name, one, self.changed({name: ",".join(v for v in values if v != one)}))
            for name, value in self.given
            if name != "order"
            for values in [value.split(",")]
            for one in values
        )


def asked(parameters: Iterable[tuple[str, str]], is_category: Callable[[str], bool]) -> Asked:
    """Raises Unanswerable. Names that are not ours, and empty values, are passed over."""
    given: dict[str, list[str]] = {}
    for name, value in parameters:
        if name in PARAMETERS and value.strip():
            given.setdefault(name, []).extend(
                part for one in value.split(",") if (part := one.strip())
            )

    def one_of(name: str, known: Sequence[str] | Callable[[str], bool]) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(given.get(name, ())))
        for value in found:
            if not (known(value) if callable(known) else value in known):
                raise Unanswerable(
                    f"{name} does not take {value[:40]!r}; it takes {PARAMETERS[name]}"
                )
        return found

    def last_of(name: str, known: Sequence[str] | Callable[[str], bool]) -> str | None:
        return next(reversed(one_of(name, known)), None)

    order = last_of("order", ORDERS)
    choice = Choice(
        categories=one_of("category", is_category),
        quads=tuple(int(quad) for quad in one_of("quad", ("1", "2", "3", "4"))),
        way=last_of("by", WAYS),
        statuses=one_of("status", STATUSES),
        told_as=one_of("told", TOLD_AS),
        languages=tuple(
            "" if code == "unknown" else code for code in one_of("language", str.isalpha)
        ),
        origins=int(last_of("origins", _is_number) or 0),
        first=last_of("from", is_moment),
        last=last_of("until", is_moment),
    )
    return Asked(
        choice,
        newest=None if order is None else order == "newest",
        start=int(given["start"][-1]) if _is_number(given.get("start", [""])[-1]) else 0,
        given=tuple((n, ",".join(dict.fromkeys(v))) for n, v in given.items() if n != "start"),
    )


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 9


def is_moment(value: str) -> bool:
    return _MOMENT.fullmatch(value) is not None
