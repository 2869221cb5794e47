"""A query's text to its tokens: words and phrases, fields with their values, operators, brackets.

In: any text. Out: tokens in order, each with where it stands. It refuses texts that are too long,
open quotation marks, words without anything to search for, and fields without a value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from dragoman.errors import QueryError
from dragoman.model.query import Words

LONGEST = 2_000
"""Characters of a query."""
FIELDS = (
    "actor", "from", "to", "pair", "category", "quad", "status", "told", "lang", "outlet", "place",
    "near", "after", "before", "origins", "story", "event",
)  # fmt: skip
QUOTES = {'"': '"', "“": "”", "«": "»"}
_FIELD = re.compile(r"([A-Za-z_]+):")
_SEARCHABLE = re.compile(r"[^\W_]{2,}")
_ENDS_VALUE = frozenset('(),"')
_ENDS_WORD = frozenset('()"“«')

Kind = Literal["(", ")", "AND", "OR", "NOT", "words", "field", "end"]


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values of a field, and where it begins."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    at: int
    text: str = ""
    """As it was written; of a field its name."""
    words: Words | None = None
    values: tuple[Value, ...] = ()


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query, closed by one of kind "end"."""
    if len(text) > LONGEST:
        raise QueryError(text, LONGEST, f"a query has at most {LONGEST:,} characters")
    for position, character in enumerate(text):
        if "\ud800" <= character <= "\udfff":
            raise QueryError(text, position, "half a character stands here", "take it out")
    at = 0
    while (at := _past_space(text, at)) < len(text):
        token, at = _token(text, at)
        yield token
    yield Token("end", len(text))


def _past_space(text: str, at: int) -> int:
    while at < len(text) and _is_space(text[at]):
        at += 1
    return at


def _is_space(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cc"


def _token(text: str, at: int) -> tuple[Token, int]:
    first = text[at]
    if first == "(" or first == ")":
        return Token("(" if first == "(" else ")", at, first), at + 1
    if first == "-" and at + 1 < len(text) and not _is_space(text[at + 1]):
        return Token("NOT", at, "-"), at + 1
    if first in QUOTES:
        said, end = _quoted(text, at)
        is_begun = text[end : end + 1] == "*"
        return _words(text, at, said, is_begun=is_begun), end + is_begun
    if field := _FIELD.match(text, at):
        return _field(text, at, field)
    end = _end_of(text, at, _ENDS_WORD)
    said = text[at:end]
    if said == "AND" or said == "OR" or said == "NOT":
        return Token("AND" if said == "AND" else "OR" if said == "OR" else "NOT", at, said), end
    if end == at:  # a closing mark that nothing opened is in no set above
        end += 1
    bare = said.removesuffix("*")
    return _words(text, at, bare, is_begun=bare != said), end


def _words(text: str, at: int, said: str, *, is_begun: bool) -> Token:
    found = tuple(word for word in "".join(_spaced(said)).split() if word)
    if not _SEARCHABLE.search(unicodedata.normalize("NFC", said)):
        raise QueryError(
            text, at, "there is no word to search for here",
            "a word has two letters or digits at least",
        )  # fmt: skip
    return Token("words", at, said, words=Words(found, is_begun))


def _spaced(said: str) -> Iterator[str]:
    for character in said:
        yield " " if _is_space(character) else character


def _field(text: str, at: int, found: re.Match[str]) -> tuple[Token, int]:
    name = found.group(1).lower()
    if name not in FIELDS:
        nearest = get_close_matches(name, FIELDS, 1)
        told = f"did you mean {nearest[0]}:? " if nearest else ""
        raise QueryError(
            text, at, f"there is no field {found.group(1)[:30]}:",
            f"{told}fields are {', '.join(FIELDS)}; to search for the words, put them in "
            "quotation marks",
        )  # fmt: skip
    values: list[Value] = []
    end = found.end()
    while True:
        value, end = _value(text, end, name)
        values.append(value)
        if text[end : end + 1] != ",":
            return Token("field", at, name, values=tuple(values)), end
        end += 1


def _value(text: str, at: int, field: str) -> tuple[Value, int]:
    if text[at : at + 1] in QUOTES:
        said, end = _quoted(text, at)
    else:
        end = _end_of(text, at, _ENDS_VALUE)
        said = text[at:end]
    if not said.strip():
        raise QueryError(
            text, at, f"a value of {field}: is missing",
            "it stands right after the colon or comma, without a space",
        )  # fmt: skip
    return Value(said.strip(), at), end


def _end_of(text: str, at: int, ends: frozenset[str]) -> int:
    while at < len(text) and text[at] not in ends and not _is_space(text[at]):
        at += 1
    return at


def _quoted(text: str, at: int) -> tuple[str, int]:
    """What stands between quotation marks, and where it ends; `\\` keeps the next sign as it is."""
    said: list[str] = []
    closing, end = QUOTES[text[at]], at + 1
    while end < len(text):
        if text[end] == closing:
            return "".join(said), end + 1
        end += text[end] == "\\" and end + 1 < len(text)
        said.append(text[end])
        end += 1
    raise QueryError(text, at, "a quotation mark is opened and not closed", f"close it: {closing}")
