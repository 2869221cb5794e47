"""Prints the card and labelled lines of the document this product started from; counts its acts.

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
from dragoman.model import Report
from dragoman.pipeline import Steps
from dragoman.publish.card import print_card

Act = tuple[str, str | None, str | None, str]
STOLTENBERG, ALIYEV = "jens-stoltenberg", "ilham-aliyev"
ACTS: frozenset[Act] = frozenset(
    {
        ("CONSULT", ALIYEV, STOLTENBERG, "happened"),  # the meeting on the picture
        ("CONSULT", STOLTENBERG, "ARM", "happened"),  # the tour of three states
        ("CONSULT", STOLTENBERG, "AZE", "happened"),  # the visit; the arrival in Baku
        ("CONSULT", STOLTENBERG, ALIYEV, "happened"),  # the meeting
        ("SUPPORT", STOLTENBERG, None, "happened"),  # praise of the cooperation
        ("SUPPORT", "ARM", "AZE", "happened"),  # the cease-fire of 2020
        ("COERCE", "AZE", None, "happened"),  # the capture of Karabakh
        ("RETREAT", "nagorno-karabakh-authorities", None, "happened"),  # the surrender
        ("CONSULT", "nicolas-sarkozy", None, "happened"),  # the mediation of 2008
        ("REQUEST", STOLTENBERG, None, "happened"),  # the call for peace
        ("ASSAULT", "RUS", "UKR", "happened"),  # the invasion
        ("AID", "AZE", "UKR", "happened"),  # help to Kyiv
        ("SUPPORT", "AZE", "nato-pfp", "happened"),  # joining the partnership
        ("COOPERATE", "AZE", "nato", "happened"),  # operations together
        ("AGREE", "AZE", None, "planned"),  # hosting the conference
        ("AGREE", STOLTENBERG, "GEO", "planned"),  # the next stop
        ("AGREE", STOLTENBERG, "ARM", "planned"),  # the last stop
    }
)
"""What the document tells, by what the acts are; its text is read and never copied."""
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


def act(report: Report) -> Act:
    source = report.sources[0].actor if report.sources else None
    target = report.targets[0].actor if report.targets else None
    return report.category, source, target, report.status


def score_seed(path: Path, steps: Steps) -> dict[str, int]:
    """How many of the listed acts are coded, and how many reports are one of them."""
    found = [act(report) for report in steps.all(capture_file(path)).reports]
    return {
        "acts": len(ACTS),
        "acts_right": len(ACTS & set(found)),
        "reports": len(found),
        "reports_right": sum(one in ACTS for one in found),
    }


if __name__ == "__main__":
    main()
