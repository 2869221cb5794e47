"""Control characters of captured text made harmless before a terminal sees them.

In: any text. Out: the same length, so that offsets hold, with escape and other control characters
shown as a middle dot, and those that turn the direction of what follows. Line ends and tabs stay.
"""

from __future__ import annotations

KEPT = "\n\t"
TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
CONTROLS = {code: "·" for code in (*range(32), *range(127, 160), *TURNING) if chr(code) not in KEPT}


def quiet(text: str) -> str:
    return text.translate(CONTROLS)
