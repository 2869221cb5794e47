"""Whether an article costs the same in a desk of a million as in one of ten thousand.

    python -m benchmarks.flat --json [--sizes 10000 100000 1000000] [--pages 20000] [--only desk]

In: sizes. Out: processor milliseconds of the same arriving articles (link: copies and stories;
record: happenings; store: all else) and of the same pages and searches, in a desk of each size; of
collecting, cleaning and reading a page early and late in one run; the ratio of the largest to the
smallest, and which exceed 1.3: `above`, or `above_by_nature` where a larger desk finds more. Pages
are asked for twice: the second time what they read is in memory. The
desks are one that is joined article by article, and it with its past again (`flat_desk`): the same
articles arrive among the same neighbours. Articles and questions go to all desks by turns. A
million articles take some 20 GB.
"""

from __future__ import annotations

import argparse
import gc
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from itertools import islice
from pathlib import Path

from benchmarks import flat_asked, flat_desk, flat_pages
from benchmarks.cost_articles import Arriving, arriving
from benchmarks.cost_desk import Joining, size
from benchmarks.flat_asked import AGAIN, GROWS
from benchmarks.link_cost import FIRST, JOINED, PERIODS, SEED
from benchmarks.timing import Figures
from dragoman.knowledge import Knowledge
from dragoman.link.printed import PERIOD

SIZES, PAGES = (10_000, 100_000, 1_000_000), 20_000
SAMPLE, WARM, ASKED = 200, 30, 40
"""Articles that arrive at each desk; those before them, not counted; questions of a kind."""
LIMIT = 1.3
STEPS = {"link": ("copies", "stories"), "record": ("happenings",)}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--joined", type=int, default=JOINED, help="articles of the first desk")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="articles that arrive")
    parser.add_argument("--asked", type=int, default=ASKED, help="questions of a kind")
    parser.add_argument("--pages", type=int, default=PAGES, help="pages of the run of pages")
    parser.add_argument("--only", choices=("desk", "pages"))
    parser.add_argument("--folder", type=Path, help="where desks are made; they are removed again")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    if len(given.sizes) < 2 or any(one % given.joined for one in given.sizes):
        parser.error(f"--sizes takes two or more multiples of --joined ({given.joined:,})")
    found: Figures = {"limit": LIMIT}
    ratios: dict[str, float] = {}
    if given.only != "pages":
        desks = measure(given.sizes, given.joined, given.sample, given.asked, given.folder)
        found |= desks
        ratios |= {
            name: one["ratio"] for part in ("steps", "asked") for name, one in desks[part].items()
        }
    if given.only != "desk":
        _say(f"{given.pages:,} pages")
        found["pages"] = flat_pages.measure(given.pages, given.folder)
        ratios |= found["pages"]["ratios"]
    above = {name: ratio for name, ratio in ratios.items() if ratio > LIMIT}
    natural = {name for name in above if name.removesuffix(AGAIN) in GROWS}
    found["above"] = {name: above[name] for name in above if name not in natural}
    found["above_by_nature"] = {name: above[name] for name in above if name in natural}
    print(json.dumps(found, indent=1) if given.json else _told(found, ratios))


def _told(found: Figures, ratios: dict[str, float]) -> str:
    marks = dict.fromkeys(found["above"], " above")
    marks |= dict.fromkeys(found["above_by_nature"], " above, as more is found")
    lines = [f"{name}: {ratio}{marks.get(name, '')}" for name, ratio in ratios.items()]
    return "\n".join([f"largest / smallest, at most {LIMIT}:", *lines])


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def measure(
    sizes: Sequence[int], joined: int, sample: int, asked: int, folder: Path | None = None
) -> Figures:
    knowledge = Knowledge()
    days = PERIODS * PERIOD
    a_day = max(joined // days, 1)
    with tempfile.TemporaryDirectory(dir=folder) as made:
        stream = arriving(joined + WARM + sample, a_day, FIRST, SEED, knowledge)
        homes = _desks(Path(made), list(islice(stream, joined)), sorted(sizes), knowledge)
        gc.freeze()
        _say("articles arrive")
        steps = _arrived(homes, list(stream), knowledge)
        _say("pages and searches")
        today = (FIRST + timedelta(days=(joined + WARM + sample) // a_day)).isoformat()
        questions = flat_asked.measure(homes, Path(made) / "first", today, asked, knowledge)
        gigabytes = {str(number): round(size(home) / 1e9, 2) for number, home in homes.items()}
    return {"steps": steps, "asked": questions, "gigabytes": gigabytes}


def _desks(
    folder: Path, articles: Sequence[Arriving], sizes: Sequence[int], knowledge: Knowledge
) -> dict[int, Path]:
    _say(f"joining {len(articles):,} articles")
    desk = Joining(folder / "first", knowledge)
    for one in articles:
        desk.add(one)
    desk.store.close()
    homes = {}
    for number in sizes:
        _say(f"a desk of {number:,}")
        homes[number] = folder / str(number)
        shutil.copytree(folder / "first", homes[number])
        again = range(1, number // len(articles))
        flat_desk.grow(folder / "first", homes[number], again, PERIODS * PERIOD, PERIOD)
    return homes


def _arrived(homes: dict[int, Path], articles: Sequence[Arriving], knowledge: Knowledge) -> Figures:
    """Each article comes to every desk before the next one does; another first each time."""
    desks = {number: Joining(home, knowledge) for number, home in homes.items()}
    order = list(desks.values())
    for n, one in enumerate(articles):
        if n == WARM:
            for desk in order:
                desk.again()
        at = n % len(order)
        for desk in order[at:] + order[:at]:
            desk.add(one)
    each = 1000 / (len(articles) - WARM)
    found: Figures = {}
    for name, parts in STEPS.items():
        spent = {n: sum(desk.spent[part] for part in parts) for n, desk in desks.items()}
        found[name] = beside({n: seconds * each for n, seconds in spent.items()})
    known = [part for parts in STEPS.values() for part in parts]
    rest = {n: d.spent["all"] - sum(d.spent[part] for part in known) for n, d in desks.items()}
    found["store"] = beside({n: seconds * each for n, seconds in rest.items()})
    for desk in order:
        desk.store.close()
    return found


def beside(milliseconds: dict[int, float]) -> Figures:
    """By size, with the ratio of the largest to the smallest."""
    return {str(n): round(ms, 3) for n, ms in milliseconds.items()} | {
        "ratio": round(milliseconds[max(milliseconds)] / milliseconds[min(milliseconds)], 3)
    }


if __name__ == "__main__":
    main()
