"""Made-up articles for a whole desk: stories, their happenings, and copies of what tells them.

In: how many, and a seed. Out: captures with what the steps would have made of each: text, dates,
credits, voices, reports, signature. Words are syllables and nothing told is true; the states and
outlets are the desk's own, so that officials, owners and agencies count as they do in earnest.
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

from dragoman.knowledge.outlets import Outlet, Outlets
from dragoman.model import (
    Article,
    Attribution,
    Backing,
    Block,
    Capture,
    Claim,
    Count,
    Dated,
    Genre,
    Kept,
    Mention,
    Place,
    Reading,
    Reference,
    Report,
    Side,
    Signature,
    Status,
    Term,
    ToldAs,
    Voice,
)
from dragoman.record.dating import ASSUMED

SEED = 6
FIRST = date(2031, 3, 1)
A_DAY = 9
"""Articles a day: enough for stories to meet, over months."""
STATES = ("RUS", "UKR", "FRA", "ITA", "KEN", "RWA", "POL", "TUR", "AZE", "ARM", "emmanuel-macron")
CATEGORIES = ("ASSAULT", "COERCE", "MOBILIZE", "CONSULT", "AGREE", "SANCTION", "REJECT", "AID")
TOLD: Sequence[tuple[Status, ToldAs]] = (
    *(("happened", "news"),) * 6, ("ongoing", "news"), ("happened", "background"),
    ("planned", "announced"), ("planned", "announced"), ("denied", "news"), ("alleged", "news"),
    ("demanded", "news"), ("halted", "news"),
)  # fmt: skip
COPIES = ("same", "same", "marks", "cut", "topped", "merged", "excerpt", "edited", "retold")
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
class _Text:
    """A telling that others may copy."""

    lines: list[Line]
    story: _Story
    printed: date
    by: Outlet | None
    language: str


@dataclass
class _Story:
    about: Vector
    names: list[str]
    happenings: list[Happening]


def corpus(number: int, outlets: Outlets, seed: int = SEED) -> list[Made]:
    """So many captures, by the day of printing; one in forty is a later state of an article that
    is there as well."""
    maker = _Maker(Random(seed), [one for one in outlets if one.domains], number)
    while len(maker.made) < number:
        maker.story()
    return sorted(maker.made[:number], key=lambda one: _order(one.kept.article))


def _order(article: Article) -> tuple[str, str, str]:
    printed = article.published
    day = (printed.start or printed.end) if printed is not None else None
    return day or "9", article.id, article.capture_id


class _Maker:
    def __init__(self, dice: Random, outlets: Sequence[Outlet], number: int) -> None:
        self.dice = dice
        self.outlets = outlets
        self.made: list[Made] = []
        self.last: _Story | None = None
        self.texts: list[_Text] = []
        """The last ones, of any story: what a text may be put together with."""
        self.days = max(number // A_DAY, 12)
        self.vocabulary = [self._word() for _ in range(1500)]
        self.towns = [
            Place(f"town-{n}", self._word().title(), dice.uniform(-60, 60), dice.uniform(-170, 170))
            for n in range(40)
        ]

    # --- stories -------------------------------------------------------------------------

    def story(self) -> None:
        """A story with its tellings and their copies; one in four is a twin of the one before."""
        dice = self.dice
        about, names = self._vector(), [self._word() for _ in range(8)]
        start = FIRST + timedelta(days=dice.randrange(self.days))
        happenings = [self._happening(start) for _ in range(dice.randint(1, 3))]
        if self.last is not None and dice.random() < 0.25:
            twin = self.last.happenings[0]
            about, names = _mixed(self.last.about, about, 0.6), self.last.names[:4] + names[:4]
            changes: list[dict[str, object]] = [
                {"day": twin.day + timedelta(days=dice.randint(1, 5))},
                {"place": dice.choice(self.towns)},
                {"targets": (dice.choice(STATES),)},
                {"category": dice.choice(CATEGORIES)},
            ]
            happenings.append(replace(twin, **dice.choice(changes)))  # type: ignore[arg-type]
        story = self.last = _Story(about, names, happenings)
        for _ in range(dice.randint(1, 5)):
            self._telling(story, start)

    def _happening(self, start: date) -> Happening:
        dice = self.dice
        sides = dice.sample(STATES, 3)
        return Happening(
            dice.choice(CATEGORIES),
            tuple(sides[: dice.randint(1, 2)]),
            (sides[2],),
            start - timedelta(days=dice.randint(0, 4)),
            dice.choice(self.towns) if dice.random() < 0.6 else None,
            dice.choice((0, 0, 3, 12, 40)),
        )

    def _telling(self, story: _Story, start: date) -> None:
        dice = self.dice
        printed = start + timedelta(days=min(int(dice.expovariate(0.6)), 9))
        if dice.random() < 0.03:  # long before: what it announces lies far ahead
            printed -= timedelta(days=dice.randint(20, 31))
        told = [dice.choice(story.happenings) for _ in range(dice.randint(0, 3))]
        lines = [self._line(story, printed, one) for one in told]
        lines += [self._line(story, printed) for _ in range(dice.randint(5, 9))]
        dice.shuffle(lines)
        by = dice.choice(self.outlets) if dice.random() < 0.7 else None
        language = dice.choice(("en", "fr", "ru"))
        text = _Text(lines, story, printed, by, language)
        self._print(text, own=True)
        family = [text]
        for _ in range(dice.choice((0, 0, 1, 2, 3, 6))):
            family.append(self._copy(dice.choice((text, *family))))
        self.texts = [*self.texts[-20:], text]

    def _copy(self, root: _Text) -> _Text:
        dice, lines, other = self.dice, root.lines, self.dice.choice(self.texts or [root])
        kind = dice.choice(COPIES)
        more = [self._line(root.story, root.printed) for _ in range(3)]
        half = len(lines) // 2
        made = {
            "same": lambda: lines,
            "marks": lambda: [replace(one, words=self._marked(one.words)) for one in lines],
            "cut": lambda: lines[: half + 1],
            "topped": lambda: [*more[:2], *lines],
            "merged": lambda: [*lines[:half], *other.lines[half:]],
            "excerpt": lambda: [*more, *lines[1:half], *(self._line(root.story, root.printed),)],
            "edited": lambda: [replace(one, words=self._edited(one.words)) for one in lines],
            "retold": lambda: [lines[0], *(replace(o, words=self._turned(o)) for o in lines[1:])],
        }[kind]()
        printed = root.printed + timedelta(days=dice.choice((0, 0, 0, 1, 1, 2, 40)))
        by = dice.choice(self.outlets) if dice.random() < 0.6 else None
        copy = _Text(list(made), root.story, printed, by, root.language)
        is_credited = kind == "retold" or dice.random() < 0.4
        self._print(copy, credit=root.by if is_credited else None)
        return copy

    # --- words ---------------------------------------------------------------------------

    def _word(self) -> str:
        return "".join(self.dice.choice(("ba", "ko", "ri", "tu", "ne", "sa")) for _ in range(4))

    def _line(self, story: _Story, printed: date, told: Happening | None = None) -> Line:
        words = [self.dice.choice(self.vocabulary) for _ in range(13)]
        words[0] = words[0].title()
        words[4] = self.dice.choice(story.names).title()
        words[8] = str(self.dice.randint(10, 999))
        if told is None:
            return Line(" ".join(words) + ".")
        names = tuple(self.dice.sample(STATES, self.dice.randint(0, 2)))
        return Line(" ".join(words) + ".", self._report(told, printed), names)

    def _marked(self, words: str) -> str:
        """The same words with other marks, some of them in capitals."""
        made = [w.upper() if self.dice.random() < 0.15 else w for w in words.rstrip(".").split()]
        return ", ".join((" ".join(made[:5]), " ".join(made[5:]))) + self.dice.choice((";", "!"))

    def _edited(self, words: str) -> str:
        made = words.rstrip(".").split()
        made[self.dice.choice((2, 6, 10))] = self.dice.choice(self.vocabulary)
        return " ".join(made) + "."

    def _turned(self, line: Line) -> str:
        made = line.words.rstrip(".").split()
        return " ".join((made[1], *made[7:], *made[:1], *made[3:7])) + "."

    def _vector(self) -> Vector:
        vector = np.array([self.dice.gauss(0, 1) for _ in range(512)])
        return np.asarray(vector / np.linalg.norm(vector))

    # --- reports -------------------------------------------------------------------------

    def _report(self, told: Happening, printed: date) -> Report:
        """A happening as one of many reporters has it: with less, vaguely, or otherwise."""
        dice = self.dice
        status, told_as = dice.choice(TOLD)
        if (told.day - printed).days > 4:
            status, told_as = "planned", "announced"
        sources = () if dice.random() < 0.15 else told.sources
        targets = () if dice.random() < 0.15 else told.targets
        killed = told.killed + dice.choice((0, 0, 0, 2, 60)) if told.killed else 0
        category = told.category if dice.random() < 0.9 else dice.choice(CATEGORIES)
        return Report(
            id="",
            article_id="",
            category=category,
            root=category,
            mode=dice.choice((None, None, "shell", "visit")),
            context=(),
            cameo=None,
            quad=4,
            status=status,
            told_as=told_as,
            sources=tuple(self._side(one) for one in sources),
            targets=tuple(self._side(one) for one in targets),
            counts=(Count("killed", killed, killed, None, 0, 1),) if killed else (),
            date=self._dated(told.day, printed),
            place=told.place if dice.random() < 0.7 else None,
            predicate=(0, 1),
            evidence=(0, 1),
            evidence_text="",
            attributed_to=None,
            confidence=dice.choice((0.4, 0.6, 0.8)),
            why=("made",),
        )

    def _side(self, actor: str) -> Side:
        return Side(actor, actor.title(), None, 0, 1)

    def _dated(self, day: date, printed: date) -> Dated | None:
        known = day.isoformat()
        month = (day.replace(day=1).isoformat(), day.replace(day=28).isoformat())
        several = ((day - timedelta(days=1)).isoformat(), (day + timedelta(days=1)).isoformat())
        return self.dice.choice(
            (
                *(Dated(known, known, "day", "stated: day"),) * 4,
                Dated(*several, "range", "stated: days"),
                Dated(*month, "month", "stated: month"),
                Dated(known, None, "range", "stated: since"),
                Dated(printed.isoformat(), printed.isoformat(), "day", ASSUMED),
                None,
            )
        )

    # --- pages ---------------------------------------------------------------------------

    def _print(self, text: _Text, *, own: bool = False, credit: Outlet | None = None) -> None:
        number = f"{len(self.made):05d}"
        outlet = text.by or (self.dice.choice(self.outlets) if own else None)
        host = outlet.domains[0] if outlet else f"host-{self.dice.randrange(25)}.example"
        if self.dice.random() < 0.1:
            host = ""
        made = self._page(number, text, host, credit)
        self.made.append(made)
        if self.dice.random() < 0.025:  # a later state of the page, with less or more in it
            now = replace(text, lines=[*text.lines[1:], self._line(text.story, text.printed)])
            self.made.append(self._page(number, now, host, credit, again=True))

    def _page(
        self, number: str, text: _Text, host: str, credit: Outlet | None, *, again: bool = False
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
        self, identity: str, capture: Capture, text: _Text, credit: Outlet | None
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

    def _signature(self, article: Article, text: _Text) -> Signature:
        dice, story = self.dice, text.story
        vector = _mixed(story.about, self._vector(), dice.uniform(0.3, 0.7))
        names = [Term(f"@{n}", round(dice.uniform(0.5, 2.0), 3), n.title()) for n in story.names]
        words = [Term(f"{text.language}{n}", 1.0, n) for n in story.names]
        return Signature(
            article.id,
            text.language,
            np.rint(127 * vector).astype(np.int8).tobytes(),
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


def _mixed(one: Vector, other: Vector, share: float) -> Vector:
    vector = one * (1 - share) + other * share
    return cast("Vector", vector / np.linalg.norm(vector))
