"""What the JSON-LD of events and that of articles share: their context, and things with names.

Terms are schema.org's and the context stands in the file, so that nothing has to be fetched to read
it. What is not known is absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import BinaryIO

from dragoman.knowledge.atlas import Actor
from dragoman.model import Dated
from dragoman.publish.formats.account import bound
from dragoman.publish.formats.json_stream import Json, write_document
from dragoman.publish.gathering import About

MEDIA_TYPE = "application/ld+json"
SCHEMA = "https://schema.org/"
_ADDRESSES = (
    "about", "actionStatus", "contentUrl", "eventStatus", "isPartOf", "mainEntityOfPage", "sameAs",
    "url",
)  # fmt: skip
CONTEXT = {
    "@vocab": SCHEMA,
    "id": "@id",
    "type": "@type",
    **{name: {"@type": "@id"} for name in _ADDRESSES},
}
WIKIDATA = "http://www.wikidata.org/entity/"
KINDS = {"state": "Country", "person": "Person", "ngo": "NGO", "media": "NewsMediaOrganization",
         "company": "Corporation"}  # fmt: skip


def write_graph(nodes: Iterable[Json], out: BinaryIO) -> int:
    return write_document({"@context": CONTEXT}, "@graph", nodes, out)


def node(type_: str | list[str] | None, identity: str | None, fields: Mapping[str, object]) -> Json:
    """Without what is not known."""
    whole = {"type": type_, "id": identity, **fields}
    return {name: value for name, value in whole.items() if value not in (None, "", [], ())}


def actor_node(about: About, actor: Actor, name: str | None = None) -> Json:
    """An actor of the atlas; `name` as a text has it, where that is meant."""
    return node(
        KINDS.get(actor.kind, "Organization"),
        actor_id(about, actor.id),
        {
            "name": name or actor.name("en"),
            "sameAs": f"{WIKIDATA}{actor.wikidata}" if actor.wikidata else None,
        },
    )


def actor_id(about: About, identity: str) -> str:
    return f"{about.base}/actor/{identity}"


def organisation(name: str | None) -> Json | None:
    return node("Organization", None, {"name": name}) if name else None


def page_node(address: str, revision: int, retracted_at: str | None = None) -> Json:
    """The desk's page of it, which carries its revision."""
    return node("WebPage", address, {"version": revision, "expires": retracted_at})


def day(dated: Dated | None) -> str | None:
    """The day of printing, as exact as it is known; None where the text only bounds it."""
    return None if dated is None or dated.is_bounds else bound(dated.start, dated)
