"""GeoJSON, GEXF and JSON-LD read back by the tools they are for: as many, and each as it was."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld
from shapely.geometry import shape

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model import Label
from dragoman.publish.formats.account import account, headline, last_told, moment_of
from dragoman.publish.formats.json_stream import write_document
from dragoman.publish.formats.xml_stream import document, xml_text
from dragoman.publish.gathering import EventItem, about, articles, events
from dragoman.publish.room import ReadingRoom
from dragoman.store import open_store
from tests.publish.desk import PAGES, TODAY, Page, Told, settle
from tests.publish.documents import (
    ALL,
    ALLIES,
    ARTICLES,
    ENDLESS,
    LONG,
    MARKED,
    PLAIN,
    REPLY,
    SCRIPT,
    TALKS,
    VISIT,
    WILD,
    format_of,
    repeated,
    written,
)
from tests.publish.items import ABOUT, BAKU, GONE, LASTING, YEAR, item, report, row, side

STREAMED = ("geojson", "rss", "atom", "jsonfeed", "ics", "jsonld", "ftm")
EVENTS = (*STREAMED, "gexf")
OF_ARTICLES = ("articles-rss", "articles-atom", "articles-jsonld")
PLACED = (VISIT, TALKS, WILD, ENDLESS, SCRIPT, LASTING, GONE)
SCHEMA = "https://schema.org/"


def json_of(name: str, items: Any) -> Any:
    return json.loads(written(name, items))


# Words that all of them share


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (VISIT, "France → Azerbaijan: Consult, 17 March 2024"),
        (TALKS, "France → Azerbaijan: Consult (planned), November 2024"),
        (GONE, "Withdrawn: France → Azerbaijan: Consult, 17 March 2024"),
        (YEAR, "Consult, 2023"),  # nobody is named
        (WILD, 'a <i>"pilot"</i> & crew: Consult, no date'),  # and no target
    ],
)
def test_headlines_say_who_what_when_and_whether_it_was_done(made: EventItem, words: str) -> None:
    assert headline(made) == words


def test_a_headline_without_a_source_says_so_and_one_done_together_has_two_heads() -> None:
    target = (side("AZE", "Azerbaijan", "GOV"),)
    assert headline(item("x", row(report("x", targets=target)))) == (
        "not named → Azerbaijan: Consult, no date"
    )
    both = replace(
        report("y", sources=(side("FRA", "France", "GOV"),), targets=target),
        why=("source from subj: France (a)", "target from subj: Azerbaijan (a)"),
    )
    assert headline(item("y", row(both))).startswith("France ↔ Azerbaijan: ")


def test_an_account_has_the_sentence_its_article_and_both_addresses() -> None:
    assert account(VISIT).split("\n") == [
        "“Azerbaijan received France in Baku.”",
        "Quay Post: A visit",
        "https://quay.example/r-visit",
        "happened; 1 outlet, 1 origin",
        "https://desk.example.org/event/e-visit",
    ]
    assert "javascript" not in account(SCRIPT)
    assert account(GONE).startswith("withdrawn 2024-03-19T08:00:00+00:00\n")


def test_moments_are_told_in_utc_and_what_is_none_is_none() -> None:
    assert str(moment_of("2024-03-17")) == "2024-03-17 00:00:00+00:00"
    assert str(moment_of("2024-03-17T09:30:00+02:00")) == "2024-03-17 07:30:00+00:00"
    assert [moment_of(one) for one in (None, "", "2024-03", "soon")] == [None] * 4
    assert str(last_told(GONE)) == "2024-03-19 08:00:00+00:00"


# GeoJSON


def test_geojson_has_a_point_for_each_event_with_a_place() -> None:
    found = json_of("geojson", ALL)
    assert found["type"] == "FeatureCollection"
    assert "crs" not in found
    assert [one["id"] for one in found["features"]] == [one.event.id for one in PLACED]
    for feature, made in zip(found["features"], PLACED, strict=True):
        point, place = shape(feature["geometry"]), made.event.place
        assert point.geom_type == "Point"
        assert place is not None
        assert (point.x, point.y) == (place.lon, place.lat)


def test_geojson_counts_what_it_leaves_out_and_says_what_it_is() -> None:
    said = json_of("geojson", ALL)["dragoman"]
    assert said["left_out"] == len(ALL) - len(PLACED) == 3
    assert (said["base"], said["query"]) == (ABOUT.base, ABOUT.query)
    holds = format_of("geojson").holds
    assert holds is not None
    assert [holds(one) for one in (VISIT, REPLY)] == [True, False]
    nowhere = replace(VISIT, event=replace(VISIT.event, place=replace(BAKU, lat=None)))
    assert not holds(nowhere)


def test_geojson_gives_each_event_with_its_evidence() -> None:
    first, wild, endless = (json_of("geojson", (VISIT, WILD, ENDLESS))["features"][at]["properties"]
                            for at in range(3))  # fmt: skip
    assert first == {
        "title": headline(VISIT), "category": "CONSULT", "mode": "visit", "quad": 1,
        "status": "happened", "told_as": "news", "source": "FRA", "source_name": "France",
        "target": "AZE", "target_name": "Azerbaijan", "start": "2024-03-17",
        "end": "2024-03-17", "precision": "day", "place": "Baku", "place_id": BAKU.id,
        "place_country": "AZE", "place_note": None,
        "evidence": "Azerbaijan received France in Baku.", "outlet": "Quay Post",
        "article": "https://quay.example/r-visit", "outlets": 1, "origins": 1,
        "languages": ["en", "fr"], "address": VISIT.address, "revision": 3, "retracted_at": None,
    }  # fmt: skip
    assert wild["evidence"] == MARKED.replace("\ud83d", "?")
    assert endless["evidence"] == LONG
    month, gone = json_of("geojson", (TALKS, GONE))["features"]
    assert (month["properties"]["start"], month["properties"]["end"]) == ("2024-11", "2024-11")
    assert gone["properties"]["retracted_at"] == GONE.retracted_at
    assert gone["properties"]["quad"] is None


def test_geojson_of_nothing_is_a_collection() -> None:
    found = json_of("geojson", ())
    assert (found["features"], found["dragoman"]["left_out"]) == ([], 0)


# GEXF


def graph_of(items: Any) -> Any:
    return networkx.read_gexf(io.BytesIO(written("gexf", items)))


def test_gexf_has_a_node_for_each_actor_and_an_edge_for_each_pair() -> None:
    graph = graph_of((*ALL, *repeated(VISIT, 4)))
    assert graph.is_directed()
    assert not graph.is_multigraph()
    assert dict(graph.nodes(data="label")) == {
        "AZE": "Azerbaijan", "FRA": "France", "eu": "European Union",
    }  # fmt: skip
    weights = {(a, b): weight for a, b, weight in graph.edges(data="weight")}
    assert weights == {("FRA", "AZE"): 6, ("AZE", "FRA"): 1, ("eu", "AZE"): 1}
    kinds = {one: (graph.nodes[one]["kind"], graph.nodes[one]["events"]) for one in graph}
    assert kinds == {"AZE": ("state", 8), "FRA": ("state", 7), "eu": ("igo", 1)}
    assert graph.nodes["FRA"]["country"] == "FRA"
    assert "country" not in graph.nodes["eu"]


def test_gexf_edges_tell_what_was_done_of_which_class_and_when() -> None:
    edge = graph_of(ALL).edges["FRA", "AZE"]
    assert {name: edge[name] for name in ("done", "together", "quad_1", "quad_2", "quad_4")} == {
        "done": 1, "together": 0, "quad_1": 1, "quad_2": 1, "quad_4": 0,
    }  # fmt: skip
    assert (edge["first"], edge["last"]) == ("2024-03-17", "2024-11-01")
    assert edge["in_month"] == [
        (1, "2024-03-01", "2024-03-31"),
        (1, "2024-11-01", "2024-11-30"),
    ]
    assert edge["spells"] == [("2024-03-01", "2024-03-31"), ("2024-11-01", "2024-11-30")]


def test_gexf_puts_a_year_in_no_month() -> None:
    edge = graph_of((ALLIES,)).edges["eu", "AZE"]
    assert edge["first"] == "2023-01-01"
    assert not {"in_month", "spells"} & set(edge)


def test_gexf_leaves_out_who_is_no_actor_and_what_was_withdrawn() -> None:
    made = written("gexf", ALL)
    # of these no side is an actor of the atlas; GONE was withdrawn
    assert b"left out: 6" in made
    holds = format_of("gexf").holds
    assert holds is not None
    assert [one.event.id for one in ALL if not holds(one)] == [
        one.event.id for one in (WILD, ENDLESS, SCRIPT, YEAR, LASTING, GONE)
    ]


def test_gexf_is_the_same_in_any_order() -> None:
    assert written("gexf", ALL) == written("gexf", ALL[::-1])


def test_gexf_bears_an_actor_with_a_name_of_marks() -> None:
    event = replace(VISIT.event, source='x"<&]]>\x01', source_name='"<&]]>\x01\ud800 é')
    graph = graph_of((replace(VISIT, event=event, actors=()),))
    assert graph.nodes['x"<&]]>']["label"] == '"<&]]> é'


# JSON-LD


def expanded(name: str, items: Any) -> list[Any]:
    def no_network(address: str, _options: object) -> Any:
        raise AssertionError(f"{address} would be fetched")

    made: list[Any] = jsonld.expand(json_of(name, items), {"documentLoader": no_network})
    return made


def terms_of(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from terms_of(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from (one if name == "@type" and isinstance(one, list) else terms_of(one))


def test_jsonld_terms_are_schema_orgs_and_need_no_network() -> None:
    for name, items in (("jsonld", ALL), ("articles-jsonld", ARTICLES)):
        found = expanded(name, items)
        assert len(found) == len(items)
        terms = {one for one in terms_of(found) if not one.startswith("@")}
        assert terms
        assert all(one.startswith(SCHEMA) for one in terms)


def test_jsonld_has_no_term_that_is_not_in_the_dictionary() -> None:
    for name, items in (("jsonld", ALL), ("articles-jsonld", ARTICLES)):
        known = {field.name for field in format_of(name).fields} | {"type"}
        said = {key for node in json_of(name, items)["@graph"] for key in node}
        assert said == known


def test_jsonld_tells_who_did_what_to_whom() -> None:
    first = expanded("jsonld", (VISIT,))[0]
    assert first["@type"] == [f"{SCHEMA}Event", f"{SCHEMA}Action"]
    assert first["@id"] == f"{VISIT.address}#event"
    assert only(first, "name") == headline(VISIT)
    agent, target = first[f"{SCHEMA}agent"][0], first[f"{SCHEMA}object"][0]
    assert (only(agent, "name"), agent["@type"]) == ("France", [f"{SCHEMA}Country"])
    assert agent["@id"] == f"{ABOUT.base}/actor/FRA"
    assert agent[f"{SCHEMA}sameAs"] == [{"@id": "http://www.wikidata.org/entity/Q142"}]
    assert only(target, "name") == "Azerbaijan"
    assert first[f"{SCHEMA}actionStatus"] == [{"@id": f"{SCHEMA}CompletedActionStatus"}]
    assert (only(first, "startDate"), only(first, "endDate")) == ("2024-03-17", "2024-03-17")
    spot = first[f"{SCHEMA}location"][0][f"{SCHEMA}geo"][0]
    assert (only(spot, "latitude"), only(spot, "longitude")) == (BAKU.lat, BAKU.lon)
    article = first[f"{SCHEMA}subjectOf"][0]
    assert article["@type"] == [f"{SCHEMA}NewsArticle"]
    assert only(article[f"{SCHEMA}hasPart"][0], "text") == "Azerbaijan received France in Baku."
    page = first[f"{SCHEMA}mainEntityOfPage"][0]
    assert (page["@id"], only(page, "version")) == (VISIT.address, 3)


def only(node: Any, name: str) -> Any:
    (value,) = node[f"{SCHEMA}{name}"]
    return value["@value"]


def test_jsonld_calls_nothing_done_that_was_not() -> None:
    planned, gone = expanded("jsonld", (TALKS, GONE))
    assert planned[f"{SCHEMA}eventStatus"] == [{"@id": f"{SCHEMA}EventScheduled"}]
    assert planned[f"{SCHEMA}actionStatus"] == [{"@id": f"{SCHEMA}PotentialActionStatus"}]
    assert only(gone[f"{SCHEMA}mainEntityOfPage"][0], "expires") == GONE.retracted_at
    denied = replace(VISIT, event=replace(VISIT.event, status="denied"))
    (found,) = expanded("jsonld", (denied,))
    assert f"{SCHEMA}actionStatus" not in found
    assert {"@value": "denied"} in found[f"{SCHEMA}keywords"]


def test_jsonld_of_articles_has_their_credits() -> None:
    plain, bounded = json_of("articles-jsonld", ARTICLES)["@graph"]
    assert plain["headline"] == "Le quai & la <grève>"
    assert (plain["datePublished"], plain["inLanguage"]) == ("2024-03-18", "fr")
    assert plain["author"] == [{"name": "Rédaction du quai", "description": "writes from the quay"}]
    assert plain["publisher"] == {"type": "Organization", "name": "Le Quai"}
    assert plain["sourceOrganization"] == {"type": "Organization", "name": "Agency Z"}
    assert plain["isBasedOn"]["publisher"]["name"] == "Le Phare"
    assert plain["image"] == [
        {"type": "ImageObject", "contentUrl": "https://quai.example/i.jpg", "caption": "A quay",
         "creditText": "Agency Z"}
    ]  # fmt: skip
    assert plain["citation"] == ["Agency Z", "a note"]
    # a bound is no day of printing, and a script no address
    assert not {"datePublished", "url", "author", "isBasedOn", "image"} & set(bounded)


def test_an_article_of_its_own_outlet_is_based_on_nothing() -> None:
    own = replace(PLAIN, outlet="Le Phare")
    assert "isBasedOn" not in json_of("articles-jsonld", (own,))["@graph"][0]


# All of them


@pytest.mark.parametrize("name", [*EVENTS, *OF_ARTICLES])
def test_every_document_is_there_with_its_words(name: str) -> None:
    found = format_of(name)
    assert found.media_type
    assert found.means.endswith(".")
    assert found.fields
    assert all(field.means.endswith(".") for field in found.fields)
    assert len({field.name for field in found.fields}) == len(found.fields)
    assert found.takes == ("articles" if name in OF_ARTICLES else "events")


COUNTED: Mapping[str, Callable[[bytes], int]] = {
    "geojson": lambda made: len(json.loads(made)["features"]),
    "jsonfeed": lambda made: len(json.loads(made)["items"]),
    "jsonld": lambda made: len(json.loads(made)["@graph"]),
    "rss": lambda made: len(ElementTree.fromstring(made).findall(".//item")),
    "atom": lambda made: made.count(b"<entry>"),
    "gexf": lambda made: made.count(b"<edge "),
    "ics": lambda made: made.count(b"BEGIN:VEVENT"),
    "ftm": lambda made: made.count(b"\n"),
}


@pytest.mark.parametrize("name", EVENTS)
def test_the_number_given_is_that_of_the_entries(name: str) -> None:
    out = io.BytesIO()
    number = format_of(name).write(iter(ALL), ABOUT, out)
    assert number == COUNTED[name](out.getvalue()) > 0


@pytest.mark.parametrize("name", STREAMED)
def test_memory_does_not_grow_with_the_events(name: str) -> None:
    """Of 2,000 events, which make over a megabyte, no more is held than some blocks."""

    class Counter(io.RawIOBase):
        size = 0

        def writable(self) -> bool:
            return True

        def write(self, data: Any, /) -> int:
            self.size += len(data)
            return len(data)

    sink: Any = Counter()
    made = format_of(name)
    made.write(repeated(TALKS, 20), ABOUT, sink)
    tracemalloc.start()
    try:
        made.write(repeated(TALKS, 2000), ABOUT, sink)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sink.size > 1_000_000
    assert peak < 200_000


def test_gexf_grows_with_the_pairs_alone() -> None:
    one, many = (written("gexf", repeated(VISIT, number)) for number in (1, 500))
    assert len(many) - len(one) < 50


def pier() -> Page:
    """An article with more than its evidence, and evidence with more than may be shown."""
    told = (
        "Azerbaijan received NATO" + " beside the old crane" * 60 + " until the last lamp went out."
    )
    lines: list[tuple[Label, str]] = [
        ("headline", "A long evening"),
        ("body", "Lead: the pier was full."),
        ("body", told),
        *(("body", f"Aside {at}: the price of rope rose again.") for at in range(40)),
    ]
    return Page(
        "pier", lines,
        [Told(told, "Azerbaijan", "received", "NATO", told_as="announced", day=TODAY)],
    )  # fmt: skip


@pytest.mark.parametrize("name", [*EVENTS, *OF_ARTICLES])
def test_a_public_desk_gives_no_more_than_it_shows(
    name: str, tmp_path: Any, knowledge: Knowledge
) -> None:
    with open_store(tmp_path) as store:
        settle(store, [pier()])
        room = ReadingRoom(store, knowledge, Config(today=TODAY), public=True)
        given = articles(room) if name in OF_ARTICLES else events(room)
        made = written(name, given, about(room, "")).replace(b"\r\n ", b"").decode()
    assert "A long evening" in made or "AZE" in made
    assert "the last lamp" not in made
    assert "Aside 39" not in made


def test_the_actors_of_an_event_come_with_what_the_atlas_knows(
    tmp_path: Any, knowledge: Knowledge
) -> None:
    with open_store(tmp_path) as store:
        settle(store, PAGES)
        found = list(events(ReadingRoom(store, knowledge, Config(today=TODAY))))
    one = next(one for one in found if one.event.target == "AZE" and one.event.source)
    actor = one.actor("AZE")
    assert actor is not None
    assert actor.kind == "state"
    assert one.actor("nobody") is None
    assert one.actor(None) is None


@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_any_text_can_stand_in_xml_and_json(text: str) -> None:
    out = io.BytesIO()
    with document(out, "a", {"b": text, "c": None}) as xml:
        xml.element("d", text)
    root = ElementTree.fromstring(out.getvalue())
    assert root.get("b") == xml_text(text)
    assert root.get("c") is None
    assert (root[0].text or "") == xml_text(text)
    made = io.BytesIO()
    assert write_document({}, "a", [{"b": text}] * 2, made, tail=lambda n: {"n": n}) == 2
    read = json.loads(made.getvalue())
    assert read["n"] == 2
    assert read["a"][0]["b"] == text.encode("utf-8", "replace").decode()
