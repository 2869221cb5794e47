"""Scores what joins articles: copies and their origins, stories, and reports of one happening.

    python -m benchmarks.link --ecb DIR --pairs FILE --translated FILE --copies --json
    python -m benchmarks.link --shared ../shared --own --json
    python -m benchmarks.link --near --json

`--ecb` takes a folder of ECB+ topics, `--pairs` a JSON list of article pairs with a score of
similarity, `--translated` one of articles with their machine translations; `--shared` takes all
three from that folder. `--copies` plants copies in 1,500 articles of our own and looks for them,
`--tellings` and `--reports` score stories and happenings on sentences of our own (`tests/gate`),
`--own` is all of these. `--near` looks for 20,000 copies among 100,000 made-up texts, in minutes;
`--orders` takes 2,000 made-up articles into a desk in several ways and counts what differs.
`--cost` times the joining of articles in made-up desks of up to a million, in half an hour and
15 GB.
Figures are fractions unless their name says otherwise; each part's module says how it counts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

if not __package__:  # run as a file, with its own folder in place of the project's
    sys.path[0] = str(Path(__file__).parents[1])

from benchmarks import (
    link_copies,
    link_cost,
    link_near,
    link_orders,
    link_origins,
    link_reports,
    link_stories,
)
from benchmarks.copy_set import build
from dragoman.pipeline import Steps

Figures = dict[str, Any]
FROM_FILES: Mapping[str, tuple[Callable[[Path], Figures], str, str]] = {
    "ecb": (link_stories.ecb, "link/ecbplus", "folder of ECB+ topics"),
    "pairs": (link_stories.pairs, "link/semeval_pairs.json", "pairs of articles, with a score"),
    "translated": (
        link_stories.translated,
        "link/translated_copies.json",
        "articles with their translations",
    ),
}
"""What scores a part, where its data lies in the folder of public data, what that is."""
GATE = Path(__file__).parents[1] / "tests" / "gate"
HALVES = ("dev", "test")
"""What was read while working, and what was not."""


def copies() -> Figures:
    """Means of both halves, and each half; with the independent origins on the same articles."""
    found = link_copies.measure()
    made = build(GATE)
    counted = {half: link_origins.scores(made, half) for half in HALVES}
    halves = {half: found[half] | {"origins": counted[half]} for half in HALVES}
    means = {
        name: round(sum(found[half][name] for half in HALVES) / len(HALVES), 3)
        for name in found["dev"]
    }
    exact = round(sum(counted[half]["exact"] for half in HALVES) / len(HALVES), 3)
    return means | {"origins_exact": exact} | halves


def tellings() -> Figures:
    """By half: what is told in the languages that are read, and with those of the light tier."""
    found: Figures = {}
    for half in ("one", "two"):
        read, light = (GATE / f"tellings_{name}{half}.jsonl" for name in ("", "light_"))
        found[read.stem] = link_stories.tellings([read])
        found[f"{read.stem} with light"] = link_stories.tellings([read, light])
    return found


def reports() -> Figures:
    return link_reports.halves(Steps())


OURS: Mapping[str, tuple[Callable[[], Figures], str]] = {
    "copies": (copies, "1,500 articles of our own with planted copies, and their origins"),
    "tellings": (tellings, "60 happenings told in nine languages"),
    "reports": (reports, "reports of happenings in two languages"),
}
LONG: Mapping[str, tuple[Callable[[], Figures], str]] = {
    "near": (link_near.measure, "20,000 copies among 100,000 made-up texts"),
    "orders": (link_orders.measure, "2,000 made-up articles, in eight ways the same"),
    "cost": (link_cost.measure, "what an article costs to join in desks up to a million"),
}
EVERY = {**OURS, **LONG}


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    paths = _paths(options)
    named = [part for part in EVERY if getattr(options, part) or (options.own and part in OURS)]
    if not (paths or named):
        sys.exit("no part to score: name --ecb DIR, --copies, …, --shared DIR or --own")
    result: Figures = {part: FROM_FILES[part][0](path) for part, path in paths.items()}
    result |= {part: EVERY[part][0]() for part in named}
    print(json.dumps(result) if options.json else json.dumps(result, indent=1))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for part, (_, _, about) in FROM_FILES.items():
        metavar = "DIR" if about.startswith("folder") else "FILE"
        parser.add_argument(f"--{part}", type=Path, metavar=metavar, help=about)
    parser.add_argument("--shared", type=Path, metavar="DIR", help="takes each part's data there")
    for part, (_, about) in EVERY.items():
        parser.add_argument(f"--{part}", action="store_true", help=about)
    parser.add_argument("--own", action="store_true", help="all that is measured on our own texts")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


def _paths(options: argparse.Namespace) -> dict[str, Path]:
    """Data by part: what is named, else what the shared folder has."""
    found: dict[str, Path] = {}
    for part, (_, place, _) in FROM_FILES.items():
        named: Path | None = getattr(options, part)
        if named is not None and not named.exists():
            sys.exit(f"--{part} {named}: no such file or folder")
        if named is None and options.shared is not None:
            folders = (options.shared / "data" / place, options.shared / place)
            named = next((path for path in folders if path.exists()), None)
        if named is not None:
            found[part] = named
    return found


if __name__ == "__main__":
    main()
