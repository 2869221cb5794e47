"""Control characters of captured text made harmless before a terminal sees them.

In: any text. Out: the same length, so that offsets hold, with escape and other control characters
shown as a middle dot. Line ends and tabs stay.
"""

from __future__ import annotations

KEPT = "\n\t"
CONTROLS = {code: "·" for code in (*range(32), *range(127, 160)) if chr(code) not in KEPT}


def quiet(text: str) -> str:
    return text.translate(CONTROLS)
