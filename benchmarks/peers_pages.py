"""Made-up pages of 250 to 350 words with planted copies, for measuring side by side.

In: how many. Out: for each number a page as HTML with its furniture, its paragraphs, and which text
it prints. The days, outlets and stories are those of `load_day`; a copy is whole, cut, topped with
a beginning of its own, edited, or has a line of furniture between its paragraphs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from functools import cached_property
from itertools import combinations
from random import Random

from benchmarks.copy_words import FURNITURE
from benchmarks.load_day import Day, Printed, first, page, places, sides, states, words_of
from benchmarks.load_words import LANGUAGES, known_by, own, sentence
from dragoman.collect.pages import capture_bytes
from dragoman.model import Capture

FEEDS, A_DAY, SEED = 60, 100, 1789
LASTS = timedelta(days=3)
"""After it a text is not printed again."""
WORDS, OPENING = range(250, 331), 80
"""Words of a text, and those of them that are about its story."""
KINDS = ("whole", "cut", "topped", "edited", "furniture")
EDITED = 20
"""Of so many words of a copy that is edited, one is another."""


@dataclass(frozen=True)
class Pages:
    number: int
    seed: int = SEED

    @cached_property
    def _day(self) -> Day:
        return Day(FEEDS, self.number, 24 * self.number / A_DAY, self.seed, LASTS)

    def printed(self, number: int) -> Printed:
        return self._day.printed[number]

    def paragraphs(self, number: int) -> list[str]:
        one = self.printed(number)
        whole = _whole(one)
        return whole if one.told == number else _copied(whole, one)

    def html(self, number: int) -> bytes:
        before = self._day.printed[max(number - 3, 0) : number]
        one = self.printed(number)
        return page(one, before, lambda _: self.paragraphs(number), _headline).encode()

    def url(self, number: int) -> str:
        one = self.printed(number)
        return f"https://{self._day.host(one.outlet)}{one.path}"

    def capture(self, number: int) -> Capture:
        url, moment = self.url(number), self.printed(number).moment + timedelta(hours=1)
        return capture_bytes(
            self.html(number), url, url=url, declared="text/html", fetched=moment.isoformat()
        )

    def feed(self, outlet: int) -> bytes:
        """With all that an outlet ever prints."""
        site = f"https://{self._day.host(outlet)}"
        items = "".join(
            f"<item><guid>{site}{one.path}</guid><link>{site}{one.path}</link>"
            f"<pubDate>{format_datetime(one.moment)}</pubDate></item>"
            for one in self._day.printed
            if one.outlet == outlet
        )
        title = f"<title>Outlet {outlet}</title><link>{site}/</link>"
        return f'<rss version="2.0"><channel>{title}{items}</channel></rss>'.encode()

    def planted(self) -> set[frozenset[int]]:
        """Pairs of pages that print one text."""
        same: dict[int, list[int]] = defaultdict(list)
        for one in self._day.printed:
            same[one.told].append(one.number)
        return {frozenset(pair) for some in same.values() for pair in combinations(some, 2)}


def _whole(one: Printed) -> list[str]:
    """First what all who tell of the story tell, more of its sides, then of any others."""
    draw = Random(f"{one.told} text")
    words = words_of(one)
    made = [first(one), *known_by(words, one.story.names, one.word, draw)]
    wanted = draw.choice(WORDS)
    while (told := sum(len(part.split()) for part in made)) < wanted:
        actors = sides(one) if told < OPENING else states(one.language)
        some = range(draw.randint(1, 2))
        made.append(" ".join(sentence(words, actors, places(one), draw) for _ in some))
    return made


def _headline(one: Printed) -> str:
    return f"{one.story.names[-1]}: {first(one).rstrip('.')}"


def _copied(whole: list[str], one: Printed) -> list[str]:
    draw = Random(f"{one.number} copy")
    kind = draw.choice(KINDS)
    if kind == "cut":
        return whole[: len(whole) * 2 // 3]
    if kind == "topped":
        words, actors = own(LANGUAGES[one.language], one.number), states(one.language)
        return [sentence(words, actors, places(one), draw) for _ in range(3)] + whole
    if kind == "edited":
        return [_edited(part, draw) for part in whole]
    if kind == "furniture":
        middle = len(whole) // 2
        return [*whole[:middle], draw.choice(FURNITURE), *whole[middle:]]
    return whole


def _edited(text: str, draw: Random) -> str:
    words = text.split()
    return " ".join(draw.choice(words) if draw.random() < 1 / EDITED else word for word in words)
