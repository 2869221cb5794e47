"""Made-up articles for a whole desk: stories, their happenings, and copies of what tells them.

In: how many, and a seed. Out: captures with what the steps would have made of each: text, dates,
credits, voices, reports, signature. Words are syllables and nothing told is true; the states and
outlets are the desk's own, so that officials, owners and agencies count as they do in earnest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from benchmarks.orders_pages import STATES, Happening, Line, Made, Pages, Story, Text, mixed, vector
from dragoman.knowledge.outlets import Outlet, Outlets
from dragoman.model import (
    Article,
    Count,
    Dated,
    Place,
    Report,
    Side,
    Status,
    ToldAs,
)
from dragoman.record.dating import ASSUMED

SEED = 6
FIRST = date(2031, 3, 1)
A_DAY = 9
"""Articles a day: enough for stories to meet, over months."""
CATEGORIES = ("ASSAULT", "COERCE", "MOBILIZE", "CONSULT", "AGREE", "SANCTION", "REJECT", "AID")
TOLD: Sequence[tuple[Status, ToldAs]] = (
    *(("happened", "news"),) * 6, ("ongoing", "news"), ("happened", "background"),
    ("planned", "announced"), ("planned", "announced"), ("denied", "news"), ("alleged", "news"),
    ("demanded", "news"), ("halted", "news"),
)  # fmt: skip
COPIES = ("same", "same", "marks", "cut", "topped", "merged", "excerpt", "edited", "retold")


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
        self.pages = Pages(dice)
        self.made: list[Made] = []
        self.last: Story | None = None
        self.texts: list[Text] = []
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
        about, names = vector(dice), [self._word() for _ in range(8)]
        start = FIRST + timedelta(days=dice.randrange(self.days))
        happenings = [self._happening(start) for _ in range(dice.randint(1, 3))]
        if self.last is not None and dice.random() < 0.25:
            twin = self.last.happenings[0]
            about, names = mixed(self.last.about, about, 0.6), self.last.names[:4] + names[:4]
            changes: list[dict[str, object]] = [
                {"day": twin.day + timedelta(days=dice.randint(1, 5))},
                {"place": dice.choice(self.towns)},
                {"targets": (dice.choice(STATES),)},
                {"category": dice.choice(CATEGORIES)},
            ]
            happenings.append(replace(twin, **dice.choice(changes)))  # type: ignore[arg-type]
        story = self.last = Story(about, names, happenings)
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

    def _telling(self, story: Story, start: date) -> None:
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
        text = Text(lines, story, printed, by, language)
        self._print(text, own=True)
        family = [text]
        for _ in range(dice.choice((0, 0, 1, 2, 3, 6))):
            family.append(self._copy(dice.choice((text, *family))))
        self.texts = [*self.texts[-20:], text]

    def _copy(self, root: Text) -> Text:
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
        copy = Text(list(made), root.story, printed, by, root.language)
        is_credited = kind == "retold" or dice.random() < 0.4
        self._print(copy, credit=root.by if is_credited else None)
        return copy

    # --- words ---------------------------------------------------------------------------

    def _word(self) -> str:
        return "".join(self.dice.choice(("ba", "ko", "ri", "tu", "ne", "sa")) for _ in range(4))

    def _line(self, story: Story, printed: date, told: Happening | None = None) -> Line:
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

    # --- printing ------------------------------------------------------------------------

    def _print(self, text: Text, *, own: bool = False, credit: Outlet | None = None) -> None:
        number = f"{len(self.made):05d}"
        outlet = text.by or (self.dice.choice(self.outlets) if own else None)
        host = outlet.domains[0] if outlet else f"host-{self.dice.randrange(25)}.example"
        if self.dice.random() < 0.1:
            host = ""
        made = self.pages.page(number, text, host, credit)
        self.made.append(made)
        if self.dice.random() < 0.025:  # a later state of the page, with less or more in it
            now = replace(text, lines=[*text.lines[1:], self._line(text.story, text.printed)])
            self.made.append(self.pages.page(number, now, host, credit, again=True))
