"""A small desk of our own: articles and events made by hand, to be kept in a temporary store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dragoman.model import (
    Article,
    Attribution,
    Author,
    Block,
    Claim,
    Dated,
    Doubt,
    Event,
    Genre,
    Image,
    Kept,
    Label,
    Mention,
    Place,
    Reading,
    Reference,
    Report,
    Side,
    Signature,
    Speaker,
    Status,
    ToldAs,
)
from dragoman.store import Store
from dragoman.store.rows import Membership

TODAY = "2024-03-20"
VERSIONS = {"clean": "1", "read": "1", "link": "1", "record": "7"}
NAMES = {
    "AZE": "Azerbaijan",
    "ARM": "Armenia",
    "nato": "NATO",
    "jens-stoltenberg": "Jens Stoltenberg",
}
"""Actors of the test desk, by id, as its texts name them."""


NOTHING_NAMED = Attribution()


@dataclass(frozen=True)
class Told:
    """A report to make: the words in their sentence, and what they were coded as."""

    sentence: str
    source: str
    predicate: str
    target: str
    category: str = "CONSULT"
    mode: str | None = None
    quad: int = 1
    status: Status = "happened"
    told_as: ToldAs = "news"
    day: str | None = "2024-03-17"
    mutual: bool = False
    source_body: str | None = None
    """The body that an official counts for in the event."""
    event: str | None = None
    """An event that other reports tell too."""


@dataclass(frozen=True)
class Page:
    """An article to make: its labelled lines in order."""

    name: str
    lines: Sequence[tuple[Label, str]]
    told: Sequence[Told] = ()
    host: str = "www.harbour-post.example"
    language: str = "en"
    published: str | None = "2024-03-18"
    attribution: Attribution = NOTHING_NAMED
    images: Sequence[Image] = ()
    actors: Sequence[str] = ()
    authors: Sequence[Author] = field(default=(Author("Coast desk", "writes from the coast"),))

    def article(self) -> Article:
        text, blocks = "", []
        for label, line in self.lines:
            blocks.append(Block(label, len(text), len(text) + len(line), f"test-{label}"))
            text += line + "\n"
        day = self.published
        return Article(
            id=f"a-{self.name}",
            capture_id=f"c-{self.name}",
            text=text,
            language=self.language,
            url=f"https://{self.host}/{self.name}",
            title=next((line for label, line in self.lines if label == "headline"), None),
            genre=Genre("news", "test"),
            published=Dated(day, day, "day", "page: test") if day else None,
            authors=tuple(self.authors),
            images=tuple(self.images),
            blocks=tuple(blocks),
            attribution=self.attribution,
            doubts=(Doubt("modified", "the page does not say"),),
        )

    def kept(self) -> Kept:
        article = self.article()
        mention = Mention(0, 4, "ORG", 0, 0, article.text[:4], (0, 4))
        named = self.actors or ("AZE", "ARM")
        return Kept(
            article,
            Reading(article.id, self.language),
            tuple(Reference(mention, actor, NAMES.get(actor, actor)) for actor in named),
            tuple(report_of(article, told, i) for i, told in enumerate(self.told, 1)),
        )


def report_of(article: Article, told: Told, number: int) -> Report:
    at = article.text.index(told.sentence)
    predicate = at + told.sentence.index(told.predicate)
    slot = "subj" if told.mutual else "obj"
    return Report(
        id=f"r-{article.id[2:]}-{number}",
        article_id=article.id,
        category=told.category,
        root=told.category,
        mode=told.mode,
        context=("diplomatic",),
        cameo="042",
        quad=told.quad,
        status=told.status,
        told_as=told.told_as,
        sources=_sides(article, at, told.sentence, told.source),
        targets=_sides(article, at, told.sentence, told.target),
        counts=(),
        date=Dated(told.day, told.day, "day", "stated: a day") if told.day else None,
        place=Place("capital-aze", "Baku", 40.4, 49.9),
        predicate=(predicate, predicate + len(told.predicate)),
        evidence=(at, at + len(told.sentence)),
        evidence_text=told.sentence,
        attributed_to=Speaker(None, "a harbour master", at, at + 1),
        confidence=0.75,
        why=(
            "lexicon en: test",
            f"source from subj: {told.source} (test)",
            f"target from {slot}: {told.target} (test)",
        ),
        doubts=(Doubt("reports.0.place", "only one place is named"),),
    )


def _sides(article: Article, at: int, sentence: str, name: str) -> tuple[Side, ...]:
    if not name:
        return ()
    actor = next((one for one, known in NAMES.items() if known == name), None)
    start = at + sentence.index(name)
    return (Side(actor, name, "GOV", start, start + len(name)),)


def events_of(pages: Sequence[Page], kept: Sequence[Kept]) -> list[Event]:
    """One event for each report, or for all reports that name the same event."""
    made: dict[str, Event] = {}
    for page, one in zip(pages, kept, strict=True):
        for told, report in zip(page.told, one.reports, strict=True):
            identity = told.event or "e-" + report.id[2:]
            event = made.get(identity) or _event(identity, told, report)
            made[identity] = replace(event, report_ids=(*event.report_ids, report.id))
    return [replace(event, outlets=len(event.report_ids)) for event in made.values()]


def _event(identity: str, told: Told, report: Report) -> Event:
    return Event(
        id=identity,
        category=report.category,
        status=report.status,
        told_as=report.told_as,
        source=told.source_body or (report.sources[0].actor if report.sources else None),
        target=report.targets[0].actor if report.targets else None,
        source_name=told.source,
        target_name=told.target,
        date=report.date,
        place=report.place,
        report_ids=(),
        outlets=1,
        origins=1,
    )


def settle(store: Store, pages: Sequence[Page]) -> None:
    kept = [page.kept() for page in pages]
    for one in kept:
        store.keep(one, VERSIONS)
    store.keep_events(events_of(pages, kept))


def tell_story(
    store: Store, identity: str, members: Mapping[str, str], day: str, *, takes: str | None = None
) -> None:
    """Put articles (id → why) into one story, as if they were alike; copies are left out.

    `takes`: a story that it takes in.
    """
    for article in members:
        store.keep_signature(Signature(article, "en", b""), day, b"", is_original=True)
    homes = {*store.places_in_stories(members).values(), identity, *([takes] if takes else ())}
    before = {one: places for one, places in store.story_members(homes).items() if places}
    places = {one: Membership(day, None, 0.5, reason) for one, reason in members.items()}
    store.keep_stories(before, {identity: places}, {takes: identity} if takes else {})


MEETING = "Jens Stoltenberg met Azerbaijan on Sunday and praised the lighthouse keepers."
QUARREL = "Armenia accused Azerbaijan of closing the ferry line."
WIRE = Page(
    "wire",
    [
        ("headline", "Azerbaijan and Armenia speak of ferries"),
        ("standfirst", "A short week on the coast."),
        ("byline", "By the Coast desk"),
        ("body", MEETING),
        ("heading", "The ferry line"),
        ("body", QUARREL + " Azerbaijan agreed with Armenia on a timetable."),
        ("quote", "“The boats will sail”, a harbour master said."),
        ("caption", "A ferry at the pier"),
        ("related", "Read also: boats of the world"),
        ("placeholder", "{$inline_image}"),
    ],
    [
        Told(MEETING, "Jens Stoltenberg", "met", "Azerbaijan", source_body="nato", event="e-met"),
        Told(QUARREL, "Armenia", "accused", "Azerbaijan", "ACCUSE", "disapprove", 3),
        Told(
            "Azerbaijan agreed with Armenia on a timetable.",
            "Azerbaijan", "agreed", "Armenia", "AGREE", None, 1, mutual=True, day="2024-02-02",
        ),
    ],
    attribution=Attribution(agency=Claim("Coast News Agency", None, None, "test")),
    images=[Image("https://img.example/f.jpg", "A ferry at the pier", "Coast News Agency")],
    actors=("AZE", "ARM", "nato", "jens-stoltenberg"),
)  # fmt: skip
COPY = replace(
    WIRE, name="copy", host="www.pier-gazette.example", told=[WIRE.told[0]], published="2024-03-19"
)
VISIT = "Jens Stoltenberg a rencontré Azerbaijan dimanche, selon le gardien du phare."
PLAN = "Armenia se rendra à Azerbaijan en avril pour parler des bacs."
OLD = "Azerbaijan avait saisi un bac de Armenia en 2023."
REWRITE = Page(
    "rewrite",
    [("headline", "Une visite au phare"), ("body", f"{VISIT} {PLAN}"), ("body", OLD)],
    [
        Told(VISIT, "Jens Stoltenberg", "rencontré", "Azerbaijan", source_body="nato",
             event="e-met"),
        Told(PLAN, "Armenia", "rendra", "Azerbaijan", "CONSULT", "visit", status="planned",
             told_as="announced", day="2024-04-10"),
        Told(OLD, "Azerbaijan", "saisi", "Armenia", "COERCE", "seize", 4, told_as="background",
             day="2024-03-12"),
    ],
    host="www.journal-du-quai.example",
    language="fr",
    actors=("AZE", "ARM", "nato", "jens-stoltenberg"),
)  # fmt: skip
EVIL = "<script>alert('body')</script>"
HOSTILE = Page(
    "hostile",
    [
        ("headline", "<script>alert('title')</script> & \"quotes\""),
        ("body", f"Armenia warned Azerbaijan{EVIL} about the <b>buoys</b>."),
        ("caption", "<img src=x onerror=alert(1)> a buoy"),
        ("comment", "<iframe src='https://evil.example'></iframe> {{ 7 * 7 }} {% raw %}"),
    ],
    [
        Told(
            f"Armenia warned Azerbaijan{EVIL} about the <b>buoys</b>.",
            "Armenia", f"warned Azerbaijan{EVIL}", "Azerbaijan", "THREATEN", None, 3,
        )
    ],
    images=[Image("javascript:alert(1)", "<img src=x onerror=alert(1)> a buoy", "<i>credit</i>")],
    authors=(Author("<b>Nobody</b>", "<script>about</script>"),),
)  # fmt: skip
PAGES = (WIRE, COPY, REWRITE, HOSTILE)
FERRIES = {
    "a-wire": "both name a lighthouse",
    "a-rewrite": "both name Jens Stoltenberg; <b>both</b> tell of 17 March",
}
"""The members of the story "s-ferries", and why they are."""
