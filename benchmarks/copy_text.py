"""Texts in pieces, so that what one text shares with another is known without comparing them.

In: a telling. Out: its sentences under keys that stay with them however they are changed; the
share of two texts that is common by those keys; an article made of the pieces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dragoman.knowledge.outlets import Outlet
from dragoman.model import Article, Block, Dated

HEADLINE = "headline"


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence; `key` says which one it was first, `opens` that a paragraph begins with it."""

    key: str
    text: str
    opens: bool = False


Text = tuple[Piece, ...]
"""The first piece is the headline."""


def pieces_of(name: str, telling: Mapping[str, str]) -> Text:
    made = [Piece(f"{name} {telling['language']} {HEADLINE}", telling["title"])]
    for paragraph in telling["text"].split("\n"):
        for n, sentence in enumerate(re.split(r"(?<=[.!?…])\s+", paragraph.strip())):
            if sentence:
                key = f"{name} {telling['language']} {len(made)}"
                made.append(Piece(key, sentence, opens=n == 0))
    return tuple(made)


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def share(one: Text, other: Text) -> float:
    """Words of the shorter body in pieces that both have, as a share of that body (0 to 1)."""
    a, b = _sizes(one), _sizes(other)
    shortest = min(sum(a.values()), sum(b.values()))
    common = sum(min(a[key], b[key]) for key in a.keys() & b.keys())
    return common / shortest if shortest else 0.0


def same_words(one: Text, other: Text) -> bool:
    """Whether nothing in the bodies tells one from the other but punctuation."""
    return words_of(_body(one)) == words_of(_body(other))


def _sizes(text: Text) -> dict[str, int]:
    return {piece.key: len(words_of(piece.text)) for piece in text[1:]}


def _body(text: Text) -> str:
    return " ".join(piece.text for piece in text[1:])


def article_of(name: str, words: Text, outlet: Outlet, start: datetime, precision: str) -> Article:
    """`precision`: "minute", "day", or "" for a page that does not say when."""
    paragraphs: list[list[str]] = []
    for piece in words[1:]:
        if piece.opens or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(piece.text)
    lines = [words[0].text, *(" ".join(paragraph) for paragraph in paragraphs)]
    blocks, at = [], 0
    for n, line in enumerate(lines):
        if line:
            blocks.append(Block("body" if n else "headline", at, at + len(line), "planted"))
        at += len(line) + 2
    stated = {"minute": start.isoformat(timespec="minutes"), "day": start.date().isoformat()}
    said = stated.get(precision)
    published = None
    if said is not None:
        published = Dated(said, said, "minute" if precision == "minute" else "day", "given")
    return Article(
        id=f"a-{name}",
        capture_id=f"c-{name}",
        text="\n\n".join(lines),
        language=None,
        url=f"https://{outlet.domains[0]}/news/{name}",
        title=words[0].text or None,
        published=published,
        blocks=tuple(blocks),
    )
