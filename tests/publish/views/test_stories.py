"""Stories as pages show them: on Today, in their list, and each on its own page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model import CopyLink, Dated, Difference, Printing, Verdict, Version
from dragoman.publish.pages import article, changes, stories, story, today
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.copy_tree import copy_trees, delay_words
from dragoman.publish.views.lines import Lines
from dragoman.publish.views.storylines import movement
from dragoman.store import Store, open_store
from tests.publish.conftest import Client
from tests.publish.desk import FERRIES, MEETING, TODAY, WIRE, Page, settle, tell_story


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        yield opened


@pytest.fixture
def room(store: Store, knowledge: Knowledge) -> ReadingRoom:
    return ReadingRoom(store, knowledge, Config(today=TODAY))


def on(room: ReadingRoom, day: str) -> ReadingRoom:
    return replace(room, config=Config(today=day))


@pytest.mark.parametrize(
    ("start", "end", "moves"),
    [
        ("2024-03-19", "2024-03-20", "new"),
        ("2024-03-01", "2024-03-19", "growing"),
        ("2024-03-01", "2024-03-16", "quiet"),
        ("2024-03-01", "2024-03-15", "closed"),
        (None, None, "quiet"),
    ],
)
def test_movement(start: str | None, end: str | None, moves: str) -> None:
    assert movement(start, end, "2024-03-20") == moves


def test_a_line_says_what_is_told_and_by_how_many(room: ReadingRoom) -> None:
    (line,) = stories.view(room).stories
    assert (line.id, line.movement) == ("s-ferries", "growing")
    assert line.title == "Azerbaijan and Armenia speak of ferries"
    assert (line.articles, line.copies, line.outlets) == (3, 1, 3)
    assert line.languages == ("en", "fr")
    assert line.event is not None
    assert line.event.id == "e-met"
    assert line.days is not None
    assert line.days.numbers[-3:] == (2, 1, 0)


def test_today_puts_stories_first_and_other_articles_apart(room: ReadingRoom) -> None:
    view = today.view(room)
    assert [line.id for line in view.stories] == ["s-ferries"]
    assert not view.more_stories
    assert [line.id for line in view.articles] == ["a-hostile"]


def test_a_story_that_is_long_over_is_not_on_today(room: ReadingRoom) -> None:
    later = on(room, "2024-05-01")
    assert not today.view(later).stories
    assert [line.movement for line in stories.view(later).stories] == ["closed"]


def test_one_text_in_one_place_is_no_story_to_list(room: ReadingRoom, store: Store) -> None:
    tell_story(store, "s-buoy", {"a-hostile": "nothing else tells it"}, "2024-03-18")
    assert [line.id for line in stories.view(room).stories] == ["s-ferries"]
    assert story.view(room, "s-buoy") is not None


def test_stories_go_on_where_the_page_ended(
    room: ReadingRoom, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        page = [
            Page(f"p{n}-{k}", [("headline", f"Pier {n} {k}"), ("body", "A pier.")]) for k in "ab"
        ]
        settle(store, page)
        tell_story(store, f"s-pier{n}", {f"a-p{n}-{k}": "piers" for k in "ab"}, f"2024-02-0{n + 1}")
    monkeypatch.setattr(stories, "LISTED", 3)
    first = stories.view(room)
    assert first.next_stories is not None
    second = stories.view(room, start=first.next_stories)
    ids = [line.id for line in (*first.stories, *second.stories)]
    assert ids == ["s-ferries", "s-pier2", "s-pier1", "s-pier0"]
    assert second.next_stories is None


def test_a_story_says_why_each_article_is_in_it(room: ReadingRoom) -> None:
    view = story.view(room, "s-ferries")
    assert view is not None
    told = {one.line.id: one for day in view.days for one in day.tellings}
    assert {one: telling.reason for one, telling in told.items()} == FERRIES
    assert [line.id for line in told["a-wire"].copies] == ["a-copy"]
    assert [day.day for day in view.days] == ["2024-03-18"]
    assert (view.lanes, view.lane_of("fr"), view.lane_of("xx")) == (("en", "fr"), 2, 1)
    assert view.state == "open, growing"


def test_its_origins_are_those_of_its_articles(room: ReadingRoom) -> None:
    view = story.view(room, "s-ferries")
    assert view is not None
    assert view.origins.outlets == view.line.outlets == 3
    members = {one.article_id for group in view.origins.groups for one in group.members}
    assert members == {"a-wire", "a-copy", "a-rewrite"}


def test_what_its_articles_differ_on_is_shown(
    room: ReadingRoom, store: Store, client: Client
) -> None:
    event = store.event("e-met")
    assert event is not None
    tellers = (Version("2", ("r-wire-1",)), Version("14", ("r-rewrite-1",)))
    store.keep_events([replace(event, differences=(Difference("killed", tellers),))])
    view = story.view(room, "s-ferries")
    assert view is not None
    assert [one.event.id for one in view.points] == ["e-met"]
    assert "e-met" not in {one.event.id for one in view.events}
    page = client.get("/story/s-ferries").text
    assert "<strong>2</strong>: harbour-post.example" in page
    assert "<strong>14</strong>: journal-du-quai.example" in page
    told = page[page.index("<strong>14</strong>") :]
    assert told.index('<blockquote class="said" lang="fr">') < told.index("rencontré")
    assert '<a href="/article/a-rewrite#r-rewrite-1">' in told
    twin = client.get("/story/s-ferries.json").json()["points"][0]
    assert twin["sentences"]["r-wire-1"]["evidence"]["text"] == MEETING


def test_its_articles_stand_at_their_hour(room: ReadingRoom, store: Store, client: Client) -> None:
    """By the feed's minute where there is one, else by the page's day; a copy says whose it is."""
    at = "2024-03-18T09:41"
    for kept in (
        Printing("a-wire", 1, 40, at, at, "harbour-post"),
        Printing("a-copy", 2, 40, "2024-03-19", "2024-03-19T24", "pier-gazette"),
    ):
        store.keep_printing(kept, period=0, moment=kept.last, words=b"", keys=())
    view = story.view(room, "s-ferries")
    assert view is not None
    assert view.hours is not None
    assert [(one.article, one.moment, one.copy_of) for one in view.hours.table] == [
        ("a-rewrite", "2024-03-18", None),
        ("a-wire", at, None),
        ("a-copy", "2024-03-19", "harbour-post.example"),
    ]
    page = client.get("/story/s-ferries").text
    drawing = page[page.index("<svg", page.index('class="hours"')) : page.index("<figcaption>")]
    table = page[page.index("<table>") : page.index("</table>")]
    for one in view.hours.table:
        assert f'<a href="/article/{one.article}"' in drawing
        assert f'<a href="/article/{one.article}"' in table
        assert f"<td>{one.words}</td>" in table
    assert drawing.count('class="mark copy"') == 1
    marks = client.get("/story/s-ferries.json").json()["hours"]["lanes"][0]["marks"]
    assert marks[0] == {
        "printed": {
            "article": "a-wire",
            "title": "Azerbaijan and Armenia speak of ferries",
            "outlet": "harbour-post.example",
            "language": "en",
            "moment": at,
            "copy_of": None,
        }
    }


def test_every_line_of_a_story_leads_to_sentences(client: Client) -> None:
    """Headline, bars and numbers of a line: each leads to a page that shows what was written."""
    page = client.get("/stories").text
    line = page[page.index('<article class="story">') : page.index("</article>")]
    links = re.findall(r'href="(/(?:story|event|article)/[^"#]*)(?:#([^"]*))?"', line)
    assert {anchor for _, anchor in links} == {"", "events", "origins"}
    for path, anchor in links:
        there = client.get(path).text
        assert '<blockquote class="said"' in there
        assert not anchor or f'id="{anchor}"' in there


def test_stories_are_told_in_french(client: Client) -> None:
    page = client.get("/fr/story/s-ferries").text
    assert "Qui l’a raconté, et quand" in page
    assert "En creux\u00a0: reprend le texte d’un autre." in page
    assert "Qui a repris qui" in page
    assert "En progression" in client.get("/fr/stories").text


def test_an_older_story_of_the_same_is_its_background(room: ReadingRoom, store: Store) -> None:
    old = replace(WIRE, name="old", host="www.old-harbour.example", published="2023-06-01", told=())
    settle(store, [old])
    tell_story(store, "s-old", {"a-old": "nothing else tells it"}, "2023-06-01")
    tell_story(store, "s-ferries", FERRIES, "2024-03-18")
    view = story.view(room, "s-ferries")
    assert view is not None
    assert [one.line.id for one in view.background] == ["s-old"]
    assert view.background[0].reason


def test_an_id_that_was_merged_leads_on(store: Store, client: Client) -> None:
    tell_story(store, "s-more", {"a-hostile": "a buoy"}, "2024-03-18")
    tell_story(store, "s-ferries", {**FERRIES, "a-hostile": "a buoy"}, "2024-03-18", takes="s-more")
    answer = client.get("/story/s-more")
    assert (answer.status_code, answer.headers["location"]) == (308, "/story/s-ferries")
    assert client.get("/story/s-more.json").headers["location"] == "/story/s-ferries.json"


def test_others_words_in_reasons_are_escaped(client: Client) -> None:
    page = client.get("/story/s-ferries").text
    assert "<b>both</b>" not in page
    assert "&lt;b&gt;both&lt;/b&gt;" in page


def test_an_article_names_its_story_and_others_in_it(room: ReadingRoom) -> None:
    view = article.view(room, "a-wire")
    assert view is not None
    assert view.story is not None
    assert (view.story.id, view.story.articles) == ("s-ferries", 3)
    assert view.similar[0].line.id == "a-rewrite"
    assert view.similar[0].reason.startswith("same story")
    copy = article.view(room, "a-copy")
    assert copy is not None
    assert copy.story is not None
    assert copy.story.reason == "it repeats a text of this story"


def test_what_is_older_is_background(room: ReadingRoom, store: Store) -> None:
    old = replace(WIRE, name="old", host="www.old-harbour.example", published="2023-06-01", told=())
    settle(store, [old])
    view = article.view(room, "a-wire")
    assert view is not None
    reasons = {one.line.id: one.reason for one in view.similar}
    assert reasons["a-old"].startswith("background: both name ")


def test_a_text_of_two_sources_stands_under_the_one_it_has_most_of(
    room: ReadingRoom, store: Store
) -> None:
    links = [
        CopyLink("a-hostile", "a-copy", 0.6, "merged", "time", "printed a day later"),
        CopyLink("a-hostile", "a-rewrite", 0.3, "merged", "unknown", "nothing tells"),
    ]
    store.keep_copy_links({"a-hostile": links})
    trees = copy_trees(room, Lines(room), ["a-wire", "a-copy", "a-rewrite", "a-hostile"])
    assert [(tree.line.id, tree.size) for tree in trees] == [("a-wire", 2), ("a-rewrite", 0)]
    (copy,) = trees[0].copies
    (merged,) = copy.copies
    assert merged.line.id == "a-hostile"
    assert merged.edge is not None
    assert (merged.edge.share, merged.edge.kind) == (60, "merged")
    assert [edge.origin for edge in merged.also_of] == ["a-rewrite"]


@pytest.mark.parametrize(
    ("origin", "copy", "words"),
    [
        ("2024-03-17T15:40", "2024-03-17T16:25", "45 minutes later"),
        ("2024-03-17T15:40", "2024-03-17T15:41", "1 minute later"),
        ("2024-03-17T15:40", "2024-03-18T01:00", "9 hours later"),
        ("2024-03-17T15:40", "2024-03-20T15:40", "3 days later"),
        ("2024-03-17", "2024-03-17T16:25", "the same day"),
        ("2024-03-17", "2024-03-18", "1 day later"),
        ("2024-03-18", "2024-03-17", None),
        ("", "2024-03-17", None),
    ],
)
def test_delay(origin: str, copy: str, words: str | None) -> None:
    assert delay_words(origin, copy) == words


def test_changes_of_a_copy_say_how_it_was_told(room: ReadingRoom) -> None:
    view = changes.view(room, "a-copy", "a-wire")
    assert view is not None
    assert view.edge is not None
    assert view.edge.share == 93
    assert view.diff is not None
    assert (view.diff.added, view.diff.removed) == (0, 0)


def test_texts_in_two_languages_stand_side_by_side_unmarked(
    room: ReadingRoom, client: Client
) -> None:
    view = changes.view(room, "a-rewrite", "a-wire")
    assert view is not None
    assert (view.edge, view.diff) == (None, None)
    assert "rencontré" in " ".join(piece.text for piece in view.copy_text)
    page = client.get("/changes/a-rewrite/a-wire").text
    assert "<ins>" not in page.split("diff")[1]


def test_captured_words_are_escaped_in_a_diff(client: Client) -> None:
    page = client.get("/changes/a-hostile/a-copy").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(&#39;body&#39;)" in page


def test_undated_articles_have_a_place(room: ReadingRoom, store: Store) -> None:
    bounds = Dated("2024-03-01", None, "range", "bounds: not before 2024-03-01")
    kept = Page("u1", [("headline", "Undated"), ("body", "A pier stands.")], published=None).kept()
    settle(store, [Page("u2", [("headline", "Pier"), ("body", "A pier.")], published=None)])
    store.keep(replace(kept, article=replace(kept.article, published=bounds)), {"clean": "1"})
    tell_story(store, "s-u", {"a-u1": "piers", "a-u2": "piers"}, "")
    view = story.view(room, "s-u")
    assert view is not None
    assert [day.day for day in view.days] == [None]
    assert (view.line.start, view.line.movement, view.line.days) == (None, "quiet", None)


def test_what_was_judged_wrong_is_not_what_a_story_is_about(
    room: ReadingRoom, store: Store
) -> None:
    store.judge(Verdict("reject", "e-met"), None, None)
    (line,) = stories.view(room).stories
    assert line.event is not None
    assert line.event.id != "e-met"
