"""A public desk says nothing of a private person's act: on no page, in no twin, count or export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.publish.formats import formats
from dragoman.publish.site.app import site
from dragoman.store import open_store
from tests.publish.conftest import Client, staying
from tests.publish.desk import PAGES, TODAY, VERSIONS, Page, Told, events_of, settle

FERRYMAN = "Armenia questioned a nameless ferryman about the missing buoys."
OPEN = "Armenia consulted Azerbaijan about the missing buoys."
PRIVATE = Page(
    "ferryman",
    [("headline", "Buoys go missing"), ("body", OPEN), ("body", f"It rained. {FERRYMAN}")],
    [
        Told(OPEN, "Armenia", "consulted", "Azerbaijan", event="e-open"),
        Told(FERRYMAN, "Armenia", "questioned", "a nameless ferryman", "ASSAULT", None, 4,
             event="e-private"),
    ],
)  # fmt: skip
ADDRESSES = (
    "/today", "/article/a-ferryman", "/actor/ARM", "/pair/ARM/AZE", "/event/e-open", "/sources",
    "/stories", "/explore?q=ferryman&of=events", "/explore?q=buoys&of=events",
    "/explore?q=from:Armenia+category:ASSAULT&of=events", "/explore?q=buoys&of=articles",
    "/actor/ARM?asof=2999-01-01", "/pair/ARM/AZE?asof=2999-01-01",
)  # fmt: skip
TRACES = ("e-private", "nameless ferryman", "questioned")


@pytest.fixture
def people(tmp_path: Path) -> Path:
    kept = PRIVATE.kept()
    unnamed = [
        replace(one, targets=tuple(replace(t, sector=None) for t in one.targets if not t.actor))
        for one in kept.reports[1:]
    ]
    kept = replace(kept, reports=(kept.reports[0], *unnamed))
    with open_store(tmp_path) as store:
        settle(store, PAGES)
        store.keep(kept, VERSIONS)
        store.keep_events(events_of([PRIVATE], [kept]))
    return tmp_path


def asked_of(home: Path, knowledge: Knowledge, *, public: bool) -> Client:
    return Client(lambda: site(home, Config(today=TODAY), knowledge, public=public))


def twin(address: str) -> str:
    path, mark, query = address.partition("?")
    return f"{path}.json{mark}{query}"


def test_no_page_has_a_trace(people: Path, knowledge: Knowledge) -> None:
    client = asked_of(people, knowledge, public=True)
    for address in ADDRESSES:
        for one in (address, f"/fr{address}", twin(address)):
            answer = client.get(one)
            assert answer.status_code == 200, one
            assert [trace for trace in TRACES if trace in answer.text] == [], one


def test_the_same_addresses_tell_of_it_on_a_private_desk(
    people: Path, knowledge: Knowledge
) -> None:
    client = asked_of(people, knowledge, public=False)
    told = [a for a in ADDRESSES if any(t in client.get(twin(a)).text for t in TRACES)]
    assert {"/article/a-ferryman", "/actor/ARM", "/explore?q=ferryman&of=events"} <= set(told)


@pytest.mark.parametrize("suffix", ["", ".json"])
def test_its_own_page_says_why(people: Path, knowledge: Knowledge, suffix: str) -> None:
    public = asked_of(people, knowledge, public=True)
    answer = public.get(f"/event/e-private{suffix}")
    assert answer.status_code == 404
    assert "not shown on a public desk" in answer.text
    assert "ferryman" not in answer.text
    private = asked_of(people, knowledge, public=False)
    assert private.get(f"/event/e-private{suffix}").status_code == 200


@pytest.mark.parametrize("name", sorted(formats()))
def test_no_export_has_a_trace(people: Path, knowledge: Knowledge, name: str) -> None:
    if formats()[name].needs:
        pytest.skip("its bytes are packed; it is written of the same items")
    for query in ("?retracted=1", "?q=ferryman"):
        text = asked_of(people, knowledge, public=True).get(f"/export/{name}{query}").text
        assert [trace for trace in TRACES if trace in text] == []


def test_what_is_written_while_the_desk_is_served_is_decided_before_it_is_shown(
    people: Path, knowledge: Knowledge
) -> None:
    application = site(people, Config(today=TODAY), knowledge, public=True)
    with staying(application) as client:
        assert client.get("/event/e-open").status_code == 200
        later = Page("later", [("body", OPEN)], [Told(OPEN, "Armenia", "consulted", "Azerbaijan")])
        with open_store(people) as store:
            settle(store, [later])
        assert client.get("/event/e-later-1").status_code == 200
