"""A set of 1,500 articles with planted copies, and what is true of them; the same for a seed.

In: `tellings_one.jsonl` and `tellings_two.jsonl` (happenings told independently in three
languages), which make the halves "dev" and "test". Out: articles as `clean` would leave them, and
the gold: which share a text, who printed whom, independent origins of each story. Outlets, credits
and times are drawn; no figure of the desk's reading may be taken from them.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random

from benchmarks import copy_words, generated
from benchmarks.copy_origins import groups_of
from benchmarks.copy_text import Text, article_of, pieces_of, same_words, share
from dragoman.knowledge.outlets import Outlet, Outlets, outlets_of
from dragoman.model import Article, Attribution, Claim, Genre

GATE = Path(__file__).parents[1] / "tests" / "gate"
FILES = {"dev": "tellings_one.jsonl", "test": "tellings_two.jsonl"}
SEED = 1851
SIZE = 1500
BEGIN, APART = datetime(2021, 1, 4), timedelta(days=2)
"""All stories of a half fall into two months, as those of one desk do, whatever their true day."""
COPIES_OF_A_TELLING = (4, 10)
LONE = 1 / 6
"""Of the tellings, those that nobody prints again; half of them stand where nobody knows it."""
BULLETINS = 0.5
"""Of the articles that are in no story, those that are templated bulletins."""
COPY, NO_COPY = 0.5, 0.25
"""Share of the shorter text from which two are copies, and below which they are none; what lies
between is counted neither way."""
LANGUAGES = ("en", "fr", "ru")
KINDS = (
    "whole", "cut", "extended", "merged", "repunctuated", "headline", "excerpt", "furniture",
    "edited",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parent:
    """What a copy was made of: any of `ids`, whose words are the same; and how that can be told."""

    ids: frozenset[str]
    kind: str
    tells: str
    """"stated", "time", "containment", or "" where nothing tells."""


@dataclass(frozen=True, slots=True)
class Planted:
    """An article of the set and what is true of it."""

    article: Article
    half: str
    """"dev" or "test"."""
    story: str | None
    """Id of the happening it tells; None for articles that stand alone."""
    parents: tuple[Parent, ...] = ()
    fetched: str = ""
    """ISO instant of its capture; what is left to go by where `article.published` is None."""
    credited: str | None = None
    """Id of the agency or first publisher that it names."""
    words: Text = ()


@dataclass(frozen=True, slots=True)
class Story:
    """`independent`: groups after joining copies, credits and owners; opinion is left out of all,
    and `unknown` are groups that go back to outlets nobody knows (see `copy_origins`)."""

    id: str
    half: str
    articles: tuple[str, ...]
    independent: int
    unknown: int
    opinions: int
    groups: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class CopySet:
    planted: tuple[Planted, ...]
    stories: tuple[Story, ...]
    outlets: Outlets
    """Those that are known; the rest of the set's hosts are not."""

    def half(self, name: str) -> CopySet:
        """ "dev" or "test" alone; their texts have no sentence in common."""
        planted = tuple(one for one in self.planted if one.half == name)
        return CopySet(planted, tuple(s for s in self.stories if s.half == name), self.outlets)

    def pairs(self) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
        """Pairs of ids that are copies, and those that count neither way."""
        holders: dict[str, set[int]] = defaultdict(set)
        for number, one in enumerate(self.planted):
            for piece in one.words:
                holders[piece.key].add(number)
        near = {pair for found in holders.values() for pair in combinations(sorted(found), 2)}
        sure: set[frozenset[str]] = set()
        either: set[frozenset[str]] = set()
        for i, j in near:
            one, other = self.planted[i], self.planted[j]
            found = share(one.words, other.words)
            if found >= NO_COPY:
                target = sure if found >= COPY else either
                target.add(frozenset({one.article.id, other.article.id}))
        return sure, either


@dataclass
class _Maker:
    random: Random
    half: str
    made: list[Planted] = field(default_factory=list)

    def add(self, words: Text, start: datetime, outlet: Outlet, **more: object) -> Planted:
        """`start` is when it was really printed; the page states that, the day, or nothing."""
        number = f"{self.half}-{len(self.made):04}"
        precision = self.random.choices(("minute", "day", ""), (0.6, 0.25, 0.15))[0]
        article = article_of(number, words, outlet, start, precision)
        fetched = start + timedelta(minutes=self.random.randint(1, 2000))
        made = Planted(
            article, self.half, None, fetched=fetched.isoformat(timespec="minutes") + "Z",
            words=words,
        )  # fmt: skip
        made = replace(made, **more)  # type: ignore[arg-type]
        self.made.append(made)
        return made


