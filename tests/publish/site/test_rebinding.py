"""A private desk answers to its own names alone; a public one to any."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.publish.site.app import site
from dragoman.publish.site.rebinding import is_asked_for, own_names
from tests.publish.conftest import Client
from tests.publish.desk import TODAY

OWN = ["localhost", "localhost:8000", "LocalHost.", "127.0.0.1:1", "[::1]", "[::1]:8000"]
FOREIGN = [
    "rebound.example", "localhost.rebound.example", "127.0.0.1.rebound.example", "localhost@x",
    "x@localhost", "localhost/x", "[::1", "192.0.2.7", "localhost:port", "", "[::1].x",
]  # fmt: skip


@pytest.mark.parametrize("host", OWN)
def test_the_names_of_this_machine(client: Client, host: str) -> None:
    assert client.get("/today", host=host).status_code == 200


@pytest.mark.parametrize("host", FOREIGN)
@pytest.mark.parametrize("path", ["/today", "/article/a-wire.json", "/static/site.css", "/none"])
def test_other_names_get_nothing(client: Client, host: str, path: str) -> None:
    answer = client.get(path, host=host)
    assert answer.status_code == 421
    assert "serve_names" in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert (answer.headers["content-type"] == "application/json") == path.endswith(".json")


def test_names_of_the_settings_and_of_the_command(home: Path, knowledge: Knowledge) -> None:
    config = Config(today=TODAY, serve_names=["Desk.Example"])
    client = Client(lambda: site(home, config, knowledge, names=["127.8.8.8"]))
    for host in ("desk.example:443", "127.8.8.8:8000", "localhost"):
        assert client.get("/today", host=host).status_code == 200
    assert client.get("/today", host="other.example").status_code == 421


def test_a_public_desk_answers_to_any_name(home: Path, knowledge: Knowledge) -> None:
    client = Client(lambda: site(home, Config(today=TODAY), knowledge, public=True))
    assert client.get("/today", host="news.example").status_code == 200


def test_a_name_may_be_written_with_port_or_brackets() -> None:
    names = own_names("desk.example:8443", "fd00::7", "[fd00::8]:80")
    assert is_asked_for("DESK.example", names)
    assert is_asked_for("[fd00::7]:8000", names)
    assert is_asked_for("[fd00::8]", names)
    assert not is_asked_for(None, names)
