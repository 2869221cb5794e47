"""The search page and what leaves the desk by a query: hits with their words, facets, faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlencode
from zlib import compress

import pytest

from dragoman.config import Config
from dragoman.errors import QueryError
from dragoman.knowledge import Knowledge
from dragoman.model.query import OfPair
from dragoman.publish.gathering import articles, events
from dragoman.publish.pages.explore import view
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.app import site
from dragoman.publish.views.lit import LONGEST, lit, passage
from dragoman.publish.views.wanted import Wanted
from dragoman.store import Store, open_store
from dragoman.store.phrases import Phrase
from tests.publish.conftest import Client
from tests.publish.desk import TODAY, Page

HIT = re.compile(r'<mark class="hit">(.*?)</mark>')
FACET = re.compile(
    r'<li><a href="(/explore[^"]*)">([^<]*)</a> <span class="number">([\d,]+)</span></li>'
)


def address(query: str, **others: str) -> str:
    return f"/explore?{urlencode({'q': query, **others})}"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        yield opened


@pytest.fixture
def room(store: Store, knowledge: Knowledge) -> ReadingRoom:
    return ReadingRoom(store, knowledge, Config(today=TODAY))


def test_events_with_the_words_asked_for(client: Client) -> None:
    page = client.get(address("lighthouse"))
    assert page.status_code == 200
    assert HIT.findall(page.text) == ["lighthouse"]
    assert "1 event" in page.text
    assert 'href="/event/e-met"' in page.text
    french = client.get(address("phares")).text
    assert HIT.findall(french) == ["phare"]  # of several reports the one that has the word
    assert 'lang="fr"' in french


def test_articles_with_the_paragraph(client: Client) -> None:
    page = client.get(address("elections OR bacs", of="articles")).text
    assert HIT.findall(page) == ["bacs", "bac"] or HIT.findall(page) == ["bacs"]
    assert 'href="/article/a-rewrite"' in page
    assert "e-met" not in page


def test_the_box_is_filled_and_nothing_in_it_is_markup(client: Client) -> None:
    asked = '"ferry line" <script>alert(1)</script> {{ 7 * 7 }}'
    page = client.get(address(asked, of="articles", order="best")).text
    assert "<script>alert" not in page
    box = re.search(r'<input id="q"[^>]* value="([^"]*)"', page)
    assert box is not None
    assert unescape(box.group(1)) == asked
    assert '<option value="articles" selected>' in page
    assert '<option value="best" selected>' in page


def test_a_fault_is_shown_where_it_is(client: Client) -> None:
    page = client.get(address("ferries actr:NATO"))
    assert page.status_code == 400
    shown = re.search(r"<pre>(.*?)</pre>", page.text, re.DOTALL)
    assert shown is not None
    line, caret = shown.group(1).split("\n")
    assert line[caret.index("^") :].startswith("actr:")
    assert "did you mean actor:?" in page.text
    assert 'value="ferries actr:NATO"' in page.text
    twin = client.get(address("ferries actr:NATO").replace("/explore?", "/explore.json?"))
    assert twin.status_code == 400
    assert twin.json()["fault"]["position"] == 8


@pytest.mark.parametrize(
    "query",
    [
        "of=stories",
        "as=globe",
        "order=longest",
        "of=articles&order=oldest",
        "limit=0",
        "limit=many",
        "asof=2024-03-18",
    ],
)
def test_what_it_does_not_take_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/explore?q=ferry&{query}").status_code == 400


def test_facets_narrow_down_to_what_they_count(client: Client) -> None:
    page = client.get(address("actor:AZE OR actor:ARM")).text
    facets = [(unescape(link), name, int(number)) for link, name, number in FACET.findall(page)]
    names = {name for _, name, _ in facets}
    assert {
        "Consult",
        "told as done",
        "French",
        "Azerbaijan",
        "NATO",
        "harbour-post.example",
    } <= names
    for link, name, number in facets:
        narrowed = client.get(link).text
        counted = re.search(r"<strong>(\d+) events?</strong>", narrowed)
        assert counted is not None, link
        assert int(counted.group(1)) == number, name


def test_more_pages_and_the_other_kind(client: Client) -> None:
    twin = client.get("/explore.json?q=&limit=2").json()
    assert (len(twin["events"]), twin["next_start"]) == (2, 2)
    following = client.get("/explore.json?q=&limit=2&start=2").json()
    first, second = ({one["line"]["id"] for one in t["events"]} for t in (twin, following))
    assert not first & second
    page = client.get("/explore?limit=2").text
    assert 'href="/explore?limit=2&amp;start=2"' in page
    assert 'href="/explore?of=articles&amp;limit=2"' in page


def test_small_operators_are_pointed_out_only_where_nothing_is_found(client: Client) -> None:
    assert "write OR to join" in client.get(address("zebras or unicorns")).text
    assert "write OR to join" not in client.get(address("lighthouse")).text


def test_a_public_desk_shows_no_more_than_it_may(home: Path, knowledge: Knowledge) -> None:
    """The paragraph that holds the word is neither lead nor evidence, so it stays unseen."""
    public = Client(lambda: site(home, Config(today=TODAY), knowledge, public=True))
    private = Client(lambda: site(home, Config(today=TODAY), knowledge))
    asked = address("boats sail", of="articles")
    assert "boats" in " ".join(HIT.findall(private.get(asked).text))
    seen = public.get(asked)
    assert 'href="/article/a-wire"' in seen.text
    assert HIT.findall(seen.text) == []
    assert "will" not in re.sub(r"<[^>]+>", "", seen.text)


def test_what_leaves_the_desk_is_what_the_query_finds(room: ReadingRoom) -> None:
    every = [item.event.id for item in events(room)]
    assert len(every) == len(set(every)) > 4
    assert [item.event.id for item in events(room, "category:CONSULT status:happened")] == ["e-met"]
    assert {item.event.id for item in events(room, "-category:CONSULT")} < set(every)
    french = [item.kept.article.id for item in articles(room, "lang:fr")]
    assert french == ["a-rewrite"]
    assert len(list(articles(room))) == 4
    with pytest.raises(QueryError):
        events(room, "category:")
    with pytest.raises(QueryError):
        articles(room, "(")


def test_a_passage_is_short_and_holds_the_word() -> None:
    long = "Boats wait. " * 60 + "A lighthouse stands there. " + "Gulls cry. " * 60
    article = Page("long", [("headline", "A coast"), ("body", long)]).article()
    pieces = passage(article, [Phrase(("lighthous",))])
    assert [piece.text for piece in pieces if piece.lit] == ["lighthouse"]
    assert len("".join(piece.text for piece in pieces)) < LONGEST + 10
    begun = "".join(piece.text for piece in passage(article, []))
    assert begun.startswith("Boats wait.")
    assert begun.endswith(" …")
    whole = lit("no such word", "en", [Phrase(("lighthous",))])
    assert [(piece.text, piece.lit) for piece in whole] == [("no such word", False)]


def test_what_is_found_can_be_taken_away(client: Client) -> None:
    page = client.get("/explore?q=from%3AAZE").text
    forms = re.findall(r'href="(/export/[^"]+)"', page)
    assert "/export/rss?q=from%3AAZE" in forms
    assert "/export/csv?q=from%3AAZE" in forms
    assert [client.get(one).status_code for one in forms[:2]] == [200, 200]
    articles = client.get("/explore?q=ferry&of=articles").text
    assert "/export/articles-rss?q=ferry" in articles
    assert "/export/csv?" not in articles


FORMS = ("list", "map", "table", "network")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_an_address_a_twin_a_feed_and_files(client: Client, form: str) -> None:
    page = client.get(address("actor:AZE", **{"as": form}))
    assert page.status_code == 200
    twin = re.search(r'<link rel="alternate" type="application/json" href="([^"]+)"', page.text)
    assert twin is not None
    assert client.get(unescape(twin.group(1))).json()["wanted"]["form"] == form
    assert 'type="application/rss+xml"' in page.text
    assert 'href="/export/csv?q=actor%3AAZE"' in page.text
    main = page.text.partition("<main")[2]
    current = re.findall(r'<a href="[^"]*" aria-current="page">(\w+)</a>', main)
    assert current == [form.capitalize()]
    assert not re.search(r"\sstyle=", page.text)


@pytest.mark.parametrize("form", FORMS)
def test_forms_speak_french(client: Client, form: str) -> None:
    page = client.get("/fr" + address("actor:AZE", **{"as": form})).text
    assert "À emporter" in page
    assert "Take it away" not in page
    assert 'href="/fr/explore?q=actor%3AAZE&amp;as=table"' in page


def test_marks_of_the_map_lead_to_what_they_count(client: Client) -> None:
    found = client.get("/explore.json?as=map").json()["map"]
    assert found["spots"]
    assert "circles" not in found
    for mark in (*found["spots"], *found["lands"]):
        narrowed = client.get(mark["address"].replace("/explore?", "/explore.json?")).json()
        assert narrowed["wanted"]["form"] == "list"
        assert narrowed["count"] == mark["count"], mark
    page = client.get("/explore?as=map").text
    assert "Borders: Natural Earth, de facto." in page
    assert page.count("<circle") + page.count('<path class="step-') >= len(found["spots"])


def test_lines_of_the_network_lead_to_pairs_and_actors(client: Client) -> None:
    found = client.get("/explore.json?as=network").json()["network"]
    page = client.get("/explore?as=network").text
    assert found["pairs"]
    for pair in found["pairs"]:
        assert pair["forth"] + pair["back"] == pair["cooperation"] + pair["conflict"]
        assert pair["forth"] + pair["back"] == pair["count"]
        path = f"/pair/{pair['a']}/{pair['b']}"
        assert f'<a href="{path}"><title>' in page
        assert client.get(path).status_code == 200
    counted = client.get("/explore.json?q=").json()["count"]
    assert found["events"] + found["sideless"] == counted


def test_bars_lead_to_their_months(client: Client) -> None:
    periods = client.get("/explore.json?as=table").json()["strip"]["periods"]
    assert sum(one["count"] > 0 for one in periods) > 1
    for one in periods:
        if one["count"]:
            narrowed = client.get(one["address"].replace("/explore?", "/explore.json?")).json()
            assert narrowed["wanted"]["form"] == "table"
            assert narrowed["count"] >= one["count"]


@pytest.mark.parametrize(
    ("order", "of"),
    [("act", "category"), ("status", "status"), ("origins", "origins")],
)
def test_the_table_is_sorted_by_the_head_that_was_followed(
    client: Client, order: str, of: str
) -> None:
    heads = re.findall(
        r'href="(/explore\?as=table&amp;order=\w+)"', client.get("/explore?as=table").text
    )
    assert f"/explore?as=table&amp;order={order}" in heads
    rows = client.get(f"/explore.json?as=table&order={order}").json()["events"]
    values = [one["line"][of] for one in rows]
    assert values == sorted(values, reverse=order == "origins")
    newest = client.get("/explore.json?as=table").json()["events"]
    assert {one["line"]["id"] for one in rows} == {one["line"]["id"] for one in newest}


@pytest.mark.parametrize("path", ["/search", "/search.json", "/fr/search"])
def test_the_old_address_leads_on_with_its_question(client: Client, path: str) -> None:
    answer = client.get(f"{path}?q=ferry&of=articles")
    expected = path.replace("search", "explore")
    assert (answer.status_code, answer.headers["location"]) == (
        308,
        f"{expected}?q=ferry&of=articles",
    )


def test_what_can_be_asked_is_shown_and_works(client: Client) -> None:
    page = client.get("/explore").text
    links = re.findall(r'<dt><a href="([^"]+)">', page)
    assert len(links) == 5
    assert [client.get(unescape(link)).status_code for link in links] == [200] * 5


def test_the_map_of_the_world_stays_light(client: Client) -> None:
    assert len(compress(client.get("/explore?as=map").content)) < 80_000


@pytest.mark.parametrize(
    "query",
    [
        "Armenia Azerbaijan", "armenia, azerbaijan", "Arménie Azerbaïdjan", "from:Armenia to:AZE",
        "pair:ARM,AZE", "lighthouse Armenia AND Azerbaijan after:2024",
    ],
)  # fmt: skip
def test_names_of_two_lead_to_their_pages(room: ReadingRoom, query: str) -> None:
    pair, *actors = view(room, wanted=Wanted(query)).doors
    assert (pair.name, pair.address) == ("Armenia and Azerbaijan", "/pair/ARM/AZE")
    assert pair.events == len(room.store.find_events(OfPair("ARM", "AZE"), limit=99)) > 0
    assert [one.address for one in actors] == ["/actor/ARM", "/actor/AZE"]


@pytest.mark.parametrize("query", ["", "the us of it", "-Armenia", "Armenia OR Norway", "arme*"])
def test_what_names_nobody_for_certain_leads_nowhere(room: ReadingRoom, query: str) -> None:
    assert not view(room, wanted=Wanted(query)).doors


def test_a_pair_of_which_nothing_is_held_is_not_offered(room: ReadingRoom) -> None:
    found = view(room, wanted=Wanted("Samoa Armenia")).doors
    assert [one.address for one in found] == ["/actor/WSM", "/actor/ARM"]


def test_the_longest_name_counts(room: ReadingRoom) -> None:
    found = view(room, wanted=Wanted("in South Sudan")).doors
    assert [one.address for one in found] == ["/actor/SSD"]


def test_pages_of_who_is_named_stand_above_what_is_found(client: Client) -> None:
    page = client.get("/fr" + address("Arménie Azerbaïdjan")).text
    before, _ = page.split('class="answer"')
    assert 'href="/fr/pair/ARM/AZE">Arménie et Azerbaïdjan</a>' in before
    assert "/pair/" not in client.get("/fr" + address("Arménie")).text.split('class="answer"')[0]
