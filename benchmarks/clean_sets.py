"""The public sets that cleaning is measured on, each page with the text that is its article.

In: a folder laid out as its own README says (`aeb`, `fundus`, `daniel_dev.tar.xz`,
`lines.jsonl.gz`, `seedlike.jsonl.gz`). Out: pages, and the measure that all of them share.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

WORDS = re.compile(r"\w+")
SIZE = 4
"""Words in a shingle, as in the article-extraction-benchmark."""
SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu"})


@dataclass(frozen=True, slots=True)
class Page:
    set: str
    id: str
    language: str
    body: bytes
    """The page or text as found."""
    gold: str
    """Its article's text."""
    host: str | None = None
    url: str | None = None


def page_sets(folder: Path) -> Iterator[Page]:
    """HTML pages: aeb, fundus and DAnIEL, in this order."""
    truth = json.loads((folder / "aeb" / "ground-truth.json").read_text("utf-8"))
    for identity, page in truth.items():
        body = _unzipped(folder / "aeb" / "html" / f"{identity}.html.gz")
        yield Page("aeb", identity, "en", body, page["articleBody"], site(page["url"]), page["url"])
    for page in json.loads((folder / "fundus.json").read_text("utf-8")):
        body, url = _unzipped(folder / page["file"]), page["url"]
        yield Page("fundus", page["id"], page["cc"], body, page["body"], site(url), url)
    with tarfile.open(folder / "daniel_dev.tar.xz") as archive:
        files = {m.name: f.read() for m in archive if (f := archive.extractfile(m)) is not None}
    for name in sorted(name for name in files if name.endswith(".html")):
        _, language, identity = name.split("/")
        gold = files[name.removesuffix(".html") + ".txt"].decode("utf-8", "replace")
        gold = html.unescape(re.sub(r"</?p>", "", gold))
        host = site("//" + identity.split("_")[1])
        yield Page("daniel", identity, language, files[name], gold, host)


def line_sets(folder: Path) -> Iterator[tuple[Page, list[bool]]]:
    """Pages flattened to lines, and which lines are the article's."""
    truth = json.loads((folder / "aeb" / "ground-truth.json").read_text("utf-8"))
    with gzip.open(folder / "lines.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            host = None
            if row["ds"] == "aeb":
                host = site(truth[row["id"]]["url"])
            elif row["ds"] == "daniel":
                host = site("//" + row["id"].split("_")[1])
            body = "\n".join(row["lines"]).encode()
            page = Page(row["ds"], row["id"], row["lang"], body, row["gold"], host)
            yield page, [bool(keep) for keep in row["keep"]]


def site(url: str) -> str:
    """The registered domain of an address, near enough to keep a site's pages together."""
    labels = (urlsplit(url).hostname or "").split(".")
    size = 3 if len(labels) > 2 and labels[-2] in SECOND_LEVEL else 2
    return ".".join(labels[-size:])


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORDS.findall(text.lower())
    if len(words) < SIZE:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[i:] for i in range(SIZE)), strict=False))


def overlap(gold: str, kept: str) -> tuple[float, float]:
    """Precision and recall of the kept text's shingles, counted as a multiset."""
    wanted, found = shingles(gold), shingles(kept)
    common = (wanted & found).total()
    precision = common / found.total() if found else float(not wanted)
    return precision, common / wanted.total() if wanted else 1.0


def f1(scores: Sequence[tuple[float, float]]) -> float:
    """Of the means of precision and recall over pages."""
    if not scores:
        return 0.0
    precision = sum(p for p, _ in scores) / len(scores)
    recall = sum(r for _, r in scores) / len(scores)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def align(lines: Iterable[str], gold: str) -> list[bool]:
    """Which lines stand in the gold text: half of a line's shingles, or a short line whole.

    Of lines that say the same only the one nearest to the middle of the article counts.
    """
    wanted = shingles(gold)
    rows = {" ".join(WORDS.findall(row.lower())) for row in gold.split("\n")} - {""}
    keys = [" ".join(WORDS.findall(line.lower())) for line in lines]
    stands = [_stands(key.split(), wanted, rows) for key in keys]
    at = [index for index, stand in enumerate(stands) if stand]
    middle = at[len(at) // 2] if at else 0
    nearest = {key: i for i, key in sorted(
        ((i, keys[i]) for i in at), key=lambda pair: -abs(pair[0] - middle)
    )}  # fmt: skip
    return [stand and nearest[keys[index]] == index for index, stand in enumerate(stands)]


def _stands(words: Sequence[str], wanted: Counter[tuple[str, ...]], rows: set[str]) -> bool:
    if len(words) < SIZE + 2:
        return " ".join(words) in rows
    own = list(zip(*(words[i:] for i in range(SIZE)), strict=False))
    return sum(shingle in wanted for shingle in own) >= len(own) / 2


def _unzipped(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())
