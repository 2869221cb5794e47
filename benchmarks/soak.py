"""Every figure on the development data of the shared folder, in one JSON object (hours).

    python -m benchmarks.soak [--shared DIR]

Sets that are absent are named and passed over. Cleaning is measured with layout models that have
not seen the sites they judge. Ends with 1 if a mutated page broke something, a desk came out
otherwise because its articles came in another order or it was killed on the way, or a day of
`watch` lost or doubled an entry.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import clean, kills, link_orders, metadata, mutations, provenance, watch_day
from benchmarks.event_given import score_plv, score_spans
from benchmarks.read import measure_all
from dragoman.demo import PAGES
from dragoman.pipeline import Steps

SHARED = Path(__file__).parents[2] / "shared"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=SHARED)
    data = parser.parse_args(arguments).shared / "data"
    killed = kills.measure()  # first: forks want a process without threads
    steps = Steps()
    mutated = mutations.measure(n=1000, seed=7)
    orders = link_orders.measure()
    with tempfile.TemporaryDirectory() as home:
        watched = watch_day.measure(Path(home), watch_day.Wanted())
    result: dict[str, object] = {
        "kills": killed,
        "mutations": mutated,
        "orders": orders,
        "watch_day": watched,
    }
    result |= _cleaning(data / "clean", steps)
    result["read"] = measure_all(PAGES)
    events = data / "events"
    for name, path, score in (
        ("plv", events / "plv_train.tsv", score_plv),
        ("spans", events / "cameo_spans_train.txt", score_spans),
    ):
        result[name] = (
            score(path, steps, lambda _: None, None) if path.exists() else f"no {path.name}"
        )
    print(json.dumps(result, indent=1))
    faults = killed["faults"] or mutated["faults"] or orders["differences"]
    sys.exit(1 if faults or not watch_day.is_whole(watched) else 0)


def _cleaning(folder: Path, steps: Steps) -> dict[str, object]:
    """First publishers, stated facts, and bodies by models fitted in parts."""
    sets = sorted(provenance.SETS.glob("*.jsonl"))
    result: dict[str, object] = {
        "provenance": {path.stem: provenance.score(path, steps.knowledge) for path in sets}
    }
    stated = folder / "fundus.json"
    if not stated.exists():
        return result | {"metadata": f"no {stated.name}", "clean": f"no {stated.name}"}
    result["metadata"] = metadata.score_metadata(list(metadata.read_pages(stated)))
    if importlib.util.find_spec("lightgbm") is None:
        return result | {"clean": "no lightgbm: `make peers` installs it"}
    return result | {"clean": clean.measure(folder, None, unseen=True, misses=False)}


if __name__ == "__main__":
    main()
