"""Tokens to a tree: juxtaposition and AND bind closer than OR, NOT closest of all.

In: a query's text, and what makes a condition of a field. Out: the tree, without an AND directly
in an AND, an OR in an OR or a NOT in a NOT. It refuses stray operators and brackets, more than
`MOST` terms and brackets more than `DEEPEST` deep.
"""

from __future__ import annotations

from collections.abc import Callable

from dragoman.errors import QueryError
from dragoman.model.query import EVERYTHING, And, Not, Or, Query
from dragoman.query.tokens import Token, tokens

MOST = 100
"""Words, phrases and fields of a query."""
DEEPEST = 12
"""Brackets within brackets."""
CAPITALS = "AND, OR and NOT join conditions; to search for such a word, write it in small letters"


def parse(text: str, condition: Callable[[Token], Query]) -> Query:
    """The tree of a query. Raises QueryError."""
    parser = _Parser(text, condition)
    return parser.whole()


class _Parser:
    def __init__(self, text: str, condition: Callable[[Token], Query]) -> None:
        self._text = text
        self._condition = condition
        self._tokens = tokens(text)
        self._next = next(self._tokens)
        self._terms = 0

    def whole(self) -> Query:
        if self._next.kind == "end":
            return EVERYTHING
        made = self._any(0)
        if self._next.kind == ")":
            raise self._fault(self._next, "this bracket closes none", "open one before it: (")
        return made

    def _any(self, depth: int) -> Query:
        parts = [self._all(depth)]
        while self._next.kind == "OR":
            self._take()
            parts.append(self._all(depth))
        if len(parts) == 1:
            return parts[0]
        return Or(tuple(p for one in parts for p in (one.parts if isinstance(one, Or) else (one,))))

    def _all(self, depth: int) -> Query:
        parts = [self._one(depth)]
        while self._next.kind not in ("end", ")", "OR"):
            if self._next.kind == "AND":
                self._take()
            parts.append(self._one(depth))
        if len(parts) == 1:
            return parts[0]
        flat = (p for one in parts for p in (one.parts if isinstance(one, And) else (one,)))
        return And(tuple(flat))

    def _one(self, depth: int) -> Query:
        negated = False
        while self._next.kind == "NOT":
            self._take()
            negated = not negated
        made = self._plain(depth)
        if not negated:
            return made
        return made.part if isinstance(made, Not) else Not(made)

    def _plain(self, depth: int) -> Query:
        token = self._take()
        if token.kind == "(":
            return self._bracketed(token, depth + 1)
        if token.kind not in ("words", "field"):
            raise self._lack(token)
        self._terms += 1
        if self._terms > MOST:
            raise self._fault(token, f"a query has at most {MOST} words and fields")
        return token.words if token.words is not None else self._condition(token)

    def _bracketed(self, opening: Token, depth: int) -> Query:
        if depth > DEEPEST:
            raise self._fault(opening, f"brackets stand at most {DEEPEST} deep")
        made = self._any(depth)
        if self._next.kind != ")":
            raise self._fault(opening, "this bracket is not closed", "close it: )")
        self._take()
        return made

    def _take(self) -> Token:
        token = self._next
        if token.kind != "end":
            self._next = next(self._tokens)
        return token

    def _lack(self, token: Token) -> QueryError:
        if token.kind == "end":
            return self._fault(token, "the query ends where a condition is wanted", CAPITALS)
        if token.kind == ")":
            return self._fault(token, "a condition is wanted before this bracket")
        return self._fault(token, f"{token.text} stands where a condition is wanted", CAPITALS)

    def _fault(self, token: Token, reason: str, hint: str | None = None) -> QueryError:
        return QueryError(self._text, token.at, reason, hint)
