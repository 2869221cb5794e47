"""An actor's calendar and counterparts, on the small desk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model import Verdict
from dragoman.publish.charts.calendar import Calendar
from dragoman.publish.pages import actor
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.activity import AXIS
from dragoman.publish.views.asking import asked
from dragoman.store import Store, open_store
from tests.publish.conftest import Client
from tests.publish.desk import TODAY, Page, Told, settle

See = Callable[..., actor.ActorPage]
FERRY = "Azerbaijan thanked Armenia."


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        yield opened


@pytest.fixture
def see(store: Store, knowledge: Knowledge) -> See:
    room = ReadingRoom(store, knowledge, Config(today=TODAY))

    def view(identity: str = "AZE", **given: str) -> actor.ActorPage:
        made = actor.view(room, identity, asked=asked(given.items(), lambda _: True))
        assert made is not None
        return made

    return view


def numbers(made: Calendar | None) -> dict[str, tuple[int, ...]]:
    assert made is not None
    return {cell.period: cell.quads for cell in made.filled}


def test_days_hold_what_was_done_on_them(see: See) -> None:
    """The visit of 10 April is planned, and in no cell."""
    made = see().activity
    assert made is not None
    assert made.unit == "day"
    assert [block.period for block in made.blocks] == ["2024-02", "2024-03"]
    assert numbers(made) == {
        "2024-02-02": (1, 0, 0, 0), "2024-03-12": (0, 0, 0, 1), "2024-03-17": (1, 0, 2, 0),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"quad": "3"}, {"2024-03-17": (0, 0, 2, 0)}),
        ({"from": "2024-03-12", "until": "2024-03-12"}, {"2024-03-12": (0, 0, 0, 1)}),
        ({"by": "ab"}, {"2024-03-12": (0, 0, 0, 1)}),
        ({"language": "fr"}, {"2024-03-12": (0, 0, 0, 1), "2024-03-17": (1, 0, 0, 0)}),
        ({"by": "ba", "quad": "1"}, {"2024-03-17": (1, 0, 0, 0)}),
    ],
)
def test_the_calendar_is_of_what_is_asked(
    see: See, given: dict[str, str], expected: dict[str, tuple[int, ...]]
) -> None:
    assert numbers(see(**given).activity) == expected


def test_what_a_person_called_wrong_is_in_no_cell(see: See, store: Store) -> None:
    store.judge(Verdict("reject", "e-rewrite-3"), None, "an editor")
    assert "2024-03-12" not in numbers(see().activity)
    assert numbers(see(by="ba").activity) == {"2024-03-17": (1, 0, 2, 0)}
    store.judge(Verdict("reject", "e-wire-2"), None, "an editor")
    assert numbers(see(by="ba").activity) == {"2024-03-17": (1, 0, 1, 0)}


def test_a_long_record_is_drawn_by_month(see: See, store: Store) -> None:
    told = Told(FERRY, "Azerbaijan", "thanked", "Armenia", "SUPPORT", day="2021-05-04")
    settle(store, [Page("old", [("headline", "Old"), ("body", FERRY)], [told])])
    made = see().activity
    assert made is not None
    assert made.unit == "month"
    assert numbers(made)["2021-05"] == (1, 0, 0, 0)
    assert numbers(see(until="2021").activity) == {"2021-05-04": (1, 0, 0, 0)}


def test_each_cell_leads_to_its_events(see: See, client: Client) -> None:
    page = client.get("/actor/AZE?quad=3").text
    (cell,) = re.findall(r'<a href="([^"]*)" aria-label="17 March 2024', page)
    query = unescape(cell)
    assert query == "?quad=3&from=2024-03-17&until=2024-03-17&status=happened,ongoing"
    found = client.get(f"/actor/AZE.json{query}").json()["dossier"]
    assert found["found"] == 2
    assert see(status="happened").whole_time is None
    assert see(until="2024", quad="3").whole_time == "?quad=3"


def test_counterparts_have_bars_from_the_axis_outwards(see: See) -> None:
    armenia, nato = see().partners
    assert (armenia.actor, armenia.events, armenia.quads) == ("ARM", 5, (1, 0, 2, 1))
    assert (armenia.cooperation, armenia.conflict) == (1, 3)
    assert [(bar.quad, bar.x, bar.width) for bar in armenia.bars] == [
        (1, AXIS - 33.3, 33.3), (3, AXIS, 66.7), (4, AXIS + 66.7, 33.3),
    ]  # fmt: skip
    assert (nato.actor, nato.quads) == ("nato", (1, 0, 0, 0))


def test_the_page_says_it_in_a_line(see: See, client: Client) -> None:
    assert see().summary == (
        "6 events in the record, most often with Armenia; shown below are 2 of cooperation and 3 "
        "of conflict."
    )
    assert "le plus souvent avec l’acteur suivant" in client.get("/fr/actor/AZE").text


def test_names_stand_with_their_language(client: Client) -> None:
    page = client.get("/actor/AZE").text
    assert 'French: <span lang="fr" dir="auto">Azerbaïdjan</span>' in page
    assert 'anglais\u00a0: <span lang="en" dir="auto">Azerbaijan</span>' in (
        client.get("/fr/actor/AZE").text
    )


def test_a_disputed_territory_has_its_note(
    see: See, knowledge: Knowledge, store: Store, client: Client
) -> None:
    note = knowledge.atlas.places["republika-srpska"].note
    told = replace(
        Told(FERRY, "Azerbaijan", "thanked", "", "SUPPORT"), source_body="republika-srpska"
    )
    settle(store, [Page("note", [("headline", "Note"), ("body", FERRY)], [told])])
    assert note
    assert f'<p class="meta about-place" lang="en">{note}.</p>' in (
        client.get("/actor/republika-srpska").text
    )
