"""A field with its values to a condition: names become ids, days are read, numbers are checked.

In: tokens of kind "field", and what the desk knows. Out: conditions of `model.query`. It refuses a
name that nobody has, or several have, and a value that its field does not take, with a way out.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import TypeVar, get_args

from dragoman.errors import QueryError
from dragoman.knowledge import Knowledge
from dragoman.model.query import (
    AtPlace,
    Between,
    InLanguage,
    Near,
    OfActor,
    OfCategory,
    OfEvent,
    OfOutlet,
    OfPair,
    OfQuad,
    OfStatus,
    OfStory,
    OfTelling,
    OriginsOf,
    Query,
    SideOf,
)
from dragoman.model.record import Status, ToldAs
from dragoman.query import naming
from dragoman.query.actors import actors_called, nearest_actors
from dragoman.query.tokens import Token, Value

NEAR_KM = 50.0
"""How near is near, where nobody says."""
FARTHEST = 20_038.0
"""Kilometres: half way round the earth."""
UNKNOWN = "unknown"
"""Stands for a language that nobody could tell, which the desk keeps as nothing."""
ANY = "any"
"""Stands for every story that more than one page tells."""
T = TypeVar("T")
S = TypeVar("S", bound=str)
_NUMBER = re.compile(r"[+-]?\d{1,5}(\.\d{1,30})?([eE]-\d{1,2})?", re.ASCII)
_KM = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)\s*(?:km)?", re.ASCII | re.IGNORECASE)
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_ID = re.compile(r"[a-z]-[\w-]{1,64}", re.ASCII)
_COUNT = re.compile(r"(>=|<=|>|<)?(\d{1,6})|(\d{1,6})\.\.(\d{1,6})", re.ASCII)


class Binder:
    """Makes conditions of the fields of one query."""

    def __init__(self, text: str, knowledge: Knowledge) -> None:
        self._text = text
        self._knowledge = knowledge
        self._fields: dict[str, Callable[[Token], Query]] = {
            "actor": lambda token: self._actor(token, "any"),
            "from": lambda token: self._actor(token, "source"),
            "to": lambda token: self._actor(token, "target"),
            "pair": self._pair,
            "category": lambda token: OfCategory(self._each(token, self._category)),
            "quad": lambda token: OfQuad(self._each(token, self._quad)),
            "status": lambda token: OfStatus(self._each(token, self._among(get_args(Status)))),
            "told": lambda token: OfTelling(self._each(token, self._among(get_args(ToldAs)))),
            "lang": lambda token: InLanguage(self._each(token, self._language)),
            "outlet": lambda token: OfOutlet(self._some(token, self._outlet)),
            "place": lambda token: AtPlace(self._some(token, self._place)),
            "near": self._near,
            "after": lambda token: Between(self._day(self._only(token), is_last=False), None),
            "before": lambda token: Between(None, self._day(self._only(token), is_last=True)),
            "origins": lambda token: self._origins(self._only(token)),
            "story": self._story,
            "event": lambda token: OfEvent(self._each(token, self._id("event", "e-"))),
        }

    def condition(self, token: Token) -> Query:
        """What a field asks. Raises QueryError."""
        return self._fields[token.text](token)

    def _fault(self, value: Value, reason: str, hint: str | None = None) -> QueryError:
        return QueryError(self._text, value.at, reason, hint)

    def _each(self, token: Token, read: Callable[[Value], T]) -> tuple[T, ...]:
        return tuple(dict.fromkeys(read(value) for value in token.values))

    def _some(self, token: Token, read: Callable[[Value], Sequence[T]]) -> tuple[T, ...]:
        return tuple(dict.fromkeys(one for value in token.values for one in read(value)))

    def _only(self, token: Token) -> Value:
        if len(token.values) > 1:
            raise self._fault(token.values[1], f"{token.text}: takes one value")
        return token.values[0]

    def _actor(self, token: Token, side: SideOf) -> Query:
        return OfActor(self._each(token, self._actor_id), side)

    def _actor_id(self, value: Value) -> str:
        found = actors_called(self._knowledge, value.text)
        if len(found) == 1:
            return found[0]
        if found:
            raise self._fault(
                value, f"{_cut(value.text)} may be {', '.join(found)}", "name one of these ids"
            )
        raise self._fault(
            value,
            f"the atlas has no actor {_cut(value.text)}",
            _nearest(nearest_actors(self._knowledge, value.text))
            or "to search for the name as it is written, leave the field out",
        )

    def _pair(self, token: Token) -> Query:
        ids = [self._actor_id(value) for value in token.values]
        if len(ids) != 2 or ids[0] == ids[1]:
            raise self._fault(
                token.values[-1], "pair: takes two actors", "such as pair:France,Germany"
            )
        return OfPair(*ids)

    def _story(self, token: Token) -> Query:
        if any(value.text.casefold() == ANY for value in token.values):
            return OfStory()
        return OfStory(self._each(token, self._id("story", "s-")))

    def _id(self, of: str, begin: str) -> Callable[[Value], str]:
        """Whether the desk holds it is for the store to say."""

        def read(value: Value) -> str:
            if not _ID.fullmatch(value.text) or not value.text.startswith(begin):
                raise self._fault(
                    value,
                    f"{_cut(value.text)} is no id of {'an' if of == 'event' else 'a'} {of}",
                    f"it begins with {begin}, and stands in the address of its page",
                )
            return value.text

        return read

    def _category(self, value: Value) -> str:
        book = self._knowledge.codebook
        known = {**book.categories, **book.own}
        by_case = {one.casefold(): one for one in known}
        labels = {
            label.casefold(): one for one, has in known.items() for label in has.label.values()
        }
        key = value.text.casefold()
        found = by_case.get(key) or labels.get(key)
        if found is None:
            near = get_close_matches(key[: naming.LONGEST], [*by_case, *labels], 2)
            named = dict.fromkeys(by_case.get(one) or labels[one] for one in near)
            hint = _nearest(named) or f"categories are {', '.join(sorted(known))}"
            raise self._fault(value, f"the codebook has no category {_cut(value.text)}", hint)
        return found

    def _quad(self, value: Value) -> int:
        if value.text not in ("1", "2", "3", "4"):
            raise self._fault(
                value, f"{_cut(value.text)} is no quad class",
                "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, "
                "4 material conflict",
            )  # fmt: skip
        return int(value.text)

    def _among(self, known: Sequence[S]) -> Callable[[Value], S]:
        def read(value: Value) -> S:
            for one in known:
                if value.text.casefold() == one:
                    return one
            near: list[str] = [
                str(one)
                for one in get_close_matches(value.text.casefold()[: naming.LONGEST], known, 1)
            ]
            hint = _nearest(near) or f"it is one of {', '.join(known)}"
            raise self._fault(value, f"{_cut(value.text)} means nothing here", hint)

        return read

    def _language(self, value: Value) -> str:
        if value.text.casefold() == UNKNOWN:
            return ""
        found = naming.languages_called(value.text)
        if not found:
            raise self._fault(
                value, f"{_cut(value.text)} is no language",
                f"write its code, such as fr, or {UNKNOWN}",
            )  # fmt: skip
        return found[0]

    def _outlet(self, value: Value) -> Sequence[str]:
        """A known outlet by all its names and addresses, another one as it is written."""
        known = self._knowledge.outlets.named(value.text)
        return (known.name, *known.names, *known.domains) if known is not None else (value.text,)

    def _place(self, value: Value) -> Sequence[str]:
        states = naming.states_called(self._knowledge.atlas, value.text)
        if len(states) == 1:
            return states
        if states:
            raise self._fault(
                value, f"{_cut(value.text)} may be {', '.join(states)}", "name one of these codes"
            )
        places = naming.places_called(self._knowledge, value.text)
        if not places:
            raise self._no_place(value)
        return places

    def _no_place(self, value: Value) -> QueryError:
        hint = _nearest(naming.nearest_places(self._knowledge.atlas, value.text))
        return self._fault(
            value, f"there is no place {_cut(value.text)} that we know",
            hint or "write a town, a state, or an id of a place",
        )  # fmt: skip

    def _near(self, token: Token) -> Query:
        values = token.values
        if len(values) in (2, 3) and _NUMBER.fullmatch(values[0].text):
            spot = (self._degrees(values[0], 90), self._degrees(values[1], 180))
            rest = values[2:]
        else:
            found = naming.spot_of(self._knowledge, values[0].text)
            if found is None:
                raise self._no_place(values[0])
            spot, rest = found, values[1:]
        if len(rest) > 1:
            raise self._fault(
                rest[1], "near: takes a place and a distance", "such as near:Baku,100km"
            )
        return Near(*spot, self._km(rest[0]) if rest else NEAR_KM)

    def _degrees(self, value: Value, most: int) -> float:
        if not _NUMBER.fullmatch(value.text) or abs(float(value.text)) > most:
            raise self._fault(
                value, f"{_cut(value.text)} is no coordinate from -{most} to {most}",
                "write latitude, longitude and kilometres: near:40.4,49.9,100",
            )  # fmt: skip
        return float(value.text)

    def _km(self, value: Value) -> float:
        found = _KM.fullmatch(value.text)
        km = float(found.group(1)) if found else 0.0
        if not 0 < km <= FARTHEST:
            raise self._fault(
                value, f"{_cut(value.text)} is no distance", "write kilometres, such as 100km"
            )
        return km

    def _day(self, value: Value, *, is_last: bool) -> str:
        """The first or last day of a day, month or year."""
        found = _DAY.fullmatch(value.text)
        try:
            if found is None:
                raise ValueError
            year, month, day = (int(one) if one else None for one in found.groups())
            assert year is not None
            month = month or (12 if is_last else 1)
            day = day or (monthrange(year, month)[1] if is_last else 1)
            return date(year, month, day).isoformat()
        except ValueError:
            raise self._fault(
                value, f"{_cut(value.text)} is no day, month or year",
                "write it as 2024-03-17, 2024-03 or 2024",
            ) from None  # fmt: skip

    def _origins(self, value: Value) -> Query:
        found = _COUNT.fullmatch(value.text)
        if found is None:
            raise self._fault(
                value, f"{_cut(value.text)} is no number of origins",
                "write it as >2, >=2, <3, 2 or 2..5",
            )  # fmt: skip
        sign, number, first, last = found.groups()
        if number is None:
            low, high = int(first), int(last)
            if low > high:
                raise self._fault(value, f"{value.text} holds no number", f"write {high}..{low}")
            return OriginsOf(low, high)
        count = int(number)
        if sign == "<" and count == 0:
            raise self._fault(value, "no number of origins is under 0")
        bounds: dict[str | None, tuple[int, int | None]] = {
            ">": (count + 1, None),
            ">=": (count, None),
            "<": (0, count - 1),
            "<=": (0, count),
            None: (count, count),
        }
        return OriginsOf(*bounds[sign])


def _nearest(names: Sequence[str] | dict[str, None]) -> str | None:
    return f"did you mean {' or '.join(names)}?" if names else None


def _cut(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"
