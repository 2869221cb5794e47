"""The shape of each line among its neighbours, as numbers: what a layout model looks at.

In: a text's lines. Out: one row of numbers a line. Length, punctuation, case, place, repetition,
how many of the page's own commonest words stand in it, and what the rules have said of it: no word
of any language is known here, so that the numbers mean the same in all of them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.clean.lines import UNSPACED, WORD, Line, ends_sentence
from dragoman.model import BODY_LABELS, Label

Rows = NDArray[np.float32]

BULLET = re.compile(r"\A(?:[*+•▪►»›>\-–—·○●■]|\d{1,2}[.)])\s+")
NUMERIC_DATE = re.compile(r"\d{1,2}[:./-]\d{1,2}|\b(?:19|20)\d\d\b")
ADDRESS = re.compile(r"https?:|www\.|\w@\w")
OF_ADDRESS = ("http", "www.", "@")
INNER_STOP = re.compile(r"[.!?。！？…][\"'»”’)\]]*\s+(?=[\"'«“(\[]?\w)")
SIGNS = frozenset("|©®™›»→#@/\\_=+<>{}[]~^•·")
COLUMN = re.compile(r"\S\s{2,}\S")
MOST_COMMON = 25
"""So many of the commonest words of a page's sentences stand for its function words."""
MOST_POINTS = 40
SHORT, MIDDLING = -7.0, -3.5
"""Points of lines that are no sentence, below twelve words and above."""
STEPS = (-3, -2, -1, 1, 2, 3)
RADII = (4, 15)

# fmt: off
OWN = (
    "characters", "words", "word length", "stop", "colon", "comma at end", "quote at end",
    "ellipsis", "capital", "small", "digit", "bullet", "quote", "sign", "commas", "inner stops",
    "digits", "capitals", "small words", "upper", "caseless", "signs", "date", "address",
    "question", "exclamation", "quotes", "columns", "bar", "bracket", "dash", "common",
    "cohesion", "sentence", "repeats", "seen", "distinct", "unspaced",
)
PLACE = (
    "place", "from top", "from end", "told", "run down", "run up", "run", "run share", "in main",
    "above main", "below main", "across main", "main size", "main share", "sentences share",
    "lines",
)
# fmt: on
# fmt: off
LABELLED: tuple[Label, ...] = (
    "body", "heading", "quote", "standfirst", "headline", "byline", "caption", "credit",
    "navigation", "related", "teaser", "comment", "bio", "syndication", "notice", "subscribe",
    "share", "other",
)
NEIGHBOURLY = (
    "words", "stop", "capital", "bullet", "commas", "inner stops", "capitals", "signs", "date",
    "common", "cohesion", "sentence", "repeats", "seen",
)
# fmt: on
FEATURES = (
    *OWN,
    *PLACE,
    *(f"{name} {step:+d}" for step in STEPS for name in NEIGHBOURLY),
    *(f"{name} within {radius}" for radius in RADII for name in ("sentence", "words", "bullet")),
    *(f"labelled {label}" for label in LABELLED),
    "ruled",
    *(f"ruled {step:+d}" for step in STEPS),
)


@dataclass(frozen=True, slots=True)
class _Words:
    """A line's words, once as written and once lower case, and how many they count for."""

    written: list[str]
    lower: list[str]
    count: int
    unspaced: int
    is_prose: bool


class _Kinds(dict[int, str]):
    """What each character is, asked of it once: letters in capitals where they have two cases.

    U, u: upper case; L, l: lower case; T, t: any other letter; d: digit; s: sign.
    """

    def __missing__(self, code: int) -> str:
        self[code] = _kind(chr(code))
        return self[code]


def _kind(sign: str) -> str:
    if sign.isalpha():
        kind = "u" if sign.isupper() else "l" if sign.islower() else "t"
        return kind.upper() if sign.upper() != sign.lower() else kind
    return "d" if sign.isdigit() else "s" if sign in SIGNS else " "


KINDS = _Kinds()


def shape(lines: Sequence[Line]) -> Rows:
    """Rows of `FEATURES`, one for each line."""
    words = [_words_of(line) for line in lines]
    own = _own(lines, words)
    counts = np.array([found.count for found in words], np.float32)
    prose = np.array([found.is_prose for found in words], bool)
    near = own[:, [OWN.index(name) for name in NEIGHBOURLY]]
    around = np.stack((prose.astype(np.float32), counts, own[:, OWN.index("bullet")]), axis=1)
    parts = [own, _place(counts, prose), *(neighbours(near, step) for step in STEPS)]
    parts += [_mean_within(around, radius) for radius in RADII]
    said = _labels(lines)
    parts += [said, *(neighbours(said[:, -1:], step) for step in STEPS)]
    return np.concatenate(parts, axis=1, dtype=np.float32)


def word_counts(lines: Sequence[Line]) -> Rows:
    """How many words each line holds, as `Line.words` counts them."""
    return np.array([line.words for line in lines], np.float32)


def _words_of(line: Line) -> _Words:
    unspaced = len(UNSPACED.findall(line.text))
    written = WORD.findall(line.text)
    count = len(written) + unspaced // 2
    spaced = UNSPACED.sub(r" \g<0> ", line.text) if unspaced else line.text
    lower = WORD.findall(spaced.casefold())
    is_prose = (count >= 6 and ends_sentence(line.text)) or count >= 25
    return _Words(written, lower, count, unspaced, is_prose)


def _labels(lines: Sequence[Line]) -> Rows:
    """What the rules have said so far, and whether that makes the line the article's."""
    rows = np.zeros((len(lines), len(LABELLED) + 1), np.float32)
    for index, line in enumerate(lines):
        if line.label in LABELLED:
            rows[index, LABELLED.index(line.label)] = 1.0
        rows[index, -1] = line.label in BODY_LABELS
    return rows


