"""A made-up day of news: who publishes what and when, and how its pages and feeds look.

In: how many feeds, articles and hours, and a seed. Out: the same day for the same arguments. Words
are those of `load_words`, with the states of the atlas and names of our own: nothing in them is
true. Six articles in twenty are copies of another outlet's, about half tell of a story that
is going on. A few states are in much of the news: the n-th in a share that falls as 1/n. A story
has three of them, people and a village by which it is known from others.
"""

from __future__ import annotations

import html
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache, cached_property
from random import Random

from benchmarks.generated import LANGUAGES as TOWNS
from benchmarks.load_words import (
    LANGUAGES,
    SYLLABLES,
    Words,
    act,
    known_by,
    name,
    own,
    sentence,
)
from dragoman.knowledge import Knowledge

START = datetime(2024, 3, 20, tzinfo=UTC)
COPIED, GOES_ON = 0.3, 0.5
"""Share of copies, and of texts that tell of a story of the last hours."""
LASTS = timedelta(hours=8)
WORDS = range(80, 121)
SIDES = 3
STATE = {"en": "{}", "fr": "le gouvernement de {}"}
SHOWN, BEFORE = 60, 10
"""Entries that a feed shows; those of the evening before, which teach the schedule its rhythm."""
BY_NIGHT = 0.35
"""How often something is published in the first six hours, against the others."""
ALIKE = 3
"""Times that a story is likelier to be gone on with than the one before it, of so many last ones:
a few are told by many."""


@dataclass(frozen=True, slots=True)
class Story:
    number: int
    actors: tuple[int, ...]
    place: int
    names: tuple[str, ...]
    """Two people and a village, by which it is known from others."""


@dataclass(frozen=True, slots=True)
class Printed:
    """An article as one outlet prints it; `told` is the number of the text, which copies share."""

    number: int
    told: int
    outlet: int
    moment: datetime
    language: str
    story: Story

    @property
    def path(self) -> str:
        return f"/news/{self.number}.html"

    @property
    def word(self) -> str:
        """Stands in this text and its copies alone."""
        return made_up(self.told)


@dataclass(frozen=True)
class Day:
    feeds: int
    articles: int
    hours: float = 24.0
    seed: int = 1789
    lasts: timedelta = LASTS
    """How long after it a text is printed again."""

    @cached_property
    def printed(self) -> tuple[Printed, ...]:
        """All of the day, in the order of their moments."""
        dice = Random(self.seed)
        made: list[Printed] = []
        for number, moment in enumerate(self._moments(dice)):
            outlet = min(int(self.feeds * dice.random() ** 1.5), self.feeds - 1)
            made.append(self._one(number, moment, outlet, made, dice))
        return tuple(made)

    def _moments(self, dice: Random) -> list[datetime]:
        length = timedelta(hours=self.hours)
        found: list[datetime] = []
        while len(found) < self.articles:
            share = dice.random()
            if share >= 0.25 or dice.random() < BY_NIGHT:
                found.append(START + share * length)
        return sorted(found)

    def _one(
        self, number: int, moment: datetime, outlet: int, before: Sequence[Printed], dice: Random
    ) -> Printed:
        recent = before[-400:]
        drawn = dice.random()
        language = "fr" if outlet % 3 == 0 else "en"
        if recent and drawn < COPIED:
            told = dice.choice(recent)
            if told.outlet != outlet and moment - told.moment < self.lasts:
                return replace(told, number=number, outlet=outlet, moment=moment)
        if recent and drawn < COPIED + (1 - COPIED) * GOES_ON:
            story = max(dice.choices(recent, k=ALIKE), key=lambda one: one.moment).story
        else:
            story = self._story(number, dice)
        return Printed(number, number, outlet, moment, language, story)

    def _story(self, number: int, dice: Random) -> Story:
        names = tuple(" ".join(name(dice) for _ in range(2)) for _ in range(2))
        return Story(number, _sides(dice), dice.randrange(15), (*names, name(dice)))

    # --- as it is served ---------------------------------------------------------------------

    def host(self, outlet: int) -> str:
        return f"outlet{outlet}.example"

    @cached_property
    def _by_outlet(self) -> Mapping[int, tuple[list[datetime], list[Printed]]]:
        found: dict[int, tuple[list[datetime], list[Printed]]] = defaultdict(lambda: ([], []))
        for one in self.printed:
            found[one.outlet][0].append(one.moment)
            found[one.outlet][1].append(one)
        return found

    def feed(self, outlet: int, port: int, now: datetime) -> bytes:
        """As RSS: the newest entries of an outlet, and those of the evening before, which have
        neither a link nor a text and are no articles."""
        moments, printed = self._by_outlet.get(outlet, ([], []))
        shown = printed[: bisect_right(moments, now)][-SHOWN:][::-1]
        site = f"http://{self.host(outlet)}:{port}"
        items = [_item(one, site) for one in shown]
        gap = timedelta(hours=self.hours) / (len(printed) + 1)
        items += [_old(outlet, n, START - gap * (n + 0.5)) for n in range(BEFORE)]
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
            f"<title>Outlet {outlet}</title><link>{site}/</link>{''.join(items[:SHOWN])}"
            "</channel></rss>"
        ).encode()

    def page(self, number: int) -> bytes:
        return page(self.printed[number], self.printed[number - 3 : number]).encode()


