"""A desk of made-up articles and events in three languages, to be asked; and plain answers to the
same queries, from its records alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import asin, cos, radians, sin, sqrt
from random import Random

from dragoman.model import (
    Article,
    Block,
    CopyLink,
    Dated,
    Event,
    Kept,
    Mention,
    Place,
    Reading,
    Reference,
    Report,
    Side,
)
from dragoman.model.query import (
    And,
    AtPlace,
    Between,
    Every,
    InLanguage,
    Near,
    Not,
    OfActor,
    OfCategory,
    OfEvent,
    OfOutlet,
    OfPair,
    OfQuad,
    OfStatus,
    OfStory,
    OfTelling,
    Or,
    OriginsOf,
    Query,
    Words,
)
from dragoman.store import Store
from dragoman.store.analyse import analysed
from dragoman.store.rows import Membership

VERSIONS = {"clean": "1", "read": "1", "link": "1", "record": "1"}
SENTENCES: dict[str | None, tuple[str, ...]] = {
    "en": (
        "Ministers met in the old harbour.",
        "The minister praised the lighthouse keepers of the harbour.",
        "Keepers of the light accused the minister.",
        "Envoys sent grain and lamps to the islands.",
    ),
    "fr": (
        "Les ministres se sont réunis au vieux port.",
        "Le ministre a salué les gardiens du phare.",
        "Des élèves ont déclaré la grève au port.",
        "La délégation envoie du grain aux îles.",
    ),
    "ru": (
        "Министры встретились в старом порту.",
        "Города отправили зерно на острова.",
        "Смотрители маяка обвинили министра.",
    ),
    None: ("Portus vetus lampas accepit.", "Minister harbour phare."),
}
WORDS = (
    "minister", "ministers", "ministres", "министр", "harbour", "port", "phare", "eleve", "élèves",
    "grain", "город", "lamps", "lampas", "the", "keepers", "gardien", "declarer", "zebra",
)  # fmt: skip
PHRASES = (("old", "harbour"), ("harbour", "old"), ("gardiens", "du", "phare"), ("Baku", "bay"))
BEGUN = (("minis",), ("lighth",), ("vieux", "po"), ("маяк",), ("old", "har"))
ACTORS = ("AZE", "ARM", "FRA", "nato", "jens-stoltenberg")
CATEGORIES = {"CONSULT": 1, "AID": 2, "ACCUSE": 3, "ASSAULT": 4}
PLACES = (
    Place("capital-aze", "Baku", 40.38, 49.89, "AZE"),
    Place("capital-arm", "Yerevan", 40.18, 44.51, "ARM"),
    Place("geonames-1", "Baku bay", 40.3, 49.95, "AZE"),
    Place("sea", "the open sea", None, None),
)
OUTLETS = ("Harbour Post", "Journal du Quai", "tass.com")
DAYS = ("2023-11-05", "2024-03-01", "2024-03-17", "2024-03-18", "2024-06-30")
STATUSES = ("happened", "planned", "denied")
TELLINGS = ("news", "background")
STORIES = {
    "s-1": ("a-000", "a-007", "a-021"),
    "s-2": ("a-003",),
    "s-3": ("a-010",),
    "s-4": ("a-030", "a-011"),
}
"""The members of each story."""
COPIES = {
    "a-004": ("a-007", 0.9),
    "a-005": ("a-004", 0.7),
    "a-012": ("a-010", 0.6),
    "a-013": ("a-003", 0.3),
}
"""What an article copies, and how much of it; less than half makes it a text of its own."""
LATER = {"e-old": "e-003", "s-old": "s-1"}
"""Ids of what was merged into another."""


@dataclass(frozen=True)
class Made:
    """What the desk holds, as records."""

    articles: tuple[Kept, ...]
    events: tuple[Event, ...]
    stories: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: STORIES)

    def told_in(self, story: str) -> set[str]:
        """The articles of a story, with the copies of them and of these."""
        found = set(self.stories[LATER.get(story, story)])
        for _ in COPIES:
            found |= {one for one, (of, share) in COPIES.items() if of in found and share > 0.5}
        return found

    def reports(self, event: Event) -> list[tuple[Report, Article]]:
        return [
            (report, kept.article)
            for kept in self.articles
            for report in kept.reports
            if report.id in event.report_ids
        ]


def make(number: int = 40, seed: int = 7) -> Made:
    """Articles with up to three reports each, and the events that these tell, some shared."""
    chance = Random(seed)
    articles = [_article(chance, n) for n in range(number)]
    free = [report for kept in articles for report in kept.reports]
    chance.shuffle(free)
    events: list[Event] = []
    while free:
        size = chance.choice((1, 1, 2, 3))
        own, free = free[:size], free[size:]
        events.append(_event(chance, len(events), own))
    return Made(tuple(articles), tuple(events))


def settle(store: Store, made: Made) -> None:
    for kept in made.articles:
        store.keep(kept, VERSIONS)
    store.keep_events(made.events)
    links = {
        one: [CopyLink(one, of, share, "excerpt", "time", "made up")]
        for one, (of, share) in COPIES.items()
    }
    store.keep_copy_links(links)
    places = {
        story: {one: Membership("2024-03-17", None, 0.5, "made up") for one in members}
        for story, members in made.stories.items()
    }
    old = {"s-old": {one: places["s-1"][one] for one in made.stories["s-1"]}}
    store.keep_stories({}, old, {})
    store.keep_stories(old, places, {"s-old": "s-1"})
    store.keep_events([], {"e-old": "e-003"})


def _article(chance: Random, n: int) -> Kept:
    language = chance.choice(("en", "en", "fr", "fr", "ru", None))
    lines = [chance.choice(SENTENCES[language]) for _ in range(chance.randint(2, 4))]
    text = "\n".join(lines)
    blocks, at = [], 0
    for i, line in enumerate(lines):
        label = "headline" if i == 0 else "caption" if i == 3 else "body"
        blocks.append(Block(label, at, at + len(line), "test"))  # type: ignore[arg-type]
        at += len(line) + 1
    day = chance.choice((*DAYS, None))
    host = chance.choice(OUTLETS).lower().replace(" ", "-")
    article = Article(
        id=f"a-{n:03}",
        capture_id=f"c-{n:03}",
        text=text,
        language=language,
        url=f"https://www.{host if '.' in host else host + '.example'}/{n}",
        title=lines[0],
        published=Dated(day, day, "day", "given") if day else None,
        blocks=tuple(blocks),
    )
    mention = Mention(0, 4, "ORG", 0, 0, text[:4], (0, 4))
    named = chance.sample(ACTORS, chance.randint(0, 2))
    reports = [_report(chance, article, i, lines) for i in range(chance.randint(0, 3))]
    return Kept(
        article,
        Reading(article.id, language or "und"),
        tuple(Reference(mention, one, one) for one in named),
        tuple(reports),
    )


def _report(chance: Random, article: Article, n: int, lines: Sequence[str]) -> Report:
    sentence = chance.choice(lines)
    at = article.text.index(sentence)
    category = chance.choice(tuple(CATEGORIES))
    day = chance.choice((*DAYS, None))

    def sides() -> tuple[Side, ...]:
        chosen = chance.sample((*ACTORS, None), chance.randint(0, 2))
        return tuple(Side(one, f"the {one or 'crowd'}", None, at, at + 3) for one in chosen)

    return Report(
        id=f"r-{article.id}-{n}",
        article_id=article.id,
        category=category,
        root=category,
        mode=None,
        context=(),
        cameo=None,
        quad=CATEGORIES[category],
        status=chance.choice(STATUSES),  # type: ignore[arg-type]
        told_as=chance.choice(TELLINGS),  # type: ignore[arg-type]
        sources=sides(),
        targets=sides(),
        counts=(),
        date=Dated(day, day, "day", "stated: a day") if day else None,
        place=chance.choice((*PLACES, None)),
        predicate=(at, at + 3),
        evidence=(at, at + len(sentence)),
        evidence_text=sentence,
        attributed_to=None,
        confidence=0.5,
        why=(),
    )


def _event(chance: Random, n: int, reports: Sequence[Report]) -> Event:
    best = chance.choice(reports)
    first = best.date
    if first is not None and chance.random() < 0.3:
        first = replace(first, start="2024-03-01", end="2024-03-31", precision="month")
    elif first is not None and n % 7 == 0:
        first = replace(first, start="2023-10-01", end="2024-03-17", precision="range")
    return Event(
        id=f"e-{n:03}",
        category=best.category,
        status=best.status,
        told_as=best.told_as,
        source=chance.choice((*ACTORS, None)),
        target=chance.choice((*ACTORS, None)),
        source_name="the source",
        target_name="the target",
        date=first,
        place=best.place,
        report_ids=tuple(report.id for report in reports),
        outlets=len(reports),
        origins=chance.randint(0, 4),
        best=best.id,
    )


# Plain answers, by walking over the records.


def events_found(made: Made, query: Query) -> set[str]:
    return {event.id for event in made.events if _holds_for_event(made, event, query)}


def articles_found(made: Made, query: Query) -> set[str]:
    return {kept.article.id for kept in made.articles if _holds_for_article(made, kept, query)}


def _holds_for_event(made: Made, event: Event, query: Query) -> bool:
    told = made.reports(event)
    if isinstance(query, And):
        return all(_holds_for_event(made, event, part) for part in query.parts)
    if isinstance(query, Or):
        return any(_holds_for_event(made, event, part) for part in query.parts)
    if isinstance(query, Not):
        return not _holds_for_event(made, event, query.part)
    if isinstance(query, Words):
        names = [event.source_name, event.target_name]
        names += [side.name for report, _ in told for side in (*report.sources, *report.targets)]
        names += [event.place.name] if event.place else []
        texts = [(report.evidence_text, article.language) for report, article in told]
        return any(_has(made, text, how, query) for text, how in texts) or any(
            _has(made, name, None, query) for name in names
        )
    if isinstance(query, InLanguage):
        return any((article.language or "") in query.languages for _, article in told)
    if isinstance(query, OfOutlet):
        return any(_shown_by(article, query) for _, article in told)
    if isinstance(query, OfStory):
        return any(_is_in_story(made, article, query) for _, article in told)
    if isinstance(query, Between):
        if event.date is None or event.date.start is None or event.date.end is None:
            return False
        ends_late_enough = query.first is None or event.date.end >= query.first
        return ends_late_enough and (query.last is None or event.date.start <= query.last)
    return _holds_of_event_alone(event, [report for report, _ in told], query)


def _holds_of_event_alone(event: Event, told: Sequence[Report], query: Query) -> bool:
    if isinstance(query, Every):
        return True
    if isinstance(query, OfActor):
        sources = {event.source, *(s.actor for r in told for s in r.sources)}
        targets = {event.target, *(s.actor for r in told for s in r.targets)}
        of = {"any": sources | targets, "source": sources, "target": targets}[query.side]
        return bool(of & set(query.actors))
    if isinstance(query, OfPair):
        return {(event.source, event.target)} <= {
            (query.one, query.other), (query.other, query.one)
        }  # fmt: skip
    if isinstance(query, OfEvent):
        return event.id in {LATER.get(one, one) for one in query.events}
    if isinstance(query, OfCategory):
        return event.category in query.categories
    if isinstance(query, OfQuad):
        return CATEGORIES[event.category] in query.quads
    if isinstance(query, OfStatus):
        return event.status in query.statuses
    if isinstance(query, OfTelling):
        return event.told_as in query.told_as
    if isinstance(query, AtPlace):
        place = event.place
        return place is not None and bool({place.id, place.country} & set(query.places))
    if isinstance(query, Near):
        place = event.place
        if place is None or place.lat is None or place.lon is None:
            return False
        return kilometres((place.lat, place.lon), (query.lat, query.lon)) <= query.km
    assert isinstance(query, OriginsOf)
    return query.low <= event.origins and (query.high is None or event.origins <= query.high)


def _holds_for_article(made: Made, kept: Kept, query: Query) -> bool:
    article = kept.article
    if _speaks_of_events(query) and _says_there_is(query):
        return any(_holds_for_event(made, event, query) for event in _events_of(made, kept))
    if isinstance(query, Every):
        return True
    if isinstance(query, And):
        of_events = [part for part in query.parts if _speaks_of_events(part)]
        others = [part for part in query.parts if not _speaks_of_events(part)]
        if any(_says_there_is(part) for part in of_events):
            one = And(tuple(of_events))
            if not any(_holds_for_event(made, event, one) for event in _events_of(made, kept)):
                return False
        else:
            others += of_events
        return all(_holds_for_article(made, kept, part) for part in others)
    if isinstance(query, Or):
        return any(_holds_for_article(made, kept, part) for part in query.parts)
    if isinstance(query, Not):
        return not _holds_for_article(made, kept, query.part)
    if isinstance(query, Words):
        parts = {"headline": "", "body": ""}
        for block in article.blocks:
            if block.label in parts:
                parts[block.label] += article.text[block.start : block.end] + "\n"
        return any(_has(made, text, article.language, query) for text in parts.values())
    if isinstance(query, InLanguage):
        return (article.language or "") in query.languages
    if isinstance(query, OfOutlet):
        return _shown_by(article, query)
    if isinstance(query, OfStory):
        return _is_in_story(made, article, query)
    if isinstance(query, Between):
        day = article.published.start if article.published else None
        if day is None:
            return False
        is_late_enough = query.first is None or day >= query.first
        return is_late_enough and (query.last is None or day <= query.last)
    assert isinstance(query, OfActor)
    if any(one.actor in query.actors for one in kept.references):
        return True
    return any(_holds_for_event(made, event, query) for event in _events_of(made, kept))


def _events_of(made: Made, kept: Kept) -> list[Event]:
    own = {report.id for report in kept.reports}
    return [event for event in made.events if own & set(event.report_ids)]


def _speaks_of_events(query: Query) -> bool:
    if isinstance(query, And | Or):
        return all(_speaks_of_events(part) for part in query.parts)
    if isinstance(query, Not):
        return _speaks_of_events(query.part)
    if isinstance(query, OfActor):
        return query.side != "any"
    return not isinstance(query, Every | Words | InLanguage | OfOutlet | OfStory | Between)


def _says_there_is(query: Query) -> bool:
    if isinstance(query, And):
        return any(_says_there_is(part) for part in query.parts)
    if isinstance(query, Or):
        return all(_says_there_is(part) for part in query.parts)
    return not isinstance(query, Not)


def _has(made: Made, text: str, language: str | None, words: Words) -> bool:
    said = " ".join(words.words)
    stems = analysed(text, language).split()
    for code in {kept.article.language for kept in made.articles} | {None}:
        wanted = analysed(said, code).split()
        whole = f" {' '.join(wanted)} "
        if wanted and whole in f" {' '.join(stems)} ":
            return True
        if words.is_begun:
            begun = [*wanted[:-1], analysed(said, None).split()[-1]]
            if f" {' '.join(begun)}" in f" {' '.join(stems)}":
                return True
    return False


def _shown_by(article: Article, query: OfOutlet) -> bool:
    host = (article.url or "").removeprefix("https://www.").split("/")[0]
    return host in {one.casefold() for one in query.outlets}


def _is_in_story(made: Made, article: Article, query: OfStory) -> bool:
    stories = query.stories or [one for one in made.stories if len(made.told_in(one)) > 1]
    return any(article.id in made.told_in(one) for one in stories)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Along the earth, by the haversine formula."""
    lat, to = radians(one[0]), radians(other[0])
    high, wide = to - lat, radians(other[1] - one[1])
    part = sin(high / 2) ** 2 + cos(lat) * cos(to) * sin(wide / 2) ** 2
    return 2 * 6371.0088 * asin(min(1.0, sqrt(part)))
