"""One module for each form in which the record leaves the desk.

A module that can be exported to has a `FORMAT`; nothing else needs to know of it. Its writer takes
items one after the other and writes as it goes, so that an export may be larger than memory.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, BinaryIO, Literal

from dragoman.publish.gathering import About

Write = Callable[[Iterable[Any], About, BinaryIO], int]
"""Items (`EventItem` or `ArticleItem`, as the format takes), what the export says of itself, and
where it is written to; gives the number of rows or entries written."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column or key, for the data dictionary."""

    name: str
    type: str
    """text, integer, number, date, instant, list …"""
    means: str
    """One sentence; units and permitted values are named."""


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    """As it is asked for: "csv"."""
    suffix: str
    media_type: str
    takes: Literal["events", "articles"]
    means: str
    """What it is and whom it is for, in a sentence."""
    write: Write = field(repr=False)
    fields: tuple[Field, ...] = field(default=(), repr=False)
    needs: str | None = None
    """The extra that has to be installed: "data"."""
    holds: Callable[[Any], bool] | None = None
    """Which items have a place in it; the others are left out, and are counted for the reader.
    None: all have."""
    newest: int | None = None
    """Of a feed: how many of the newest the site gives where nobody asks for more."""
    says_left_out: bool = False
    """Whether the file itself tells how many were left out: its writer is then given all items, and
    leaves out by itself those that have no place."""


@cache
def formats() -> Mapping[str, Format]:
    """Every format by name, found among the modules of this folder."""
    modules = (import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__))
    found = [
        made for module in modules if isinstance(made := getattr(module, "FORMAT", None), Format)
    ]
    return {one.name: one for one in sorted(found, key=lambda one: one.name)}
