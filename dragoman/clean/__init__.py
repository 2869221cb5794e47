"""One canonical text, every block labelled; nothing rewritten, nothing thrown away."""

from __future__ import annotations

from dragoman.clean.article import clean
from dragoman.clean.compare import compare
from dragoman.clean.draft import CleaningKnowledge

VERSION = "2"

__all__ = ["VERSION", "CleaningKnowledge", "clean", "compare"]
