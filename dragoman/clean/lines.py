"""The working unit of this step: a line of text or a block of a page, labelled as rules decide.

In: the article's text. Out: lines, and from labelled lines the blocks that cover the text.
Lines know nothing of rules; they are the only records of this step that change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.model import BODY_LABELS, Block, Label

# One character for one, so that offsets hold.
STRAIGHT = {"’": "'", "ʼ": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
ROW = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
FULL_STOPS = tuple(".!?。！？…")
# What may stand behind the stop; the spaces are all that `\s` means in a pattern.
CLOSING = "\"'»”’)]" + "".join(filter(str.isspace, map(chr, range(0x3001))))
WORD = re.compile(r"\w+(?:['’\-]\w+)*")
# Scripts without spaces: two characters count as one word.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(slots=True)
class Line:
    """A stretch of the article's text. `text` has straight apostrophes and plain spaces."""

    start: int
    end: int
    text: str
    gap: bool = False
    """An empty line stands before it."""
    label: Label | None = None
    rule: str = ""
    opens: Label | None = None
    tag: str = ""
    """The element it stands in; empty for bare text."""
    kept: bool = False
    """The body extractor kept it; always False for bare text."""
    links: float = 0.0
    """Share of its characters that are link text."""
    hrefs: tuple[str, ...] = ()
    """Where its links lead, as written; what a part was cut from keeps them all."""

    def set(self, label: Label, rule: str) -> None:
        self.label = label
        self.rule = rule

    @property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def ends_sentence(self) -> bool:
        return ends_sentence(self.text)

    @property
    def is_prose(self) -> bool:
        """Long enough, and punctuated like a sentence."""
        words = self.words
        return (words >= 6 and self.ends_sentence) or words >= 25


@lru_cache(maxsize=16384)
def count_words(text: str) -> int:
    return len(WORD.findall(text)) + len(UNSPACED.findall(text)) // 2


def ends_sentence(text: str) -> bool:
    """A full stop stands at the end, with nothing behind it but quotation marks and brackets."""
    return text.rstrip(CLOSING).endswith(FULL_STOPS)


def straighten(text: str) -> str:
    if not text.isascii():
        for written, straight in STRAIGHT.items():
            text = text.replace(written, straight)
    return text


def split_lines(text: str) -> list[Line]:
    """The text's lines without the space around them."""
    straight = straighten(text)
    lines: list[Line] = []
    for row in ROW.finditer(straight):
        body = row.group().strip()
        if body:
            start = row.start() + row.group().index(body[0])
            before = straight[lines[-1].end if lines else 0 : start]
            gap = before.replace("\r\n", "\n").count("\n") > 1
            lines.append(Line(start, start + len(body), body, gap))
    return lines


def part_of(line: Line, start: int, end: int, label: Label | None, rule: str) -> Line:
    """A part of a line, by offsets into the article's text, without the space around it."""
    piece = line.text[start - line.start : end - line.start]
    bare = piece.strip()
    start += len(piece) - len(piece.lstrip())
    return Line(
        start, start + len(bare), bare, line.gap and start == line.start, label, rule,
        tag=line.tag, kept=line.kept, links=line.links, hrefs=line.hrefs,
    )  # fmt: skip


def replace_line(lines: list[Line], line: Line, parts: Iterable[Line]) -> None:
    """Put the parts that hold anything where the line stood."""
    at = next(index for index, other in enumerate(lines) if other is line)
    lines[at : at + 1] = [part for part in parts if part.text]


def blocks_of(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Every line as a block; what no rule has labelled is body."""
    return tuple(
        Block(line.label or "body", line.start, line.end, line.rule or "default")
        for line in lines
        if line.end > line.start
    )


@lru_cache(maxsize=16384)
def key_of(text: str) -> str:
    """Words only, lower case: equal for a title and its repetition."""
    return " ".join(WORD.findall(straighten(text).casefold()))


def tokens_of(text: str) -> list[str]:
    """Words, lower case; in scripts without spaces each character is one."""
    return key_of(UNSPACED.sub(r" \g<0> ", text)).split()


def labelled(lines: Iterable[Line], *labels: Label) -> Iterator[Line]:
    return (line for line in lines if line.label in labels)


def is_paragraph(line: Line) -> bool:
    """A sentence or more of the article itself."""
    return line.label in BODY_LABELS and line.is_prose


def opening(lines: Sequence[Line]) -> list[Line]:
    """Where a dateline may stand: the first line of the body, and its first paragraph."""
    first, paragraph = next(labelled(lines, "body"), None), next(filter(is_paragraph, lines), None)
    apart = paragraph if paragraph is not first else None
    return [line for line in (first, apart) if line is not None]
