"""Who dealt with whom: a GEXF 1.3 graph, an edge for each pair of actors in each direction.

Memory grows with the pairs and the months in which they dealt with each other, not with the events.
Events of which a side is no actor of the atlas, and those that were withdrawn, are left out and
counted in the description.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from dragoman.model import Event
from dragoman.publish.formats import Field, Format
from dragoman.publish.formats.xml_stream import Xml, document
from dragoman.publish.gathering import About, EventItem
from dragoman.publish.views.lines import is_mutual
from dragoman.publish.wording import N_
from dragoman.publish.words import QUADS

DONE = frozenset({"happened", "ongoing"})
DAYS = frozenset({"minute", "day", "week", "month"})
"""Precisions of a date that tells the month."""
FIELDS = (
    Field("node id", "code", "Id of the actor: a state's alpha-3, else our own slug."),
    Field("node label", "text", "Its name in English."),
    Field("kind", "code", "On a node: state, person, igo, alliance, party and so on."),
    Field("country", "code", "On a node: state (alpha-3) that it is or belongs to."),
    Field("events", "integer", "On a node: how many of the events it is a side of."),
    Field("weight", "number", "On an edge: how many events go from the one to the other."),
    Field("done", "integer", "On an edge: how many of them are told as done, not as planned."),
    Field("together", "integer", "On an edge: how many of them both sides did together."),
    *(
        Field(f"quad_{number}", "integer", f"On an edge: how many of them are {words}.")
        for number, words in QUADS.items()
    ),
    Field("first", "date", "On an edge: first day of its earliest event; empty if none is dated."),
    Field("last", "date", "On an edge: first day of its latest event; empty if none is dated."),
    Field(
        "in_month",
        "integer, by month",
        "On an edge: how many events are dated to a month; those with coarser dates aren't in it.",
    ),
)
_NODE = {"kind": "string", "country": "string", "events": "integer"}
_EDGE = {
    **dict.fromkeys(("done", "together", *(f"quad_{number}" for number in QUADS)), "integer"),
    **dict.fromkeys(("first", "last"), "string"),
}


@dataclass(slots=True)
class _Actor:
    label: str
    kind: str
    country: str | None
    events: int = 0


@dataclass(slots=True)
class _Deals:
    """What goes from one actor to another."""

    counts: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    first: str = ""
    last: str = ""

    def add(self, item: EventItem) -> None:
        event, report = item.event, item.best.report if item.best else None
        self.counts["weight"] += 1
        self.counts["done"] += event.status in DONE
        self.counts["together"] += report is not None and is_mutual(report)
        if report is not None:
            self.counts[f"quad_{report.quad}"] += 1
        day = event.date.day if event.date is not None else None
        if day is not None:
            self.first = min(self.first or day, day)
            self.last = max(self.last, day)
        month = _month(event)
        if month is not None:
            self.months[month] += 1


@dataclass(slots=True)
class _Graph:
    actors: dict[str, _Actor] = field(default_factory=dict)
    pairs: dict[tuple[str, str], _Deals] = field(default_factory=dict)
    left_out: int = 0

    def add(self, item: EventItem) -> None:
        source, target = item.event.source, item.event.target
        if source is None or target is None or not has_both_sides(item):
            self.left_out += 1
            return
        self._meet(item, source, item.event.source_name)
        if target != source:
            self._meet(item, target, item.event.target_name)
        self.pairs.setdefault((source, target), _Deals()).add(item)

    def _meet(self, item: EventItem, identity: str, name: str) -> None:
        if identity not in self.actors:
            known = item.actor(identity)
            self.actors[identity] = _Actor(
                label=known.name("en") if known else name or identity,
                kind=known.kind if known else "",
                country=_country(item, identity),
            )
        self.actors[identity].events += 1


def has_both_sides(item: EventItem) -> bool:
    is_named = item.event.source is not None and item.event.target is not None
    return is_named and item.retracted_at is None


def _country(item: EventItem, identity: str) -> str | None:
    return item.source_country if identity == item.event.source else item.target_country


def _month(event: Event) -> str | None:
    """Of an event that is dated to one."""
    date = event.date
    if date is None or date.start is None or date.precision not in DAYS:
        return None
    return date.start[:7]


def _write(items: Iterable[EventItem], about: About, out: BinaryIO) -> int:
    graph = _Graph()
    for item in items:
        graph.add(item)
    root = {"xmlns": "http://gexf.net/1.3", "version": "1.3"}
    with document(out, "gexf", root) as xml:
        _meta(xml, about, graph)
        whole = {
            "defaultedgetype": "directed",
            "mode": "dynamic",
            "timeformat": "date",
            "timerepresentation": "interval",
        }
        with xml.inside("graph", whole):
            _attributes(xml, "node", "static", _NODE)
            _attributes(xml, "edge", "static", _EDGE)
            _attributes(xml, "edge", "dynamic", {"in_month": "integer"})
            with xml.inside("nodes"):
                for identity, actor in sorted(graph.actors.items()):
                    _node(xml, identity, actor)
            with xml.inside("edges"):
                for (source, target), deals in sorted(graph.pairs.items(), key=lambda one: one[0]):
                    _edge(xml, source, target, deals)
    return len(graph.pairs)


def _meta(xml: Xml, about: About, graph: _Graph) -> None:
    with xml.inside("meta", {"lastmodifieddate": about.made_at[:10]}):
        xml.element("creator", f"Dragoman {about.program}")
        xml.element(
            "description",
            f"{about.title}, {about.base}; query: {about.query or 'everything'}; made at "
            f"{about.made_at}; left out: {graph.left_out}",
        )


def _attributes(xml: Xml, of: str, mode: str, types: Mapping[str, str]) -> None:
    with xml.inside("attributes", {"class": of, "mode": mode}):
        for name, type_ in types.items():
            xml.element("attribute", None, {"id": name, "title": name, "type": type_})


def _node(xml: Xml, identity: str, actor: _Actor) -> None:
    values = {"kind": actor.kind, "country": actor.country, "events": actor.events}
    with xml.inside("node", {"id": identity, "label": actor.label}), xml.inside("attvalues"):
        _values(xml, values)


def _edge(xml: Xml, source: str, target: str, deals: _Deals) -> None:
    weight = deals.counts["weight"]
    ends = {"id": f"{source} {target}", "source": source, "target": target, "weight": weight}
    values = {name: deals.counts[name] for name in _EDGE}
    with xml.inside("edge", ends):
        with xml.inside("attvalues"):
            _values(xml, values | {"first": deals.first or None, "last": deals.last or None})
            for month, number in sorted(deals.months.items()):
                value = {"for": "in_month", "value": number}
                xml.element("attvalue", None, value | _days(month))
        if deals.months:
            with xml.inside("spells"):
                for month in sorted(deals.months):
                    xml.element("spell", None, _days(month))


def _values(xml: Xml, values: Mapping[str, object]) -> None:
    """What is not known has no value."""
    for name, value in values.items():
        if value is not None and value != "":
            xml.element("attvalue", None, {"for": name, "value": value})


def _days(month: str) -> dict[str, object]:
    """First and last day of a month."""
    year, number = int(month[:4]), int(month[5:7])
    return {"start": f"{month}-01", "end": f"{month}-{monthrange(year, number)[1]:02d}"}


FORMAT = Format(
    "gexf",
    ".gexf",
    "application/gexf+xml",
    "events",
    N_(
        "Actors and how often each dealt with each, month by month, for Gephi and networkx. "
        "Left out are events of which a side is no actor of the atlas, and those that were "
        "withdrawn."
    ),
    _write,
    FIELDS,
    holds=has_both_sides,
    says_left_out=True,
)
