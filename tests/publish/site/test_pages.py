"""What each view says of a small desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from starlette.applications import Starlette

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model import Dated, Difference, Place, Status, ToldAs, Turn, Verdict, Version
from dragoman.model import Told as Teller
from dragoman.publish.pages import actor, article, event, method, pair, today
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.app import site
from dragoman.publish.site.render import Renderer
from dragoman.store import Store, open_store
from tests.desks import printed_again
from tests.publish.conftest import Client
from tests.publish.desk import EVIL, HOSTILE, TODAY, VERSIONS, WIRE, Page, Told, events_of, settle

MakeRoom = Callable[..., ReadingRoom]


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        yield opened


@pytest.fixture
def make_room(store: Store, knowledge: Knowledge) -> MakeRoom:
    def make(day: str = TODAY) -> ReadingRoom:
        return ReadingRoom(store, knowledge, Config(today=day))

    return make


def test_today_shows_news_of_the_fortnight(make_room: MakeRoom) -> None:
    view = today.view(make_room())
    assert {line.id for line in view.happenings} == {"e-met", "e-wire-2", "e-hostile-1"}
    assert (view.start, view.fallback, view.more) == ("2024-03-06", None, 0)


NOTE = "Administered by nobody; claimed by <both> lighthouses"


@pytest.mark.parametrize("path", ["/", "/event/e-met", "/actor/AZE", "/article/a-wire"])
def test_a_disputed_place_is_shown_with_its_note(
    path: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    """On every page that names it, and escaped; the JSON of a place stays as it is promised."""
    kept = WIRE.kept()
    place = Place("reef", "The Reef", 40.0, 50.0, note=NOTE)
    kept = replace(kept, reports=tuple(replace(r, place=place) for r in kept.reports))
    with open_store(tmp_path) as store:
        store.keep(kept, VERSIONS)
        store.keep_events(events_of([WIRE], [kept]))
    client = Client(lambda: site_on(tmp_path, TODAY, knowledge))
    page = client.get(path).text
    note = "Administered by nobody; claimed by &lt;both&gt; lighthouses."
    assert f'The Reef: <span lang="en">{note}</span>' in page
    assert "claimed by" not in client.get("/event/e-met.json").text


def test_announced_acts_wait_in_a_list_of_their_own(make_room: MakeRoom) -> None:
    view = today.view(make_room())
    assert [line.id for line in view.to_come] == ["e-rewrite-2"]
    assert not today.view(make_room("2024-05-01")).to_come


def test_recalled_acts_are_no_happenings(make_room: MakeRoom) -> None:
    """The act of 12 March lies in the window, but is told as background."""
    assert "e-rewrite-3" not in {line.id for line in today.view(make_room()).happenings}


def test_quiet_fortnight_shows_the_latest_day_and_says_so(
    make_room: MakeRoom, home: Path, knowledge: Knowledge
) -> None:
    view = today.view(make_room("2024-08-01"))
    assert view.fallback == "2024-03-17"
    assert len(view.happenings) == 3
    late = Client(lambda: site_on(home, "2024-08-01", knowledge))
    assert "holds nothing dated from 18 July 2024 to 1 August 2024" in late.get("/").text


def site_on(home: Path, day: str, knowledge: Knowledge) -> Starlette:
    return site(home, Config(today=day), knowledge)


def test_day_before_everything_shows_nothing(make_room: MakeRoom) -> None:
    view = today.view(make_room("2020-01-01"))
    assert (view.fallback, view.happenings, view.articles) == (None, (), ())


def test_copies_are_joined_under_the_first_article(make_room: MakeRoom, store: Store) -> None:
    store.keep_stories(store.story_members(["s-ferries"]), {}, {})
    view = today.view(make_room())
    by_id = {line.id: line for line in view.articles}
    assert set(by_id) == {"a-wire", "a-rewrite", "a-hostile"}
    assert by_id["a-wire"].also_in == ("pier-gazette.example",)
    assert by_id["a-wire"].first_publisher == "Coast News Agency"


def test_what_a_person_called_wrong_is_no_happening(make_room: MakeRoom, store: Store) -> None:
    store.judge(Verdict("reject", "e-wire-2"), "they only spoke", "an editor")
    store.judge(Verdict("reject", "r-hostile-1"), None, None)
    view = today.view(make_room())
    assert {line.id for line in view.happenings} == {"e-met"}


def test_article_puts_events_beside_their_sentences(make_room: MakeRoom) -> None:
    view = article.view(make_room(), "a-wire")
    assert view is not None
    shown = [(p.shown_as, [n.number for n in p.notes]) for p in view.passages]
    assert shown == [
        ("standfirst", []),
        ("p", [1]),
        ("h2", []),
        ("p", [2, 3]),
        ("quote", []),
    ]
    assert [p.rows for p in view.passages] == [1, 2, 1, 2, 1]
    assert not view.elsewhere


def test_caption_is_shown_once_with_its_credit(make_room: MakeRoom, client: Client) -> None:
    view = article.view(make_room(), "a-wire")
    assert view is not None
    (figure,) = view.figures
    assert (figure.credit, figure.address) == (
        "Coast News Agency",
        "https://www.harbour-post.example/wire",
    )
    assert client.get("/article/a-wire").text.count("A ferry at the pier") == 1


def test_furniture_and_credits_are_shown_on_demand(make_room: MakeRoom, client: Client) -> None:
    view = article.view(make_room(), "a-wire")
    assert view is not None
    assert [piece.label for piece in view.aside] == ["byline", "related", "placeholder"]
    assert "&#123;$inline_image&#125;" in client.get("/article/a-wire").text


def test_address_of_a_script_is_no_link(make_room: MakeRoom, store: Store) -> None:
    """A picture is linked by its page; without one by its own address, if that is one."""
    view = article.view(make_room(), "a-hostile")
    assert view is not None
    assert view.figures[0].address == "https://www.harbour-post.example/hostile"
    kept = replace(HOSTILE, name="no-page").kept()
    store.keep(replace(kept, article=replace(kept.article, url=None)), VERSIONS)
    view = article.view(make_room(), "a-no-page")
    assert view is not None
    assert view.figures[0].address is None


def test_copies_stand_in_a_tree_and_are_not_similar(make_room: MakeRoom) -> None:
    for identity in ("a-copy", "a-wire"):
        view = article.view(make_room(), identity)
        assert view is not None
        (tree,) = view.copies
        assert tree.line.id == "a-wire"
        assert [copy.line.id for copy in tree.copies] == ["a-copy"]
        assert not {"a-wire", "a-copy"} & {one.line.id for one in view.similar}


def test_event_whose_sentence_is_not_shown_is_listed(make_room: MakeRoom, store: Store) -> None:
    page = Page(
        "odd",
        [("headline", "Odd"), ("related", "Armenia thanked Azerbaijan.")],
        [Told("Armenia thanked Azerbaijan.", "Armenia", "thanked", "Azerbaijan", "SUPPORT")],
    )
    settle(store, [page])
    view = article.view(make_room(), "a-odd")
    assert view is not None
    assert [note.report.id for note in view.elsewhere] == ["r-odd-1"]


def test_marks_nest_in_no_way(client: Client) -> None:
    """Predicate and target overlap on this page."""
    text = client.get("/article/a-hostile").text
    inside = False
    for piece in text.split("<")[1:]:
        if piece.startswith("mark"):
            assert not inside
            inside = True
        elif piece.startswith("/mark"):
            inside = False
        else:
            assert not inside
    assert 'class="predicate target q3"' in text


def test_actor_acts_and_is_acted_upon(make_room: MakeRoom) -> None:
    view = actor.view(make_room(), "AZE")
    assert view is not None
    assert (view.name, view.kind) == ("Azerbaijan", "state")
    entries = [entry for group in view.dossier.chronology for entry in group.entries]
    assert {entry.line.id: entry.direction for entry in entries} == {
        "e-hostile-1": "ba", "e-met": "ba", "e-rewrite-2": "ba", "e-rewrite-3": "ab",
        "e-wire-2": "ba", "e-wire-3": "both",
    }  # fmt: skip
    assert [(p.actor, p.events) for p in view.partners] == [("ARM", 5), ("nato", 1)]
    assert view.holders


def test_person_has_events_told_under_the_own_name(make_room: MakeRoom) -> None:
    view = actor.view(make_room(), "jens-stoltenberg")
    assert view is not None
    assert not view.events
    (line,) = view.in_person
    assert line.id == "e-met"
    assert line.sources[0].body == "nato"
    assert any(held.actor == "nato" for held in view.offices)


def test_what_is_only_last_known_says_so(make_room: MakeRoom) -> None:
    """An open role or membership is never shown as present after its last look-up."""
    room = make_room("2031-05-01")
    person, state = actor.view(room, "emmanuel-macron"), actor.view(room, "AZE")
    assert person is not None
    assert state is not None
    open_ones = [held for held in (*person.offices, *state.holders) if held.end is None]
    assert open_ones
    assert all(held.as_of == held.known_until for held in open_ones)
    assert state.memberships
    assert all(one.as_of for one in state.memberships)
    shown = Renderer("desk").page("actor.html", person)
    assert f"as last known ({open_ones[0].as_of})" in shown
    assert "still on" not in shown


def test_pair_keeps_its_directions_apart(make_room: MakeRoom) -> None:
    view = pair.view(make_room(), "ARM", "AZE")
    assert view is not None
    months = [(m.words, [(e.direction, e.line.id) for e in m.entries]) for m in view.months]
    assert months == [
        ("February 2024", [("both", "e-wire-3")]),
        ("March 2024", [("ba", "e-rewrite-3"), ("ab", "e-hostile-1"), ("ab", "e-wire-2")]),
        ("April 2024", [("ab", "e-rewrite-2")]),
    ]
    turned = pair.view(make_room(), "AZE", "ARM")
    assert turned is not None
    assert [e.direction for e in turned.months[2].entries] == ["ba"]


def test_pair_chart_counts_only_what_was_done(make_room: MakeRoom) -> None:
    view = pair.view(make_room(), "ARM", "AZE")
    assert view is not None
    assert view.chart is not None
    assert [(c.period, c.numbers) for c in view.chart.columns] == [
        ("2024-02", (1, 0, 0, 0)),
        ("2024-03", (0, 0, 2, 1)),
    ]
    assert "4 events by month from February 2024 to March 2024" in view.chart.description


def test_pair_of_years_and_undated_events(make_room: MakeRoom, store: Store) -> None:
    told = Told("Armenia thanked Azerbaijan.", "Armenia", "thanked", "Azerbaijan", "SUPPORT")
    page = Page("old", [("headline", "Old"), ("body", told.sentence)], [replace(told, day=None)])
    settle(store, [page])
    known = store.event("e-met")
    assert known is not None
    year = Dated("2023-01-01", "2023-12-31", "year", "stated: 2023")
    store.keep_events([replace(known, date=year, source="ARM")])
    view = pair.view(make_room(), "ARM", "AZE")
    assert view is not None
    assert [m.words for m in view.months] == [
        "2023", "February 2024", "March 2024", "April 2024", "No date"
    ]  # fmt: skip


def test_event_explains_its_origins(make_room: MakeRoom) -> None:
    view = event.view(make_room(), "e-met")
    assert view is not None
    assert len(view.tellings) == 3
    shown = [(g.source, g.standing, [m.article_id for m in g.members]) for g in view.origins.groups]
    assert shown == [
        ("Coast News Agency", "independent", ["a-wire", "a-copy"]),
        ("journal-du-quai.example", "unknown", ["a-rewrite"]),
    ]
    assert view.origins.groups[0].members[1].reason == (
        "93 % of it stands in the text in harbour-post.example (it was printed later)"
    )


def test_copy_that_names_no_source_goes_back_to_the_first_text(
    make_room: MakeRoom, store: Store
) -> None:
    store.keep_copy_links(printed_again("a-rewrite", "a-wire", 0.8))
    view = event.view(make_room(), "e-met")
    assert view is not None
    (group,) = view.origins.groups
    assert group.source == "Coast News Agency"
    reasons = {member.article_id: member.reason for member in group.members}
    assert reasons["a-rewrite"].startswith("80 % of it stands in the text in harbour-post.example")


def test_event_says_who_was_first_and_who_contradicts(
    make_room: MakeRoom, store: Store, client: Client
) -> None:
    known = store.event("e-met")
    assert known is not None
    one, two, three = known.report_ids
    told = replace(
        known,
        first=Teller(one, "a-wire", "Harbour Post", "2024-03-18", "en"),
        languages=("en", "fr"),
        history=(Turn("planned", "2024-03-16", two), Turn("happened", "2024-03-18", one)),
        alike=("source", "target"),
        differences=(
            Difference("killed", (Version("1200", (one, two)), Version("10-20", (three,)))),
            Difference("target", (Version("ARM", (one,)), Version("somebody", (two,)))),
            Difference("date", (Version("2024-03-17", (one,)), Version("2024-03-18", (two,)))),
            Difference("category", (Version("CONSULT", (one,)), Version("AGREE", (three,)))),
            Difference("mode", (Version("visit", (one,)), Version("phone", (three,)))),
            Difference("place", (Version("Baku", (one,)), Version("Tromsø", (two,)))),
            Difference("status", (Version("happened", (one,)), Version("denied", (three,)))),
        ),
    )
    store.keep_events([told])
    view = event.view(make_room(), "e-met")
    assert view is not None
    found = view.agreement
    assert found.first is not None
    assert (found.first.outlet, found.first.moment) == ("Harbour Post", "2024-03-18")
    assert found.languages == ("English", "French")
    assert found.alike == ("who did it", "to whom")
    assert {one.aspect: [v.words for v in one.versions] for one in found.differences} == {
        "killed": ["1,200", "10–20"],
        "target": ["Armenia", "somebody"],
        "date": ["17 March 2024", "18 March 2024"],
        "category": ["Consult", "Agree"],
        "mode": ["visit", "telephone"],
        "place": ["Baku", "Tromsø"],
        "status": ["told as done", "told as denied"],
    }
    assert [teller.report for teller in found.differences[0].versions[0].tellers] == [one, two]
    page = client.get("/event/e-met").text
    assert "All that tell it tell alike: who did it and to whom." in page
    assert f'<strong>10–20</strong>: <a href="#{three}">' in page
    twin = client.get("/event/e-met.json").json()
    assert twin["agreement"]["differences"][0]["versions"][0]["value"] == "1200"
    assert twin["agreement"]["history"][0]["status"] == "planned"


def test_withdrawn_reports_stay_in_sight(make_room: MakeRoom, store: Store) -> None:
    store.keep(replace(WIRE, told=WIRE.told[:1]).kept(), VERSIONS)
    view = event.view(make_room(), "e-wire-2")
    assert view is not None
    assert (len(view.tellings), len(view.withdrawn), view.origins.groups) == (0, 1, ())


def test_judgement_is_shown_with_its_reason(client: Client, home: Path, store: Store) -> None:
    store.judge(Verdict("unsure", "e-met"), "which <b>Sunday</b>?", "an editor")
    text = client.get("/event/e-met").text
    assert "<strong>doubted</strong> by an editor" in text
    assert "which &lt;b&gt;Sunday&lt;/b&gt;?" in text


def test_method_explains_every_category_and_status(
    make_room: MakeRoom, knowledge: Knowledge
) -> None:
    view = method.view(make_room())
    assert {one.id for one in view.categories} == set(knowledge.codebook.categories)
    assert set(view.statuses) == set(get_args(Status))
    assert set(view.told) == set(get_args(ToldAs))
    assert EVIL not in str(view)


def test_json_of_an_event_has_its_origins_with_reasons(client: Client) -> None:
    found = client.get("/event/e-met.json").json()["origins"]
    assert (found["independent"], found["unknown"], found["opinion"]) == (1, 1, 0)
    assert found["wording"].startswith("3 outlets, 2 separate texts, 1 named source; 1 independent")
    assert found["groups"][0]["members"][1]["reason"].startswith("93 % of it stands in")


def test_the_number_of_independent_origins_owns_what_is_not_known(client: Client) -> None:
    assert "independent origin; of 1 more it is not known" in client.get("/event/e-met").text
    french = client.get("/fr/event/e-met").text
    assert "origine indépendante\u202f; pour 1 autre, on l’ignore" in french
