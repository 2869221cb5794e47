"""The page on data: what each address gives, with one of this desk to try it on.

In: what the desk told last. Out: an `ApiPage`. It computes nothing; `site.openapi` says the same to
programs, with every field.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from dragoman.model import Event
from dragoman.publish.formats import formats
from dragoman.publish.formats.done import means_words
from dragoman.publish.republishing import PATH
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.asking import PARAMETERS
from dragoman.publish.wording import gettext

LOOKED_AT = 200
"""Newest events, among which one between two actors is looked for."""


@dataclass(frozen=True, slots=True)
class Address:
    """`pattern`: with names in braces for ids; `example`: a page of this desk, or None where it
    has none; `forms`: endings that the example can be asked with."""

    pattern: str
    says: str
    example: str | None
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    name: str
    suffix: str
    says: str


@dataclass(frozen=True, slots=True)
class ApiPage:
    addresses: tuple[Address, ...]
    asks: tuple[tuple[str, str], ...]
    """Parameters of an actor's and a pair's pages, with what each takes."""
    forms: tuple[Form, ...]
    base: str
    pair: str
    """A pair of this desk, for lines to be copied; that of France and Germany on an empty one."""
    query: str


FILES = (".csv", ".geojson", ".rss")
"""Of the forms that there are, those an example is shown in."""


def view(room: ReadingRoom, base: str) -> ApiPage:
    """`base`: under which address the reader asks."""
    event = _told(room)
    pair = f"/pair/{_part(event.source)}/{_part(event.target)}" if event is not None else None
    return ApiPage(
        addresses=tuple(_addresses(room, event, pair)),
        asks=tuple((name, gettext(means)) for name, means in PARAMETERS.items()),
        forms=tuple(
            Form(one.name, one.suffix, means_words(one.means)) for one in formats().values()
        ),
        base=base,
        pair=pair or "/pair/FRA/DEU",
        query=urlencode({"q": _query(event)}),
    )


def _told(room: ReadingRoom) -> Event | None:
    """The newest event between two actors, of those that most reports tell."""
    both = (one for one in room.store.events(limit=LOOKED_AT) if one.source and one.target)
    apart = [one for one in both if one.source != one.target]
    return max(apart, key=lambda one: len(one.report_ids), default=None)


def _query(event: Event | None) -> str:
    return f"from:{event.source} to:{event.target}" if event is not None else "category:CONSULT"


def _addresses(room: ReadingRoom, event: Event | None, pair: str | None) -> Iterator[Address]:
    store = room.store
    rows = store.reports_of_event(event.id) if event is not None else []
    article = rows[0].report.article_id if rows else None
    story = store.story_of(article) if article is not None else None
    yield Address(
        "/today", gettext("What moved in the last days, and what is to come."), "/today", FILES
    )
    yield Address(
        "/pair/{actor}/{other}",
        gettext("What two actors did to each other, in order of time, with every sentence."),
        pair, (*FILES, ".svg"),
    )  # fmt: skip
    yield Address(
        "/actor/{actor}",
        gettext("When an actor was active, with whom, its offices and what it said."),
        _at("actor", event.source if event is not None else None), FILES,
    )  # fmt: skip
    yield Address(
        "/event/{event}",
        gettext("One happening: all its reports with their sentences, its origins, its revision."),
        _at("event", event.id if event is not None else None), FILES,
    )  # fmt: skip
    yield Address(
        "/story/{story}",
        gettext("What tells one story, who printed whom, and what the tellings differ on."),
        _at("story", story), FILES,
    )  # fmt: skip
    yield Address(
        "/article/{article}",
        gettext("One article with its credits and blocks, what is told in it, and the reasons."),
        _at("article", article), (),
    )  # fmt: skip
    yield Address(
        "/explore?q={query}",
        gettext("What a query finds: events or articles, with counts by value, place and pair."),
        f"/explore?{urlencode({'q': _query(event)})}", FILES,
    )  # fmt: skip
    yield Address(
        "/changes/{copy}/{article}",
        gettext("What a copy changed of the text that it prints, word by word."),
        None, (),
    )  # fmt: skip
    yield Address(
        "/brief", gettext("What is new since a day, by story, with every sentence."), "/brief", ()
    )
    yield Address("/stories", gettext("All stories, the newest first."), "/stories", FILES)
    yield Address("/sources", gettext("How the sources do, and who prints whom."), "/sources", ())
    yield Address("/method", gettext("What was measured, and known errors."), "/method", ())
    yield Address(PATH, gettext("Whole articles that may be printed elsewhere, as RSS."), None, ())


def _at(name: str, identity: str | None) -> str | None:
    return f"/{name}/{_part(identity)}" if identity is not None else None


def _part(identity: str | None) -> str:
    return quote(identity or "", safe="")
