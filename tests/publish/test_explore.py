"""The search page and what leaves the desk by a query: hits with their words, facets, faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from dragoman.config import Config
from dragoman.errors import QueryError
from dragoman.knowledge import Knowledge
from dragoman.publish.gathering import articles, events
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.app import site
from dragoman.publish.views.lit import LONGEST, lit, passage
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
    assert {"Consult", "happened", "French", "Azerbaijan", "NATO", "harbour-post.example"} <= names
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
