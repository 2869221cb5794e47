"""From a made-up telling to the page that an outlet prints, with what the steps make of it.

In: lines with their reports, who prints them and when. Out: a capture, and its article, reports,
backing and signature.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import cast

import numpy as np
from numpy.typing import NDArray

from dragoman.knowledge.outlets import Outlet
from dragoman.model import (
    Article,
    Attribution,
    Backing,
    Block,
    Capture,
    Claim,
    Dated,
    Genre,
    Kept,
    Mention,
    Place,
    Reading,
    Reference,
    Report,
    Signature,
    Term,
    Voice,
)

STATES = ("RUS", "UKR", "FRA", "ITA", "KEN", "RWA", "POL", "TUR", "AZE", "ARM", "emmanuel-macron")
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Happening:
    """What really took place, to be told by many in their own way."""

    category: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    day: date
    place: Place | None
    killed: int


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, and the happening that it tells in one way, or none."""

    words: str
    report: Report | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """An article as a desk takes it in."""

    capture: Capture
    kept: Kept


@dataclass
class Text:
    """A telling that others may copy."""

    lines: list[Line]
    story: Story
    printed: date
    by: Outlet | None
    language: str


@dataclass
class Story:
    about: Vector
    names: list[str]
    happenings: list[Happening]


class Pages:
    def __init__(self, dice: Random) -> None:
        self.dice = dice

    def page(
        self, number: str, text: Text, host: str, credit: Outlet | None, *, again: bool = False
    ) -> Made:
        dice = self.dice
        fetched = f"{text.printed + timedelta(days=dice.randint(0, 2))}T09:00:00+00:00"
        if again:
            fetched = f"{text.printed + timedelta(days=9)}T09:00:00+00:00"
        name = f"{number}-again" if again else number
        url = f"https://{host}/{number}" if host else None
        body = name.encode()
        capture = Capture(
            f"c-{hashlib.sha256(body).hexdigest()[:32]}", name, "text/plain", body,
            url=url, fetched=fetched,
        )  # fmt: skip
        article = self._article(f"a-{number}", capture, text, credit)
        reports, references = _reports(article, text.lines, name)
        return Made(
            capture,
            Kept(
                article,
                Reading(article.id, text.language),
                references,
                reports,
                backing=self._backing(article, reports),
                signature=self._signature(article, text),
            ),
        )

    def _article(
        self, identity: str, capture: Capture, text: Text, credit: Outlet | None
    ) -> Article:
        lines = [line.words for line in text.lines]
        blocks, at = [], 0
        for line in lines:
            blocks.append(Block("body", at, at + len(line), "made"))
            at += len(line) + 1
        claim = Claim(credit.name, None, None, "made") if credit is not None else None
        is_agency = credit is not None and credit.is_agency
        kinds = ("news", "news", "news", "news", "wire", "opinion")
        return Article(
            identity,
            capture.id,
            "\n".join(lines),
            text.language,
            url=capture.url,
            title=lines[0][:40],
            genre=Genre(self.dice.choice(kinds), "made"),
            published=self._printed(text.printed),
            blocks=tuple(blocks),
            attribution=Attribution(
                first_publisher=None if is_agency else claim, agency=claim if is_agency else None
            ),
        )

    def _printed(self, day: date) -> Dated | None:
        """To the minute (of few, so that many are of the same), to the day, or not at all."""
        known = day.isoformat()
        minute = f"{known}T{self.dice.choice(('08', '12'))}:00"
        return self.dice.choice(
            (
                *(Dated(minute, minute, "minute", "page: made"),) * 4,
                *(Dated(known, known, "day", "page: made"),) * 3,
                Dated(known, None, "range", "bounds: made"),
                None,
            )
        )

    def _backing(self, article: Article, reports: Sequence[Report]) -> Backing:
        dice = self.dice
        voices = (
            Voice("the ministry", "statement", body=dice.choice(STATES[:-1])),
            Voice("the army", is_named=False),
            Voice(dice.choice(("Anna Koba", "A. Koba", "Neri Tusa"))),
        )
        given, printed = article.attribution, article.published
        claims = (given.agency, given.first_publisher)
        agency, first = (claim.value if claim is not None else None for claim in claims)
        whole = tuple(dice.sample(voices, dice.choice((0, 0, 1, 1, 2))))
        own = [(one.id, (voices[0],)) for one in reports if dice.random() < 0.3]
        return Backing(
            article.id,
            url=article.url,
            agency=agency,
            first_publisher=first,
            genre=article.genre.value,
            published=(printed.start or printed.end) if printed is not None else None,
            rests_on=whole,
            by_report=tuple((one, found) for one, found in own if found != whole),
            is_read=dice.random() < 0.95,
        )

    def _signature(self, article: Article, text: Text) -> Signature:
        dice, story = self.dice, text.story
        meaning = mixed(story.about, vector(dice), dice.uniform(0.3, 0.7))
        names = [Term(f"@{n}", round(dice.uniform(0.5, 2.0), 3), n.title()) for n in story.names]
        words = [Term(f"{text.language}{n}", 1.0, n) for n in story.names]
        return Signature(
            article.id,
            text.language,
            np.rint(127 * meaning).astype(np.int8).tobytes(),
            names=tuple(dice.sample(names, 6)),
            words=tuple(dice.sample(words, 5)),
        )


def _reports(
    article: Article, lines: Sequence[Line], name: str
) -> tuple[tuple[Report, ...], tuple[Reference, ...]]:
    """The reports and references of an article, at their places in its text."""
    reports: list[Report] = []
    references: list[Reference] = []
    for line, block in zip(lines, article.blocks, strict=True):
        if line.report is None:
            continue
        sides = [replace(s, start=block.start, end=block.start + 1) for s in line.report.sources]
        own = article.text[block.start : block.end]
        reports.append(
            replace(
                line.report,
                id=f"r-{name}-{len(reports)}",
                article_id=article.id,
                sources=tuple(sides),
                predicate=(block.start, block.start + 1),
                evidence=(block.start, block.end),
                evidence_text=own,
            )
        )
        for n, actor in enumerate(line.names):
            at = block.start + 2 * n
            mention = Mention(at, at + 1, "LOC", 0, 0, own[2 * n : 2 * n + 1], phrase=(at, at + 1))
            references.append(Reference(mention, actor, actor))
    return tuple(reports), tuple(references)


def mixed(one: Vector, other: Vector, share: float) -> Vector:
    made = one * (1 - share) + other * share
    return cast("Vector", made / np.linalg.norm(made))


def vector(dice: Random) -> Vector:
    made = np.array([dice.gauss(0, 1) for _ in range(512)])
    return np.asarray(made / np.linalg.norm(made))
