"""Choosing what is handed on: who may, what waits, what changed, and what the feed then says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model import Verdict
from dragoman.publish.site.app import site
from dragoman.store import open_store
from tests.publish.conftest import Client, staying
from tests.publish.desk import HOSTILE, REWRITE, TODAY, VERSIONS, settle
from tests.publish.members.people import Browser, cookie, people
from tests.publish.test_republishing import AGAIN, GAZETTE, OWN, POST, QUAI, outlets

PATH, FEED = "/desk/republish", "/feeds/republish"
Open = Callable[..., Browser]


@pytest.fixture
def staffed(tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(knowledge.__dict__, "outlets", outlets(POST, GAZETTE, QUAI))
    with open_store(tmp_path) as store:
        settle(store, (OWN, AGAIN, REWRITE, HOSTILE))
    people(tmp_path)
    return tmp_path


@pytest.fixture
def at(staffed: Path, knowledge: Knowledge) -> Iterator[Open]:
    """A browser of Edda's, an editor, on a desk with these settings."""
    opened: list[Any] = []

    def open_(*, public: bool = True, role: str = "editor", **settings: Any) -> Browser:
        config = Config(today=TODAY, title="Quay desk", **settings)
        standing = staying(site(staffed, config, knowledge, public=public))
        client: Client = standing.__enter__()
        opened.append(standing)
        name, _, value = cookie(staffed, role).partition("=")  # type: ignore[arg-type]
        return Browser(client, {name: value})

    yield open_
    for one in opened:
        one.__exit__(None, None, None)


def entries(browser: Browser) -> dict[str, Any]:
    answer = browser.get(FEED)
    if answer.status_code == 404:
        return {}
    found = feedparser.parse(answer.content, sanitize_html=False)
    assert not found.bozo
    return {one.id: one for one in found.entries}


def say(browser: Browser, do: str, article: str = "a-wire", **fields: str) -> None:
    answer = browser.fill(PATH, {"article": article, "do": do, "digest": "", **fields})
    assert answer.status_code == 303, answer.text


def change(home: Path) -> None:
    """The article is taken in again, with another sentence."""
    kept = replace(OWN, lines=[*OWN.lines, ("body", "A second boat was announced.")]).kept()
    with open_store(home) as store:
        store.keep(kept, VERSIONS)


def test_what_waits_is_handed_on_when_it_is_approved(at: Open) -> None:
    edda = at()
    page = edda.get(PATH).text
    assert set(re.findall(r'<li id="(a-\w+)">', page)) == {"a-wire", "a-copy", "a-hostile"}
    assert "3 licensed articles wait." in page
    assert "3 licensed articles to choose" in edda.get("/desk").text
    assert entries(edda) == {}
    say(edda, "approve")
    assert set(entries(edda)) == {"a-wire"}
    assert "2 licensed articles wait." in edda.get(PATH).text
    say(edda, "drop", why="not ours to judge")
    assert entries(edda) == {}
    page = edda.get(PATH).text
    assert "not ours to judge" in page
    say(edda, "undo", why="it is")
    assert "3 licensed articles wait." in edda.get(PATH).text
    log = edda.get(PATH, "application/json").json()["log"]
    said = [(one["decision"]["what"], one["decision"]["by"]) for one in log]
    assert said == [("waiting", "Edda"), ("dropped", "Edda"), ("approved", "Edda")]


def test_a_lead_is_the_desks_and_the_text_stays(at: Open) -> None:
    edda = at()
    say(edda, "approve")
    plain = entries(edda)["a-wire"]
    assert "<description>" not in edda.get(FEED).text.partition("<item>")[2]
    say(edda, "approve", lead="What <ferries> mean\nfor the coast.")
    led = entries(edda)["a-wire"]
    text = edda.get(FEED).text.partition("<item>")[2]
    assert "<description>What &lt;ferries&gt; mean for the coast.</description>" in text
    assert "<dcterms:provenance>description: written by Quay desk</dcterms:provenance>" in text
    assert led.content[-1].value == plain.content[-1].value
    assert "Lead by this desk:" in edda.get(PATH).text


def test_what_changed_since_it_was_approved_waits_again(at: Open, staffed: Path) -> None:
    edda = at()
    say(edda, "approve", lead="A lead.")
    change(staffed)
    assert entries(edda) == {}
    assert "changed since: it waits again" in edda.get(PATH).text
    say(edda, "approve")
    assert set(entries(edda)) == {"a-wire"}
    assert "A lead." not in edda.get(FEED).text


def test_what_changed_while_it_was_read_is_not_approved(at: Open, staffed: Path) -> None:
    edda = at()
    page = edda.get(PATH).text
    form = page.partition('<li id="a-wire">')[2].partition("</form>")[0]
    carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert carried["article"] == "a-wire"
    change(staffed)
    answer = edda.post(PATH, {**carried, "do": "approve", "lead": "Typed."})
    assert answer.status_code == 422
    assert "changed while you read it" in answer.text
    assert ">Typed.</textarea>" in answer.text
    assert entries(edda) == {}


def test_a_judgement_on_the_article_counts_too(at: Open, staffed: Path) -> None:
    edda = at()
    with open_store(staffed) as store:
        store.judge(Verdict("confirm", "a-wire", articles=("a-wire",)), None, "ada")
    assert set(entries(edda)) == {"a-wire"}
    assert "by a judgement on the article" in edda.get(PATH).text
    say(edda, "drop", why="no")
    assert entries(edda) == {}
    say(edda, "approve")
    with open_store(staffed) as store:
        store.judge(Verdict("reject", "a-wire", articles=("a-wire",)), None, "ada")
    assert entries(edda) == {}


def test_all_that_nobody_dropped_where_the_settings_say_so(at: Open) -> None:
    edda = at(republish="licensed")
    assert set(entries(edda)) == {"a-wire", "a-copy", "a-hostile"}
    say(edda, "drop", why="no")
    assert set(entries(edda)) == {"a-copy", "a-hostile"}
    assert "to choose" not in edda.get("/desk").text


def test_nothing_waits_on_a_private_desk_that_does_not_choose(at: Open) -> None:
    edda = at(public=False)
    assert "nothing waits for anybody" in edda.get(PATH).text
    assert "to choose" not in edda.get("/desk").text
    chooses = at(public=False, republish="approved")
    assert "3 licensed articles to choose" in chooses.get("/desk").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"do": "drop"}, "Say why"),
        ({"do": "undo"}, "Say why"),
        ({"do": "burn"}, "press one of the buttons"),
        ({"do": "approve", "lead": "x" * 501}, "at most 500 characters"),
        ({"do": "approve", "article": "a-rewrite"}, "holds no article of this id"),
        ({"do": "approve", "article": "../etc"}, "holds no article of this id"),
    ],
)
def test_what_cannot_be_is_told_in_words(at: Open, fields: dict[str, str], words: str) -> None:
    edda = at()
    answer = edda.fill(PATH, {"article": "a-wire", "digest": "", **fields})
    assert answer.status_code == 422
    assert words in answer.text
    assert entries(edda) == {}


@pytest.mark.parametrize("role", ["reader", "moderator"])
def test_only_editors_choose(at: Open, role: str) -> None:
    assert at(role=role).get(PATH).status_code == 403


def test_an_article_without_a_licence_is_never_in_it(at: Open, staffed: Path) -> None:
    with open_store(staffed) as store:
        store.decide_republishing("a-rewrite", "approved", digest="", by="x")
        store.decide_republishing("a-none", "approved", digest="", by="x")
    assert entries(at()) == {}
    assert entries(at(republish="licensed")).keys().isdisjoint({"a-rewrite", "a-none"})
