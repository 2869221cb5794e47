"""Scores what the clean step says of a page beside its text: title, authors, day, pictures.

    python -m benchmarks.metadata fundus.json --json
    python -m benchmarks.metadata fundus.json --half a --misses

The file lists pages: `file` (a path beside it), `title`, `authors`, `date`, and `images` with
`caption` and `authors` (the credit). Pages are cleaned as files, without their address.
`--half a|b` takes the pages of every other outlet (`pub`), so that what is made while reading one
half can be checked on outlets that were not read.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from dragoman.clean.article import clean
from dragoman.collect.pages import capture_file
from dragoman.model import Article
from dragoman.pipeline import Steps

Page = tuple[Mapping[str, Any], Mapping[str, Any]]
"""What is known of a page, and the article object of DESIGN's JSON that was made of it."""
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("’‘‚‛`´‹›", "'") | {"\xad": ""})
WORD = re.compile(r"\w+")
NEAR = 0.8
"""F1 of words from which two captions are one."""
ANNOUNCED = re.compile(
    r"\A(?:(?:photo|foto|image|bild|picture|credits?|source)s?\s*(?:by|:)\s*|©\s*)+", re.I
)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="JSON file that lists the pages")
    parser.add_argument("--half", choices=("a", "b"), help="only every other outlet")
    parser.add_argument("--misses", action="store_true", help="list what differs, page by page")
    parser.add_argument("--json", action="store_true", help="print one JSON object on a line")
    options = parser.parse_args(arguments)
    pages = list(read_pages(options.gold, options.half))
    if options.misses:
        print("\n".join(miss for page in pages for miss in misses(*page)))
    result = score_metadata(pages)
    print(json.dumps(result) if options.json else json.dumps(result, indent=1))


def read_pages(path: Path, half: str | None = None) -> Iterator[Page]:
    """Each listed page with the article our clean step makes of it."""
    listed = json.loads(path.read_text("utf-8"))
    outlets = sorted({entry["pub"] for entry in listed})
    taken = {"a": outlets[0::2], "b": outlets[1::2]}.get(half or "", outlets)
    steps = Steps()
    for gold in listed:
        if gold["pub"] in taken:
            article = clean(capture_file(path.parent / gold["file"]), steps.knowledge)
            yield gold, stated(article)


def stated(article: Article) -> dict[str, Any]:
    """The fields of the article object that are scored here."""
    day = article.published
    return {
        "title": article.title,
        "authors": [{"name": author.name, "about": author.about} for author in article.authors],
        "published": {"start": day.start, "basis": day.basis} if day else None,
        "images": [
            {"src": image.src, "caption": image.caption, "credit": image.credit}
            for image in article.images
        ],
    }


def score_metadata(pages: Sequence[Page]) -> dict[str, float | int]:
    """All measures over (what is known, article object) pairs.

    Titles are equal after space and quotes are normalised; authors by folded words, F1 of each
    page, averaged (two empty sets agree), and over all names (`_micro`). Captions are matched one
    to one by words (F1 ≥ .8), each text once a page; `_strict`: only where equal, and as often as
    a page has them. A credit is right
    where the picture with that caption has the same words in it without "Photo:"; a picture
    without caption counts where any picture has that credit. `_strict` wants the
    order and the separators of one of the usual ways to write several names.
    """
    result: dict[str, float | int] = {"pages": len(pages)}
    result["title_exact"] = _share(same_title(g["title"], a["title"]) for g, a in pages)
    named = [(_names(g["authors"] or []), _names(_authors(a))) for g, a in pages]
    result["author_f1"] = round(mean(_f1_of_sets(*pair) for pair in named), 4)
    found = sum(len(gold & got) for gold, got in named)
    result["author_f1_micro"] = _f1(
        found, *(sum(map(len, side)) for side in zip(*named, strict=True))
    )
    dated = [(g, a) for g, a in pages if g["date"]]
    result["date_exact"] = _share(same_day(g["date"], a["published"]) for g, a in dated)
    result |= _score_captions(pages, near, once=True)
    strict = _score_captions(pages, equal, once=False)
    result |= {f"{name}_strict": value for name, value in strict.items()}
    result |= _score_credits(pages)
    return result


def same_title(gold: str | None, title: str | None) -> bool:
    return _plain(gold) == _plain(title)


def same_day(gold: str, published: Mapping[str, Any] | None) -> bool:
    return published is not None and published["start"] == gold[:10]


