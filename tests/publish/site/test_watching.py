"""What the log tells of answers: enough to find a fault, and nothing that is a reader's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.config import METRICS_TOKEN, CommentSettings, Config, load_config
from dragoman.errors import SourceError
from dragoman.knowledge import Knowledge
from dragoman.publish.comments import asking_akismet
from dragoman.publish.comments.owning import own_path
from dragoman.publish.site.app import site
from dragoman.store import open_store
from tests.publish.conftest import Client, staying
from tests.publish.desk import TODAY
from tests.publish.members.people import PASSWORD, Browser, people, token
from tests.telling import Log, told

CONFIG = Config(today=TODAY, comments=CommentSettings(on=True, hold_first=False))
TOKEN = re.compile(r'name="token" value="([^"]+)"')


@pytest.fixture
def log() -> Iterator[Log]:
    with told() as found:
        yield found


@pytest.fixture
def desk(home: Path, knowledge: Knowledge) -> Iterator[Client]:
    people(home)
    with staying(site(home, CONFIG, knowledge)) as client:
        yield client


def test_a_request_is_a_line(desk: Client, log: Log) -> None:
    found = desk.get("/fr/pair/ARM/AZE?start=0")
    desk.get("/nothing-is-here")
    first, second = log.lines("request")
    assert first["ms"] > 0
    assert first | {"ms": 0, "time": ""} == {
        "time": "", "level": "info", "event": "request", "method": "GET",
        "route": "/pair/{actor}/{other}", "status": 200, "ms": 0,
        "bytes": int(found.headers["content-length"]),
    }  # fmt: skip
    assert (second["route"], second["status"]) == ("none", 404)


def test_nothing_of_a_reader_is_told(desk: Client, log: Log) -> None:
    headers = {"user-agent": "Readers own browser", "referer": "http://localhost/search?q=ferry",
               "x-forwarded-for": "203.0.113.7"}  # fmt: skip
    for path in ("/explore?q=ferry", "/search.json?q=ferry", "/export/csv?q=ferry", "/actor/ferry"):
        desk.get(path, headers=headers)
    assert len(log.lines("request")) == 4
    for one in ("ferry", "browser", "203.0.113.7", "127.0.0.1"):
        assert one not in log.text


def test_a_probe_is_told_only_where_all_is(desk: Client, log: Log) -> None:
    desk.get("/healthz")
    assert [line["level"] for line in log.lines("request")] == ["debug"]


def test_a_fault_is_told_with_its_traceback(
    desk: Client, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("at https://desk:sesame@db.example/desk?key=sesame")

    monkeypatch.setattr("dragoman.publish.site.app.seen", fail)
    assert "db.example" not in desk.get("/article/a-wire").text
    (error,), (request,) = log.lines("error"), log.lines("request")
    assert error["error"] == "ValueError: at https://db.example/desk?[…]"
    assert 'raise ValueError("at' in error["traceback"]
    assert (error["route"], request["status"]) == ("/article/{article}", 500)
    assert "sesame" not in error["error"]


def test_no_secret_of_a_member_or_a_reader_is_told(
    desk: Client, home: Path, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = {PASSWORD, "not the one it is", "metrics-sesame-0123"}
    monkeypatch.setenv(METRICS_TOKEN, "metrics-sesame-0123")
    browser = Browser(desk)
    browser.sign_in("editor", "not the one it is")
    browser.sign_in("editor")
    for path in ("/desk", "/desk/account", "/article/a-wire", "/article/a-wire/comment"):
        secrets |= set(TOKEN.findall(browser.get(path).text))
    secrets.add(browser.cookies["dragoman"])

    bearer = token(home, "editor", "editor")
    secrets.add(bearer)
    for sent in (bearer, f"{bearer}x"):
        desk.get("/desk/sources", headers={"authorization": f"Bearer {sent}"})

    said = {"name": "Lectrice", "email": "l@mail.example", "text": "Which pier was it, then?"}
    desk.fill("/article/a-wire/comment", said)
    with open_store(home) as store:
        own = own_path(store, 1)
    secrets |= {own.partition("key=")[2], *said.values()}
    assert desk.get(own).status_code == 200
    desk.get("/alerts/feed-sesame-0123.rss")
    secrets.add("feed-sesame-0123")

    assert len(secrets) > 10
    assert {line["route"] for line in log.lines("request")} >= {
        "/article/{id0}/comment", "/comment/{id0}/own", "/alerts/{key}.{form}", "/desk/sources",
    }  # fmt: skip
    assert not [one for one in secrets if one in log.text]


def test_akismets_key_is_not_told(
    home: Path, knowledge: Knowledge, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = "0123456789ab"
    monkeypatch.setenv("DRAGOMAN_AKISMET_KEY", key)

    def reach(used: str, _site: str) -> None:
        raise SourceError(f"https://{used}.rest.akismet.com/1.1: no answer to api_key={used}")

    monkeypatch.setattr(asking_akismet, "reach", reach)
    config = Config(today=TODAY, comments=CommentSettings(on=True, akismet_key=key))
    assert load_config(home).comments.akismet_key == key
    with staying(site(home, config, knowledge)) as client:
        client.fill("/article/a-wire/comment", {"name": "A", "text": "Which pier was it, then?"})
    assert "Akismet did not answer" in log.text
    assert key not in log.text
