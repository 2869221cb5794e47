"""Where there is no page, a reader is told what happened and what the address may have meant."""

from __future__ import annotations

import re

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.astray import Astray, astray
from dragoman.store import Store
from tests.publish.conftest import Client

NO_STORE: Store = None  # type: ignore[assignment]
"""It is never asked: it may be what fails."""


def lost(knowledge: Knowledge, path: str, status: int = 404) -> Astray:
    return astray(ReadingRoom(NO_STORE, knowledge, Config()), status, path, "no such page")


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/actor/azerbaijan", ["/actor/AZE"]),
        ("/Azerbaïdjan", ["/actor/AZE"]),
        ("/actors/AZE", ["/actor/AZE"]),
        ("/actor/jens_stoltenberg.html", ["/actor/jens-stoltenberg"]),
        ("/pair/armenia/azerbaijan", ["/pair/ARM/AZE", "/actor/ARM", "/actor/AZE"]),
        ("/armenia/azerbaijan", ["/pair/ARM/AZE", "/actor/ARM", "/actor/AZE"]),
        ("/actor/Azerbaidjian", ["/actor/AZE"]),
        ("/pair/ARM/Azerbaidjian", ["/pair/ARM/AZE", "/actor/ARM", "/actor/AZE"]),
        ("/Azerbaidjian", []),  # it may be anything
        ("/method.html", ["/method"]),
        ("/legal-notice", []),  # not what was asked for already
        ("/evnt/e-0123", ["/event/e-0123"]),
        ("/wp-login.php", []),
        ("/actor/<script>", []),
        ("/", []),
        ("/" + "a" * 5000, []),
    ],
)
def test_what_an_address_may_have_meant(knowledge: Knowledge, path: str, meant: list[str]) -> None:
    assert [one.address for one in lost(knowledge, path).guesses] == meant


def test_only_what_is_not_found_is_guessed_at(knowledge: Knowledge) -> None:
    assert not lost(knowledge, "/actor/azerbaijan", 503).guesses
    assert not lost(knowledge, "/actor/azerbaijan", 410).query


@pytest.mark.parametrize("status", [400, 404, 405, 410, 421, 500, 502, 503])
def test_every_status_has_words(knowledge: Knowledge, status: int) -> None:
    assert lost(knowledge, "/x", status).headline


def test_words_of_the_address_are_ready_to_be_searched(client: Client) -> None:
    page = client.get("/actor/ferry-line:%22%7B%7B7%7D%7D").text
    assert 'value="ferry line 7"' in page
    assert 'action="/explore"' in page
    assert "{{" not in page


def test_a_guess_leads_somewhere_in_the_same_language(client: Client) -> None:
    page = client.get("/fr/actor/azerbaijan")
    assert page.status_code == 404
    assert "<h1>Il n’y a rien à cette adresse</h1>" in page.text
    assert '<a href="/fr/actor/AZE">Azerbaïdjan</a>' in page.text
    assert client.get("/fr/actor/AZE").status_code == 200


def test_a_question_that_means_nothing_is_told_so(client: Client) -> None:
    page = client.get("/actor/AZE?from=yesterday")
    assert page.status_code == 400
    assert "<h1>This can’t be asked</h1>" in page.text
    assert "from does not take" in page.text.replace("From", "from")


def test_what_the_style_of_an_error_names_is_on_the_page(client: Client) -> None:
    page = client.get("/actor/ferry-line").text
    style = client.get("/static/error.css").text
    classes = set(re.findall(r"\.([a-z]+)", re.sub(r"\{[^}]*\}|/\*.*?\*/", "", style)))
    assert {"astray", "find", "ways"} <= classes
    for name in classes:
        assert re.search(rf'class="[^"]*\b{name}\b', page), name
