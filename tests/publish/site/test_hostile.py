"""What a hostile reader sends: paths, queries, methods and bytes that must get a plain answer."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import anyio
import httpx
import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.publish.site.app import site
from dragoman.publish.site.framing import HEADERS
from dragoman.publish.site.guarding import OPEN
from dragoman.publish.site.rates import CLIENTS, Rates
from tests.publish.conftest import Client, staying
from tests.publish.desk import EVIL, TODAY

UP = ("../" * 6 + "etc/passwd", "..%2f" * 6 + "etc/passwd", "..%5c" * 6 + "etc%5cpasswd",
      "%2e%2e/%2e%2e/app.py", "....//....//app.py", "%00", "dragoman.css%00.png")  # fmt: skip
BEFORE = ("/static/", "/fr/static/", "/article/", "/export/", "/en/")
HOSTILE_IDS = (quote(EVIL, safe=""), "%0d%0aSet-Cookie:%20a=b", "%00", "%ff%fe", "{{7*7}}",
               "a" * 8000, "%E2%80%AE", "'%20OR%201=1--", "%25s%25n")  # fmt: skip
HOSTILE_QUERIES = (EVIL, "\r\nSet-Cookie: a=b", "\x00", "(" * 3000, '"' * 999, "a" * 20_000,
                   "NOT " * 2000 + "a", "{{7*7}}", "near:1e999,1 km:1", "\ud800")  # fmt: skip
PLACES = ("/article/", "/event/", "/story/", "/actor/", "/export/", "/fr/actor/")


def plain(answer: httpx.Response) -> None:
    """An answer without failure, that runs nothing and sets nothing."""
    assert answer.status_code in {200, 308, 400, 404, 405, 414}
    assert "set-cookie" not in answer.headers
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert EVIL not in answer.text
        assert "<script>" not in answer.text
    assert "49" not in re.findall(r"<h1[^>]*>(.*?)</h1>", answer.text)
    for name in HEADERS:
        assert name in answer.headers


@pytest.mark.parametrize("start", BEFORE)
@pytest.mark.parametrize("path", UP)
def test_no_path_leads_out(client: Client, start: str, path: str) -> None:
    answer = client.get(start + path)
    assert answer.status_code in {400, 404}
    assert "root:" not in answer.text
    assert "import" not in answer.text


@pytest.mark.parametrize("identity", HOSTILE_IDS)
def test_any_id(client: Client, identity: str) -> None:
    for place in PLACES:
        for suffix in ("", ".json"):
            answer = client.get(f"{place}{identity}{suffix}")
            plain(answer)
            assert answer.status_code in {400, 404}


@pytest.mark.parametrize("query", HOSTILE_QUERIES)
def test_any_query(client: Client, query: str) -> None:
    written = quote(query, safe="", errors="surrogatepass")
    for path in (
        "/explore",
        "/explore.json",
        "/explore.csv",
        "/export/csv",
        "/fr/explore",
        "/search",
    ):
        plain(client.get(f"{path}?q={written}"))


@pytest.mark.parametrize("value", ["9" * 5000, "-1", "%00", "%ff", quote(EVIL), "1e9"])
@pytest.mark.parametrize("name", ["start", "asof", "from", "origins", "category", "of", "order"])
def test_any_parameter(client: Client, name: str, value: str) -> None:
    for path in ("/today", "/actor/AZE", "/pair/ARM/AZE", "/explore", "/actor/AZE.csv"):
        plain(client.get(f"{path}?{name}={value}"))


@pytest.mark.parametrize("path", ["/en//evil.example", "/fr//evil.example/x"])
def test_no_link_of_ours_leads_to_another_host(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert re.findall(r'href="//[^"]*"', answer.text) == []
    assert "location" not in answer.headers


async def _send(application: object, method: str, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(application)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as asking:
        return await asking.request(method, path, content=b"x")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_pages_are_only_read(home: Path, knowledge: Knowledge, method: str) -> None:
    application = site(home, Config(today=TODAY), knowledge)
    for path in ("/", "/event/e-met", "/export/csv"):
        assert anyio.run(_send, application, method, path).status_code == 405


# --- a public desk ---------------------------------------------------------------------------


def test_only_data_of_a_public_desk_is_open_to_pages_elsewhere(
    home: Path, knowledge: Knowledge
) -> None:
    public = Client(lambda: site(home, Config(today=TODAY), knowledge, public=True))
    private = Client(lambda: site(home, Config(today=TODAY), knowledge))
    for path in (
        "/today.json",
        "/export/csv",
        "/none.json",
        "/actor/AZE.csv",
        "/explore.rss",
        "/pair/ARM/AZE.svg",
        "/feeds/republish",
    ):
        assert {name: public.get(path).headers[name] for name in OPEN} == OPEN
        assert "access-control-allow-origin" not in private.get(path).headers
    assert "access-control-allow-origin" not in public.get("/today").headers


def test_a_reader_waits_who_asks_for_too_much(home: Path, knowledge: Knowledge) -> None:
    application = site(home, Config(today=TODAY, rate=2), knowledge, public=True)
    with staying(application) as client:
        first = [client.get("/explore.json?q=ferry").status_code for _ in range(2)]
        held = client.get("/export/csv")
        assert (first, held.status_code) == ([200, 200], 429)
        assert 1 <= int(held.headers["retry-after"]) <= 30
        assert client.get("/actor/AZE.csv").status_code == 429
        assert client.get("/feeds/republish").status_code == 429
        assert client.get("/event/e-met").status_code == 200
    private = site(home, Config(today=TODAY, rate=1), knowledge)
    with staying(private) as client:
        assert {client.get("/explore").status_code for _ in range(3)} == {200}


def test_a_bucket_fills_evenly_and_few_are_held() -> None:
    now = [0.0]
    rates = Rates(6, lambda: now[0])
    assert [rates.wait("192.0.2.1") for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]
    assert rates.wait("192.0.2.2") == 0
    now[0] = 10.0
    assert [rates.wait("192.0.2.1") for _ in range(2)] == [0, 10]
    assert rates.wait("2001:db8::1") == 0
    assert [rates.wait("2001:db8::2") for _ in range(6)] == [0, 0, 0, 0, 0, 10]
    for number in range(CLIENTS + 5):
        rates.wait(f"client {number}")
    assert len(rates) == CLIENTS
