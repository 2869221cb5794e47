"""Every figure on the development data of the shared folder, in one JSON object (minutes).

    python -m benchmarks.soak [--shared DIR]

Sets that are absent are named and passed over.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.events import score_plv, score_spans
from benchmarks.read import measure
from dragoman.demo import PAGES
from dragoman.pipeline import Steps

SHARED = Path(__file__).parents[2] / "shared"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=SHARED)
    events = parser.parse_args(arguments).shared / "data" / "events"
    steps = Steps()
    result: dict[str, object] = {"read": measure(PAGES, rounds=5)}
    for name, path, score in (
        ("plv", events / "plv_train.tsv", score_plv),
        ("spans", events / "cameo_spans_train.txt", score_spans),
    ):
        result[name] = (
            score(path, steps, lambda _: None, None) if path.exists() else f"no {path.name}"
        )
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
