"""Events, their actors and articles as FollowTheMoney entities, for Aleph, OpenAleph and yente.

In: events. Out: an entity a line; each actor and each article once, before the first event that
needs it. The ids of those are remembered, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import BinaryIO

from babel.core import get_global

from dragoman.knowledge.atlas import Actor
from dragoman.knowledge.countries import countries
from dragoman.publish.formats import Field, Format
from dragoman.publish.formats.account import article_address, bound, headline, last_told, sentence
from dragoman.publish.formats.json_lines import write_lines
from dragoman.publish.formats.json_stream import Json
from dragoman.publish.formats.xml_stream import xml_text
from dragoman.publish.gathering import About, EventItem
from dragoman.publish.wording import N_
from dragoman.publish.words import spoken, web_address
from dragoman.store.rows import ReportRow

PREFIX = "dragoman-"
SCHEMATA = {"person": "Person", "state": "PublicBody", "body": "PublicBody",
            "agency": "PublicBody", "company": "Company"}  # fmt: skip
"""By the kind of an actor; all others are an Organization."""
WHOLE = {
    "ar": "ara", "az": "aze", "et": "est", "fa": "fas", "hr": "hrv", "ku": "kur", "lv": "lav",
    "ms": "msa", "ps": "pus", "ro": "ron", "sq": "sqi", "sr": "srp", "sw": "swa", "uz": "uzb",
    "zh": "zho",
}  # fmt: skip
"""Languages whose code CLDR also gives to one of their varieties, or to an older name."""
WIKIDATA = "https://www.wikidata.org/wiki/"
FIELDS = (
    Field("id", "text", "dragoman- and the id of the event, actor or article; it never changes."),
    Field("schema", "code", "Event, Article, Person, PublicBody, Company or Organization."),
    Field("Event:name", "text", "Who did what to whom, and when, in a line."),
    Field("Event:summary", "text", "The sentence that tells it most fully."),
    Field("Event:description", "text", "Who acts and who is acted on, by name."),
    Field("Event:date", "date", "The day, month or year, where it is one."),
    Field("Event:startDate", "date", "First day of a longer span."),
    Field("Event:endDate", "date", "Last day of a longer span, included."),
    Field("Event:location", "text", "Name of the place."),
    Field("Event:country", "code", "State that holds the place (ISO 3166 alpha-2)."),
    Field("Event:involved", "list of ids", "The actors on both sides."),
    Field("Event:namesMentioned", "list of texts", "Sides that are no actor of the atlas."),
    Field("Event:keywords", "list of codes", "Category, status and how it is told."),
    Field("Event:proof", "list of ids", "The articles that tell it."),
    Field("Event:publisher", "list of texts", "The outlets of these articles."),
    Field("Event:sourceUrl", "list of texts", "Its page on the desk, and the best article."),
    Field("Event:recordId", "text", "Id of the event, without prefix."),
    Field("Event:modifiedAt", "date", "When it was last told anew or withdrawn."),
    Field("Event:notes", "text", "The revision, and when it was withdrawn."),
    Field("Article:title", "text", "Title of the article; its name too."),
    Field("Article:publisher", "text", "The outlet that shows it."),
    Field("Article:language", "code", "Its language (ISO 639-3)."),
    Field("Article:sourceUrl", "text", "Its address."),
    Field("actor:name", "text", "Name in English; other spellings are alias."),
    Field("actor:country", "code", "State that it is or belongs to (ISO 3166 alpha-2)."),
    Field("actor:classification", "text", "What it is, such as igo, alliance or party."),
    Field("actor:wikidataId", "code", "Id in Wikidata, where the atlas has it."),
)


def _write(items: Iterable[EventItem], _about: About, out: BinaryIO) -> int:
    return write_lines(_entities(items), out)


def _entities(items: Iterable[EventItem]) -> Iterator[Json]:
    seen: set[str] = set()

    def is_new(identity: str) -> bool:
        size = len(seen)
        seen.add(identity)
        return len(seen) > size

    for item in items:
        yield from (_actor(one) for one in item.actors if is_new(f"actor-{one.id}"))
        for row in item.reports:
            if is_new(row.report.article_id):
                yield _article(row)
        yield _event(item)


def _event(item: EventItem) -> Json:
    event, place, changed = item.event, item.event.place, last_told(item)
    withdrawn = f"; withdrawn {item.retracted_at}" if item.retracted_at else ""
    articles = dict.fromkeys(row.report.article_id for row in item.reports)
    return entity(
        "Event",
        event.id,
        name=[headline(item)],
        summary=[sentence(item)],
        description=[f"{event.source_name or '?'} → {event.target_name or '?'}"],
        **_dates(item),
        location=[place.name if place else None],
        country=[country(place.country if place else None)],
        involved=[f"{PREFIX}actor-{one.id}" for one in _involved(item)],
        namesMentioned=_others(item),
        keywords=[event.category, event.status, event.told_as],
        proof=[f"{PREFIX}{one}" for one in articles],
        publisher=[row.outlet for row in item.reports],
        sourceUrl=[item.address, article_address(item)],
        recordId=[event.id],
        modifiedAt=[changed.date().isoformat() if changed else None],
        notes=[f"revision {item.revision}{withdrawn}"],
    )


def _dates(item: EventItem) -> dict[str, list[str | None]]:
    dated = item.event.date
    if dated is None:
        return {}
    first, last = bound(dated.start, dated), bound(dated.end, dated)
    return {"date": [first]} if first == last else {"startDate": [first], "endDate": [last]}


def _involved(item: EventItem) -> list[Actor]:
    """Those on the sides of its best report, and those that they count for."""
    report = item.best.report if item.best else None
    sides = (*report.sources, *report.targets) if report is not None else ()
    ids = dict.fromkeys((item.event.source, item.event.target, *(side.actor for side in sides)))
    return [known for one in ids if (known := item.actor(one)) is not None]


def _others(item: EventItem) -> list[str | None]:
    report = item.best.report if item.best else None
    sides = (*report.sources, *report.targets) if report is not None else ()
    return [side.name for side in sides if item.actor(side.actor) is None]


def _actor(actor: Actor) -> Json:
    return entity(
        SCHEMATA.get(actor.kind, "Organization"),
        f"actor-{actor.id}",
        name=[actor.name("en")],
        alias=[names[0] for names in actor.names.values() if names],
        country=[country(actor.id if actor.kind == "state" else actor.country)],
        classification=[spoken(actor.kind)],
        wikidataId=[actor.wikidata],
        sourceUrl=[f"{WIKIDATA}{actor.wikidata}" if actor.wikidata else None],
    )


def _article(row: ReportRow) -> Json:
    return entity(
        "Article",
        row.report.article_id,
        name=[row.article_title],
        title=[row.article_title],
        publisher=[row.outlet],
        language=[language(row.language)],
        sourceUrl=[web_address(row.article_url)],
    )


def entity(schema: str, identity: str, **properties: list[str | None]) -> Json:
    """Each value once; none that is not known, and no property without values."""
    said = {
        name: list(dict.fromkeys(xml_text(value) for value in values if value))
        for name, values in properties.items()
    }
    return {
        "id": f"{PREFIX}{identity}",
        "schema": schema,
        "properties": {name: values for name, values in said.items() if values},
    }


def country(alpha3: str | None) -> str | None:
    """Alpha-2 in small letters, as FollowTheMoney has it."""
    known = countries().get(alpha3 or "")
    return known.alpha2.lower() if known is not None else None


@cache
def language(code: str | None) -> str | None:
    """ISO 639-3, as FollowTheMoney has it; a code that CLDR does not know stays as it is."""
    aliases = get_global("language_aliases")
    long = (one for one, short in aliases.items() if short == code and len(one) == 3)
    return WHOLE.get(code or "") or next(long, code)


FORMAT = Format(
    "ftm",
    ".ftm.json",
    "application/json+ftm",
    "events",
    N_("Events, actors and articles as FollowTheMoney entities, for Aleph and OpenAleph."),
    _write,
    FIELDS,
)