def build(folder: Path = GATE, seed: int = SEED, size: int = SIZE) -> CopySet:
    """The whole set; `folder` holds the tellings."""
    known, unknown = _outlets()
    planted: list[Planted] = []
    for half, name in FILES.items():
        maker = _Maker(Random(f"{seed} {half}"), half)
        _Half(maker, known, unknown, _tellings(folder / name)).fill(size // 2)
        planted += maker.made
    outlets = outlets_of(known)
    stories = tuple(_stories(planted, outlets))
    return CopySet(tuple(planted), stories, outlets)


def _tellings(path: Path) -> list[dict[str, str]]:
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    except OSError as error:
        raise SystemExit(
            f"{path} can't be read ({error.strerror}); --folder names where the tellings lie"
        ) from error


def _outlets() -> tuple[list[Outlet], list[Outlet]]:
    """Known ones, the agencies first; every third newspaper shares its owner with the next."""
    agencies = [
        Outlet(f"agency-{n}", name, domains=(f"agency-{n}.example",), kind="agency",
               owner=f"House of {name}", agency_marks=(f"({name})",))
        for n, name in enumerate(copy_words.AGENCIES)
    ]  # fmt: skip
    papers = [
        Outlet(
            f"paper-{n}", name, domains=(f"paper-{n}.example",), kind="newspaper",
            owner=f"Press Group {n // 2}" if n % 3 == 0 or n % 6 == 1 else None,
        )
        for n, name in enumerate(copy_words.papers())
    ]  # fmt: skip
    hosts = [
        Outlet(f"unknown-{n}", f"unknown-{n}.example", domains=(f"unknown-{n}.example",), kind="")
        for n in range(12)
    ]
    return agencies + papers, hosts


@dataclass
class _Half:
    """One half in the making."""

    maker: _Maker
    known: Sequence[Outlet]
    unknown: Sequence[Outlet]
    tellings: Sequence[dict[str, str]]
    moved: timedelta = timedelta()
    """From a story's true days to those of the set."""

    @property
    def random(self) -> Random:
        return self.maker.random

    def fill(self, size: int) -> None:
        by_story: dict[str, list[dict[str, str]]] = defaultdict(list)
        for telling in self.tellings:
            by_story[telling["happening"]].append(telling)
        for number, (story, tellings) in enumerate(sorted(by_story.items())):
            began = datetime.fromisoformat(min(t["published"] for t in tellings))
            self.moved = BEGIN + APART * number - began
            for telling in tellings:
                self._family(story, telling, tellings)
            self._opinion(story, tellings[0])
        left = size - len(self.maker.made)
        if left < 0:
            raise SystemExit(f"{len(self.maker.made)} articles were made where {size} have room")
        self._alone(left)

    def _outlet(self, language: str | None = None) -> Outlet:
        """Never an agency, which prints its own texts only; papers keep to a language each."""
        papers = [one for one in self.known if one.kind == "newspaper"]
        if language in LANGUAGES:
            papers = papers[LANGUAGES.index(language) :: len(LANGUAGES)]
        return self.random.choice(papers if self.random.random() < 0.85 else self.unknown)

    def _family(
        self, story: str, telling: dict[str, str], tellings: Sequence[dict[str, str]]
    ) -> None:
        """A telling and its copies; in two families of five it is an agency's own text."""
        start = datetime.fromisoformat(telling["published"]) + self.moved
        start += timedelta(minutes=self.random.randint(300, 1200))
        agency = self.random.choice([o for o in self.known if o.is_agency])
        outlet = agency if self.random.random() < 0.4 else self._outlet(telling["language"])
        alone = self.random.random() < LONE
        if alone:
            outlet = self.random.choice((self.random.choice(self.unknown), outlet))
        root = self.maker.add(pieces_of(story, telling), start, outlet, story=story)
        article = replace(root.article, language=telling["language"])
        root = self.maker.made[-1] = replace(root, article=article)
        family = [root]
        moment = {root.article.id: start}
        for _ in range(0 if alone else self.random.randint(*COPIES_OF_A_TELLING)):
            parent = root if self.random.random() < 0.75 else self.random.choice(family)
            when = moment[parent.article.id] + timedelta(minutes=self.random.randint(2, 900))
            made = self._copy(story, parent, root, outlet, when, tellings)
            moment[made.article.id] = when
            family.append(made)

    def _copy(
        self, story: str, parent: Planted, root: Planted, first: Outlet, when: datetime,
        tellings: Sequence[dict[str, str]],
    ) -> Planted:  # fmt: skip
        kind = self.random.choice(KINDS)
        sources = [parent]
        language = parent.article.language
        if kind == "merged":
            others = [
                p for p in self.maker.made
                if p.story != story and p.story is not None
                and p.article.language == language and not p.parents and len(p.words) > 5
            ]  # fmt: skip
            if not others:
                kind = "whole"
            else:
                sources.append(self.random.choice(others[-20:]))
        title = next(
            (t["title"] for t in tellings if t["language"] != language), tellings[0]["title"]
        )
        words = copy_words.changed(
            kind, [s.words for s in sources], (language or "", title), self.random
        )
        credit = first if self.random.random() < 0.45 else None
        made = self.maker.add(
            words, when, self._outlet(language), story=story, credited=credit.id if credit else None
        )
        article = replace(made.article, language=language)
        if credit is not None:
            claim = Claim(credit.name, None, None, "planted")
            given = Attribution(agency=claim) if credit.is_agency else Attribution(claim)
            article = replace(article, attribution=given)
        made = replace(made, article=article)
        made = replace(
            made, parents=tuple(self._parent(made, s, root, kind, credit) for s in sources)
        )
        self.maker.made[-1] = made
        return made

    def _parent(
        self, child: Planted, source: Planted, root: Planted, kind: str, credit: Outlet | None
    ) -> Parent:
        """The source and all that were printed before the child with the same words."""
        before = [p for p in self.maker.made[:-1] if p.story == source.story]
        same = {p.article.id for p in before if same_words(p.words, source.words)}
        tells = ""
        if credit is not None and source.story == root.story:
            # What a page states comes first, even where it was taken from another copy.
            same.add(root.article.id)
            tells = "stated"
        elif _earlier(source.article, child.article):
            tells = "time"
        elif {p.key for p in child.words} < {p.key for p in source.words}:
            tells = "containment"
        return Parent(frozenset(same), kind, tells)

    def _opinion(self, story: str, telling: dict[str, str]) -> None:
        start = datetime.fromisoformat(telling["published"]) + self.moved + timedelta(hours=30)
        words = copy_words.opinion(f"{self.maker.half} {story}", telling["title"], self.random)
        made = self.maker.add(words, start, self._outlet(), story=story)
        article = replace(made.article, genre=Genre("opinion", "planted"))
        self.maker.made[-1] = replace(made, article=article)

    def _alone(self, number: int) -> None:
        bulletins = int(number * BULLETINS)
        for n in range(bulletins):
            start = BEGIN + timedelta(hours=5 * n)
            words = copy_words.bulletin(f"{self.maker.half} {n}", self.random)
            self.maker.add(words, start, self._outlet())
        seed = 7 if self.maker.half == "dev" else 8
        for n, (language, text) in enumerate(generated.articles(number - bulletins, seed)):
            given = {"title": "", "language": language, "text": text.replace("\n\n", "\n")}
            words = pieces_of(f"{self.maker.half} alone {n}", given)
            disclaimer = copy_words.DISCLAIMERS[n % 3] if n % 2 else ()
            start = BEGIN + timedelta(hours=7 * n)
            self.maker.add((*words, *disclaimer), start, self._outlet())


def _earlier(one: Article, other: Article) -> bool:
    """By what the pages state alone: whole days are compared as days."""
    if one.published is None or other.published is None:
        return False
    a, b = one.published.start or "", other.published.start or ""
    shortest = min(len(a), len(b))
    return a[:shortest] < b[:shortest]


def _stories(planted: Sequence[Planted], outlets: Outlets) -> Iterator[Story]:
    """The gold count, from what was planted."""
    everything = {one.article.id: one for one in planted}
    by_story: dict[tuple[str, str], list[Planted]] = defaultdict(list)
    for one in planted:
        if one.story is not None:
            by_story[one.half, one.story].append(one)
    for (half, story), members in by_story.items():
        told = [m for m in members if m.article.genre.value != "opinion"]
        known, unknown = groups_of(told, everything, outlets)
        yield Story(
            story,
            half,
            tuple(m.article.id for m in members),
            len(known),
            len(unknown),
            len(members) - len(told),
            (*known, *unknown),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=GATE)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    for one in build(options.folder, options.seed).planted:
        article = one.article
        print(json.dumps({"id": article.id, "story": one.story, "text": article.text}))


if __name__ == "__main__":
    main()
