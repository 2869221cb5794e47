"""`/healthz`: for whoever watches over a site, whatever kind of desk it serves."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import anyio
import pytest
from starlette.requests import Request
from starlette.responses import Response

from dragoman.config import Config
from dragoman.errors import StoreError
from dragoman.knowledge import Knowledge
from dragoman.publish.site.app import site
from dragoman.publish.site.health import guard
from dragoman.store import open_store
from dragoman.store.schema import MIGRATIONS
from tests.publish.conftest import Client, staying
from tests.publish.desk import TODAY


@pytest.mark.parametrize("public", [False, True])
def test_it_answers_on_either_desk_and_under_any_name(
    home: Path, knowledge: Knowledge, public: bool
) -> None:
    with staying(site(home, Config(today=TODAY, rate=1), knowledge, public=public)) as client:
        found = [client.get("/healthz", "*/*", host="10.0.0.7:8000") for _ in range(5)]
        head = client.head("/healthz")
    assert {(one.status_code, one.text) for one in found} == {(200, '{"status": "ok"}')}
    assert found[0].headers["cache-control"] == "no-store"
    assert found[0].headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in found[0].headers
    assert head.status_code == 200


def test_the_store_is_asked_anew_each_time(home: Path, knowledge: Knowledge) -> None:
    with staying(site(home, Config(today=TODAY), knowledge)) as client:
        assert client.get("/healthz").status_code == 200
        set_version(home, "0001")
        found = client.get("/healthz")
        set_version(home, MIGRATIONS[-1])
        again = client.get("/healthz")
    assert found.status_code == 503
    assert found.json() == {
        "status": "failing",
        "reason": f"the tables are 0001, and this version needs {MIGRATIONS[-1]}",
    }
    assert found.headers["cache-control"] == "no-store"
    assert again.status_code == 200


def test_a_store_that_is_gone_is_told_without_its_path(home: Path, knowledge: Knowledge) -> None:
    with staying(site(home, Config(today=TODAY), knowledge)) as client:
        with closing(sqlite3.connect(home / "desk.sqlite")) as file:
            file.execute("DROP TABLE alembic_version")
        found = client.get("/healthz")
    assert found.status_code == 503
    assert found.json() == {"status": "failing", "reason": "the store does not answer"}
    assert str(home) not in found.text


def test_other_methods_are_not_taken(client: Client) -> None:
    assert client.post("/healthz", {}).status_code in {404, 405}


def test_a_store_that_hangs_is_one_that_does_not_answer() -> None:
    let_go = threading.Event()
    guarded = guard(lambda: (let_go.wait(60), None)[1], seconds=0.05)

    async def ask() -> Response:
        scope = {"type": "http", "path": "/healthz", "method": "GET", "headers": []}
        try:
            return await guarded(Request(scope), nobody)
        finally:
            let_go.set()

    found = anyio.run(ask)
    assert (found.status_code, b"in time" in found.body) == (503, True)


async def nobody(_request: Request) -> Response:
    raise AssertionError("it answers by itself")


def test_a_closed_store_does_not_answer(home: Path) -> None:
    with open_store(home) as store:
        store.require_current()
    with pytest.raises(StoreError, match=r"^the store does not answer$"):
        store.require_current()


def test_a_damaged_store_does_not_answer(home: Path, tmp_path: Path) -> None:
    other = shutil.copytree(home, tmp_path / "other")
    with open_store(other) as store:
        file = other / "desk.sqlite"
        for beside in other.glob("desk.sqlite-*"):
            beside.unlink()
        file.write_bytes(b"\0" * file.stat().st_size)
        with pytest.raises(StoreError, match=r"^the store does not answer$"):
            store.require_current()


def set_version(home: Path, version: str) -> None:
    with closing(sqlite3.connect(home / "desk.sqlite")) as file, file:
        file.execute("UPDATE alembic_version SET version_num = ?", (version,))
