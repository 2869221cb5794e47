"""The terminal card in `README.md`: what `dragoman read` prints for a demo page, trimmed.

    python -m tests.docs.readme

writes it anew into the marked block. Of the coded events only some are shown; what is left out
stands as "…".
"""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

from rich.console import Console

from dragoman.collect.pages import capture_file
from dragoman.pipeline import Steps
from dragoman.publish.terminal.card import print_card
from tests.docs.tour import PAGE, ROOT

README = ROOT / "README.md"
FENCE = re.compile(r"^```text card\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = ("entretenu", "emparé")
"""Words of the events that the card shows."""
BLANK = "│" + " " * 78 + "│"
LEFT_OUT = "│  …" + " " * 75 + "│"


def card(steps: Steps, page: Path = PAGE) -> str:
    console = Console(file=StringIO(), width=80, highlight=False)
    print_card(steps.all(capture_file(page)), console)
    assert isinstance(console.file, StringIO)
    return trimmed(console.file.getvalue())


def trimmed(printed: str) -> str:
    lines = printed.splitlines()
    first = next(i for i, line in enumerate(lines) if " coded event" in line) + 1
    last = next((i for i, line in enumerate(lines) if "─ doubts ─" in line), len(lines) - 2)
    kept = [*shortened(lines[: first - 1]), lines[first - 1]]
    for paragraph in "\n".join(lines[first:last]).split(BLANK):
        if any(word in paragraph for word in SHOWN):
            kept += paragraph.strip("\n").splitlines()
        elif paragraph.strip() and kept[-1] != LEFT_OUT:
            kept.append(LEFT_OUT)
    return "\n".join([*kept, *lines[last:]]) + "\n"


def shortened(lines: list[str]) -> list[str]:
    """The credits, with at most two lines of actors."""
    start = next((i for i, line in enumerate(lines) if line.startswith("│  actors ")), len(lines))
    return lines if len(lines) <= start + 3 else [*lines[: start + 2], LEFT_OUT]


def rewritten(text: str, shown: str) -> str:
    return FENCE.sub(lambda _: f"```text card\n{shown}```", text)


def main() -> None:
    README.write_text(rewritten(README.read_text("utf-8"), card(Steps())), "utf-8")


if __name__ == "__main__":
    main()
