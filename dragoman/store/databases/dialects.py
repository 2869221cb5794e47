"""Types and expressions that SQLite and PostgreSQL write differently, said once for both.

In: columns and paths. Out: SQLAlchemy constructs that compile for whichever database they go to.
Text is ordered by its code points on both, which SQLite does by itself and PostgreSQL is told to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Dialect, Integer, types
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

__all__ = ["NUMBER", "Text", "insert", "json_text", "place_of"]

# `insert` may say what is done on a conflict. SQLite took that clause over from PostgreSQL, and
# SQLAlchemy writes this one statement for both (a test holds it to that).

NUMBER = Integer().with_variant(BigInteger(), "postgresql")
"""Of rows in order of arrival: 64 bits wherever SQLite has them."""
NO_CHARACTER = "\ufffd"
"""What stands for a character that PostgreSQL can't keep."""


class Text(types.TypeDecorator[str]):
    """Text in the order of its code points. NUL and halves of surrogate pairs, which PostgreSQL has
    no place for, become the sign of a lost character there; records keep them, as JSON escapes."""

    impl = types.Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        return keepable if dialect.name == "postgresql" else None


@compiles(Text, "postgresql")
def _in_order_of_signs(_type: Text, _compiler: SQLCompiler, **_how: Any) -> str:
    return 'TEXT COLLATE "C"'


def keepable(text: str | None) -> str | None:
    """The text as PostgreSQL can keep it."""
    if text is None or (text.isascii() and "\0" not in text):
        return text
    text = text.replace("\0", NO_CHARACTER)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = "".join(NO_CHARACTER if "\ud800" <= one <= "\udfff" else one for one in text)
    return text


class json_text(GenericFunction[str]):
    """A text inside a column of JSON, by a path such as "date.start"; null where there is none."""

    type = types.Text()
    inherit_cache = True
    name = "json_text"

    def __init__(self, column: ColumnElement[str], path: str) -> None:
        super().__init__(column, path)


class place_of(GenericFunction[int]):
    """Where a text first holds another, from 1; 0 where it does not."""

    type = Integer()
    inherit_cache = True
    name = "place_of"


def _both(element: GenericFunction[Any], compiler: SQLCompiler, **how: Any) -> list[str]:
    return [compiler.process(one, **how) for one in element.clauses]


@compiles(json_text, "sqlite")
def _json_in_sqlite(element: json_text, compiler: SQLCompiler, **how: Any) -> str:
    column, path = _both(element, compiler, **how)
    return f"json_extract({column}, '$.' || {path})"


@compiles(json_text, "postgresql")
def _json_in_postgres(element: json_text, compiler: SQLCompiler, **how: Any) -> str:
    # An escaped NUL anywhere in a record would keep all of it from being looked into.
    column, path = _both(element, compiler, **how)
    held = rf"replace({column}, '\u0000', '\ufffd')"
    return f"(CAST({held} AS json) #>> string_to_array({path}, '.'))"


@compiles(place_of, "sqlite")
def _place_in_sqlite(element: place_of, compiler: SQLCompiler, **how: Any) -> str:
    return f"instr({', '.join(_both(element, compiler, **how))})"


@compiles(place_of, "postgresql")
def _place_in_postgres(element: place_of, compiler: SQLCompiler, **how: Any) -> str:
    return f"strpos({', '.join(_both(element, compiler, **how))})"
