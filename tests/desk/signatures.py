"""Made-up signatures: stories of one meaning and a few names, told over some days in two languages.

Nothing is parsed or encoded; words and names are syllables.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from dragoman.model import Article, Kept, Reading, Signature, Term

Vector = NDArray[np.float64]
FIRST = date(2031, 3, 1)


@dataclass(frozen=True, slots=True)
class Made:
    signature: Signature
    day: str
    story: int

    @property
    def id(self) -> str:
        return self.signature.article_id

    @property
    def kept(self) -> Kept:
        """An article with nothing in it but its id."""
        article = Article(self.id, "c-none", "", self.signature.language)
        return Kept(article, Reading(self.id, self.signature.language or ""))


def corpus(number: int, seed: int = 0, days: int = 30) -> list[Made]:
    """So many articles in order of their days; half of the stories come in pairs of twins, which
    share half of their meaning and names a few days apart."""
    dice = random.Random(seed)
    made: list[Made] = []
    story = 0
    centre, names = _centre(dice), _names(dice)
    while len(made) < number:
        if story % 4 == 1:  # the twin of the one before
            centre, names = _mixed(centre, _centre(dice), 0.7), names[:4] + _names(dice)[:4]
        else:
            centre, names = _centre(dice), _names(dice)
        start = dice.randrange(days)
        for _ in range(min(1 + int(dice.expovariate(0.25)), 30, number - len(made))):
            day = FIRST + timedelta(days=start + dice.randrange(4))
            made.append(
                telling(f"a-{len(made):05d}", (centre, names), day.isoformat(), story, dice)
            )
        story += 1
    return sorted(made, key=lambda one: (one.day, one.id))


def telling(
    identity: str,
    about: tuple[Vector, list[str]],
    day: str,
    story: int,
    dice: random.Random,
    noise: float = 0.75,
) -> Made:
    """One article near what a story is about, its meaning and names; with most of the names."""
    centre, names = about
    vector = _mixed(centre, _centre(dice), dice.uniform(noise / 2, noise))
    language = dice.choice(["fr", "en"])
    terms = [Term(f"@{name}", round(dice.uniform(0.5, 2.0), 3), name) for name in names]
    words = [Term(f"{language}{name}", 1.0, f"{language}{name}") for name in names]
    signature = Signature(
        identity,
        language,
        np.rint(127 * vector).astype(np.int8).tobytes(),
        names=tuple(dice.sample(terms, min(6, len(terms)))),
        words=tuple(dice.sample(words, min(5, len(words)))),
    )
    return Made(signature, day, story)


def _centre(dice: random.Random) -> Vector:
    vector = np.array([dice.gauss(0, 1) for _ in range(512)])
    return np.asarray(vector / np.linalg.norm(vector))


def _mixed(one: Vector, other: Vector, share: float) -> Vector:
    vector = one * (1 - share) + other * share
    return np.asarray(vector / np.linalg.norm(vector))


def _names(dice: random.Random) -> list[str]:
    def name() -> str:
        return "".join(dice.choice(["ba", "ko", "ri", "tu", "ne", "sa"]) for _ in range(4))

    return sorted({name() for _ in range(8)})


def war(days: int, a_day: int, seed: int = 0) -> list[Made]:
    """So many articles a day on one war: meaning and names drift from day to day."""
    dice = random.Random(seed)
    centre, names = _centre(dice), _names(dice)
    made = []
    for number in range(days):
        day = (FIRST + timedelta(days=number)).isoformat()
        made += [
            telling(f"a-{number:03d}-{i}", (centre, names), day, 0, dice) for i in range(a_day)
        ]
        centre = _mixed(centre, _centre(dice), 0.3)
        names = sorted({*names[1:], _names(dice)[0]})
    return made
