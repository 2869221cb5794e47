"""Two texts side by side, paragraph by paragraph, with what one changed of the other.

In: a word diff with offsets into two articles, and which spans of each may be shown. Out: rows for
a page; what is the same in both is folded where it is long. It compares nothing itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from dragoman.model import BODY_LABELS, Article, ChangeKind, ChangeRun
from dragoman.publish.views.sliding import slid

FOLDED = 40
"""Words from which on paragraphs that are the same in both are folded."""
LONGEST, END = 80, 20
"""Words of what is the same within a changed paragraph; of more, so many at either end."""
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_SPACE = re.compile(r"\s+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """`text` is empty where `left_out` words are not shown: they are the same in both, or, with
    `is_withheld`, not for this desk to show."""

    kind: ChangeKind
    text: str
    left_out: int = 0
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of one text or of both; `same`: paragraphs in a row that both have."""

    kind: Literal["same", "changed", "added", "removed"]
    pieces: tuple[Piece, ...]

    @property
    def words(self) -> int:
        return sum(map(_words_of, self.pieces))

    @property
    def is_folded(self) -> bool:
        return self.kind == "same" and self.words > FOLDED


@dataclass(frozen=True, slots=True)
class Side:
    """An article, and the spans of its text that may be shown; None: all of it."""

    article: Article
    shown: Sequence[Span] | None = None


@dataclass(frozen=True, slots=True)
class SideBySide:
    rows: tuple[Row, ...]
    same: int
    """Words that stand in both."""
    added: int
    removed: int
    is_whole: bool
    """False where words are left out because this desk may not show them."""


def side_by_side(origin: Side, copy: Side, runs: Sequence[ChangeRun]) -> SideBySide:
    """Rows in the order of the copy. What is the same is printed as the copy has it."""
    moved = slid(runs, origin.article.text, copy.article.text)
    rows = tuple(_joined(map(_row, _paragraphs(origin, copy, moved))))
    return SideBySide(
        tuple(_shortened(row) for row in rows),
        same=_total(rows, "equal"),
        added=_total(rows, "inserted"),
        removed=_total(rows, "deleted"),
        is_whole=not any(piece.is_withheld for row in rows for piece in row.pieces),
    )


def plain(side: Side, kind: ChangeKind) -> tuple[Piece, ...]:
    """The text as it is, a piece for each line, under the name of one kind of change."""
    body = (0, len(side.article.text))
    found = (_visible(side, low, high, kind) for low, high in _lines(side.article, body))
    return tuple(_stripped(piece) for line in found for piece in line)


