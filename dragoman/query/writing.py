"""A tree back to the text that gives it, and what to tell a person whose query found nothing.

In: a tree. Out: text. A tree that the parser made, and was not widened since, is parsed from it
again; days on both sides are written as two conditions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dragoman.model.query import (
    And,
    AtPlace,
    Between,
    Every,
    InLanguage,
    Near,
    Not,
    OfActor,
    OfCategory,
    OfEvent,
    OfOutlet,
    OfPair,
    OfQuad,
    OfStatus,
    OfStory,
    OfTelling,
    Or,
    OriginsOf,
    Query,
    Words,
)
from dragoman.query.binding import ANY, UNKNOWN

OPERATORS = frozenset({"and", "or", "not"})
_SIDES = {"any": "actor", "source": "from", "target": "to"}
_PLAIN = re.compile(r"[^\W_][\w.'’-]*")


def written(query: Query) -> str:
    """The query as a person would write it."""
    match query:
        case Every():
            return ""
        case And(parts):
            return " ".join(_bracketed(part, Or) for part in parts)
        case Or(parts):
            return " OR ".join(map(written, parts))
        case Not(part):
            return f"NOT {_bracketed(part, And, Or)}"
        case _:
            return _condition(query)


def lower_case_operators(query: Query) -> list[str]:
    """Words of a query that would be operators in capitals, as a hint where nothing is found."""
    return sorted({word for words in _words(query) for word in words.words if word in OPERATORS})


def _bracketed(query: Query, *kinds: type) -> str:
    made = written(query)
    two = isinstance(query, Between) and query.first is not None and query.last is not None
    return f"({made})" if isinstance(query, kinds) or two else made


def _condition(query: Query) -> str:
    match query:
        case Words(words, is_begun):
            return _spoken(words) + ("*" if is_begun else "")
        case OfActor(actors, side):
            return _field(_SIDES[side], actors)
        case OfPair(one, other):
            return _field("pair", (one, other))
        case OfEvent(events):
            return _field("event", events)
        case OfStory(stories):
            return _field("story", stories or (ANY,))
        case OfCategory(categories):
            return _field("category", categories)
        case OfQuad(quads):
            return _field("quad", map(str, quads))
        case OfStatus(statuses):
            return _field("status", statuses)
        case OfTelling(told_as):
            return _field("told", told_as)
        case InLanguage(languages):
            return _field("lang", (code or UNKNOWN for code in languages))
        case OfOutlet(outlets):
            return _field("outlet", outlets)
        case AtPlace(places):
            return _field("place", places)
        case Near(lat, lon, km):
            return f"near:{lat},{lon},{km}"
        case Between(first, last):
            days = (("after", first), ("before", last))
            return " ".join(f"{name}:{day}" for name, day in days if day is not None)
        case OriginsOf(low, None):
            return f"origins:>={low}"
        case OriginsOf(low, high):
            return f"origins:{low}" if low == high else f"origins:{low}..{high}"
    raise TypeError(f"{type(query).__name__} is no condition")


def _field(name: str, values: Iterable[str]) -> str:
    made = (one if _PLAIN.fullmatch(one) else _quoted(one) for one in values)
    return f"{name}:{','.join(made)}"


def _spoken(words: tuple[str, ...]) -> str:
    one = words[0] if len(words) == 1 else ""
    is_plain = _PLAIN.fullmatch(one) is not None and one not in ("AND", "OR", "NOT")
    return one if is_plain else _quoted(" ".join(words))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _words(query: Query) -> Iterator[Words]:
    match query:
        case Words():
            yield query
        case And(parts) | Or(parts):
            for part in parts:
                yield from _words(part)
        case Not(part):
            yield from _words(part)
