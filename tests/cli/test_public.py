"""`serve` and `export` before others: whole texts stay on this machine unless the rule allows."""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dragoman.publish.site.workers import why_not
from dragoman.store import open_store
from tests.cli.conftest import Run, Write
from tests.cli.inputs import PAGE_EN
from tests.contract import checked
from tests.desks import BORDER_EN

QUIET = BORDER_EN[2]
"""The one paragraph that tells no event."""


@pytest.fixture
def home(run: Run, write: Write, tmp_path: Path) -> Path:
    run("add", write("page.html", PAGE_EN), "--home", tmp_path / "desk")
    return tmp_path / "desk"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Applications that would have been served."""
    found: list[Any] = []

    def run_server(application: object, **options: object) -> None:
        found.append((application, options["host"]))

    monkeypatch.setattr("uvicorn.run", run_server)
    return found


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "desk.example"])
def test_others_are_served_only_by_name(run: Run, home: Path, served: list[Any], host: str) -> None:
    made = run("serve", "--host", host, "--home", home)
    assert (made.code, made.out, made.err.count("\n")) == (1, "", 1)
    assert "add --public" in made.err
    assert served == []
    assert run("serve", "--host", host, "--public", "--home", home).code == 0
    assert [name for _, name in served] == [host]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_this_machine_is_private(run: Run, home: Path, served: list[Any], host: str) -> None:
    assert run("serve", "--host", host, "--home", home).code == 0
    assert [name for _, name in served] == [host]


@pytest.mark.parametrize(
    ("arguments", "settings", "address"),
    [
        ([], "", "http://localhost:8123"),
        (["--host", "::1"], "", "http://[::1]:8123"),
        ([], 'address = "https://desk.example.org"', "https://desk.example.org"),
        (["--public"], "", "http://localhost:8000"),  # others may reach it under any name
    ],
)
def test_exports_lead_back_to_where_it_is_served(
    run: Run, home: Path, served: list[Any], arguments: list[str], settings: str, address: str
) -> None:
    (home / "dragoman.toml").write_text(settings, encoding="utf-8")
    assert run("serve", "--port", "8123", "--home", home, *arguments).code == 0
    ((application, _),) = served
    with TestClient(application, base_url="http://localhost") as client:
        assert f",{address}/event/e-" in client.get("/export/csv").text


def test_a_port_that_is_taken(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uvicorn.run", lambda *_, **__: sys.exit(3))
    made = run("serve", "--host", "::1", "--port", "8123", "--home", home)
    assert made.code == 1
    assert made.out == f"Serving {home} at http://[::1]:8123 (Ctrl-C stops)\n"
    assert made.err.startswith("dragoman: [::1]:8123 can't be listened on: ")


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("nowhere.invalid", "that name can't be resolved; --host takes an address of this machine"),
        ("203.0.113.77", "no address of this machine; --host 0.0.0.0 listens at all that it has"),
        ("127.0.0.1", "another program does; --port takes another number"),
    ],
)
def test_why_it_can_not_be_listened_on(host: str, why: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert why_not(host, taken.getsockname()[1]) == why


def test_export_for_others(run: Run, home: Path, tmp_path: Path) -> None:
    whole = run("export", "--format", "articles", "--home", home).out
    assert QUIET in json.loads(whole)["article"]["text"]
    cut = run("export", "--format", "articles", "--public", "--home", home).out
    assert QUIET not in cut
    assert "About us" not in cut
    line = checked(cut)
    # An act whose side has no public role is not told to others.
    with open_store(home) as store:
        shown = store.for_public().reports_of_article(line.article.id)
    assert 0 < len(line.reports) == len(shown) < len(json.loads(whole)["reports"])
    assert BORDER_EN[0] in line.article.text
