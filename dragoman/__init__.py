"""Dragoman: a self-hosted news desk that keeps a dated, sourced record of who did what to whom.

import dragoman

with dragoman.open("mydesk") as desk:
    table = desk.events("from:FRA to:AZE").to_pandas()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.api import Desk, open

__version__ = "0.2.0"
__all__ = ["Desk", "__version__", "open"]


def __getattr__(name: str) -> object:
    """What is for programs is loaded when it is asked for: it brings the whole program with it."""
    if name in {"Desk", "open"}:
        from dragoman import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
