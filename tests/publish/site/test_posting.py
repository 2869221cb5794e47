"""Forms over the web: what is taken, and what is refused whoever sends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.publish.site.app import site
from dragoman.publish.site.tokens import LONGEST_AGE, Tokens
from dragoman.store import open_store
from tests.publish.conftest import Client, staying
from tests.publish.desk import TODAY

FORM = "/event/e-met/error"
SAID = {"what": "who", "text": "It was the deputy."}


def kept(home: Path) -> int:
    with open_store(home) as store:
        return store.count_error_notes()


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://other.example"},
        {"origin": "null"},
        {"origin": "http://[localhost"},
    ],
)
def test_nothing_is_taken_from_elsewhere(
    client: Client, home: Path, headers: dict[str, str]
) -> None:
    token = client.get(FORM).text.split('name="token" value="')[1].split('"')[0]
    answer = client.post(FORM, {**SAID, "token": token}, headers)
    assert answer.status_code == 403
    assert "a page elsewhere" in answer.text
    assert kept(home) == 0


@pytest.mark.parametrize("headers", [{"origin": "http://localhost"}, {"sec-fetch-site": "none"}])
def test_our_own_pages_may(client: Client, headers: dict[str, str]) -> None:
    token = client.get(FORM).text.split('name="token" value="')[1].split('"')[0]
    assert client.post(FORM, {**SAID, "token": token}, headers).status_code == 303


def test_token_of_another_form_or_none_is_refused(client: Client, home: Path) -> None:
    other = client.get("/event/e-visit/error").text
    for token in ("", "x", "é" * 9, other.partition('name="token" value="')[2].partition('"')[0]):
        answer = client.post(FORM, {**SAID, "token": token})
        assert answer.status_code == 403
        assert "open the form anew" in answer.text
    assert kept(home) == 0


def test_token_is_of_one_key_one_form_one_session_and_one_day() -> None:
    now = [1000.0]
    tokens = Tokens(b"a", lambda: now[0])
    made = tokens.made("/a", None)
    now[0] += 5
    read = tokens.read(made, "/a", None)
    assert read is not None
    assert read.age == 5
    assert tokens.read(made, "/b", None) is None
    assert tokens.read(made, "/a", "s") is None
    assert Tokens(b"b", lambda: now[0]).read(made, "/a", None) is None
    now[0] += LONGEST_AGE
    assert tokens.read(made, "/a", None) is None
    assert tokens.made("/a", None) != tokens.made("/a", None)


def test_key_is_of_the_desk(home: Path) -> None:
    with open_store(home) as store:
        first = store.key("forms")
        assert first == store.key("forms") != store.key("visitors")
    with open_store(home) as store:
        assert store.key("forms") == first


def test_oversize_is_refused(client: Client, home: Path) -> None:
    assert client.post(FORM, {"text": "a" * 30_000}).status_code == 413
    assert client.post(FORM, {f"f{i}": "" for i in range(300)}).status_code == 413
    assert kept(home) == 0


def test_one_place_sends_only_so_much(home: Path, knowledge: Knowledge) -> None:
    with staying(site(home, Config(today=TODAY), knowledge)) as client:
        answers = [client.fill(FORM, SAID) for _ in range(8)]
    assert [one.status_code for one in answers[:6]] == [303] * 6
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
    assert kept(home) == 6


def test_other_verbs_are_refused(client: Client) -> None:
    assert client.post("/event/e-met", SAID).status_code == 405
    assert client.get("/event/e-met").status_code == 200


def test_what_is_refused_is_said_in_the_readers_language(client: Client) -> None:
    """And marked as no other; what the desk says of an address in English is marked so."""
    other = {"origin": "https://other.example"}
    assert "page d’un autre site" in client.post("/fr" + FORM, SAID, other).text
    long = client.post("/fr" + FORM, {**SAID, "text": "x" * 1_000_000}).text
    assert "raccourcissez" in long.lower()
    for page in (client.post("/fr" + FORM, SAID, other).text, long):
        assert 'lang="en"' not in page.partition("<main")[2].partition("</main>")[0]
    assert '<p class="meta" lang="en">' in client.get("/fr/event/none").text
