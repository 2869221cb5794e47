"""The versions of the steps, kept beside what each of them made.

A step whose output changes for the same input gets the next number here.
"""

from __future__ import annotations

from collections.abc import Mapping

VERSIONS: Mapping[str, str] = {"clean": "3", "read": "5", "link": "5", "record": "5"}
STEPS = tuple(VERSIONS)
"""Of one article, in their order."""
