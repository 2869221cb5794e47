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
from dragoman.model import Kept, Report
from dragoman.pipeline import Steps
from dragoman.publish.terminal.card import print_card

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
TIMES = (
    "2024-03-17", "P2Y", "PXY", "2020-11", "PXD", "P30Y", "2023", "2008", "2024-03-17", "P3D",
    "1991", "1994", "2024-11",
)  # fmt: skip
"""What its time expressions name, in their order, as TIMEX3 values."""
PLACES = frozenset({
    "AFG", "ARM", "AZE", "GEO", "ISR", "RUS", "UKR", "USA", "XKX", "capital-arm", "capital-aze",
    "capital-rus", "capital-ukr", "central-asia", "europe", "middle-east",
    "nagorno-karabakh", "north-caucasus", "south-caucasus",
})  # fmt: skip
ROLES = frozenset({
    (STOLTENBERG, "secretary_general nato"),
    (ALIYEV, "president AZE"),
    ("nicolas-sarkozy", "former_president FRA"),
})  # fmt: skip
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
    _print_facts(kept, console)


def _print_facts(kept: Kept, console: Console) -> None:
    """Times, places and roles on it, each with what it was taken for."""
    text = kept.article.text
    for time in kept.reading.times:
        days = f"{time.start_day or '…'} – {time.end_day or '…'} ({time.precision}, {time.basis})"
        words = escape(text[time.start : time.end])
        console.print(f"[yellow]{'time':13}[/] {words:24} {time.type} {time.value} {days}")
    places = {r.place.id: r.place for r in kept.references if r.place is not None}
    for place in places.values():
        console.print(f"[yellow]{'place':13}[/] {place.name:24} {place.id} {place.lat} {place.lon}")
    for person, role in sorted(_roles(kept)):
        console.print(f"[yellow]{'role':13}[/] {person:24} {role}")
    for what, right in score_facts(kept).items():
        console.print(f"[yellow]{what:13}[/] {right}")


def _roles(kept: Kept) -> set[tuple[str, str]]:
    return {(r.actor, r.role) for r in kept.references if r.actor is not None and r.role}


def score_facts(kept: Kept) -> dict[str, str]:
    """How many of the times, places and roles on it are right by our reading."""
    values = [time.value for time in kept.reading.times]
    right = sum(one == due for one, due in zip(values, TIMES, strict=False))
    places = {r.place.id for r in kept.references if r.place is not None}
    return {
        name: f"{found} of {due} right, {more} more"
        for name, found, due, more in (
            ("times", right, len(TIMES), max(len(values) - len(TIMES), 0)),
            ("places", len(places & PLACES), len(PLACES), len(places - PLACES)),
            ("roles", len(_roles(kept) & ROLES), len(ROLES), len(_roles(kept) - ROLES)),
        )
    }


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
