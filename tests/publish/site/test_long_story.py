"""A story that hundreds tell, and a text that hundreds print: a hundred articles on each page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model import CopyLink, Difference, Version
from dragoman.publish.pages import article, story
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.copy_tree import DEEPEST, CopyNode, walked
from dragoman.store import Store, open_store
from tests.publish.conftest import Client
from tests.publish.desk import TODAY, Page, Told, settle, tell_story

pytestmark = pytest.mark.usefixtures("store")
HEARD = "Armenia thanked Azerbaijan for the loan of a tug."
MEMBERS, COPIES = 60, 150
"""The first member is printed by all the copies."""


def told_by(name: str, outlet: int, day: str = "2024-03-18") -> Page:
    return Page(
        name,
        [("headline", f"A tug is lent: {name}"), ("body", HEARD)],
        [Told(HEARD, "Armenia", "thanked", "Azerbaijan", event="e-tug")],
        host=f"www.quay-{outlet}.example",
        published=day,
    )


def link(copy: str, origin: str) -> CopyLink:
    return CopyLink(f"a-{copy}", f"a-{origin}", 0.9, "whole", "time", "it was printed later")


MEMBER = [f"own{n:02}" for n in range(MEMBERS)]
COPY = [f"again{n:03}" for n in range(COPIES)]


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        pages = [told_by(name, n, f"2024-03-{12 + n // 30}") for n, name in enumerate(MEMBER)]
        settle(opened, pages + [told_by(name, n % 80) for n, name in enumerate(COPY)])
        opened.keep_copy_links({f"a-{name}": [link(name, MEMBER[0])] for name in COPY})
        tell_story(opened, "s-tug", {f"a-{one}": "alike" for one in MEMBER}, "2024-03-18")
        yield opened


@pytest.fixture
def room(store: Store, knowledge: Knowledge) -> ReadingRoom:
    return ReadingRoom(store, knowledge, Config(today=TODAY))


def pages_of(room: ReadingRoom) -> list[story.StoryPage]:
    found = [story.view(room, "s-tug", start=start) for start in (0, 100, 200)]
    return [one for one in found if one is not None]


def shown(page: story.StoryPage) -> list[str]:
    """What its days list: copies, and the articles that are printed for the first time here."""
    tellings = [one for day in page.days for one in day.tellings]
    return [i for one in tellings for i in (one.line.id, *(copy.id for copy in one.copies))]


def test_each_article_is_listed_and_the_long_text_on_each_page_of_its_copies(
    room: ReadingRoom,
) -> None:
    pages = pages_of(room)
    assert [(one.paging.found, one.paging.start, one.paging.next) for one in pages] == [
        (210, 0, 100), (210, 100, 200), (210, 200, None)
    ]  # fmt: skip
    listed = [shown(one) for one in pages]
    assert [len(one) for one in listed] == [100, 101, 10]  # the second repeats the long one
    assert listed[0][0] == listed[1][0] == "a-own00"
    assert len({one for some in listed for one in some}) == MEMBERS + COPIES
    first = [next(iter(page.days)).tellings[0] for page in pages[:2]]
    assert [(len(one.copies), one.more_copies) for one in first] == [(99, 51), (51, 99)]


def test_trees_have_the_articles_of_the_page_and_say_how_many_more(room: ReadingRoom) -> None:
    first, second, third = (one.trees for one in pages_of(room))
    assert [(len(tree.copies), tree.elsewhere, tree.size) for tree in (*first, *second)] == [
        (99, 51, 150), (51, 99, 150)
    ]  # fmt: skip
    assert not {one.line.id for one in walked(first)} & {
        one.line.id for tree in second for one in tree.copies
    }
    assert not third


def test_what_is_counted_and_drawn_is_of_all_articles(room: ReadingRoom) -> None:
    pages = pages_of(room)
    assert len({one.origins.wording for one in pages}) == 1
    assert {(one.line.articles, one.line.copies) for one in pages} == {(210, 150)}
    hours = [one.hours for one in pages if one.hours is not None]
    assert [len(one.table) for one in hours] == [100, 100, 10]
    assert {(len(one.dated), one.description) for one in hours} == {(210, hours[0].description)}
    members = [m.article_id for page in pages for g in page.origins.groups for m in g.members]
    assert len(members) == len(set(members)) == MEMBERS + COPIES


def test_pages_lead_to_one_another(client: Client) -> None:
    first, second, beyond = (
        client.get(f"/story/s-tug?start={start}").text for start in (0, 100, 900)
    )
    assert '<a rel="next" href="/story/s-tug?start=100#versions">More articles</a>' in first
    assert 'rel="prev"' not in first
    assert '<a rel="prev" href="/story/s-tug#versions">Articles before</a>' in second
    assert 'href="/story/s-tug.json?start=100">' in second
    assert "<summary>150 copies</summary>" in first
    assert first.count("<li>51 more copies on other pages</li>") == 1
    assert '<li class="meta">51 more copies on other pages</li>' in first
    assert "The table has the articles of this page." in first
    assert "There are no more." in beyond
    assert '<a rel="prev" href="/story/s-tug?start=200#versions">' in beyond
    twin = client.get("/story/s-tug.json?start=100").json()
    assert twin["paging"] == {"found": 210, "start": 100, "next": 200}


def test_each_version_has_three_sentences_and_the_number_of_other_outlets(
    store: Store, client: Client
) -> None:
    known = store.event("e-tug")
    assert known is not None
    tellers = tuple(f"r-{name}-1" for name in MEMBER)
    versions = (Version("2", tellers[:50]), Version("14", tellers[50:]))
    store.keep_events([replace(known, differences=(Difference("killed", versions),))])
    point = client.get("/story/s-tug.json").json()["points"][0]
    told = point["differences"][0]["versions"]
    assert [(len(one["tellers"]), one["more"]) for one in told] == [(3, 47), (3, 7)]
    assert len(point["sentences"]) == 6
    page = client.get("/story/s-tug").text
    links = [f'<a href="/article/a-{name}#r-{name}-1">' for name in MEMBER[:4]]
    assert [link in page for link in links] == [True, True, True, False]
    assert ", 47 more outlets</p>" in page


def test_where_a_table_is_cut_the_crowded_are_not_said_to_be_in_it(client: Client) -> None:
    page = client.get("/story/s-tug").text
    assert "more have no room in it." in page
    assert "more stand in the table" not in page
    beyond = client.get("/story/s-tug?start=900").text
    assert "<tbody>" not in beyond
    assert '<ol class="origins">' not in beyond
    assert "The table has" not in beyond
    assert "There are no more." in client.get("/article/a-own00?start=900").text


def test_the_outlet_a_group_is_named_after_is_among_its_ten(
    room: ReadingRoom, store: Store, client: Client
) -> None:
    printed = [told_by(f"port{n:02}", 100 + n, "2024-03-15") for n in range(15)]
    settle(store, [*printed, replace(told_by("monde", 0), host="www.lemonde.fr")])
    names = ["monde", *(one.name for one in printed[1:])]
    store.keep_copy_links({f"a-{name}": [link(name, "port00")] for name in names})
    view = article.view(room, "a-port00")
    assert view is not None
    (group,) = view.origins.groups
    assert (group.source, group.is_outlet, len(group.outlets)) == ("Le Monde", True, 10)
    assert "Le Monde" in group.outlets
    assert group.more_outlets == 6
    assert "<strong>Le Monde</strong>" in client.get("/article/a-port00").text


def test_a_member_deep_in_a_chain_has_its_own_copies(room: ReadingRoom, store: Store) -> None:
    chain = COPY[: DEEPEST + 8]
    store.keep_copy_links({f"a-{b}": [link(b, a)] for a, b in pairwise(chain)})
    deep = chain[DEEPEST]
    tell_story(store, "s-chain", {f"a-{one}": "alike" for one in (chain[0], deep)}, "2024-03-18")
    view = story.view(room, "s-chain")
    assert view is not None
    told = {one.line.id: one for day in view.days for one in day.tellings}
    assert [copy.id for copy in told[f"a-{deep}"].copies] == [
        f"a-{one}" for one in chain[DEEPEST + 1 :]
    ]
    assert len(told[f"a-{chain[0]}"].copies) == len(chain) - 2


def test_a_group_names_ten_outlets_and_the_members_of_the_page(client: Client) -> None:
    found = client.get("/story/s-tug.json?start=100").json()["origins"]
    largest = max(found["groups"], key=lambda group: group["articles"])
    assert (largest["articles"], len(largest["outlets"])) == (151, 10)
    assert largest["more_outlets"] == 70
    assert len(largest["members"]) == 51
    page = client.get("/story/s-tug?start=100").text
    assert ", 70 more outlets" in page
    assert "<li>100 more articles on other pages</li>" in page


def test_an_article_that_hundreds_print_shows_a_hundred_of_them(
    room: ReadingRoom, client: Client
) -> None:
    views = [article.view(room, "a-own00", start=start) for start in (0, 100)]
    found = [one.copies[0] for one in views if one is not None]
    assert [(len(tree.copies), tree.elsewhere) for tree in found] == [(100, 50), (50, 100)]
    page = client.get("/article/a-own00?start=100").text
    assert '<a rel="prev" href="/article/a-own00#copies">Copies before</a>' in page
    assert client.get("/article/a-own00").text.count('<p class="meta edge">') == 100


def test_a_copy_stands_in_its_tree_on_each_of_its_pages(room: ReadingRoom) -> None:
    for start in (0, 100):
        view = article.view(room, "a-again149", start=start)
        assert view is not None
        (tree,) = view.copies
        assert tree.line.id == "a-own00"
        assert "a-again149" in {copy.line.id for copy in tree.copies}


def test_a_chain_of_hundreds_of_copies_is_drawn_to_a_depth(
    room: ReadingRoom, store: Store, client: Client
) -> None:
    chain = [MEMBER[1], *COPY]
    store.keep_copy_links({f"a-{b}": [link(b, a)] for a, b in pairwise(chain)})
    view = article.view(room, "a-own01", start=100)
    assert view is not None

    def depth(node: CopyNode) -> int:
        return 1 + max(map(depth, node.copies), default=0)

    assert max(map(depth, view.copies)) == DEEPEST + 1
    assert sum(1 for _ in walked(view.copies)) + sum(
        node.elsewhere for node in walked(view.copies)
    ) == len(chain)
    page = client.get("/article/a-own01").text
    listed = re.findall(r'href="/article/a-(again\d+)"', page)
    assert listed[:100] == COPY[:100]
