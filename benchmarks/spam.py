"""Scores the filter of comments on judged comments: how well it ranks, how much it catches.

    python -m benchmarks.spam --train FILE… --test FILE… --json
    python -m benchmarks.spam --leave-one-out FILE… [--without PART…] --json
    python -m benchmarks.spam --own --json

In: CSV files with COMMENT_ID, AUTHOR, DATE, CONTENT and CLASS (1 is spam), as of the YouTube Spam
Collection; `--own` takes the comments written for the project. Out: `auc`, the chance that a spam
ranks above another comment, and `caught_at_1pct`, the share of spam above the score that at most
one in a hundred of the others exceeds. It learns from `--train` alone and from nothing before;
`--shipped` begins with what we ship, `--once` takes each comment once, as moderators' clicks do.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import numpy as np
import numpy.typing as npt

if not __package__:  # run as a file, with its own folder in place of the project's
    sys.path[0] = str(Path(__file__).parents[1])

from dragoman.knowledge import Knowledge
from dragoman.publish.spam import prior
from dragoman.publish.spam.filter import Filter
from dragoman.publish.spam.writing import Writing

OWN = Path(__file__).parents[1] / "tests" / "publish" / "spam" / "held_back.jsonl"
OWN_HOSTS = frozenset({"youtube.com", "m.youtube.com", "youtu.be"})
"""The comments stood on YouTube: links to it stay within the site."""
PARTS = ("names", "own-hosts")
FOLDS = 10
ALLOWED = 0.01
Judged = list[tuple[Writing, bool]]


def read(path: Path, without: Sequence[str] = ()) -> Judged:
    """The comments of a file in its order; a file without those columns ends the run."""
    judged: Judged = []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if missing := {"AUTHOR", "CONTENT", "CLASS"} - set(rows.fieldnames or ()):
            raise SystemExit(f"{path}: no column {', '.join(sorted(missing))}")
        for row in rows:
            writing = Writing(
                "" if "names" in without else row["AUTHOR"],
                row["CONTENT"],
                "en",
                own_hosts=frozenset() if "own-hosts" in without else OWN_HOSTS,
            )
            judged.append((writing, row["CLASS"] == "1"))
    return judged


def auc(scores: Sequence[float], judged: Sequence[bool]) -> float:
    """Chance that a spam ranks above another comment; a tie counts half."""
    spam, others = _split(scores, judged)
    above = np.searchsorted(others, spam, "left") + np.searchsorted(others, spam, "right")
    return float(above.mean() / (2 * len(others)))


def caught(scores: Sequence[float], judged: Sequence[bool], allowed: float = ALLOWED) -> float:
    """Share of spam over the lowest score that no more than `allowed` of the others exceed."""
    spam, others = _split(scores, judged)
    threshold = others[len(others) - 1 - int(allowed * len(others))]
    return float((spam > threshold).mean())


def _split(
    scores: Sequence[float], judged: Sequence[bool]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Sorted scores of spam and of the others."""
    said = np.array(judged, bool)
    held = np.array(scores, np.float64)
    if said.all() or not said.any():
        raise SystemExit("The comments to score must be of both classes.")
    return np.sort(held[said]), np.sort(held[~said])


def scored(train: Judged, test: Judged, make: Callable[[], Filter], once: bool) -> list[float]:
    """Log-odds of each comment of the test after learning the others."""
    taught = make()
    if once:
        for writing, is_spam in train:
            taught.learn(writing, is_spam)
    else:
        taught.fit(train)
    return [taught.odds(taught.read(writing).vector) for writing, _ in test]


def figures(scores: Sequence[float], test: Judged) -> dict[str, float]:
    judged = [is_spam for _, is_spam in test]
    return {
        "auc": round(auc(scores, judged), 4),
        "caught_at_1pct": round(caught(scores, judged), 4),
    }


def leave_one_out(
    files: Sequence[Judged], make: Callable[[], Filter], once: bool
) -> Iterator[dict[str, float]]:
    """Figures of each file, learnt from all others."""
    for number, test in enumerate(files):
        train = [one for other, held in enumerate(files) if other != number for one in held]
        yield figures(scored(train, test, make, once), test)


def own(make: Callable[[bool], Filter]) -> dict[str, dict[str, float]]:
    """Comments of our own: the held-back half with what we ship, and all in ten parts."""
    shipped, held_back = list(prior.judged()), list(prior.judged(OWN))
    result: dict[str, dict[str, float]] = {}
    for language in ("fr", "en"):
        test = [one for one in held_back if one[0].language == language]
        half = [one for one in shipped if one[0].language == language]
        result[f"{language}_shipped"] = figures(scored([], test, lambda: make(True), False), test)
        result[f"{language}_half"] = figures(scored(half, test, lambda: make(False), False), test)
        result[f"{language}_ten_parts"] = _in_parts([*half, *test], lambda: make(False))
    nameless = [(replace(w, name=""), spam) for w, spam in held_back if w.language == "fr"]
    result["fr_shipped_nameless"] = figures(
        scored([], nameless, lambda: make(True), False), nameless
    )
    return result


def _in_parts(judged: Judged, make: Callable[[], Filter]) -> dict[str, float]:
    """Every tenth comment by those in between, ten times, ranked together."""
    scores = np.zeros(len(judged))
    for part in range(FOLDS):
        train = [one for number, one in enumerate(judged) if number % FOLDS != part]
        scores[part::FOLDS] = scored(train, judged[part::FOLDS], make, False)
    return figures(list(scores), judged)


def mean(found: Iterable[dict[str, float]]) -> dict[str, float]:
    rows = list(found)
    return {key: round(fmean(row[key] for row in rows), 4) for key in rows[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--train", nargs="+", type=Path, default=[], metavar="FILE")
    parser.add_argument("--test", nargs="+", type=Path, default=[], metavar="FILE")
    parser.add_argument("--leave-one-out", nargs="+", type=Path, default=[], metavar="FILE")
    parser.add_argument("--own", action="store_true", help="the comments written for the project")
    parser.add_argument("--shipped", action="store_true", help="begin with what we ship")
    parser.add_argument("--once", action="store_true", help="one step for each comment, in order")
    parser.add_argument("--without", nargs="+", choices=PARTS, default=[], metavar="PART")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    lures = Knowledge().lures

    def make(shipped: bool) -> Filter:
        return Filter(lures, shipped=shipped)

    def begun() -> Filter:
        return make(asked.shipped)

    result: dict[str, object]
    if asked.own:
        result = dict(own(make))
    elif asked.leave_one_out:
        files = [read(path, asked.without) for path in asked.leave_one_out]
        rows = list(leave_one_out(files, begun, asked.once))
        names = [path.name for path in asked.leave_one_out]
        result = {**mean(rows), "files": dict(zip(names, rows, strict=True))}
    elif asked.test and (asked.train or asked.shipped):
        train = [one for path in asked.train for one in read(path, asked.without)]
        test = [one for path in asked.test for one in read(path, asked.without)]
        result = dict(figures(scored(train, test, begun, asked.once), test))
    else:
        parser.error("give --train and --test, or --leave-one-out, or --own")
    if asked.json:
        print(json.dumps(result))
    else:
        for key, value in result.items():
            print(f"{key:22} {value}")


if __name__ == "__main__":
    main()