def words_in(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def _words_of(piece: Piece) -> int:
    return piece.left_out or words_in(piece.text)


def _total(rows: Iterable[Row], kind: ChangeKind) -> int:
    return sum(_words_of(piece) for row in rows for piece in row.pieces if piece.kind == kind)


@dataclass(slots=True)
class _Paragraph:
    """Is over for a text once a line of that text has ended in it."""

    pieces: list[Piece] = field(default_factory=list)
    ended_in_origin: bool = False
    ended_in_copy: bool = False

    def is_over(self, kind: ChangeKind) -> bool:
        return (self.ended_in_origin and kind != "inserted") or (
            self.ended_in_copy and kind != "deleted"
        )


def _paragraphs(origin: Side, copy: Side, runs: Sequence[ChangeRun]) -> Iterator[list[Piece]]:
    in_origin = _tiles(origin.article, [run.origin for run in runs])
    in_copy = _tiles(copy.article, [run.copy for run in runs])
    now = _Paragraph()
    for run, was_at, now_at in zip(runs, in_origin, in_copy, strict=True):
        is_deleted = run.kind == "deleted"
        side, at = (origin, was_at) if is_deleted else (copy, now_at)
        for low, high in _lines(side.article, at):
            if now.is_over(run.kind):
                yield now.pieces
                now = _Paragraph()
            ends = _ends_line(side.article, high)
            now.pieces += _visible(side, low, high, run.kind, " " if ends else "")
            now.ended_in_origin |= ends and is_deleted
            now.ended_in_copy |= ends and not is_deleted
        if run.kind == "equal":
            now.ended_in_origin |= _ends_line(origin.article, was_at[1])
    if now.pieces:
        yield now.pieces


def _tiles(article: Article, spans: Sequence[Span]) -> list[Span]:
    """Each span with the marks and spaces up to the next one; empty spans stay as they are."""
    starts = [start for start, end in spans if start < end]
    body = [(b.start, b.end) for b in article.blocks if b.label in BODY_LABELS]
    bounds = dict(pairwise([*starts, max((end for _, end in body), default=0)]))
    first = min((start for start, _ in body), default=0)
    made = []
    for start, end in spans:
        if start < end:
            low = first if start == starts[0] else _opening(article.text, start)
            after = bounds[start]
            end = _opening(article.text, after) if after in bounds else max(after, end)
            start = min(low, start)
        made.append((start, end))
    return made


def _opening(text: str, word: int) -> int:
    """Where a word begins, with the marks that open before it: “word, (word."""
    while word and not (text[word - 1].isspace() or text[word - 1].isalnum()):
        word -= 1
    return word


def _lines(article: Article, span: Span) -> Iterator[Span]:
    """The lines of the body that lie in a span, each with its end of line."""
    for block in article.blocks:
        low, high = max(block.start, span[0]), min(block.end, span[1])
        if block.label in BODY_LABELS and low < high:
            for line in re.finditer(r"[^\n]*\S[^\n]*\n?", article.text[low:high]):
                yield low + line.start(), low + line.end()


def _ends_line(article: Article, at: int) -> bool:
    """Whether a line has ended before this place, or ends in it."""
    rest = article.text[at:].lstrip(" \t\r")
    return article.text[:at].rstrip(" \t\r").endswith("\n") or not rest or rest.startswith("\n")


def _visible(side: Side, low: int, high: int, kind: ChangeKind, after: str = "") -> Iterator[Piece]:
    """A stretch as it may be shown; in place of what may not, how many words it has."""
    text = side.article.text
    for start, end, shown in _parts(side.shown, low, high):
        said = _SPACE.sub(" ", text[start:end] + (after if end == high else ""))
        if shown:
            yield Piece(kind, said)
        elif words_in(said):
            if said[0] == " ":
                yield Piece(kind, " ")
            yield Piece(kind, "", words_in(said), is_withheld=True)
        elif " " in said:
            yield Piece(kind, " ")


def _parts(shown: Sequence[Span] | None, low: int, high: int) -> Iterator[tuple[int, int, bool]]:
    if shown is None:
        yield low, high, True
        return
    at = low
    for start, end in shown:
        start, end = max(start, at), min(end, high)
        if start < end:
            if at < start:
                yield at, start, False
            yield start, end, True
            at = end
    if at < high:
        yield at, high, False


def _stripped(piece: Piece) -> Piece:
    return replace(piece, text=piece.text.strip())


def _row(pieces: Sequence[Piece]) -> Row:
    whole = [*pieces]
    whole[0] = replace(whole[0], text=whole[0].text.lstrip())
    whole[-1] = replace(whole[-1], text=whole[-1].text.rstrip())
    kinds = {piece.kind for piece in pieces if piece.text.strip() or piece.left_out}
    if kinds <= {"equal"}:
        return Row("same", tuple(whole))
    if len(kinds) > 1:
        return Row("changed", tuple(whole))
    return Row("added" if kinds == {"inserted"} else "removed", tuple(whole))


def _joined(rows: Iterable[Row]) -> Iterator[Row]:
    """Paragraphs in a row that are the same in both as one row."""
    same: list[Piece] = []
    for row in rows:
        if row.kind == "same":
            same += row.pieces
            continue
        if same:
            yield Row("same", tuple(same))
            same = []
        yield row
    if same:
        yield Row("same", tuple(same))


def _shortened(row: Row) -> Row:
    """Without the middle of what is long and the same within a changed paragraph."""
    if row.kind != "changed":
        return row
    last = len(row.pieces) - 1
    made: list[Piece] = []
    for i, piece in enumerate(row.pieces):
        if piece.kind == "equal" and words_in(piece.text) > LONGEST:
            made += _ends(piece, with_head=i > 0, with_tail=i < last)
        else:
            made.append(piece)
    return replace(row, pieces=tuple(made))


def _ends(piece: Piece, *, with_head: bool, with_tail: bool) -> Iterator[Piece]:
    words = list(_WORD.finditer(piece.text))
    low = words[END].start() if with_head else 0
    high = words[-END - 1].end() if with_tail else len(piece.text)
    if with_head:
        yield replace(piece, text=piece.text[:low])
    yield Piece("equal", "", words_in(piece.text[low:high]))
    if with_tail:
        yield replace(piece, text=piece.text[high:])
