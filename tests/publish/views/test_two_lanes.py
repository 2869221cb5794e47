"""The page of a pair with its two lanes: where marks lead, what is counted, what is taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from lxml import etree

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model import Status, Verdict
from dragoman.publish.pages import pair
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.app import site
from dragoman.publish.views.asking import Part, asked
from dragoman.store import Store, open_store
from tests.publish.conftest import Client
from tests.publish.desk import TODAY, Page, Told, settle
from tests.publish.views.test_dossiers import PAIR, ids

SVG = re.compile(r'<div class="wide(?: single)?" tabindex="0">(<svg .*?</svg>)', re.DOTALL)
KINDS = (("met", "CONSULT", 1), ("aided", "AID", 2), ("blamed", "ACCUSE", 3), ("held", "COERCE", 4))
SIDES = (("Armenia", "Azerbaijan"), ("Azerbaijan", "Armenia"))


def chart(page: str) -> str:
    found = SVG.search(page)
    assert found is not None
    return found[1]


def links(page: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'<a href="([^"]*)"><title>', chart(page))]


def busy(number: int) -> Page:
    """A page on which two states deal with each other so often, over ten years."""
    told, lines = list[Told](), list[str]()
    for at in range(number):
        word, category, quad = KINDS[at % 4]
        source, target = SIDES[at // 4 % 2]
        sentence = f"{source} {word} {target} over lamp {at}."
        day = f"{2014 + at * 7 % 10}-{at * 5 % 12 + 1:02}-{at % 28 + 1:02}"
        status: Status = "planned" if at % 9 == 0 else "happened"
        told.append(Told(sentence, source, word, target, category, None, quad, status, day=day))
        lines.append(sentence)
    return Page("lamps", [("headline", "Lamps"), ("body", " ".join(lines))], told)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("large")
    with open_store(home) as store:
        settle(store, [busy(3000)])
    return home


@pytest.fixture
def many(large: Path, knowledge: Knowledge) -> Client:
    return Client(lambda: site(large, Config(today=TODAY), knowledge))


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        yield opened


@pytest.fixture
def room(store: Store, knowledge: Knowledge) -> ReadingRoom:
    return ReadingRoom(store, knowledge, Config(today=TODAY))


def test_each_mark_leads_to_an_entry_of_the_page(client: Client) -> None:
    page = client.get(PAIR).text
    found = links(page)
    assert {one.removeprefix("#") for one in found} == set(ids(client, PAIR))
    for one in found:
        assert page.count(f'id="{one[1:]}"') == 1


def test_marks_lie_with_the_events_that_fit(client: Client) -> None:
    for query in ("quad=3", "by=ba", "status=planned", "language=fr", "from=2024-03-12&told=news"):
        found = {one.removeprefix("#") for one in links(client.get(f"{PAIR}?{query}").text)}
        assert found == set(ids(client, f"{PAIR}?{query}"))


def test_lane_entry_and_filter_go_by_the_fullest_report(client: Client, store: Store) -> None:
    """Where reports differ in whether something was done together."""
    event = store.event("e-wire-3")
    assert event is not None
    ids_ = (*event.report_ids, "r-wire-2")
    store.keep_events([replace(event, report_ids=ids_, best="r-wire-2")])
    view = client.get(PAIR, accept="application/json").json()
    entries = [one for group in view["dossier"]["chronology"] for one in group["entries"]]
    (entry,) = [one for one in entries if one["line"]["id"] == "e-wire-3"]
    assert entry["direction"] != "both"
    assert view["lanes"]["ways"] == ["ab", "ba"]
    assert "e-wire-3" in ids(client, f"{PAIR}?by={entry['direction']}")


def test_what_is_planned_is_hollow(client: Client) -> None:
    page = client.get(PAIR).text
    assert len(re.findall(r'<path class="q\d not"', page)) == 1
    assert "10 April 2024, Armenia → Azerbaijan: Consult (planned)" in page
    assert "Hollow marks were not done" in page


def test_what_is_judged_wrong_is_not_drawn(room: ReadingRoom, store: Store) -> None:
    store.judge(Verdict("reject", "r-wire-2"), None, None)
    view = pair.view(room, "ARM", "AZE")
    assert view is not None
    assert view.lanes is not None
    assert (view.holding.events, view.lanes.drawn, view.dossier.found) == (4, 4, 5)


def test_one_line_says_what_the_desk_holds(client: Client) -> None:
    page = client.get(PAIR).text
    line = "The desk holds 5 events (2 February 2024 – 10 April 2024), told in English and French."
    assert line in page
    assert "None of them goes back to more than one origin." in page
    french = client.get("/fr" + PAIR).text
    assert "Au fonds\u00a0: 5 événements (2 février 2024 – 10 avril 2024)" in french
    assert "Chronologie d’une paire" in french
    for english in ("Turning points", "Filter, order", "Take it away", "Hollow", "oldest first"):
        assert english not in french


def test_of_thousands_the_drawing_stays_small_and_marks_lead_to_what_they_count(
    many: Client,
) -> None:
    page = many.get(PAIR).text
    drawing = chart(page)
    assert len(drawing.encode()) < 40_000
    view = many.get(PAIR, accept="application/json").json()
    assert view["lanes"]["drawn"] == view["dossier"]["found"] == 3000
    titles = re.findall(r"<a href=[^>]*><title>([^<]*)</title>", drawing)
    for href, words in list(zip(links(page), titles, strict=True))[::17]:
        counted = sum(int(n) for n in re.findall(r"(\d+) (?:verbal|material)", words))
        twin = many.get(PAIR + href.partition("#")[0], accept="application/json").json()
        assert twin["dossier"]["found"] == counted
        assert href.endswith("#chronology")


def test_a_years_panel_leads_to_its_events(many: Client) -> None:
    page = many.get(PAIR).text
    panels = re.findall(r'<li><a href="([^"]*)#chronology"><span class="year">(\d+)', page)
    assert [year for _, year in panels] == [str(year) for year in range(2014, 2024)]
    href, year = panels[3]
    groups = many.get(PAIR + unescape(href), accept="application/json").json()["dossier"]
    assert {group["key"][:4] for group in groups["chronology"]} == {year}


def test_the_table_says_what_the_marks_say(client: Client) -> None:
    page = client.get(PAIR).text
    (table,) = re.findall(r"<figcaption>.*?<tbody>(.*?)</tbody>", page.split("</figure>")[0], re.S)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("</tr>")[:-1]]
    assert [(row[0], row[-2], row[-1]) for row in cells] == [
        ("February 2024", "1", "–"),
        ("March 2024", "3", "–"),
        ("April 2024", "1", "1"),
    ]
    assert sum(int(row[-2]) for row in cells) == len(links(page))


# --- what is asked, in removable words ---------------------------------------------------------


def test_each_value_can_be_taken_away() -> None:
    question = asked([("quad", "3,4"), ("from", "2024"), ("order", "newest")], lambda _: True)
    assert question.parts == (
        Part("quad", "3", "?quad=4&from=2024&order=newest"),
        Part("quad", "4", "?quad=3&from=2024&order=newest"),
        Part("from", "2024", "?quad=3,4&order=newest"),
    )
    assert question.changed({"quad": "", "from": "", "order": ""}) == ""


def test_active_filters_stand_in_words(client: Client) -> None:
    page = client.get(f"{PAIR}?quad=3&by=ab&from=2024-03&category=ACCUSE&language=fr").text
    words = re.findall(r'<span class="value">(.*?)</span>', page)
    assert words == [
        "verbal conflict", "Armenia → Azerbaijan", "from March 2024", "Accuse", "told in French",
    ]  # fmt: skip
    assert 'href="/pair/ARM/AZE?quad=3&amp;by=ab&amp;from=2024-03&amp;category=ACCUSE"' in page
    assert 'class="asked"' not in client.get(PAIR).text


# --- taken away --------------------------------------------------------------------------------


def test_the_drawing_alone_keeps_its_looks(client: Client) -> None:
    answer = client.get(f"{PAIR}.svg?quad=3")
    assert answer.headers["content-type"] == "image/svg+xml"
    root = etree.fromstring(answer.content)
    names = {etree.QName(one).localname for one in root.iter()}
    assert names == {"svg", "title", "desc", "rect", "text", "path", "g"}
    assert not root.xpath("//@class | //@style | //@href")
    said = ["".join(map(str, one.itertext())) for one in root.iter("{*}title", "{*}text")]
    assert said[0] == "Armenia and Azerbaijan"
    assert said[-1].endswith("at /pair/ARM/AZE?quad=3")
    assert len(list(root.iter("{*}g"))) == 2
    assert client.get("/pair/ARM/FRA.svg").status_code == 404
    assert client.get(f"{PAIR}.svg?quad=9").status_code == 400


def test_the_drawing_holds_nothing_that_xml_does_not(home: Path, knowledge: Knowledge) -> None:
    config = Config(today=TODAY, title="Harbour\vdesk")
    client = Client(lambda: site(home, config, knowledge))
    root = etree.fromstring(client.get(f"{PAIR}.svg").content)
    assert "Harbourdesk" in "".join(map(str, root.itertext()))


def test_the_framed_chart_leads_to_the_page(client: Client) -> None:
    page = client.get(f"/fr/embed{PAIR}?quad=3").text
    assert "<nav" not in page
    assert '<base target="_top">' in page
    hrefs = re.findall(r'<a href="([^"]*)"', page)
    assert hrefs
    assert all(href.startswith("/fr/pair/ARM/AZE") for href in hrefs if href != "/fr/")
    for href in (unescape(one).removeprefix("/fr") for one in hrefs if "#" in one):
        target = client.get(href.partition("#")[0]).text
        assert f'id="{href.partition("#")[2]}"' in target


def test_the_page_says_how_it_is_taken_away(client: Client) -> None:
    page = client.get(f"{PAIR}?quad=3").text
    for suffix in ("csv", "json", "rss", "svg"):
        assert f'href="/pair/ARM/AZE.{suffix}?quad=3"' in page
    assert "&lt;iframe src=&#34;/embed/pair/ARM/AZE?quad=3&#34;" in page
