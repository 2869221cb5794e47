"""One thing that the doctor found. Most are wrong; some are only to be known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Weight = Literal["wrong", "mind"]


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    """For programs: what was looked at, such as "word-index"."""
    what: str
    why: str
    mend: str
    """A command to type, or what to do where no command can."""
    weight: Weight = "wrong"
    """"wrong" makes the doctor's exit code 1; "mind" is for a person to judge."""
