"""Packages of the extras: taken where they are needed, with an error that names what brings them.

In: a module's name and the extra it comes with. Out: the module. Nothing of an extra is imported
before it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from dragoman.errors import MissingPart


def needed(name: str, extra: str = "data") -> Any:
    """A package of an extra. Raises MissingPart where it isn't installed."""
    try:
        return import_module(name)
    except ImportError as fault:
        raise MissingPart(
            f'{name} is not installed; `pip install "dragoman[{extra}]"` brings it'
        ) from fault
