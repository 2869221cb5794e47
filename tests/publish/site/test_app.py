"""The addresses: every page and its JSON, what is refused, and the headers of every answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.publish.formats.article_json import article_json
from dragoman.publish.site.addresses import find
from dragoman.publish.site.app import site
from dragoman.publish.site.framing import HEADERS
from dragoman.publish.site.guarding import VARY
from dragoman.publish.words import day_words
from dragoman.store import open_store
from tests.publish.conftest import Client
from tests.publish.desk import EVIL, TODAY

PATHS = (
    "/today",
    "/stories",
    "/story/s-ferries",
    "/changes/a-copy/a-wire",
    "/changes/a-rewrite/a-wire",
    "/changes/a-hostile/a-copy",
    "/article/a-wire",
    "/article/a-copy",
    "/article/a-rewrite",
    "/article/a-hostile",
    "/actor/AZE",
    "/actor/nato",
    "/actor/jens-stoltenberg",
    "/pair/ARM/AZE",
    "/pair/nato/AZE",
    "/event/e-met",
    "/explore",
    "/sources",
    "/method",
)
MISSING = (
    "/article/a-none",
    "/story/s-none",
    "/changes/a-copy/a-none",
    "/changes/a-none/a-copy",
    "/changes/a-copy/a-copy",
    "/actor/no-such-actor",
    "/pair/ARM/no-such-actor",
    "/pair/ARM/ARM",
    "/event/e-none",
    "/nothing",
    "/article/a-wire/more",
)
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{\$|\[/?[a-z_]+ ?[^\]]*\]|%[a-z_]+%")
"""Placeholders of templates and plug-ins that nobody filled."""


@pytest.mark.parametrize("path", ["/", *PATHS])
def test_page(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert not LEFT_OVER.search(answer.text)
    assert answer.text.count("<h1") == 1
    assert 'href="#main"' in answer.text


@pytest.mark.parametrize("path", PATHS)
def test_json_twin_at_the_same_address(client: Client, path: str) -> None:
    by_suffix = client.get(f"{path}.json")
    by_accept = client.get(path, accept="application/json")
    assert by_suffix.status_code == 200
    assert by_suffix.headers["content-type"] == "application/json"
    assert by_suffix.json() == by_accept.json()


def test_browser_that_accepts_everything_gets_html(client: Client) -> None:
    answer = client.get("/event/e-met", accept="text/html,application/json;q=0.9,*/*;q=0.8")
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["vary"] == VARY


def test_article_twin_is_the_article_contract(client: Client, home: Path) -> None:
    with open_store(home) as store:
        kept = store.kept("a-wire")
    assert kept is not None
    assert client.get("/article/a-wire.json").json() == article_json(kept)


@pytest.mark.parametrize("path", MISSING)
def test_unknown_is_404_in_both_forms(client: Client, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert "<h1>There is nothing at this address</h1>" in page.text
    twin = client.get(f"{path}.json")
    assert twin.status_code == 404
    assert list(twin.json()) == ["error"]


@pytest.mark.parametrize("path", ["/", "/article/a-wire", "/today.json", "/none", "/static/none"])
def test_headers_on_every_answer(client: Client, path: str) -> None:
    answer = client.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value


@pytest.mark.parametrize("path", ["/", *PATHS, "/none"])
def test_pages_obey_their_own_policy(client: Client, path: str) -> None:
    """No inline script or style, nothing from elsewhere, no handler attributes."""
    text = client.get(path).text
    assert not re.search(r"<style|\sstyle=|<[^>]+\son[a-z]+=", text)
    assert re.findall(r"<script[^>]*>", text) == ['<script src="/static/dragoman.js" defer>']
    assert not re.search(r'src="(?!/static/)|action="(?!/explore")', text)
    assert 'href="javascript:' not in text


def test_failure_says_nothing_of_its_cause(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> str:
        raise RuntimeError("secret cause")

    monkeypatch.setattr("dragoman.publish.site.render.Renderer.page", fail)
    answer = client.get("/method")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("start", ["-1", "x", "9" * 40, "²", "500"])
def test_any_beginning_of_a_list_is_taken(client: Client, start: str) -> None:
    assert client.get(f"/?start={start}").status_code == 200
    assert client.get(f"/actor/AZE?start={start}").status_code == 200


def test_static_files_and_robots(client: Client) -> None:
    assert "prefers-color-scheme: dark" in client.get("/static/dragoman.css").text
    assert len(client.get("/static/dragoman.js").content) < 4096
    assert "Disallow: /" in client.get("/robots.txt").text


@pytest.mark.parametrize(
    "path", ["/", "/today.json", "/sources", "/method", "/actor/AZE", "/pair/ARM/AZE"]
)
def test_empty_desk(empty: Client, path: str) -> None:
    answer = empty.get(path)
    assert answer.status_code == 200
    assert "None" not in answer.text


def test_merged_event_leads_to_the_one_it_joined(home: Path, knowledge: Knowledge) -> None:
    with open_store(home) as store:
        store.keep_events([], {"e-old": "e-met"})
    client = Client(lambda: site(home, Config(today=TODAY), knowledge))
    answer = client.get("/event/e-old.json")
    assert (answer.status_code, answer.headers["location"]) == (308, "/event/e-met.json")


def test_what_was_forgotten_is_gone_and_says_since_when(home: Path, knowledge: Knowledge) -> None:
    with open_store(home) as store:
        events = {row.event_id for row in store.reports_of_article("a-hostile")}
        store.forget("a-hostile", "a secret reason", "ada")
        stone = store.tombstone("a-hostile")
    assert stone is not None
    client = Client(lambda: site(home, Config(today=TODAY), knowledge))
    for path in ("/article/a-hostile", *(f"/event/{one}" for one in events)):
        answer = client.get(path)
        assert answer.status_code == 410
        assert "<h1>This was removed</h1>" in answer.text
        assert day_words(stone.at) in answer.text
        assert "secret" not in answer.text
        assert "ada" not in re.sub("[Dd]ata|template", "", answer.text)
        twin = client.get(f"{path}.json")
        assert (twin.status_code, list(twin.json())) == (410, ["error"])
    assert "/article/a-hostile" not in client.get("/").text


@pytest.mark.parametrize("path", ["/", "/article/a-hostile", "/actor/ARM", "/pair/ARM/AZE"])
def test_hostile_text_is_only_text(client: Client, path: str) -> None:
    text = client.get(path).text
    for tag in ("<script>", "<img", "<iframe", "<b>", "<i>"):
        assert tag not in text
    assert "&lt;script&gt;" in text


def test_hostile_text_is_shown_as_it_stands(client: Client) -> None:
    text = client.get("/article/a-hostile").text
    assert "&lt;script&gt;alert(&#39;title&#39;)&lt;/script&gt; &amp; &#34;quotes&#34;" in text
    assert "&lt;i&gt;credit&lt;/i&gt;" in text
    assert client.get("/article/a-hostile.json").json()["article"]["text"].count(EVIL) == 1


def test_find_knows_the_same_pages_as_the_site() -> None:
    assert find("/") == find("today")
    assert (found := find("/pair/ARM/AZE")) is not None
    assert (found[0].name, found[1]) == ("pair", ("ARM", "AZE"))
    assert find("/pair/ARM") is None
    assert find("/pair/ARM/") is None
    assert find("/secrets") is None


def test_language_is_that_of_the_address_else_of_the_browser(client: Client) -> None:
    french = "fr-FR,fr;q=0.9"
    assert '<html lang="fr">' in client.get("/", language=french).text
    assert '<html lang="en">' in client.get("/").text
    assert '<html lang="en">' in client.get("/en/today", language=french).text
    answer = client.get("/fr/event/e-met")
    assert '<html lang="fr">' in answer.text
    assert answer.headers["vary"] == VARY


def test_links_stay_in_the_language_of_the_address(client: Client) -> None:
    links = re.findall(r'(?:href|action)="(/[^"]*)"', client.get("/fr/event/e-met").text)
    assert "/fr/" in links
    assert all(link.startswith(("/fr/", "/en/", "/static/")) for link in links)


def test_no_other_word_is_a_language(client: Client) -> None:
    assert client.get("/de/today").status_code == 404
    assert client.get("/fr/fr/today").status_code == 404
    assert client.get("/fr").status_code == 200
