"""What every page can be taken away as: queries, suffixes, feeds that are not sent twice, links."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import feedparser  # type: ignore[import-untyped]
import pytest

from dragoman.config import Config, load_config
from dragoman.errors import DataFileError
from dragoman.knowledge import Knowledge
from dragoman.publish.formats import formats
from dragoman.publish.site.app import site
from dragoman.publish.site.framing import HEADERS
from dragoman.store import open_store
from tests.publish.conftest import Client
from tests.publish.desk import TODAY
from tests.publish.items import many

DESK = "https://desk.example"
STANDING = {
    "/actor/AZE": "actor:AZE",
    "/actor/AZE?by=ab&category=AGREE,CONSULT": "from:AZE category:AGREE,CONSULT",
    "/pair/ARM/AZE": "pair:ARM,AZE",
    "/pair/ARM/AZE?quad=3&from=2024-03&until=2024": "pair:ARM,AZE quad:3 after:2024-03-01 "
    "before:2024-12-31",
    "/pair/ARM/AZE?by=ab": "pair:ARM,AZE from:ARM to:AZE",
    "/pair/ARM/AZE?by=ba&status=happened&told=news&language=fr,unknown&origins=1": "pair:ARM,AZE "
    "from:AZE to:ARM status:happened told:news lang:fr,unknown origins:>=1",
    "/event/e-met": "event:e-met",
    "/story/s-ferries": "story:s-ferries",
    "/stories": "story:any",
    "/explore?q=ferry+-quad:4": "ferry -quad:4",
    "/today": "told:news status:alleged,demanded,denied,halted,happened,ongoing,threatened "
    "(after:2024-03-06 before:2024-03-20)",
}
"""Pages as they are asked for, and the query that finds what they list."""


@pytest.fixture
def named(home: Path, knowledge: Knowledge) -> Client:
    """A desk with an address of its own, whose embeds two sites may show."""
    sites = ["https://news.example.org", "http://localhost:8080"]
    made = Config(today=TODAY, address=f"{DESK}/", embed_sites=sites)
    return Client(lambda: site(home, made, knowledge))


def with_suffix(address: str, suffix: str) -> str:
    path, _, query = address.partition("?")
    return f"{path}{suffix}" + (f"?{query}" if query else "")


@pytest.mark.parametrize("address", STANDING)
@pytest.mark.parametrize("name", ["csv", "articles-csv", "rss", "jsonfeed"])
def test_a_page_gives_what_its_query_gives(client: Client, address: str, name: str) -> None:
    one = formats()[name]
    taken = client.get(with_suffix(address, one.suffix))
    asked = client.get(f"/export/{name}?{asking(STANDING[address])}")
    assert taken.status_code == asked.status_code == 200
    assert taken.content == asked.content
    assert taken.headers["content-type"] == asked.headers["content-type"]


def asking(query: str) -> str:
    return urlencode({"q": query})


@pytest.mark.parametrize("name", formats())
def test_every_format_is_at_a_pair(client: Client, name: str) -> None:
    one = formats()[name]
    taken = client.get(f"/pair/ARM/AZE{one.suffix}")
    assert taken.status_code == 200
    assert taken.headers["content-type"].partition(";")[0] == one.media_type
    assert client.head(f"/fr/pair/ARM/AZE{one.suffix}").status_code == 200


@pytest.mark.parametrize("asks", ["", "?quad=3", "?from=2024-03", "?status=planned", "?origins=1"])
def test_a_pairs_file_holds_the_events_of_its_page(client: Client, asks: str) -> None:
    page = client.get(f"/pair/ARM/AZE.json{asks}").json()["dossier"]
    shown = {entry["line"]["id"] for month in page["chronology"] for entry in month["entries"]}
    text = client.get(f"/pair/ARM/AZE.csv{asks}").text
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["id"] for row in rows} == shown
    assert len(rows) == page["found"] > 0


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/pair/ARM/AZE.xlsx", 404, ".feed.json"),
        ("/today.pdf", 404, ".geojson"),
        ("/pair/ARM/ARM.csv", 404, "no pair"),
        ("/pair/ARM/nobody.csv", 404, "no pair"),
        ("/event/e-none.rss", 404, "no event"),
        ("/story/s-none.csv", 404, "no story"),
        ("/method.csv", 404, "no page"),
        ("/pair/ARM/AZE.csv?by=both", 400, "by=both"),
        ("/pair/ARM/AZE.csv?quad=9", 400, "quad"),
        ("/pair/ARM/AZE.csv?asof=2024-03-18", 400, "freeze"),
        ("/explore.csv?q=colour:red", 400, "no field colour"),
        ("/explore.csv?q=%22", 400, "not closed"),
        ("/today.rss?limit=0", 400, "limit"),
        ("/today.rss?limit=x", 400, "limit"),
        ("/today.rss?limit=5001", 400, "5,000"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(
    client: Client, path: str, status: int, told: str
) -> None:
    answer = client.get(path, accept="application/json")
    assert (answer.status_code, list(answer.json())) == (status, ["error"])
    assert told in answer.json()["error"]


# --- feeds -------------------------------------------------------------------------------------


def test_a_feed_is_short_unless_asked(
    client: Client, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.publish.site.downloads.found", lambda *_, **__: iter(many(300)))
    entries: Any = feedparser.parse(client.get("/export/rss").content).entries
    assert len(entries) == 100
    asked: Any = feedparser.parse(client.get("/export/atom?q=from%3AAZE&limit=150").content)
    assert len(asked.entries) == 150
    own = next(link.href for link in asked.feed.links if link.rel == "self")
    assert own.endswith("/export/atom?q=from%3AAZE&limit=150")
    assert len(client.get("/export/jsonl?limit=7").text.splitlines()) == 7
    assert len(client.get("/export/jsonl").text.splitlines()) == 300


def test_who_has_a_feed_is_not_sent_it_again(client: Client, home: Path) -> None:
    path = "/pair/ARM/AZE.rss"
    first = client.get(path)
    tag = first.headers["etag"]
    assert re.fullmatch(r'W/"[0-9a-f]{32}"', tag)
    dated = client.get("/export/articles-rss").headers["last-modified"]
    assert dated == "Tue, 19 Mar 2024 00:00:00 GMT"
    for known in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        again = client.get(path, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b""), known
        assert again.headers["etag"] == tag
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200
    # A reader that says only since when it knows the feed could miss what was withdrawn.
    since = {"if-modified-since": dated}
    assert client.get("/export/articles-rss", headers=since).status_code == 200
    assert client.head(path).headers["etag"] == tag
    with open_store(home) as store:
        store.forget("a-hostile", "asked for")
    changed = client.get(path, headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


# --- what a page says of itself ----------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/pair/ARM/AZE?quad=3&start=1", "/fr/story/s-ferries"])
def test_a_page_names_its_feeds(client: Client, path: str) -> None:
    text = client.get(path).text
    links = re.findall(
        r'<link rel="alternate" type="(application/(?:rss|atom|feed)\+\w+)" title="[^"]+" '
        r'href="([^"]+)">',
        text,
    )
    assert {kind for kind, _ in links} == {
        "application/rss+xml", "application/atom+xml", "application/feed+json",
    }  # fmt: skip
    for kind, address in links:
        answer = client.get(address.replace("&amp;", "&"))
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, kind)
    if "quad" in path:
        assert all("?quad=3" in address and "start" not in address for _, address in links)


def test_a_view_of_the_past_names_none(client: Client) -> None:
    assert "application/rss+xml" not in client.get("/pair/ARM/AZE?asof=2024-03-18").text


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/", "/"),
        ("/today", "/"),
        ("/fr/pair/ARM/AZE?quad=3&utm_source=x", "/pair/ARM/AZE?quad=3"),
        ("/en/explore?q=ferry&of=articles&x=1", "/explore?q=ferry&amp;of=articles"),
        ("/actor/AZE?asof=2099-01-01", "/actor/AZE?asof=2099-01-01"),
        ("/story/s-ferries", "/story/s-ferries"),
    ],
)
def test_a_page_has_one_address(named: Client, client: Client, path: str, known: str) -> None:
    assert f'<link rel="canonical" href="{DESK}{known}">' in named.get(path).text
    assert 'rel="canonical"' not in client.get(path).text


# --- embeds ------------------------------------------------------------------------------------

EMBED = "/embed/check-also?url=https://www.harbour-post.example/wire"
FRAMED = "frame-ancestors https://news.example.org http://localhost:8080;"


def test_only_embeds_may_be_framed_and_by_named_sites_alone(named: Client, client: Client) -> None:
    for path in (EMBED, f"/fr{EMBED}"):
        assert FRAMED in named.get(path).headers["content-security-policy"]
        assert "'none';" in client.get(path).headers["content-security-policy"]
    for path in ("/", "/pair/ARM/AZE", "/embed/none", "/embed", "/pair/ARM/AZE.csv", "/none"):
        assert (
            named.get(path).headers["content-security-policy"]
            == (HEADERS["Content-Security-Policy"])
        )


def test_check_also_of_a_page_by_its_address(
    named: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids are made of addresses; those of this desk are not, so its own is put in their place."""
    monkeypatch.setattr(
        "dragoman.publish.pages.check_also.article_id",
        lambda address, _: "a-wire" if address.endswith("/wire") else "a-none",
    )
    answer = named.get(EMBED)
    assert answer.status_code == 200
    assert 'href="https://www.journal-du-quai.example/rewrite"' in answer.text
    assert 'href="/article/a-rewrite"' in answer.text
    assert 'href="/article/a-wire"' in answer.text
    assert "<nav" not in answer.text
    assert not re.search(r"<a (?![^>]*target=\"_top\")", answer.text)
    twin = named.get("/embed/check-also.json?url=https://www.harbour-post.example/wire").json()
    assert [one["line"]["id"] for one in twin["similar"]] == ["a-rewrite", "a-hostile"]
    other = named.get("/embed/check-also?url=https://elsewhere.example/x")
    assert (other.status_code, "nothing to read beside" in other.text) == (200, True)


@pytest.mark.parametrize(
    "url", ["", "x", "javascript:alert(1)", "https://", "http://x/" + "y" * 2000]
)
def test_check_also_takes_addresses_alone(named: Client, url: str) -> None:
    answer = named.get(f"/embed/check-also.json?url={url}")
    assert (answer.status_code, "url takes" in answer.json()["error"]) == (400, True)


@pytest.mark.parametrize(
    "site_",
    ["https://news.example.org/", "*", "https://*.example.org", "news.example.org", "https://a b",
     "https://a; script-src *", "https://a\n", "'self'"],
)  # fmt: skip
def test_sites_that_may_frame_are_origins(tmp_path: Path, site_: str) -> None:
    (tmp_path / "dragoman.toml").write_text(f"embed_sites = [{json.dumps(site_)}]")
    with pytest.raises(DataFileError, match="is no site: write https://"):
        load_config(tmp_path)
