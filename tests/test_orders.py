"""A whole desk is a function of its articles: copies, stories, happenings and origins together.

The 2,000 articles of `make soak` come in the same ways (`benchmarks/link_orders.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from benchmarks import link_orders
from benchmarks.link_orders import ORDERS, Found, differences, fill
from benchmarks.orders_pages import Made
from benchmarks.orders_set import corpus
from dragoman.desk.corpus import Desk
from dragoman.knowledge import Knowledge
from dragoman.model import Article, Backing, Capture, CopyLink, Kept, Reading
from dragoman.store import open_store
from tests.link.copied import FERRY, OWN, article
from tests.record.made import report
from tests.test_happenings import Room

NUMBER, SEED = 70, 4
NONE: dict[str, list[str]] = {"articles": [], "copies": [], "stories": [], "events": []}


@pytest.fixture(scope="module")
def made(knowledge: Knowledge) -> list[Made]:
    return corpus(NUMBER, knowledge.outlets, SEED)


@pytest.fixture(scope="module")
def expected(
    made: list[Made], knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory
) -> Found:
    return fill(tmp_path_factory.mktemp("orders") / "desk", made, made, knowledge)


def test_there_is_something_to_get_wrong(made: list[Made], expected: Found) -> None:
    articles = [one for one in expected["articles"].values() if isinstance(one, Article)]
    assert len(articles) < len(made)  # some come in a later state as well
    assert {one.published is None for one in articles} == {True, False}
    links = [link for found in expected["copies"].values() for link in found]
    assert {"whole", "cut", "extended"} <= {link.kind for link in links}
    assert {"stated", "time", "unknown"} <= {link.basis for link in links}
    events = [event for event, _ in expected["events"].values()]
    assert max(len(event.report_ids) for event in events) > 5
    assert any(event.differences for event in events)
    assert len({event.origins for event in events}) > 1
    stories = [story for story, _ in expected["stories"].values()]
    assert max(len(story.members) for story in stories) > 2


@pytest.mark.parametrize("way", ["backwards", "shuffled 1", "twice"])
def test_the_order_never_matters(
    way: str, made: list[Made], expected: Found, knowledge: Knowledge, tmp_path: Path
) -> None:
    assert differences(expected, fill(tmp_path, made, ORDERS[way](made), knowledge)) == NONE


@pytest.mark.parametrize(("size", "way"), [(3, "backwards"), (32, "shuffled 1"), (32, "twice")])
def test_joined_together_it_is_the_same_as_one_by_one(
    size: int,
    way: str,
    made: list[Made],
    expected: Found,
    knowledge: Knowledge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Desk, "_size", lambda _: size)
    assert differences(expected, fill(tmp_path, made, ORDERS[way](made), knowledge)) == NONE


def test_killed_half_way_and_gone_on_with(
    made: list[Made], expected: Found, knowledge: Knowledge, tmp_path: Path
) -> None:
    found = link_orders.fill_and_kill(tmp_path / "desk", made, knowledge, number=NUMBER, seed=SEED)
    assert differences(expected, found) == NONE


def test_forgotten_as_if_they_had_never_come(
    knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_orders, "FORGOTTEN", 5)
    made = corpus(40, knowledge.outlets, seed=5)
    gone = link_orders.forgotten(made)
    assert len(gone) > 4
    left = [one for one in made if one.kept.article.id not in gone]
    never = fill(tmp_path / "never", made, left, knowledge)
    found = link_orders.fill_and_forget(tmp_path / "forgotten", made, knowledge)
    assert differences(never, found) == NONE


def test_a_difference_is_seen(expected: Found) -> None:
    assert differences(expected, expected) == NONE
    name = min(expected["copies"])
    less = expected | {"copies": expected["copies"] | {name: ()}}
    assert differences(expected, less) == NONE | {"copies": [name]}


# --- what the whole set brought to light ---------------------------------------------------

Settle = Callable[[Sequence[Made]], Found]


@pytest.fixture
def settle(tmp_path: Path, knowledge: Knowledge) -> Settle:
    def make(order: Sequence[Made]) -> Found:
        home = tmp_path / str(len(list(tmp_path.iterdir())))
        return fill(home, order, order, knowledge)

    return make


def test_an_older_state_that_comes_late_changes_no_story(made: list[Made], settle: Settle) -> None:
    """Of two captures of one article the newer one counts, for its story as well."""
    ids = [one.kept.article.id for one in made]
    twice = next(one for one in ids if ids.count(one) == 2)
    states = [one for one in made if one.kept.article.id == twice]
    older, newer = sorted(states, key=lambda one: one.capture.fetched or "")
    others = [one for one in made if one not in states][:12]
    expected = settle([*others, older, newer])
    assert differences(expected, settle([*others, newer, older])) == NONE


def page(
    name: str,
    text: Sequence[str],
    *,
    day: str | None,
    fetched: str,
    agency: str | None = None,
    state: str = "1",
) -> Made:
    """An article with one report, on a page of an outlet that nobody knows."""
    body = f"{name} {fetched} {state}".encode()
    capture = Capture(
        f"c-{name}-{fetched}-{state}", name, "text/plain", body, fetched=f"{fetched}T09:00Z"
    )
    shown = replace(article(name, text, published=day), capture_id=capture.id)
    told = replace(report(f"r-{name}"), article_id=shown.id)
    backing = Backing(shown.id, url=shown.url, agency=agency, published=day)
    return Made(capture, Kept(shown, Reading(shown.id, "en"), reports=(told,), backing=backing))


def test_of_two_states_of_one_instant_the_same_one_counts(settle: Settle) -> None:
    one = page("a", FERRY, day="2024-03-18", fetched="2024-03-18")
    other = page("a", FERRY[:3], day="2024-03-18", fetched="2024-03-18", state="2")
    assert differences(settle([one, other]), settle([other, one])) == NONE


def test_a_page_found_before_a_stop_counts_as_found_then(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    first = page("first", FERRY, day=None, fetched="2024-03-18")
    again = replace(first, capture=replace(first.capture, fetched="2024-06-01T09:00Z"))
    with open_store(tmp_path) as store:
        store.keep_capture(first.capture)
        list(link_orders.desk_of(store, [again], knowledge).add([again.capture]))
        printed = store.printing(first.kept.article.id)
        assert printed is not None
        assert printed[0].last[:10] == "2024-03-18"


def test_what_an_origin_is_found_to_credit_counts_for_its_copies(settle: Settle) -> None:
    """A later state of the page says whose text it is."""
    first = page("first", FERRY, day="2024-03-18", fetched="2024-03-18")
    later = page("first", FERRY, day="2024-03-18", fetched="2024-03-20", agency="AFP")
    copy = page("copy", (OWN[0], *FERRY), day="2024-03-19", fetched="2024-03-19")
    # Only the copy tells it.
    first, later = (replace(one, kept=replace(one.kept, reports=())) for one in (first, later))
    found = [settle(order) for order in permutations((first, later, copy))]
    ((event, _),) = found[0]["events"].values()
    assert event.origins == 1
    assert all(differences(found[0], other) == NONE for other in found)


def test_what_is_found_of_an_origin_counts_in_every_step(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    """A copy of a copy counts with the first text, although its own link stays as it was."""
    room = Room(tmp_path, knowledge)
    hosts = {"first": "lemonde.fr", "copy": "kura.example", "again": "theguardian.com"}
    for name, host in hosts.items():
        told = page(name, FERRY, day="2024-03-18", fetched="2024-03-18").kept
        reports = told.reports if name != "copy" else ()
        url = f"https://{host}/1"
        backing = Backing(told.article.id, url=url, published="2024-03-18")
        room.add(replace(told, article=replace(told.article, url=url), reports=reports,
                         backing=backing))  # fmt: skip
    again, copy = (
        CopyLink(f"a-{one}", f"a-{other}", 0.9, "whole", "time", "it was printed later")
        for one, other in (("again", "copy"), ("copy", "first"))
    )
    room.store.keep_copy_links({"a-again": [again]})
    room.happenings.recount(["a-again"])
    assert [event.origins for event in room.events()] == [2]
    room.store.keep_copy_links({"a-copy": [copy]})
    room.happenings.recount(["a-copy"])
    assert [event.origins for event in room.events()] == [1]
    room.store.close()