def _own(lines: Sequence[Line], words: Sequence[_Words]) -> Rows:
    told = [found.lower for found in words if found.is_prose]
    frequent = Counter(word for lower in told for word in lower).most_common(MOST_COMMON)
    common = {word for word, times in frequent if times >= 3 and not word.isdigit()}
    telling = Counter(word for lower in told for word in set(lower))
    keys = [" ".join(found.lower) for found in words]
    repeats = Counter(keys)
    seen: set[str] = set()
    rows = np.zeros((len(lines), len(OWN)), np.float32)
    for index, (line, found, key) in enumerate(zip(lines, words, keys, strict=True)):
        rows[index] = (
            *_by_signs(line.text, found),
            *_by_words(found, common, telling),
            min(4, repeats[key] - 1) / 4,
            key in seen,
            len(set(found.lower)) / max(1, len(found.lower)),
            min(1.0, found.unspaced / max(1, len(line.text))),
        )
        seen.add(key)
    return rows


def _by_signs(text: str, found: _Words) -> tuple[float, ...]:
    bullet = BULLET.match(text)
    body = (text[bullet.end() :] if bullet else text) or text
    size, count = len(body), max(1, found.count)
    first, last = body[:1], body[-1:]
    kinds = body.translate(KINDS)
    upper, digits = kinds.count("U"), kinds.count("d")
    cased = upper + kinds.count("L") + kinds.count("T")
    initials = "".join([word[0] for word in found.written]).translate(KINDS)
    commas = body.count(",") + body.count("，") + body.count("、")
    addressed = any(part in body for part in OF_ADDRESS)
    return (
        math.log1p(size), math.log1p(found.count),
        (size - found.unspaced) / max(1, len(found.written)),
        ends_sentence(body), last in ":：", last in ",;", last in "\"'»”’)",
        body.endswith(("...", "…")), first.isupper(), first.islower(), first.isdigit(),
        bullet is not None, first in "\"«“„'([", first in "|©›»→#@<>",
        commas / count, min(5, len(INNER_STOP.findall(body))),
        digits / size, (initials.count("U") + initials.count("u")) / count,
        (initials.count("L") + initials.count("l")) / count, upper / max(1, cased), not cased,
        kinds.count("s") / size, digits > 0 and NUMERIC_DATE.search(body) is not None,
        addressed and ADDRESS.search(body) is not None, "?" in body, "!" in body,
        any(c in body for c in '"«»“”„'), min(6, len(COLUMN.findall(text))), "|" in body,
        "(" in body, any(c in body for c in "-–—"),
    )  # fmt: skip


def _by_words(found: _Words, common: set[str], telling: Counter[str]) -> tuple[float, float, float]:
    """Shares of common words and of words that other sentences tell, and whether it is one."""
    lower, least = found.lower, 1 + found.is_prose
    content = [word for word in lower if len(word) > 2 and word not in common]
    return (
        sum(word in common for word in lower) / max(1, len(lower)),
        sum(telling.get(word, 0) >= least for word in content) / max(1, len(content)),
        float(found.is_prose),
    )


def _place(counts: Rows, prose: NDArray[np.bool_]) -> Rows:
    """Where each line stands on the page, and by the stretch that reads most like prose."""
    size = len(counts)
    at = np.arange(size)
    short = np.where(counts < 12, SHORT, MIDDLING)
    points = np.where(prose, np.minimum(counts, MOST_POINTS), short)
    down, up = _runs(points), _runs(points[::-1])[::-1]
    run = down + up - points
    most = max(1.0, float(run.max(initial=0.0)))
    main = np.flatnonzero(run >= most - 1e-3)
    first, last = (int(main[0]), int(main[-1])) if len(main) else (0, 0)
    sentences = np.where(prose, counts, 0.0)
    total = max(1.0, float(sentences.sum()))
    columns = (
        at / max(1, size), np.log1p(at), np.log1p(size - at),
        (np.cumsum(sentences) - sentences) / total,
        np.log1p(down), np.log1p(up), np.log1p(np.maximum(run, 0)), np.maximum(run / most, -1),
        run >= most - 1e-3, np.log1p(np.maximum(first - at, 0)),
        np.log1p(np.maximum(at - last, 0)), np.clip((at - first) / (last - first + 1), -1, 2),
        np.full(size, math.log1p(most)), np.full(size, most / total),
        np.full(size, total / max(1.0, float(counts.sum()))), np.full(size, math.log1p(size)),
    )  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def _runs(points: Rows) -> Rows:
    """The highest sum of points of any run of lines that ends at each line, never below zero."""
    runs = np.zeros(len(points), np.float32)
    total = 0.0
    for index, value in enumerate(points):
        total = max(0.0, total + float(value))
        runs[index] = total
    return runs


def neighbours(rows: Rows, step: int) -> Rows:
    """The rows of the lines so many further down (or, below zero, up); -1 where there is none."""
    moved = np.full_like(rows, -1.0)
    if abs(step) < len(rows):
        if step > 0:
            moved[:-step] = rows[step:]
        else:
            moved[-step:] = rows[:step]
    return moved


def _mean_within(rows: Rows, radius: int) -> Rows:
    """Means over the lines at most so far away."""
    sums = np.concatenate((np.zeros((1, rows.shape[1]), np.float32), np.cumsum(rows, axis=0)))
    at = np.arange(len(rows))
    first, last = np.maximum(at - radius, 0), np.minimum(at + radius + 1, len(rows))
    means: Rows = (sums[last] - sums[first]) / (last - first)[:, None]
    return means
