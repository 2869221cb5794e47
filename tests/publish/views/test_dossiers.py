"""The pages of actors and pairs: what is asked, months, turns, words of each other, as of a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model import Verdict
from dragoman.publish.pages import actor, pair
from dragoman.publish.room import ReadingRoom, one_called
from dragoman.publish.site.app import site
from dragoman.publish.views.asking import Asked
from dragoman.publish.views.dossier import PAGE
from dragoman.publish.views.tenures import WIDTH, holders, memberships, offices
from dragoman.record.dossier import Choice
from dragoman.store import Store, open_store
from tests.publish.conftest import Client
from tests.publish.desk import TODAY, VERSIONS, Page, Told, settle
from tests.publish.views.test_said import Words, kept_of

PAIR = "/pair/ARM/AZE"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "own") as opened:
        yield opened


@pytest.fixture
def room(store: Store, knowledge: Knowledge) -> ReadingRoom:
    return ReadingRoom(store, knowledge, Config(today=TODAY))


def ids(client: Client, path: str) -> list[str]:
    view = client.get(path, accept="application/json").json()
    groups = view["dossier"]["chronology"]
    return [entry["line"]["id"] for group in groups for entry in group["entries"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["e-wire-3", "e-rewrite-3", "e-hostile-1", "e-wire-2", "e-rewrite-2"]),
        ("order=newest", ["e-rewrite-2", "e-wire-2", "e-hostile-1", "e-rewrite-3", "e-wire-3"]),
        ("quad=3", ["e-hostile-1", "e-wire-2"]),
        ("quad=3&quad=4", ["e-rewrite-3", "e-hostile-1", "e-wire-2"]),
        ("category=ACCUSE,COERCE", ["e-rewrite-3", "e-wire-2"]),
        ("by=ab", ["e-hostile-1", "e-wire-2", "e-rewrite-2"]),
        ("by=ba", ["e-rewrite-3"]),
        ("by=both", ["e-wire-3"]),
        ("status=planned", ["e-rewrite-2"]),
        ("told=background", ["e-rewrite-3"]),
        ("language=fr", ["e-rewrite-3", "e-rewrite-2"]),
        ("origins=2", []),
        ("from=2024-03&until=2024-03-12", ["e-rewrite-3"]),
        ("quad=3&order=newest&start=1", ["e-hostile-1"]),
    ],
)
def test_what_is_asked_is_what_is_listed(client: Client, query: str, found: list[str]) -> None:
    assert ids(client, f"{PAIR}?{query}") == found


def test_an_actor_is_asked_for_what_it_did(client: Client) -> None:
    assert ids(client, "/actor/AZE?by=ab") == ["e-rewrite-3"]
    assert ids(client, "/actor/AZE?by=both") == ["e-wire-3"]


def test_a_value_that_means_nothing_is_a_400_that_says_what_does(client: Client) -> None:
    for path, words in (
        (f"{PAIR}?quad=9", "quad does not take"),
        ("/?asof=soon", "asof takes"),
        ("/?asof=0001-01-02", "asof takes"),
        ("/article/a-wire?asof=2024-03-18", "as it is now"),
        ("/stories?asof=2024-03-18", "as it is now"),
        ("/event/e-met?asof=9999-12-31", "asof takes"),
    ):
        answer = client.get(path)
        assert answer.status_code == 400
        assert words[1:] in answer.text
        assert words in client.get(path, accept="application/json").json()["error"]


def test_months_count_cooperation_conflict_total_and_ratio(client: Client) -> None:
    view = client.get(PAIR, accept="application/json").json()
    months = view["dossier"]["series"]["months"]
    assert [(m["month"], m["cooperation"], m["conflict"], m["count"]) for m in months] == [
        ("2024-02", 1, 0, 1),
        ("2024-03", 0, 3, 3),
    ]
    assert [(m["total"], m["ratio"]) for m in months] == [(1, 1.0), (4, 0.75)]
    assert view["dossier"]["series"]["not_done"] == 1
    page = client.get(PAIR).text
    assert "<td>3</td><td>4</td><td>75 %</td>" in page
    assert "Not drawn: 1 not done (planned, demanded, denied, alleged and the like)." in page


def test_what_is_judged_wrong_counts_neither_here_nor_in_the_whole(
    home: Path, room: ReadingRoom, knowledge: Knowledge
) -> None:
    with open_store(home) as store:
        store.judge(Verdict("reject", "r-wire-2"), None, None)
        view = pair.view(ReadingRoom(store, knowledge, Config(today=TODAY)), "ARM", "AZE")
    assert view is not None
    march = view.dossier.series.months[-1]
    assert (march.conflict, march.total) == (2, 3)
    assert view.dossier.found == 5  # it is listed with the verdict


def numbered(months: Sequence[tuple[int, int]]) -> Page:
    """A page on which Armenia quarrels and talks with Azerbaijan, so often in each month."""
    told: list[Told] = []
    lines: list[str] = []
    for at, (talks, quarrels) in enumerate(months):
        day = f"{2020 + at // 12}-{at % 12 + 1:02}-05"
        for number in range(talks + quarrels):
            word, category, quad = (
                ("met", "CONSULT", 1) if number < talks else ("blamed", "ACCUSE", 3)
            )
            sentence = f"Armenia {word} Azerbaijan over lamp {len(told)}."
            told.append(Told(sentence, "Armenia", word, "Azerbaijan", category, None, quad,
                             day=day))  # fmt: skip
            lines.append(sentence)
    return Page("lamps", [("headline", "Lamps"), ("body", " ".join(lines))], told)


def test_paging_shows_every_event_once(store: Store, tmp_path: Path, knowledge: Knowledge) -> None:
    settle(store, [numbered([(7, 6)] * 12)])
    client = Client(lambda: site(tmp_path / "own", Config(today=TODAY), knowledge))
    path, listed, pages = PAIR, list[str](), 0
    while path:
        listed += ids(client, path)
        found = re.search(r'rel="next" href="([^"#]*)#', client.get(path).text)
        path = found.group(1).replace("&amp;", "&") if found else ""
        pages += 1
    assert pages == -(-156 // PAGE)
    assert len(listed) == len(set(listed)) == 156
    last = client.get(f"{PAIR}?quad=3&start={PAGE}").text
    assert 'rel="prev" href="/pair/ARM/AZE?quad=3#' in last
    assert "72 of 156 events fit, oldest first; from number 61 on." in last


def test_turning_points_name_months_numbers_and_events(
    store: Store, tmp_path: Path, knowledge: Knowledge, room: ReadingRoom
) -> None:
    settle(store, [numbered([(3, 0)] * 8 + [(1, 5)] * 8)])
    view = pair.view(room, "ARM", "AZE")
    assert view is not None
    (turn,) = [one for one in view.dossier.turning_points if one.point.kind == "balance"]
    assert turn.words == "From September 2020 on, more of it is conflict"
    assert turn.numbers == (
        "0 of 18 events were conflict from March 2020 to August 2020; "
        "30 of 36 events were conflict from September 2020 to February 2021"
    )
    assert len(turn.events) == 18 + 36
    client = Client(lambda: site(tmp_path / "own", Config(today=TODAY), knowledge))
    assert ids(client, PAIR + turn.address) == list(turn.events)
    page = client.get(PAIR).text
    assert f"<strong>{turn.words}.</strong>" in page
    assert '<line class="turn"' in page
    filtered = pair.view(room, "ARM", "AZE", asked=Asked(Choice(quads=(3,))))
    assert filtered is not None
    assert filtered.dossier.turning_points == view.dossier.turning_points
    assert [month.cooperation for month in filtered.dossier.series.months] == [0] * 8


# --- what each said of the other --------------------------------------------------------------

SPOKEN = Page(
    "spoken",
    [
        ("headline", "Words over the water"),
        (
            "body",
            "“Armenia keeps its lamps,” said Ilham Aliyev. “The fog lifts,” he added. "
            "Armenia answered that Azerbaijan had none.",
        ),
    ],
    actors=("AZE", "ARM", "ilham-aliyev"),
)


def test_a_pair_is_heard_of_each_other(store: Store, room: ReadingRoom) -> None:
    """Officials speak for their state on that day; what does not name the other is not listed."""
    kept = kept_of(
        SPOKEN,
        (
            Words("Armenia keeps its lamps,", 0, "direct", actor="ilham-aliyev",
                  speaker="Ilham Aliyev"),
            Words("The fog lifts,", 1, "direct", cue="added", actor="ilham-aliyev",
                  speaker="Ilham Aliyev"),
            Words("that Azerbaijan had none", 2, cue="answered", actor="ARM", speaker="Armenia"),
        ),
    )  # fmt: skip
    text = kept.article.text
    mention = kept.references[0].mention
    named = tuple(
        replace(kept.references[0], actor=one, name=name,
                mention=replace(mention, start=at, end=at + len(name), text=name))
        for one, name in (("ARM", "Armenia"), ("AZE", "Azerbaijan"), ("ilham-aliyev", "Ilham"))
        for at in [text.index(name)]
    )  # fmt: skip
    store.keep(replace(kept, references=named), VERSIONS)
    view = pair.view(room, "AZE", "ARM")
    assert view is not None
    assert [(one.speaker, one.pieces[0].text) for one in view.said_ab] == [
        ("Ilham Aliyev", "Armenia keeps its lamps,")
    ]
    assert [one.pieces[0].text for one in view.said_ba] == ["that Azerbaijan had none"]
    turned = pair.view(room, "ARM", "AZE")
    assert turned is not None
    assert turned.said_ab == view.said_ba


# --- roles over time --------------------------------------------------------------------------


def test_offices_over_time_stay_in_their_drawing(knowledge: Knowledge, tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        for day in ("2016-06-30", "2024-03-20", "2031-01-01"):
            room = ReadingRoom(store, knowledge, Config(today=day))
            for times in (offices(room, "jens-stoltenberg"), holders(room, "nato"),
                          memberships(room, "nato"), memberships(room, "AZE")):  # fmt: skip
                assert times is not None
                for row in times.rows:
                    assert row.start[:4] <= day[:4]
                    assert row.x >= 0
                    assert row.x + row.width + row.open <= WIDTH + 1.6
                    assert row.end is None or row.end < day
                    assert (row.open > 0) == (row.as_of is not None)


def test_an_office_that_ended_later_is_still_held_on_the_day(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    with open_store(tmp_path) as store:
        then = ReadingRoom(store, knowledge, Config(today="2016-06-30"))
        after = ReadingRoom(store, knowledge, Config(today="2031-01-01"))
        (row,) = [one for one in _rows(then) if one[0] == "nato"]
        assert row == ("nato", None, True)
        (row,) = [one for one in _rows(after) if one[0] == "nato"]
        assert row[1:] == ("2024-10-01", False)


def _rows(room: ReadingRoom) -> list[tuple[str, str | None, bool]]:
    times = offices(room, "jens-stoltenberg")
    assert times is not None
    return [(row.actor, row.end, row.held) for row in times.rows]


# --- as of a day ------------------------------------------------------------------------------


LONG_AGO = "2000-01-01"


@pytest.mark.parametrize("path", ["/", "/today", "/actor/AZE", PAIR])
def test_before_its_first_article_the_desk_knew_nothing(client: Client, path: str) -> None:
    answer = client.get(f"{path}?asof={LONG_AGO}")
    assert answer.status_code == 200
    assert "As known on 1 January 2000." in answer.text
    assert "The desk held nothing yet. The first article came on" in answer.text
    assert "e-wire" not in answer.text
    twin = client.get(f"{path}?asof={LONG_AGO}", accept="application/json").json()
    assert (twin["as_of"]["day"], twin["as_of"]["articles"]) == (LONG_AGO, 0)


def test_an_event_that_was_not_known_is_not_found(client: Client) -> None:
    answer = client.get(f"/event/e-met?asof={LONG_AGO}")
    assert answer.status_code == 404
    assert "held no event e-met by the end of 1 January 2000" in answer.text


def test_links_stay_on_the_day(client: Client) -> None:
    """From a day on which everything was known, to every page that takes a day, and no other."""
    for path in ("/actor/AZE", f"{PAIR}?quad=3&start=1", "/event/e-met"):
        sign = "&" if "?" in path else "?"
        page = client.get(f"{path}{sign}asof=2999-12-31").text
        now = client.get(path).text
        for href in re.findall(r'href="([^"]*)"', page):
            takes = re.match(r"(?:/en|/fr)?/(?:today|actor/|pair/|event/|$|\?)|\?", href)
            assert ("asof=2999-12-31" in href) == bool(takes), href
        bare = re.sub(r"\?asof=2999-12-31|&amp;asof=2999-12-31", "", page)
        # Files and feeds, which stand outside, hold the desk as it is now.
        inside = now[now.index("<main") : now.index("</main>")]
        assert set(re.findall(r'href="([^"]*)"', inside)) <= set(
            re.findall(r'href="([^"]*)"', bare)
        )
        assert "as-of" in page
        assert "as-of" not in now


def test_a_page_that_takes_no_day_ignores_it(client: Client) -> None:
    assert client.get("/method?asof=soon").status_code == 200


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "identity"),
    [("AZE", "AZE"), ("aze", "AZE"), ("NATO", "nato"), ("otan", "nato"), ("Azerbaijan", "AZE"),
     ("Jens Stoltenberg", "jens-stoltenberg"), ("nobody at all", "nobody at all")],
)  # fmt: skip
def test_actors_are_found_by_name(knowledge: Knowledge, words: str, identity: str) -> None:
    assert one_called(knowledge, words) == identity


def test_actor_pages_keep_their_two_sides(client: Client, room: ReadingRoom) -> None:
    groups = client.get("/actor/AZE", accept="application/json").json()["dossier"]["chronology"]
    keys = [group["key"] for group in groups]
    assert all(one > other for one, other in pairwise(keys))
    assert actor.view(room, "no-such-actor") is None
