"""Scores when, where, who, who said so, and in which office.

    python -m benchmarks.facts --shared ../shared --json
    python -m benchmarks.facts --times DIR --places FILE --quotes DIR --names DIR --roles CSV --json
    python -m benchmarks.facts --own --json

Each option scores one part on the data it names: `--times` a folder of TimeML files, `--places` an
XML file of articles with located toponyms, `--quotes` a folder with `text/` and `attributions/`,
`--names` a folder of BRAT files, `--roles` a table of office, country, date and name. `--shared`
takes each part's data from that folder, `--own` the project's own sets (`tests/gate`), `--cost`
what all of it takes beside the bare parse. Figures are fractions; each part's module says how it
counts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

if not __package__:  # run as a file, with its own folder in place of the project's
    sys.path[0] = str(Path(__file__).parents[1])

from benchmarks import facts_names, facts_places, facts_quotes, facts_roles, facts_times
from benchmarks.facts_cost import cost
from benchmarks.facts_own import own
from dragoman.pipeline import Steps

Figures = dict[str, Any]
Measure = Callable[[Path, Steps], Figures]
PARTS: dict[str, tuple[Measure, str, str]] = {
    "times": (facts_times.measure, "times/fr", "folder of TimeML files"),
    "places": (facts_places.measure, "places/GeoVirus.xml", "articles with located toponyms"),
    "quotes": (facts_quotes.measure, "quotes/dev", "folder with text/ and attributions/"),
    "names": (facts_names.measure, "ner_fr", "folder of BRAT files"),
    "roles": (facts_roles.measure, "", "table of office, country, date, name"),
}
"""What scores a part, where its data lies in the folder of public data, what that is."""


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    paths = _paths(options)
    if not (paths or options.own or options.cost):
        sys.exit("no part to score: name --times DIR, --places FILE, …, --shared DIR or --own")
    steps = Steps()
    result: Figures = {part: PARTS[part][0](path, steps) for part, path in paths.items()}
    if options.own:
        result["own"] = own(steps, options.shared)
    if options.cost:
        result["cost"] = cost(steps)
    print(json.dumps(result) if options.json else json.dumps(result, indent=1))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for part, (_, _, about) in PARTS.items():
        metavar = "DIR" if about.startswith("folder") or part == "names" else "FILE"
        parser.add_argument(f"--{part}", type=Path, metavar=metavar, help=about)
    parser.add_argument("--shared", type=Path, metavar="DIR", help="takes each part's data there")
    parser.add_argument("--own", action="store_true", help="the project's own sets")
    parser.add_argument("--cost", action="store_true", help="time beside that of the bare parse")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


def _paths(options: argparse.Namespace) -> dict[str, Path]:
    """Data by part: what is named, else what the shared folder has."""
    found: dict[str, Path] = {}
    for part, (_, place, _) in PARTS.items():
        named: Path | None = getattr(options, part)
        if named is not None and not named.exists():
            sys.exit(f"--{part} {named}: no such file or folder")
        if named is None and options.shared is not None and place:
            folders = (options.shared / "data" / place, options.shared / place)
            named = next((path for path in folders if path.exists()), None)
        if named is not None:
            found[part] = named
    return found


if __name__ == "__main__":
    main()
