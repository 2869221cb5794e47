"""Scores the coder on public sentences, on texts marked by hand, and on the codebook's examples.

    python -m benchmarks.events --shared ../shared --json
    python -m benchmarks.events --plv plv_train.tsv --json --predictions out.jsonl
    python -m benchmarks.events --only parallel --only examples --compare benchmarks/released.json

Parts: `plv` (source and target given), `spans` (nothing given; heads inside BIO spans),
`parallel` (our own sentence pairs), `articles` (whole French articles), `examples` (the codebook's
own), `seed`. A part whose file is neither named nor found is passed over. Figures come with 95 %
intervals of 1,000 resamples. `--predictions` is for `--plv` or `--spans`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.progress import track

if not __package__:  # run as a file, with its own folder in place of the project's
    sys.path[0] = str(Path(__file__).parents[1])

from benchmarks.event_given import Write, score_plv, score_spans
from benchmarks.event_marked import score_articles, score_parallel
from benchmarks.seed import score_seed
from dragoman.checking.examples import outcome, score_examples
from dragoman.pipeline import Steps
from dragoman.record.judging import WHOLE

RELEASED = Path(__file__).parent / "released.json"
KNOWN = {
    "plv": "events/plv_train.tsv",
    "spans": "events/cameo_spans_train.txt",
    "articles": "ner_fr",
    "seed": "seed.txt",
}
"""What each part needs, in the folder of public data."""
PARTS = ("plv", "spans", "parallel", "articles", "examples", "seed")
Figures = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    steps = Steps()
    steps.parts = replace(WHOLE, **dict.fromkeys(options.without or (), False))
    with ExitStack() as stack:
        file = options.predictions and stack.enter_context(
            options.predictions.open("w", encoding="utf-8")
        )
        parts = {name: run for name, run in _parts(options, steps, file) if name in options.only}
        if not parts:
            sys.exit("no part to score: name --plv FILE, --spans FILE or --shared DIR")
        result: Figures = {name: run() for name, run in parts.items()}
    if options.compare:
        released = json.loads(options.compare.read_text("utf-8"))
        result["since_release"] = since(released["figures"], result)
        print(line_of(released["version"], result["since_release"]), file=sys.stderr)
    print(json.dumps(result) if options.json else json.dumps(result, indent=1))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plv", type=Path, metavar="FILE", help="sentences with given spans")
    parser.add_argument("--spans", type=Path, metavar="FILE", help="BIO-tagged sentences")
    parser.add_argument("--shared", type=Path, metavar="DIR", help="takes each part's file there")
    parser.add_argument("--only", action="append", choices=PARTS, help="this part; may be repeated")
    parser.add_argument(
        "--without", action="append", choices=("lexicon", "examples", "status"),
        help="leave this part of the coder out; may be repeated",
    )  # fmt: skip
    parser.add_argument("--predictions", type=Path, metavar="FILE", help="write a line per item")
    parser.add_argument("--limit", type=int, help="only the first N items of each part")
    parser.add_argument(
        "--compare", type=Path, metavar="FILE", help=f"an older release's figures ({RELEASED.name})"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object on one line")
    options = parser.parse_args(arguments)
    if options.limit is not None and options.limit < 1:
        parser.error("--limit takes a number from 1 on")
    named = [name for name in ("plv", "spans") if getattr(options, name)]
    options.only = options.only or (PARTS if options.shared else named or PARTS)
    return options


def _parts(
    options: argparse.Namespace, steps: Steps, file: TextIO | None
) -> Iterable[tuple[str, Callable[[], Figures]]]:
    """The parts that have what they need, in the order of the table."""
    write, limit = _writer(file), options.limit
    plv, spans, articles, seed = (_file(options, name) for name in KNOWN)
    if plv:
        yield "plv", lambda: score_plv(plv, steps, write, limit, partial(shown, "plv"))
    if spans:
        yield "spans", lambda: score_spans(spans, steps, write, limit, partial(shown, "spans"))
    yield "parallel", lambda: score_parallel(steps, partial(shown, "parallel"), limit)
    if articles:
        show = partial(shown, "articles")
        yield "articles", lambda: score_articles(articles, steps, show, limit)
    yield "examples", lambda: _examples(steps, limit)
    if seed:
        yield "seed", lambda: score_seed(seed, steps)


def _file(options: argparse.Namespace, part: str) -> Path | None:
    """What the part reads: as named, or by its known name in the shared folder."""
    named: Path | None = getattr(options, part, None)
    if named or not options.shared:
        return named
    inner = options.shared / "data"
    found: Path = (inner if inner.is_dir() else options.shared) / KNOWN[part]
    return found if found.exists() else None


def _examples(steps: Steps, limit: int | None) -> Figures:
    examples = steps.knowledge.codebook.examples
    if limit:  # spread over all categories and languages
        examples = examples[:: max(len(examples) // limit, 1)][:limit]
    return score_examples(
        [outcome(example, steps.in_hand) for example in shown("examples", examples)]
    )


def shown(name: str, items: Iterable[Any]) -> Iterable[Any]:
    """The items one by one, with a bar on a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        return items
    return track(list(items), name, console=console, transient=True)


def _writer(file: TextIO | None) -> Write:
    def write(row: dict[str, object]) -> None:
        if file is not None:
            print(json.dumps(row, ensure_ascii=False), file=file)

    return write


# --- since the last release --------------------------------------------------------------------


def since(released: Figures, now: Figures) -> dict[str, float]:
    """How much each released figure that was measured again has moved, as "part.figure"."""
    return {
        f"{part}.{name}": round(now[part][name] - before, 3)
        for part, figures in released.items()
        if part in now
        for name, before in figures.items()
    }


def line_of(version: str, moved: dict[str, float]) -> str:
    told = ", ".join(f"{name} {change:+.3f}" for name, change in moved.items())
    return f"since {version}: {told or 'nothing of it measured'}"


if __name__ == "__main__":
    main()
