"""Two cleanings of one capture, compared: what another version of the cleaner changed.

In: the article before and after. Out: a `Change`. It says what differs, and not which is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dragoman.model import (
    BODY_LABELS,
    Article,
    Block,
    Change,
    Dated,
    FieldChange,
    Label,
    Relabelled,
)

Moves = Counter[tuple[Label, Label, str]]


def compare(before: Article, after: Article) -> Change:
    """What differs between two articles made of the same bytes."""
    was, now = _body_words(before), _body_words(after)
    return Change(
        fields=tuple(_fields(before, after)),
        kept=_characters(now - was),
        dropped=_characters(was - now),
        relabelled=_relabelled(before, after),
    )


def _fields(before: Article, after: Article) -> Iterator[FieldChange]:
    for (field, was), (_, now) in zip(_said(before), _said(after), strict=True):
        if was != now:
            yield FieldChange(field, was, now)


def _said(article: Article) -> Iterator[tuple[str, str | None]]:
    """Each field in words; where in the text a name stands and by which rule is not compared."""
    given = article.attribution
    claims = (
        ("first publisher", given.first_publisher),
        ("re-publisher", given.republisher),
        ("agency", given.agency),
    )
    yield "title", article.title
    yield "language", article.language
    yield "published", _dated(article.published)
    yield "authors", "; ".join(_joined(a.name, a.about) for a in article.authors) or None
    yield "attribution", "; ".join(f"{name} {c.value}" for name, c in claims if c) or None
    yield "genre", article.genre.value
    yield "images", "; ".join(_joined(i.caption, i.credit) for i in article.images) or None


def _dated(dated: Dated | None) -> str | None:
    if dated is None:
        return None
    days = dated.start if dated.start == dated.end else f"{dated.start} – {dated.end}"
    return f"{days} ({dated.precision}, {dated.basis})"


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _body_words(article: Article) -> Counter[str]:
    body = (block for block in article.blocks if block.label in BODY_LABELS)
    return Counter(word for block in body for word in article.text[_span(block)].split())


def _characters(words: Counter[str]) -> int:
    return sum(len(word) * number for word, number in words.items())


def _relabelled(before: Article, after: Article) -> tuple[Relabelled, ...]:
    moves = _by_place(before, after) if before.text == after.text else _by_words(before, after)
    return tuple(Relabelled(*move, characters) for move, characters in sorted(moves.items()))


def _by_place(before: Article, after: Article) -> Moves:
    """In one text: wherever a block of now lies over a block of then with another label."""
    moves: Moves = Counter()
    old = iter(before.blocks)
    was = next(old, None)
    for now in after.blocks:
        while was is not None and was.start < now.end:
            shared = before.text[max(was.start, now.start) : min(was.end, now.end)]
            _note(moves, was.label, now, shared)
            if was.end > now.end:
                break
            was = next(old, None)
    return moves


def _by_words(before: Article, after: Article) -> Moves:
    """In a text that was made anew: blocks of the same words, in the order in which they stand."""
    known: dict[str, list[Label]] = {}
    for block in reversed(before.blocks):
        known.setdefault(_words(before, block), []).append(block.label)
    moves: Moves = Counter()
    for now in after.blocks:
        words = _words(after, now)
        if known.get(words):
            _note(moves, known[words].pop(), now, words)
    return moves


def _note(moves: Moves, was: Label, now: Block, text: str) -> None:
    characters = sum(map(len, text.split()))
    if was != now.label and characters:
        moves[was, now.label, now.rule] += characters


def _words(article: Article, block: Block) -> str:
    return " ".join(article.text[_span(block)].split())


def _span(block: Block) -> slice:
    return slice(block.start, block.end)
