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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dragoman.model import Article

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


KIND_LABELS = {
    "title": ("headline",), "title-dup": ("other",), "subhead": ("heading",), "body": ("body",),
    "caption": ("caption",), "caption+credit": ("caption", "credit"),
    "caption+body": ("caption", "body"), "caption+credit+body": ("caption", "credit", "body"),
    "author": ("byline",), "author-bio": ("bio",), "first-on": ("syndication",),
    "source": ("syndication",), "check-also": ("related",), "teaser-title": ("teaser",),
    "teaser-body": ("teaser",), "teaser": ("teaser",), "comment-form": ("comment_form",),
    "akismet": ("notice",),
}  # fmt: skip
"""The labels of a line of a kind, in order; the sets' README gives the mapping."""


def score_kinds(folder: Path, cleaned: Callable[[str], Article]) -> dict[str, Any]:
    """Seed-shaped scrapes: macro-F1 over labels, and how many glued captions were cut exactly.

    A unit is a stretch that the gold gives one label; it counts by the label of most of its
    characters. Where a caption is glued to the body, a cut is exact if a block begins just there.
    """
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    cuts = exact = 0
    with gzip.open(folder / "seedlike.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            article = cleaned("\n".join(row["lines"]))
            for label, start, end in _units(row):
                found = _label_of(article, start, end)
                wanted[label] += 1
                given[found] += 1
                right[label] += found == label
            if row["glued_chars"]:
                at = _glue(row)
                cuts += 1
                exact += any(b.start == at and b.label == "body" for b in article.blocks)
    by_label = {
        label: round(2 * right[label] / (wanted[label] + given[label]), 4)
        for label in sorted(wanted)
    }
    mean = sum(by_label.values()) / len(by_label)
    return {"macro_f1": round(mean, 4), "glued_exact": f"{exact} of {cuts}", "by_label": by_label}


def _units(row: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    at = 0
    for line, kind in zip(row["lines"], row["kind"], strict=True):
        end = at + len(line)
        labels = KIND_LABELS[kind]
        cut = at + int(row["glued_chars"]) if labels[-1] == "body" and len(labels) > 1 else end
        caption_end = _credit_start(line, row["credit"], at, cut)
        if labels[0] == "caption":
            yield "caption", at, caption_end
            if caption_end < cut:
                yield "credit", caption_end, cut
            if cut < end:
                yield "body", cut, end
        else:
            yield labels[0], at, end
        at = end + 1


def _credit_start(line: str, credit: str | None, at: int, cut: int) -> int:
    found = line[: cut - at].rfind(credit) if credit else -1
    return at + found if found > 0 else cut


def _glue(row: dict[str, Any]) -> int:
    at = 0
    for line, kind in zip(row["lines"], row["kind"], strict=True):
        if kind.startswith("caption") and kind.endswith("body"):
            return at + int(row["glued_chars"])
        at += len(line) + 1
    return -1


def _label_of(article: Article, start: int, end: int) -> str:
    """The label of most characters of a stretch; a placeholder inside it does not count."""
    sizes: Counter[str] = Counter()
    for block in article.blocks:
        shared = min(end, block.end) - max(start, block.start)
        if shared > 0 and block.label != "placeholder":
            sizes[block.label] += shared
    return sizes.most_common(1)[0][0] if sizes else "other"