def equal(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def near(one: str, other: str) -> bool:
    return equal(one, other) or _overlap(one, other) >= NEAR


def _score_captions(
    pages: Sequence[Page], alike: Callable[[str, str], bool], *, once: bool
) -> dict[str, float]:
    right = known = said = 0
    for gold, article in pages:
        wanted = _captions(gold["images"] or [])
        got = _captions(article["images"])
        if once:
            wanted, got = list(dict.fromkeys(wanted)), list(dict.fromkeys(got))
        right += sum(one is not None for one in _matched(wanted, got, alike))
        known, said = known + len(wanted), said + len(got)
    precision, recall = right / max(1, said), right / max(1, known)
    return {
        "caption_f1": _f1(right, known, said),
        "caption_precision": round(precision, 4),
        "caption_recall": round(recall, 4),
    }


def _score_credits(pages: Sequence[Page]) -> dict[str, float | int]:
    loose: list[bool] = []
    strict: list[bool] = []
    for gold, article in pages:
        for image, own in _credited(_distinct(gold["images"] or []), article["images"]):
            loose.append(_same_words(image["authors"], own))
            strict.append(_same_credit(image["authors"], own))
    return {
        "credit_exact": _share(loose),
        "credit_exact_strict": _share(strict),
        "credits": len(loose),
    }


def _distinct(images: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """A picture that stands twice on a page, with one caption and one credit, is known once."""
    return list({(i["caption"] or n, *i["authors"]): i for n, i in enumerate(images)}.values())


def _credited(
    gold: Sequence[Mapping[str, Any]], images: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], str | None]]:
    """Each picture with a known credit, and the credit we give it."""
    captioned = [image for image in images if image["caption"]]
    free = [image["credit"] for image in images]
    wanted = [image["caption"] or "" for image in gold]
    places = _matched(wanted, [image["caption"] for image in captioned], near)
    for image, at in zip(gold, places, strict=True):
        if not image["authors"]:
            continue
        if at is not None:
            yield image, captioned[at]["credit"]
        elif image["caption"]:
            yield image, None
        else:
            fitting = (i for i, c in enumerate(free) if _same_words(image["authors"], c))
            index = next(fitting, None)
            yield image, free.pop(index) if index is not None else None


def _matched(
    wanted: Sequence[str], got: Sequence[str], alike: Callable[[str, str], bool]
) -> list[int | None]:
    """For each wanted text the index of one that says the same; each is used once."""
    free = list(range(len(got)))
    places: list[int | None] = []
    for text in wanted:
        fitting = [i for i in free if text and alike(text, got[i])]
        best = max(
            fitting, key=lambda i: (equal(text, got[i]), _overlap(text, got[i])), default=None
        )
        places.append(best)
        if best is not None:
            free.remove(best)
    return places


def misses(gold: Mapping[str, Any], article: Mapping[str, Any]) -> Iterator[str]:
    """What differs on one page, a line each."""
    page = gold["file"].rpartition("/")[2]
    if not same_title(gold["title"], article["title"]):
        yield f"{page}\n  title   - {gold['title']}\n          + {article['title']}"
    authors = _authors(article)
    if _names(gold["authors"] or []) != _names(authors):
        yield f"{page}\n  authors - {gold['authors']}\n          + {authors}"
    if gold["date"] and not same_day(gold["date"], article["published"]):
        yield f"{page}\n  date    - {gold['date']}\n          + {article['published']}"
    images, listed = article["images"], gold["images"] or []
    wanted, got = (list(dict.fromkeys(_captions(side))) for side in (listed, images))
    places = _matched(wanted, got, near)
    for text, at in zip(wanted, places, strict=True):
        if at is None:
            yield f"{page}\n  caption - {text}"
        elif not equal(text, got[at]):
            yield f"{page}\n  caption ~ {text}\n          ~ {got[at]}"
    for text in (text for i, text in enumerate(got) if i not in places):
        yield f"{page}\n  caption + {text}"
    for image, own in _credited(_distinct(listed), images):
        if not _same_words(image["authors"], own):
            yield f"{page}\n  credit  - {image['authors']}\n          + {own}"


def _captions(images: Sequence[Mapping[str, Any]]) -> list[str]:
    return [image["caption"] for image in images if image["caption"]]


def _authors(article: Mapping[str, Any]) -> list[str]:
    return [author["name"] for author in article["authors"]]


def _plain(text: str | None) -> str:
    return " ".join((text or "").translate(QUOTES).split())


def _words(text: str) -> list[str]:
    return WORD.findall(_plain(text).casefold())


def _overlap(one: str, other: str) -> float:
    first, second = Counter(_words(one)), Counter(_words(other))
    common = (first & second).total()
    return 2 * common / max(1, first.total() + second.total())


def _names(names: Sequence[str]) -> set[str]:
    return {" ".join(_words(name)) for name in names}


def _same_words(names: Sequence[str], credit: str | None) -> bool:
    wanted = Counter(_words(ANNOUNCED.sub("", " ".join(names))))
    return bool(credit) and Counter(_words(ANNOUNCED.sub("", credit or ""))) == wanted


def _same_credit(names: Sequence[str], credit: str | None) -> bool:
    joined = {_plain(separator.join(names)) for separator in (", ", " / ", "/", " | ", "; ")}
    return bool(credit) and _plain(credit) in joined


def _share(outcomes: Iterator[bool] | Sequence[bool]) -> float:
    outcomes = list(outcomes)
    return round(sum(outcomes) / max(1, len(outcomes)), 4)


def _f1(right: int, known: int, said: int) -> float:
    return round(2 * right / max(1, known + said), 4)


def _f1_of_sets(gold: set[str], got: set[str]) -> float:
    return 1.0 if not gold and not got else 2 * len(gold & got) / (len(gold) + len(got))


if __name__ == "__main__":
    main()
