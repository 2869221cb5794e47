"""No address leads out of what is served, none writes a header, none takes long to be refused; and
pages lay themselves out in either direction of writing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from dragoman.config import Config
from dragoman.errors import QueryError
from dragoman.knowledge import Knowledge
from dragoman.publish.site.addresses import find
from dragoman.publish.site.app import site
from dragoman.publish.site.framing import HEADERS
from dragoman.publish.site.render import HERE
from dragoman.publish.views.asking import Unanswerable, asked
from dragoman.query import read_query
from tests.publish.conftest import Client, staying
from tests.publish.desk import TODAY

KINDS = ("/", "/fr/today", "/article/a-wire", "/story/s-ferries", "/event/e-met", "/actor/AZE",
         "/pair/ARM/AZE", "/pair/ARM/AZE.svg", "/explore?q=ferry", "/sources", "/method", "/api",
         "/openapi.json", "/robots.txt", "/static/dragoman.css", "/actor/AZE.json",
         "/actor/AZE.csv",
         "/pair/ARM/AZE.rss", "/export/jsonl", "/embed/check-also?url=x", "/embed/pair/ARM/AZE",
         "/event/none", "/none", "/static/none.css")  # fmt: skip
CLIMBS = ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "%252e%252e%252f", "..%255c", "..\\", "..%5c",
          "..%c0%af", "..;/", "....//", "%00../")  # fmt: skip
STARTS = ("/static/", "/fr/static/", "/article/", "/event/", "/actor/", "/story/",
          "/changes/a-copy/", "/export/", "/embed/pair/ARM/", "/explore", "/fr/")  # fmt: skip
FORGED = (
    "\r\nX-Forged: yes",
    "\n X-Forged: yes",
    "%0d%0aX-Forged: yes",
    "\u560a\u560dX-Forged: yes",
)


@pytest.fixture
def kept(home: Path, knowledge: Knowledge) -> Iterator[Client]:
    with staying(site(home, Config(today=TODAY), knowledge)) as client:
        yield client


@pytest.mark.parametrize("path", KINDS)
def test_head_is_get_without_a_body(client: Client, path: str) -> None:
    full, head = client.get(path, accept="*/*"), client.head(path)
    assert (head.status_code, head.content) == (full.status_code, b"")
    passing = {"date", "content-length", "transfer-encoding"}
    assert {n: v for n, v in head.headers.items() if n not in passing} == {
        n: v for n, v in full.headers.items() if n not in passing
    }
    if "content-length" in head.headers and "content-length" in full.headers:
        assert head.headers["content-length"] == full.headers["content-length"]


@pytest.mark.parametrize("climb", CLIMBS)
def test_no_path_climbs(kept: Client, climb: str) -> None:
    for start in STARTS:
        for to in ("etc/passwd", "etc%2fpasswd", "dragoman.toml", "desk.sqlite", "app.py"):
            answer = kept.get(start + climb * 7 + to, accept="*/*")
            assert answer.status_code in {400, 404}, (start, to)
            assert not re.search(r"root:.*:0:|^title = |SQLite format|^import ", answer.text), start


def test_nothing_asked_becomes_a_header(kept: Client) -> None:
    names = (
        "q",
        "of",
        "url",
        "asof",
        "start",
        "limit",
        "from",
        "until",
        "category",
        "language",
        "x",
    )
    for forged in FORGED:
        value = quote(forged, safe="%")
        paths = [f"{page}?{name}={value}" for name in names for page in (
            "/explore", "/explore.csv", "/export/csv", "/pair/ARM/AZE.svg", "/actor/AZE",
            "/search", "/search.json", "/embed/check-also")]  # fmt: skip
        paths += [f"/{kind}/{value}" for kind in ("actor", "event", "export", "static", "search")]
        paths += [f"/pair/ARM/{value}.csv", f"/pair/{value}/AZE.svg", f"/fr/search/{value}"]
        for path in paths:
            answer = kept.get(path, accept="*/*")
            assert "x-forged" not in answer.headers, path
            assert not any("\n" in v or "\r" in v for v in answer.headers.values()), path
            assert all(name in answer.headers for name in HEADERS), path


def test_no_header_asked_with_becomes_one(kept: Client) -> None:
    for name in ("If-None-Match", "Accept-Language", "X-Forwarded-For", "Accept"):
        for path in ("/actor/AZE.rss", "/actor/AZE", "/feeds/republish"):
            answer = kept.get(path, headers={name: 'W/"x", x-forged: yes\t; %0d%0a'})
            assert "x-forged" not in str(answer.headers).lower(), (name, path)


# --- what takes long -------------------------------------------------------------------------


KNOWLEDGE = Knowledge()


def refused(text: str) -> None:
    try:
        read_query(text, KNOWLEDGE)
    except QueryError:
        return


def unanswered(text: str) -> None:
    try:
        asked([("from", text), ("category", text), ("quad", text)], lambda _name: False)
    except Unanswerable:
        return


HARD = {
    "quotes": lambda n: '"' * n,
    "open brackets": lambda n: "(" * n,
    "brackets": lambda n: "(" * n + "a" + ")" * n,
    "negations": lambda n: "NOT " * n + "a",
    "colons": lambda n: "from:" * n,
    "one word": lambda n: "a" * n,
    "spaces": lambda n: " " * n + "a",
    "digits": lambda n: "near:" + "1" * n,
    "commas": lambda n: "near:" + "1," * n,
    "days": lambda n: "after:2024" + "-01" * n,
    "escapes": lambda n: '"' + "\\" * n,
    "marks": lambda n: "a" + "\u0301" * n,
}  # fmt: skip
SLOW: dict[str, Callable[[str], object]] = {
    "query": refused, "asked": unanswered, "path": find,
    "segments": lambda text: find("/" + text.replace(" ", "/")),
}  # fmt: skip


def spent(run: Callable[[str], object], text: str) -> float:
    """Seconds of this process; the least of several, since others use the machine too."""
    found = []
    for _ in range(3):
        begun = time.process_time()
        run(text)
        found.append(time.process_time() - begun)
    return min(found)


@pytest.mark.parametrize("shape", HARD)
@pytest.mark.parametrize("run", SLOW)
def test_no_text_takes_much_more_than_twice_as_long_at_twice_its_length(
    run: str, shape: str
) -> None:
    """A quarter more than four times at four times the length, beside what costs nothing; what
    grows with the square would take sixteen times as long."""
    short, long = HARD[shape](4_000), HARD[shape](16_000)
    assert spent(SLOW[run], long) < 8 * spent(SLOW[run], short) + 0.005


# --- either direction ------------------------------------------------------------------------

PHYSICAL = re.compile(
    r"(?:^|[{;\s])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)(?:-\w+)*"
    r"|left|right|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
SIDES = re.compile(r"(?:margin|padding|inset)\s*:\s*([^;}]*)")


@pytest.mark.parametrize("path", sorted((HERE / "static").glob("*.css")), ids=lambda p: p.name)
def test_a_stylesheet_knows_no_left_and_right(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert PHYSICAL.findall(text) == []
    for value in SIDES.findall(text):
        four = re.sub(r"\([^)]*\)", "()", value).split()
        assert len(four) < 4 or four[1] == four[3], value


def test_a_physical_side_is_found() -> None:
    for rule in ("a { margin-left: 1px }", "a{left:0}", "a { text-align: right }"):
        assert PHYSICAL.search(rule), rule
    assert not PHYSICAL.search(
        "a { margin-inline-start: 1px; inset-inline-end: 0; text-align: end }"
    )
