"""What is kept of pages: it is given again as long as nothing changed, and to anybody alone."""

from __future__ import annotations

import gzip
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import anyio
import pytest
from starlette.requests import Request
from starlette.responses import Response

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model import Verdict
from dragoman.publish.site.app import site
from dragoman.publish.site.cache import FRESH, Pages, Stamp, is_anybody, takes_gzip
from dragoman.store import open_store
from tests.publish.conftest import Client, staying
from tests.publish.desk import TODAY

PAGE = "/article/a-wire"


@pytest.fixture
def asked(home: Path, knowledge: Knowledge) -> Iterator[Client]:
    """A site that stays up from one question to the next."""
    with staying(site(home, Config(today=TODAY), knowledge)) as client:
        yield client


def test_the_same_page_is_given_again_and_not_to_who_has_it(asked: Client) -> None:
    first = asked.get(PAGE)
    again = asked.get(PAGE, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    assert asked.get(PAGE, headers={"if-none-match": '"another"'}).text == first.text


def test_it_is_compressed_where_that_is_taken(asked: Client) -> None:
    packed = asked.get(PAGE, headers={"accept-encoding": "gzip, br"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(packed.content) / 2
    plain = asked.get(PAGE, headers={"accept-encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers
    assert plain.text == packed.text
    assert "Accept-Encoding" in plain.headers["vary"]


@pytest.mark.parametrize(
    ("header", "is_taken"),
    [("gzip", True), ("br, GZIP;q=0.5", True), ("*", True), ("br", False), ("gzip;q=0", False),
     ("", False), ("gzip; q = 0.0", False), ("identity, gzip;q=1", True)],
)  # fmt: skip
def test_accept_encoding(header: str, is_taken: bool) -> None:
    assert takes_gzip(header) is is_taken


def test_what_was_forgotten_is_not_shown_again(asked: Client, home: Path) -> None:
    assert asked.get(PAGE).status_code == 200
    assert PAGE in asked.get("/event/e-met").text
    with open_store(home) as store:
        store.forget("a-wire", "asked for", None)
    assert asked.get(PAGE).status_code == 410
    assert PAGE not in asked.get("/event/e-met").text


def test_what_another_process_wrote_is_shown(asked: Client, home: Path) -> None:
    before = asked.get("/event/e-met")
    program = (
        "from pathlib import Path; import sys\n"
        "from dragoman.model import Verdict\n"
        "from dragoman.store import open_store\n"
        "with open_store(Path(sys.argv[1])) as store:\n"
        "    store.judge(Verdict('reject', 'e-met', (), ()), None, 'Somebody')\n"
    )
    subprocess.run([sys.executable, "-c", program, str(home)], check=True)
    after = asked.get("/event/e-met")
    assert after.headers["etag"] != before.headers["etag"]
    assert "rejected" in after.text
    assert "rejected" not in before.text


def test_a_write_of_the_same_process_is_seen_too(home: Path) -> None:
    with open_store(home) as store:
        before = store.stamp()
        assert store.stamp() == before
        store.judge(Verdict("reject", "e-met", (), ()), None, "Somebody")
        assert store.stamp() != before
        with closing(sqlite3.connect(store.path)) as file:
            then = store.stamp()
            file.execute("DELETE FROM judged")
            assert store.stamp() == then
            file.commit()
            assert store.stamp() != then


def test_languages_and_forms_are_kept_apart(asked: Client) -> None:
    english, french = asked.get("/en/event/e-met"), asked.get("/fr/event/e-met")
    for _ in range(2):
        assert asked.get("/en/event/e-met").text == english.text
        assert asked.get("/fr/event/e-met").text == french.text
        assert 'lang="fr"' in asked.get("/event/e-met", language="fr").text[:200]
        assert 'lang="en"' in asked.get("/event/e-met", language="en").text[:200]
        assert json.loads(asked.get("/event/e-met", "application/json").text)["id"] == "e-met"
        assert json.loads(asked.get("/event/e-met.json").text)["id"] == "e-met"


def test_who_has_a_session_gets_nothing_kept_and_leaves_nothing() -> None:
    made: list[str] = []

    def make() -> Response:
        made.append("page")
        return Response(f"page {len(made)}", media_type="text/html")

    pages = Pages(lambda: Stamp(1))
    bodies = [
        bytes(anyio.run(pages.answer, request(cookie), make).body)
        for cookie in ("", "dragoman=one", "dragoman=two", "", "other=x")
    ]
    assert bodies == [b"page 1", b"page 2", b"page 3", b"page 1", b"page 1"]


def test_the_day_and_the_hour_are_part_of_what_is_asked() -> None:
    hours = iter("aab")
    pages = Pages(lambda: Stamp(1, hour=next(hours)))
    number = iter(range(9))
    bodies = [
        anyio.run(pages.answer, request(), lambda: Response(str(next(number)), media_type="a/b"))
        for _ in range(3)
    ]
    assert [bytes(one.body) for one in bodies] == [b"0", b"0", b"1"]


class Making:
    """Pages of a desk that is written to, with a clock of its own; each page says its number."""

    def __init__(self) -> None:
        self.desk = Stamp(1)
        self.now = 0.0
        self.made = 0
        self.fault: Exception | None = None
        self.pages = Pages(lambda: self.desk, seconds=10, clock=lambda: self.now)

    def make(self) -> Response:
        if self.fault is not None:
            raise self.fault
        self.made += 1
        return Response(str(self.made), media_type="text/html")

    async def asked(self, *, is_past: bool = False) -> str:
        """What a reader gets; what goes on behind them is waited for."""
        answer = await self.pages.answer(request(), self.make, is_past=is_past)
        while self.pages._behind:
            await anyio.sleep(0)
        return bytes(answer.body).decode()

    def at(self, now: float, desk: Stamp, *, is_past: bool = False) -> str:
        self.now, self.desk = now, desk
        return anyio.run(lambda: self.asked(is_past=is_past))


def test_while_articles_arrive_a_page_is_given_for_some_seconds() -> None:
    made = Making()
    assert [made.at(0, Stamp(1)), made.at(4.9, Stamp(2))] == ["1", "1"]
    assert made.made == 1
    assert made.at(5, Stamp(3)) == "1", "given at once"
    assert made.made == 2, "and made anew behind the reader"
    assert made.at(6, Stamp(4)) == "2"
    assert made.at(15.0, Stamp(5)) == "3", "never older than the seconds that are allowed"


def test_a_page_is_as_old_as_what_it_lacks_and_not_as_its_making() -> None:
    made = Making()
    assert [made.at(0, Stamp(1)), made.at(100, Stamp(1)), made.at(104, Stamp(2))] == ["1"] * 3
    assert made.at(200, Stamp(3)) == "2"


def test_what_a_person_wrote_is_seen_at_once() -> None:
    made = Making()
    assert [made.at(0, Stamp(1, "a")), made.at(1, Stamp(2, "b"))] == ["1", "2"]
    assert made.at(2, Stamp(3, "b", hour=7)) == "3"


def test_a_day_that_is_over_is_not_made_anew_for_what_arrives() -> None:
    made = Making()
    assert [made.at(n * 60, Stamp(n, "a"), is_past=True) for n in range(3)] == ["1"] * 3
    assert made.at(200, Stamp(4, "b"), is_past=True) == "2", "but for what a person says"


def test_what_can_not_be_made_behind_a_reader_is_given_to_nobody() -> None:
    made = Making()
    made.at(0, Stamp(1))
    made.fault = ValueError("it is gone")
    assert made.at(7, Stamp(2)) == "1"
    with pytest.raises(ValueError, match="gone"):
        made.at(8, Stamp(2))


def test_without_seconds_every_write_is_seen_at_once() -> None:
    desk = iter((Stamp(1), Stamp(2)))
    pages, number = Pages(lambda: next(desk)), iter(range(9))
    bodies = [
        anyio.run(pages.answer, request(), lambda: Response(str(next(number)), media_type="a/b"))
        for _ in range(2)
    ]
    assert [bytes(one.body) for one in bodies] == [b"0", b"1"]


def test_what_arrives_waits_and_what_a_member_says_does_not(asked: Client, home: Path) -> None:
    before = asked.get("/event/e-met").headers["etag"]
    with open_store(home) as store:
        with store.arriving():
            store.judge(Verdict("reject", "e-met", (), ()), None, "Somebody")
        assert asked.get("/event/e-met").headers["etag"] == before
        store.judge(Verdict("confirm", "e-spoke", (), ()), None, "Somebody")
        assert asked.get("/event/e-met").headers["etag"] != before


def test_no_more_is_kept_than_there_is_room_for() -> None:
    pages = Pages(lambda: Stamp(1), most=1_600)
    made: list[str] = []

    def maker(path: str) -> Callable[[], Response]:
        def make() -> Response:
            made.append(path)
            return Response(path, media_type="text/html")

        return make

    for path in ("/a", "/b", "/a", "/c", "/d", "/e", "/f", "/a"):
        anyio.run(pages.answer, request(path=path), maker(path))
    assert made.count("/a") == 2
    assert made.count("/f") == 1


def test_what_could_not_be_made_is_not_kept() -> None:
    pages = Pages(lambda: Stamp(1))
    statuses = iter((404, 200, 500))
    found = [
        anyio.run(pages.answer, request(), lambda: Response("x", next(statuses), media_type="a/b"))
        for _ in range(3)
    ]
    assert [one.status_code for one in found] == [404, 200, 200]


def test_each_answer_has_what_is_its_own() -> None:
    number = iter(range(9))
    pages = Pages(lambda: Stamp(1), fresh=lambda _request: f"token-{next(number)}")
    page = Response(f"<input value='{FRESH}'>", media_type="text/html")
    found = [anyio.run(pages.answer, request(), lambda: page) for _ in range(2)]
    assert [bytes(one.body) for one in found] == [
        b"<input value='token-0'>", b"<input value='token-1'>",
    ]  # fmt: skip
    assert {one.headers["cache-control"] for one in found} == {"no-store"}
    assert "etag" not in found[0].headers


def test_a_page_is_made_once_for_all_who_ask_at_the_same_time() -> None:
    pages = Pages(lambda: Stamp(1))
    made: list[str] = []

    async def several() -> list[bytes]:
        go, bodies = anyio.Event(), list[bytes]()

        def make() -> Response:
            made.append("page")
            anyio.from_thread.run(go.wait)
            return Response("page", media_type="text/html")

        async def ask() -> None:
            bodies.append(bytes((await pages.answer(request(), make)).body))

        async with anyio.create_task_group() as group:
            for _ in range(4):
                group.start_soon(ask)
            await anyio.wait_all_tasks_blocked()
            go.set()
        return bodies

    assert anyio.run(several) == [b"page"] * 4
    assert made == ["page"]


def test_kept_bytes_are_the_page() -> None:
    pages = Pages(lambda: Stamp(1))
    body = "é" * 1000
    wanted = request(headers={"accept-encoding": "gzip"})
    found = anyio.run(pages.answer, wanted, lambda: Response(body, media_type="text/html"))
    assert gzip.decompress(bytes(found.body)).decode() == body


def request(cookie: str = "", *, path: str = "/", headers: dict[str, str] | None = None) -> Request:
    sent = {**(headers or {}), **({"cookie": cookie} if cookie else {})}
    made = Request(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
            "server": ("localhost", 80),
            "scheme": "http",
        }
    )
    assert is_anybody(made) is ("dragoman=" not in cookie)
    return made
