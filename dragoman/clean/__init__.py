"""One canonical text, every block labelled; nothing rewritten, nothing thrown away."""

from __future__ import annotations

from dragoman.clean.article import clean
from dragoman.clean.compare import compare
from dragoman.clean.draft import CleaningKnowledge
from dragoman.clean.memory import SiteMemory

VERSION = "3"

__all__ = ["VERSION", "CleaningKnowledge", "SiteMemory", "clean", "compare"]
