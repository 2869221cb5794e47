"""Pages in the desk's own words: there where they are set, in the reader's language, harmless."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.publish.markdown import markdown
from dragoman.publish.site.app import site
from tests.publish.conftest import Client
from tests.publish.desk import TODAY

NOTICE = {"fr": "# Éditeur\n\nUne **association**.", "en": "A *society*, <info@desk.example>."}


@pytest.fixture
def client(home: Path, knowledge: Knowledge) -> Client:
    config = Config(today=TODAY, legal_notice=NOTICE, right_of_reply={"fr": "Écrivez-nous."})
    return Client(lambda: site(home, config, knowledge, public=True))


def test_page_is_in_the_language_of_its_reader(client: Client) -> None:
    assert "<h2>Éditeur</h2>" in client.get("/fr/legal-notice").text
    english = client.get("/legal-notice").text
    assert "A <em>society</em>" in english
    assert '<a href="mailto:info@desk.example">' in english


def test_text_in_another_language_says_which(client: Client) -> None:
    page = client.get("/en/right-of-reply").text
    assert '<div class="own text" lang="fr">\n<p>Écrivez-nous.</p>' in page
    assert client.get("/right-of-reply.json").json()["language"] == "fr"


def test_footer_leads_to_those_that_are_set(client: Client) -> None:
    footer = client.get("/fr/").text.partition("<footer")[2]
    assert '<a href="/fr/legal-notice">Mentions légales</a>' in footer
    assert '<a href="/fr/right-of-reply">Droit de réponse</a>' in footer
    assert "/contact" not in footer


def test_page_that_is_not_set_says_how_to(client: Client) -> None:
    answer = client.get("/contact")
    assert answer.status_code == 404
    assert "contact in its settings makes it" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "![a](https://elsewhere.example/a.png)",
        "<p style='color:red'>",
    ],
)
def test_nothing_of_it_runs_or_loads(text: str) -> None:
    made = markdown(text)
    assert not any(tag in made for tag in ("<script", "<img", "<p style", 'href="javascript'))


def test_title_stands_alone_at_its_level() -> None:
    assert markdown("# a\n\n###### b") == "<h2>a</h2>\n<h6>b</h6>\n"


@pytest.mark.parametrize("value", [{"english": "a"}, {"en": " "}])
def test_settings_are_checked(value: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Config(contact=value)
