"""Events as linked data in schema.org's terms: each an Event that is also an Action.

An Action has an agent and an object, so that who did it to whom is not lost. Each has the articles
that tell it as `subjectOf`, and in them the sentence it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from dragoman.model import Side
from dragoman.publish.formats import Field, Format
from dragoman.publish.formats.account import bound, headline, instant, last_told, sentence, tags
from dragoman.publish.formats.json_stream import Json
from dragoman.publish.formats.linked import (
    MEDIA_TYPE,
    SCHEMA,
    actor_id,
    actor_node,
    node,
    organisation,
    page_node,
    write_graph,
)
from dragoman.publish.gathering import About, EventItem
from dragoman.publish.wording import N_
from dragoman.publish.words import QUADS, web_address
from dragoman.store.rows import ReportRow

EVENT_STATUS = {"planned": "EventScheduled", "halted": "EventCancelled"}
ACTION_STATUS = {
    "happened": "CompletedActionStatus",
    "ongoing": "ActiveActionStatus",
    "planned": "PotentialActionStatus",
    "halted": "FailedActionStatus",
}
"""What is denied, alleged, demanded or threatened has none: its keywords say so."""
FIELDS = (
    Field("id", "address", "Of the event: its page on the desk, and #event."),
    Field("identifier", "text", "Id of the event; it never changes."),
    Field("name", "text", "Who did what to whom, and when, in a line."),
    Field("description", "text", "The sentence that tells it most fully."),
    Field("agent", "list", "Who acts: Country, Person, Organization, or a name alone."),
    Field("object", "list", "Who is acted on, in the same way."),
    Field("about", "list of addresses", "The actors that it counts for, each by its page."),
    Field("startDate", "date", "First day on which it may have been, as exact as it is known."),
    Field("endDate", "date", "Last day, included; absent while it lasts."),
    Field("location", "Place", "Where, with latitude and longitude in degrees."),
    Field("eventStatus", "address", "EventScheduled if planned, EventCancelled if halted."),
    Field(
        "actionStatus",
        "address",
        "Completed, active, potential or failed; absent for what is only said to be so.",
    ),
    Field("keywords", "list of codes", "Category, status, how it is told, and the quad class."),
    Field(
        "mainEntityOfPage",
        "WebPage",
        "The desk's page, with the revision as version, and expires if it was withdrawn.",
    ),
    Field(
        "subjectOf",
        "list of NewsArticle",
        "The articles that tell it: headline, url, inLanguage, publisher, and in hasPart the "
        "sentence as a Quotation.",
    ),
)


def _write(items: Iterable[EventItem], about: About, out: BinaryIO) -> int:
    return write_graph((_event(item, about) for item in items), out)


def _event(item: EventItem, about: About) -> Json:
    event, report = item.event, item.best.report if item.best else None
    counted = (one for one in (event.source, event.target) if one is not None)
    quad = (QUADS[report.quad],) if report is not None and report.quad in QUADS else ()
    return node(
        ["Event", "Action"],
        f"{item.address}#event",
        {
            "identifier": event.id,
            "name": headline(item),
            "description": sentence(item),
            "agent": list(_sides(item, about, report.sources if report else ())),
            "object": list(_sides(item, about, report.targets if report else ())),
            "about": [actor_id(about, one) for one in dict.fromkeys(counted)],
            "startDate": event.date and bound(event.date.start, event.date),
            "endDate": event.date and bound(event.date.end, event.date),
            "location": _place(item),
            "eventStatus": _term(EVENT_STATUS.get(event.status)),
            "actionStatus": _term(ACTION_STATUS.get(event.status)),
            "keywords": [*tags(item), *quad],
            "mainEntityOfPage": _page(item),
            "subjectOf": [_article(row, about) for row in item.reports],
        },
    )


def _sides(item: EventItem, about: About, sides: Sequence[Side]) -> Iterator[Json]:
    for side in sides:
        known = item.actor(side.actor)
        yield actor_node(about, known, side.name) if known else {"name": side.name}


def _place(item: EventItem) -> Json | None:
    place = item.event.place
    if place is None:
        return None
    spot = {"latitude": place.lat, "longitude": place.lon}
    has_spot = place.lat is not None and place.lon is not None
    return node(
        "Place",
        None,
        {
            "name": place.name,
            "description": place.note,
            "geo": node("GeoCoordinates", None, spot) if has_spot else None,
        },
    )


def _page(item: EventItem) -> Json:
    changed = last_told(item)
    return {
        **page_node(item.address, item.revision, item.retracted_at),
        **({"dateModified": instant(changed)} if changed else {}),
    }


def _article(row: ReportRow, about: About) -> Json:
    quotation = node(
        "Quotation",
        None,
        {
            "identifier": row.report.id,
            "text": row.report.evidence_text,
            "version": row.revision,
        },
    )
    return node(
        "NewsArticle",
        f"{about.base}/article/{row.report.article_id}#article",
        {
            "identifier": row.report.article_id,
            "headline": row.article_title,
            "url": web_address(row.article_url),
            "inLanguage": row.language,
            "publisher": organisation(row.outlet),
            "hasPart": quotation,
        },
    )


def _term(name: str | None) -> str | None:
    return f"{SCHEMA}{name}" if name else None


FORMAT = Format(
    "jsonld",
    ".jsonld",
    MEDIA_TYPE,
    "events",
    N_("Events as linked data (schema.org), for knowledge graphs and search engines."),
    _write,
    FIELDS,
)
