"""Articles for sites that may print them: who gets in, and what a reader of feeds finds of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest

from dragoman.config import Config
from dragoman.desk.saying import verdict
from dragoman.errors import DragomanError
from dragoman.knowledge import Knowledge
from dragoman.knowledge.outlets import Outlet, Outlets
from dragoman.model import Attribution, Claim, Image, Source, Verdict
from dragoman.publish.site.app import site
from dragoman.store import open_store
from tests.desks import printed_again
from tests.publish.conftest import Client
from tests.publish.desk import COPY, HOSTILE, REWRITE, TODAY, VERSIONS, WIRE, settle

FEED = "/feeds/republish"
POST = Outlet("post", "Harbour Post", (), ("harbour-post.example",), licence="CC BY 4.0")
GAZETTE = Outlet("gazette", "Pier Gazette", (), ("pier-gazette.example",))
QUAI = Outlet("quai", "Journal du Quai", (), ("journal-du-quai.example",))
OWN = replace(
    WIRE,
    attribution=Attribution(),
    images=[Image("https://img.example/f.jpg", "A ferry & a pier", "Ada <Photo>"),
            Image("javascript:alert(1)", "no picture", None)],
)  # fmt: skip
AGAIN = replace(
    COPY,
    images=(),
    attribution=Attribution(first_publisher=Claim("Harbour Post", None, None, "test")),
)
"""Printed again by an outlet without a licence of its own, with the credit of one that has it."""


def outlets(*known: Outlet) -> Outlets:
    return Outlets(
        {one.id: one for one in known},
        {one.name.casefold().replace(" ", ""): one for one in known},
        {host: one for one in known for host in one.domains},
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with open_store(tmp_path) as store:
        settle(store, (OWN, AGAIN, REWRITE, HOSTILE))
        store.keep_copy_links(printed_again("a-copy", "a-wire", 0.93))
    return tmp_path


@pytest.fixture
def client(home: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setitem(knowledge.__dict__, "outlets", outlets(POST, GAZETTE, QUAI))
    config = Config(today=TODAY, address="https://desk.example")
    return Client(lambda: site(home, config, knowledge, public=True))


def say(home: Path, kind: Any, *ids: str) -> None:
    with open_store(home) as store:
        for one in ids:
            store.judge(Verdict(kind, one, articles=(one,)), None, "ada")


def entries(client: Client) -> list[Any]:
    answer = client.get(FEED)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/rss+xml")
    found = feedparser.parse(answer.content, sanitize_html=False)
    assert not found.bozo
    return list(found.entries)


def test_only_what_is_licensed_and_confirmed_is_in_it(client: Client, home: Path) -> None:
    assert client.get(FEED).status_code == 404
    say(home, "confirm", "a-rewrite", "a-hostile")
    # The hostile page is its outlet's own and licensed; the rewrite's outlet has no licence.
    assert [one.id for one in entries(client)] == ["a-hostile"]
    say(home, "confirm", "a-wire", "a-copy")
    assert [one.id for one in entries(client)] == ["a-copy", "a-wire", "a-hostile"]
    say(home, "reject", "a-wire")
    with open_store(home) as store:
        store.undo(next(j.id for j in store.judgements() if j.target_id == "a-hostile"), None, "x")
    assert [one.id for one in entries(client)] == ["a-copy"]


def test_a_confirmed_report_does_not_approve_its_article(client: Client, home: Path) -> None:
    with open_store(home) as store:
        row = store.reports_of_article("a-wire")[0]
        word = Verdict("confirm", row.report.id, (row.report.id,), ("a-wire",))
        store.judge(word, None, "ada")
        store.add_source(Source("s-1", "https://x.example/feed", "feed", licence="CC0"))
    # A source with a licence may bring what can be handed on: then the feed is there, and empty.
    assert entries(client) == []


def test_an_article_has_its_text_and_credits_and_nothing_of_its_page(
    client: Client, home: Path
) -> None:
    say(home, "confirm", "a-wire", "a-copy")
    again, own = entries(client)
    assert own.title == "Azerbaijan and Armenia speak of ferries"
    assert own.author == "Coast desk"
    assert (own.foaf_name, own.dcterms_description) == ("Coast desk", "writes from the coast")
    assert (own.publisher, own.source.title) == ("Harbour Post", "Harbour Post")
    assert own.rights == "CC BY 4.0"
    assert own.language == "en"
    address = "https://www.harbour-post.example/wire"
    assert own.link == own.source.href == address
    assert [link.href for link in own.links if link.rel == "canonical"] == [address]
    assert own.published == "Mon, 18 Mar 2024 00:00:00 +0000"
    text = own.content[0].value
    assert text.startswith("<p>A short week on the coast.</p>\n<p>Jens Stoltenberg met")
    assert "<h2>The ferry line</h2>" in text
    assert "<blockquote><p>“The boats will sail”" in text
    for furniture in ("inline_image", "Read also", "By the Coast desk", "A ferry at the pier"):
        assert furniture not in text
    assert [one["url"] for one in own.media_content] == ["https://img.example/f.jpg"]
    assert own.media_credit[0]["content"] == "Ada <Photo>"
    # What was printed again leads to who printed it first.
    assert (again.publisher, again.link) == ("Harbour Post", address)
    assert [link.href for link in again.links if link.rel == "related"] == [
        "https://desk.example/article/a-copy"
    ]


def test_hostile_text_stays_text(client: Client, home: Path) -> None:
    say(home, "confirm", "a-hostile")
    (one,) = entries(client)
    text = one.content[0].value
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert "<b>" not in text
    assert "iframe" not in client.get(FEED).text
    assert "javascript" not in client.get(FEED).text


def test_it_is_not_sent_twice(client: Client, home: Path) -> None:
    say(home, "confirm", "a-wire")
    first = client.get(FEED)
    known = {"if-none-match": first.headers["etag"]}
    assert client.get(FEED, headers=known).status_code == 304
    say(home, "confirm", "a-copy")
    assert client.get(FEED, headers=known).status_code == 200


def test_a_desk_without_licences_says_so(
    home: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(knowledge.__dict__, "outlets", outlets(GAZETTE, QUAI))
    say(home, "confirm", "a-wire")
    client = Client(lambda: site(home, Config(today=TODAY), knowledge))
    answer = client.get(FEED, accept="application/json")
    assert answer.status_code == 404
    assert "hands on no whole articles" in answer.json()["error"]


def test_articles_are_confirmed_and_rejected_by_their_id(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        kept = WIRE.kept()
        identity = "a-0123456789abcdef"
        kept = replace(kept, article=replace(kept.article, id=identity), reports=())
        store.keep(replace(kept, reading=replace(kept.reading, article_id=identity)), VERSIONS)
        assert verdict(store, "confirm", identity).articles == (identity,)
        assert verdict(store, "reject", identity).kind == "reject"
        with pytest.raises(DragomanError, match="confirmed or rejected"):
            verdict(store, "unsure", identity)
        with pytest.raises(DragomanError, match="no article of this id"):
            verdict(store, "confirm", "a-fedcba9876543210")
