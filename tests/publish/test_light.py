"""What pages say of an article in a language that is read lightly, and of one that is not read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dragoman.pipeline import Steps, unread
from dragoman.publish.terminal.card import card
from dragoman.store import open_store
from dragoman.versions import VERSIONS
from tests.light.texts import TELLINGS
from tests.publish.conftest import Client


def test_its_page_says_how_far_it_was_read(home: Path, client: Client, steps: Steps) -> None:
    (armenian,) = [one for one in TELLINGS if one.code == "hy"]
    kept = steps.all(armenian.capture())
    with open_store(home) as store:
        store.keep(kept, VERSIONS)
    address = f"/article/{kept.article.id}"
    assert "Armenian is read lightly" in client.get(address).text
    assert "Arménien\u00a0: lecture sommaire" in client.get(f"/fr{address}").text
    assert client.get(f"{address}.json").json()["tier"] == "light"


def test_an_unread_article_says_so(home: Path, client: Client, steps: Steps) -> None:
    article = steps.all(TELLINGS[0].capture()).article
    kept = unread(replace(article, id="a-00000000000000aa", language="el"))
    with open_store(home) as store:
        store.keep(kept, VERSIONS)
    page = client.get(f"/article/{kept.article.id}").text
    assert "its text was not read" in page
    assert client.get(f"/article/{kept.article.id}.json").json()["tier"] == "none"


def test_the_card_says_it(steps: Steps) -> None:
    from rich.console import Console

    console = Console(width=100, record=True)
    console.print(card(steps.all(TELLINGS[0].capture())))
    assert "tr, read lightly" in console.export_text()
