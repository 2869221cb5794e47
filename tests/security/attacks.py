"""What makes a regular expression slow, synthesised from the expression itself.

In: a compiled pattern. Out: texts that repeat what each of its loops takes, behind what stands
before the loop, with an end that spoils the match. Nothing is guessed that the pattern doesn't say.
"""

from __future__ import annotations

import re
import re._constants as op  # type: ignore[import-untyped, import-not-found, unused-ignore]
import re._parser as parser  # type: ignore[import-untyped, import-not-found, unused-ignore]
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Node = tuple[Any, Any]
LOOPS = frozenset({op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT})
LONG = 50
"""A loop that ends after fewer rounds costs a constant."""
SPOILS = ("\0", "")
MOST_UNITS = 8
CATEGORY = {
    op.CATEGORY_DIGIT: "1",
    op.CATEGORY_NOT_DIGIT: "a",
    op.CATEGORY_SPACE: " ",
    op.CATEGORY_NOT_SPACE: "a",
    op.CATEGORY_WORD: "a",
    op.CATEGORY_NOT_WORD: " ",
}
COMMON = "a1 .,-/\n\"'<é("
"""Tried first where a class takes many signs: what other loops of the pattern take too."""


def attacks(pattern: re.Pattern[str]) -> Iterator[Callable[[int], str]]:
    """Makers of texts of about so many signs."""
    tree = list(parser.parse(pattern.pattern, pattern.flags))
    seen: set[tuple[str, str]] = set()
    for before, bodies in _loops(tree, ""):
        for unit in _units(bodies)[:MOST_UNITS]:
            for head, repeated in ((before, unit), ("", before + unit)):
                if repeated and (head, repeated) not in seen:
                    seen.add((head, repeated))
                    for spoils in SPOILS:
                        yield _maker(head, repeated, spoils)


def _maker(head: str, unit: str, spoils: str) -> Callable[[int], str]:
    return lambda size: head + unit * (size // len(unit)) + spoils


def _loops(nodes: Sequence[Node], before: str) -> Iterator[tuple[str, Sequence[Node]]]:
    """Each long loop with a text that leads to it."""
    for code, value in nodes:
        if code in LOOPS:
            _least, most, body = value
            if most == op.MAXREPEAT or most >= LONG:
                yield before, list(body)
            yield from _loops(list(body), before)
        else:
            for inner in _inner(code, value):
                yield from _loops(inner, before)
        before += _sample([(code, value)])


def _inner(code: Any, value: Any) -> Iterator[list[Node]]:
    if code is op.SUBPATTERN:
        yield list(value[3])
    elif code is op.BRANCH:
        yield from (list(one) for one in value[1])
    elif code in (op.ASSERT, op.ASSERT_NOT):
        yield list(value[1])
    elif code is op.ATOMIC_GROUP:
        yield list(value)


def _units(body: Sequence[Node]) -> list[str]:
    """What a loop may take in one round: by its branches, and by what its classes hold."""
    if len(body) == 1:
        code, value = body[0]
        if code is op.IN:
            return _members(value)
        if code is op.BRANCH:
            return [unit for branch in value[1] for unit in _units(list(branch))[:2]]
        if code is op.SUBPATTERN:
            return _units(list(value[3]))
        if code is op.ANY:
            return ["a", " "]
        if code is op.NOT_LITERAL:
            return [sign for sign in COMMON if ord(sign) != value]
        if code in LOOPS:
            return _units(list(value[2]))
    whole = _sample(body)
    return [whole] if whole else []


def _members(items: Sequence[Node]) -> list[str]:
    found = [sign for sign in COMMON if _takes(items, sign)]
    return found or [_first(items)]


def _takes(items: Sequence[Node], sign: str) -> bool:
    negated = bool(items) and items[0][0] is op.NEGATE
    is_in = False
    for code, value in items:
        if code is op.LITERAL:
            is_in |= ord(sign) == value
        elif code is op.RANGE:
            is_in |= value[0] <= ord(sign) <= value[1]
        elif code is op.CATEGORY:
            says = {
                op.CATEGORY_DIGIT: sign.isdigit(),
                op.CATEGORY_NOT_DIGIT: not sign.isdigit(),
                op.CATEGORY_SPACE: sign.isspace(),
                op.CATEGORY_NOT_SPACE: not sign.isspace(),
                op.CATEGORY_WORD: sign.isalnum() or sign == "_",
                op.CATEGORY_NOT_WORD: not (sign.isalnum() or sign == "_"),
            }
            is_in |= says[value]
    return is_in != negated


def _first(items: Sequence[Node]) -> str:
    for code, value in items:
        if code is op.LITERAL:
            return chr(value)
        if code is op.RANGE:
            return chr(value[0])
        if code is op.CATEGORY:
            return str(CATEGORY[value])
    return "a"


def _sample(nodes: Sequence[Node]) -> str:
    """A short text that the nodes take, as far as that can be told without trying."""
    return "".join(_one(code, value) for code, value in nodes)


def _one(code: Any, value: Any) -> str:
    if code is op.LITERAL:
        return chr(value)
    if code is op.NOT_LITERAL:
        return next(sign for sign in COMMON if ord(sign) != value)
    if code is op.ANY:
        return "a"
    if code is op.IN:
        return _members(value)[0]
    if code is op.BRANCH:
        return _sample(list(value[1][0]))
    if code is op.SUBPATTERN:
        return _sample(list(value[3]))
    if code is op.ATOMIC_GROUP:
        return _sample(list(value))
    if code in LOOPS:
        return _sample(list(value[2])) * int(value[0])
    return ""
