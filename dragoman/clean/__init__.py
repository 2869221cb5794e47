"""One canonical text, every block labelled; nothing rewritten, nothing thrown away."""

from __future__ import annotations

from dragoman.clean.article import CleaningKnowledge, clean
from dragoman.clean.compare import compare

VERSION = "1"

__all__ = ["VERSION", "CleaningKnowledge", "clean", "compare"]
