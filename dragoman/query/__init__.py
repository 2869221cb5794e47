"""The query language: a text becomes the tree of conditions that the store can answer.

In: what a person wrote, and what the desk knows. Out: a `model.query.Query`, in which names are
ids. It refuses what means nothing with `QueryError`, and raises nothing else, whatever the text.
"""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.model.query import Query
from dragoman.query.binding import Binder
from dragoman.query.parse import parse
from dragoman.query.writing import lower_case_operators, written

__all__ = ["lower_case_operators", "read_query", "written"]


def read_query(text: str, knowledge: Knowledge) -> Query:
    """The tree of a query; of an empty one, everything. Raises QueryError."""
    return parse(text, Binder(text, knowledge).condition)
