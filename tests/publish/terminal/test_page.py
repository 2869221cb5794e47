"""The pages in a terminal."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text

from dragoman.config import Config
from dragoman.errors import DragomanError
from dragoman.knowledge import Knowledge
from dragoman.publish.terminal import page, stories
from dragoman.publish.terminal.page import look
from dragoman.store import open_store
from tests.publish.conftest import Client
from tests.publish.desk import TODAY

Look = Callable[..., str]


@pytest.fixture
def look_at(home: Path, knowledge: Knowledge) -> Look:
    def run(path: str, *, as_json: bool = False, day: str = TODAY) -> str:
        console = Console(file=io.StringIO(), width=100)
        with open_store(home) as store:
            look(store, Config(today=day), path, console, as_json=as_json, knowledge=knowledge)
        assert isinstance(console.file, io.StringIO)
        return console.file.getvalue()

    return run


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "growing · 18 March 2024 to 19 March 2024"),
        ("/stories", "s-ferries"),
        ("/story/s-ferries", "in this story: both name a lighthouse"),
        ("/story/s-ferries", "  pier-gazette.example: Azerbaijan and Armenia speak of ferries"),
        ("/changes/a-copy/a-wire", "the same, 0 left out, 0 added"),
        ("/changes/a-rewrite/a-wire", "told anew, or in another language"),
        ("/article/a-wire", "story: s-ferries, 3 articles"),
        ("/article/a-wire", "93 % in harbour-post.example"),
        ("/actor/AZE", "was done to, verbal conflict"),
        ("/actor/jens-stoltenberg", "Jens Stoltenberg for NATO → Consult → Azerbaijan"),
        ("/pair/ARM/AZE", "AZE → ARM, material conflict"),
        ("/event/e-met", "origin Coast News Agency: harbour-post.example, pier-gazette.example"),
        ("/method", "Known limits"),
    ],
)
def test_page_in_words(look_at: Look, path: str, words: str) -> None:
    assert words in look_at(path)


def test_quiet_desk_says_which_day_it_shows(look_at: Look) -> None:
    assert "latest day with something is 17 March 2024" in look_at("/", day="2024-08-01")


@pytest.mark.parametrize(
    "path",
    [
        "/today",
        "/stories",
        "/story/s-ferries",
        "/changes/a-copy/a-wire",
        "/article/a-wire",
        "/pair/ARM/AZE",
        "/event/e-met",
    ],
)
def test_json_is_the_site_s_json(look_at: Look, client: Client, path: str) -> None:
    assert json.loads(look_at(path, as_json=True)) == client.get(f"{path}.json").json()


@pytest.mark.parametrize(
    "path",
    [
        "/article/none",
        "/story/none",
        "/changes/a-wire/none",
        "/actor/none",
        "/nowhere",
        "/pair/ARM",
    ],
)
def test_unknown_is_an_error_in_words(look_at: Look, path: str) -> None:
    with pytest.raises(DragomanError):
        look_at(path)


def test_texts_of_others_do_not_command_the_terminal(
    look_at: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Text("Kenya \x1b[31mmet\x9b \u202eRwanda\u202c \x1b]0;xin Nairobi")
    for module in (page, stories):
        monkeypatch.setattr(module, "article_text", lambda _: plain)
    for path in ("/", "/story/s-ferries", "/article/a-wire", "/actor/AZE"):
        shown = look_at(path)
        assert "Kenya ·[31mmet· ·Rwanda· ·]0;xin Nairobi" in shown
        assert not set("\x1b\x9b\u202e\u202c") & set(shown)
