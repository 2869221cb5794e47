"""What joining an article costs in a desk of 10,000, of 100,000 and of a million, and beside peers.

    python -m benchmarks.link --cost --json

In: sizes and a seed. Out: CPU milliseconds for an arriving article by part and size, the ratio of
each size to the first, and how much dearer copies and stories are than datasketch and the bare
encoder on the same texts. A first desk is joined article by article; the others are it and its
past again (`benchmarks/cost_desk.py`), so that the same articles arrive among the same neighbours.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from benchmarks.cost_articles import Arriving, arriving
from benchmarks.cost_desk import PARTS, Joining, repeat, size
from dragoman.encoder import encode
from dragoman.knowledge import Knowledge
from dragoman.link.printed import PERIOD
from dragoman.link.signature import LEAD, sign

SEED = 1648
JOINED = 5_000
"""Articles of the first desk, which is joined one by one."""
SIZES = (10_000, 100_000, 1_000_000)
PERIODS = 2
"""Of the first desk: as far back as anything looks from the day after it."""
FIRST = date.fromordinal(date(2031, 1, 1).toordinal() // PERIOD * PERIOD)
ARRIVING, WARM = 300, 30
"""Articles that are measured at each size, and those before them that fill the window in memory."""
ENCODED, BATCH = 500, 64
SHINGLE = 4

Figures = dict[str, float]


def measure(
    sizes: Sequence[int] = SIZES,
    arriving_number: int = ARRIVING,
    *,
    joined: int = JOINED,
    seed: int = SEED,
    folder: Path | None = None,
) -> dict[str, Figures]:
    """Figures by size ("10000"), and those beside peers. They must be multiples of
    `joined`. The desks are made in `folder` and removed; a million articles take some 15 GB."""
    knowledge = Knowledge()
    with tempfile.TemporaryDirectory(dir=folder) as made:
        first = Path(made) / "first"
        days = PERIODS * PERIOD
        a_day = max(joined // days, 1)
        stream = arriving(joined + WARM + arriving_number, a_day, FIRST, seed, knowledge)
        articles = list(islice(stream, joined))
        _say(f"joining {joined:,} articles, {a_day} a day")
        own = _joined(first, articles, knowledge)
        later = list(stream)
        found: dict[str, Figures] = {}
        for number in sizes:
            home = Path(made) / "desk"
            shutil.copytree(first, home)
            _say(f"a desk of {number:,} articles")
            repeat(first, home, range(1, number // joined), days, PERIOD)
            found[str(number)] = _arrived(home, later, knowledge)
            _say(json.dumps(found[str(number)]))
            shutil.rmtree(home)
        base = found[str(sizes[0])]
        for figures in found.values():
            figures["ratio"] = round(figures["linking_ms"] / base["linking_ms"], 3)
        return found | {"beside_peers": beside_peers(own, articles)}


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def _joined(home: Path, articles: Sequence[Arriving], knowledge: Knowledge) -> Figures:
    """CPU seconds of a desk that is joined from nothing."""
    desk = Joining(home, knowledge)
    for one in articles:
        desk.add(one)
    desk.store.close()
    return {**desk.spent, "articles": len(articles)}


def _arrived(home: Path, articles: Sequence[Arriving], knowledge: Knowledge) -> Figures:
    desk = Joining(home, knowledge)
    for one in articles[:WARM]:
        desk.add(one)
    desk.again()
    for one in articles[WARM:]:
        desk.add(one)
    desk.store.close()
    number = len(articles) - WARM
    each = {part: 1000 * desk.spent[part] / number for part in (*PARTS, "all")}
    return {f"{part}_ms": round(value, 3) for part, value in each.items()} | {
        "linking_ms": round(sum(each[part] for part in PARTS), 3),
        "wall_ms": round(1000 * desk.wall / number, 3),
        "gigabytes": round(size(home) / 1e9, 2),
    }


def beside_peers(own: Figures, articles: Sequence[Arriving]) -> Figures:
    """CPU time of copies, and of copies and stories with signing, as multiples of the peers'."""
    each = 1000 / own["articles"]
    copies, stories = own["copies"] * each, own["stories"] * each
    sample = articles[:: max(len(articles) // ENCODED, 1)][:ENCODED]
    signing, encoding = _signing(sample), _encoding(sample)
    figures = {
        "copies_ms": round(copies, 3),
        "stories_ms": round(stories, 3),
        "signing_ms": round(signing, 3),
        "encoding_ms": round(encoding, 3),
        "most_gigabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
    }
    peer = _datasketch([one.kept.article.text for one in articles])
    if peer is None:
        return figures
    return figures | {
        "datasketch_ms": round(peer, 3),
        "copies_ratio": round(copies / peer, 2),
        "copies_and_stories_ratio": round((copies + stories + signing) / (peer + encoding), 2),
    }


def _signing(articles: Sequence[Arriving]) -> float:
    """CPU milliseconds an article."""
    sign(articles[0].kept)  # loads the encoder
    began = time.process_time()
    for one in articles:
        sign(one.kept)
    return 1000 * (time.process_time() - began) / len(articles)


def _encoding(articles: Sequence[Arriving]) -> float:
    """The same of title and lead alone, many at once."""
    texts = [f"{one.kept.article.title}. {one.kept.article.text}"[:LEAD] for one in articles]
    began = time.process_time()
    for start in range(0, len(texts), BATCH):
        encode(texts[start : start + BATCH])
    return 1000 * (time.process_time() - began) / len(texts)


def _datasketch(texts: Sequence[str]) -> float | None:
    """CPU milliseconds for a text to be put among the others and looked up; None without it."""
    if find_spec("datasketch") is None:
        return None
    began = time.process_time()
    peer = Sketched()
    for n, text in enumerate(texts):
        peer.like(str(n), text)
    return 1000 * (time.process_time() - began) / len(texts)


class Sketched:
    """Texts among which datasketch looks for those that are like a new one."""

    def __init__(self) -> None:
        from datasketch import MinHashLSH

        self._index = MinHashLSH(num_perm=128, params=(32, 4))

    def like(self, name: str, text: str) -> list[str]:
        """Names of those that it takes for alike; the text is then put among them."""
        from datasketch import MinHash

        words = text.split()
        runs = (words[at : at + SHINGLE] for at in range(len(words) - SHINGLE + 1))
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(run).encode() for run in runs])
        found: list[str] = self._index.query(sketch)
        self._index.insert(name, sketch)
        return found


if __name__ == "__main__":
    print(json.dumps(measure([int(one) for one in sys.argv[1:]] or SIZES), indent=1))