def made_up(number: int) -> str:
    """A word for each number, and no other number's: no made-up name has its stem either."""
    found = ""
    rest = number + 14**3
    while rest:
        rest, part = divmod(rest, len(SYLLABLES))
        found += SYLLABLES[part]
    return found.capitalize() + "x"


def _item(one: Printed, site: str) -> str:
    address = f"{site}{one.path}"
    return (
        f"<item><guid>{address}</guid><link>{address}</link>"
        f"<title>{html.escape(headline(one))}</title>"
        f"<pubDate>{format_datetime(one.moment)}</pubDate></item>"
    )


def _old(outlet: int, number: int, moment: datetime) -> str:
    return (
        f'<item><guid isPermaLink="false">before-{outlet}-{number}</guid>'
        f"<title>{made_up(number)}</title><pubDate>{format_datetime(moment)}</pubDate></item>"
    )


@cache
def states(language: str) -> tuple[str, ...]:
    """As they are named in a text, in the same order in both languages."""
    actors = Knowledge().atlas.actors
    found = sorted(i for i, one in actors.items() if one.kind == "state")
    names = (actors[one].names for one in found)
    return tuple(STATE[language].format(one[language][0]) for one in names if _is_named(one))


def _is_named(names: Mapping[str, Sequence[str]]) -> bool:
    return all(names.get(language) for language in LANGUAGES)


def _sides(dice: Random) -> tuple[int, ...]:
    """Three states; which of them are often in the news hangs on nothing but their number."""
    number = len(states("en"))
    ranks = [(7 * n) % number + 1 for n in range(number)]  # else all that begin with A
    found: list[int] = []
    while len(found) < SIDES:
        (one,) = dice.choices(range(number), [1 / rank for rank in ranks])
        found += [one] if one not in found else []
    return tuple(found)


def first(told: Printed) -> str:
    """The sentence with which all begin who tell of a story."""
    draw = Random(f"{told.story.number} {told.language}")
    return act(words_of(told), sides(told), places(told), draw)


def words_of(told: Printed) -> Words:
    """Those of the story, in the language of the text."""
    return own(LANGUAGES[told.language], told.story.number)


def sides(told: Printed) -> list[str]:
    return [states(told.language)[n] for n in told.story.actors]


def places(told: Printed) -> tuple[str, ...]:
    """The story's village, and now and then a town."""
    towns, village = TOWNS[told.language].slots["place"], told.story.names[-1]
    return towns[told.story.place], village, village


def headline(told: Printed) -> str:
    return f"{told.story.names[-1]}: {first(told).rstrip('.')}"


def body(told: Printed) -> list[str]:
    """Paragraphs of the text, the same wherever it is printed."""
    draw = Random(f"{told.told} text")
    words = words_of(told)
    paragraphs = [first(told), *known_by(words, told.story.names, told.word, draw)]
    wanted = draw.choice(WORDS)
    while sum(len(one.split()) for one in paragraphs) < wanted:
        paragraphs.append(sentence(words, sides(told), places(told), draw))
    return paragraphs


FURNITURE = {
    "en": ("Home", "World", "Sport", "Weather", "Share this article", "Read also", "Newsletter: "
           "the day in five minutes", "All rights reserved", "We use cookies. Accept all"),
    "fr": ("Accueil", "Monde", "Sport", "Météo", "Partager cet article", "À lire aussi",
           "Infolettre : la journée en cinq minutes", "Tous droits réservés",
           "Nous utilisons des cookies. Tout accepter"),
}  # fmt: skip


def page(
    one: Printed,
    others: Sequence[Printed],
    told: Callable[[Printed], Sequence[str]] = body,
    headed: Callable[[Printed], str] = headline,
) -> str:
    """As a browser gets it: with menus, teasers, a letter to subscribe to, and rights."""
    home, *menu, share, also, letter, rights, cookies = FURNITURE[one.language]
    title = html.escape(headed(one))
    links = "".join(f'<li><a href="/{n}">{n}</a></li>' for n in menu)
    teasers = "".join(
        f'<li><a href="/news/{n.number}.html">{html.escape(headed(n))}</a></li>' for n in others
    )
    text = "".join(f"<p>{html.escape(part)}</p>\n" for part in told(one))
    return f"""<!doctype html>
<html lang="{one.language}"><head><meta charset="utf-8"><title>{title} - Outlet {one.outlet}</title>
<meta property="og:site_name" content="Outlet {one.outlet}">
<meta property="og:type" content="article"><meta property="og:title" content="{title}">
<meta property="article:published_time" content="{one.moment.isoformat(timespec="seconds")}">
</head><body>
<div class="cookie-banner"><p>{cookies}</p></div>
<header><a href="/">{home}</a><nav><ul>{links}</ul></nav></header>
<main><article><h1>{title}</h1>
<time datetime="{one.moment.isoformat(timespec="seconds")}">{one.moment:%Y-%m-%d %H:%M}</time>
{text}</article>
<div class="share"><a href="#">{share}</a></div>
<aside class="related"><h2>{also}</h2><ul>{teasers}</ul></aside></main>
<footer><form class="newsletter"><label>{letter}</label></form><p>© Outlet {one.outlet}. {rights}.
</p></footer></body></html>"""
