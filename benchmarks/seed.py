"""Prints the card of the document this product started from, with its labelled lines.

    python -m benchmarks.seed [FILE]

Without a file it looks in the shared folder beside the repository.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from dragoman.collect.pages import capture_file
from dragoman.pipeline import Steps
from dragoman.publish.card import print_card

SHARED = Path(__file__).parents[2] / "shared" / "data" / "seed.txt"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path)
    path = parser.parse_args(arguments).file or SHARED
    if not path.exists():
        print(f"No seed document at {path.name}: pass one with `make seed FILE=path/to/it.txt`.")
        sys.exit(0 if path == SHARED else 2)
    kept = Steps().all(capture_file(path))
    console = Console(highlight=False)
    print_card(kept, console, furniture=True)
    for block in kept.article.blocks:
        words = " ".join(kept.article.text[block.start : block.end].split())
        console.print(f"[yellow]{block.label:13}[/] [dim]{block.rule:24}[/] {escape(words[:90])}")


if __name__ == "__main__":
    main()
