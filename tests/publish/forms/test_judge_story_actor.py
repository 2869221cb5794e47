"""Judging stories and actors on the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.model import Story
from dragoman.store import open_store
from tests.publish.forms.conftest import As


@pytest.fixture
def story(judged: Path) -> Story:
    """The one with most articles: the quarrel."""
    with open_store(judged) as store:
        found = (store.story(row.id) for row in store.stories())
        return max((one for one in found if one is not None), key=lambda one: len(one.members))


def test_article_is_split_off_a_story(member: As, judged: Path, story: Story) -> None:
    assert len(story.members) > 1
    client, out = member(), story.members[-1].article_id
    page = client.get(f"/story/{story.id}/judge").text
    assert all(one.article_id in page for one in story.members)
    sent = {"say": "split", "out": out, "why": "Of another lake."}
    answer = client.fill(f"/story/{story.id}/judge", sent)
    assert answer.status_code == 303, answer.text
    with open_store(judged) as store:
        rest = [one.article_id for one in story.members if one.article_id != out]
        assert store.story_of(out) not in {store.story_of(one) for one in rest}
    shown = client.get(answer.headers["location"].partition("#")[0]).text
    assert "Of another lake." in shown


def test_two_stories_are_one(member: As, judged: Path, story: Story) -> None:
    with open_store(judged) as store:
        other = next(row.id for row in store.stories() if row.id != story.id)
    client = member()
    none = client.fill(f"/story/{story.id}/judge", {"say": "merge", "why": "One."})
    assert none.status_code == 422
    assert "Choose the other story" in none.text
    sent = {"say": "merge", "one": other, "why": "One."}
    answer = client.fill(f"/story/{story.id}/judge", sent)
    assert answer.status_code == 303, answer.text
    with open_store(judged) as store:
        one, same = store.story(story.id), store.story(other)
        assert one is not None
        assert same is not None
        assert one.id == same.id


def test_actor_is_somebody_else_in_an_article(member: As, judged: Path) -> None:
    with open_store(judged) as store:
        article = store.articles_of_actor("FIN")[0].article.id
    client, path = member(), "/actor/FIN/judge"
    page = client.get(f"{path}?article={article}").text
    assert f'value="{article}" checked' in page
    assert '<mark class="source">Finland</mark>' in page
    sent = {"say": "split", "out": article, "other": "Sweden", "why": "A slip of the page."}
    answer = client.fill(path, sent)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == "/actor/FIN#judgement-1"
    with open_store(judged) as store:
        assert store.articles_naming(["FIN"]) == []
        assert store.articles_naming(["SWE"]) == [article]
    shown = client.get("/actor/FIN").text
    assert "A slip of the page." in shown


def test_actor_is_another(member: As, judged: Path) -> None:
    client, path = member(), "/actor/FIN/judge"
    wrong = client.fill(path, {"say": "merge", "other": "Swedn", "why": "One."})
    assert wrong.status_code == 422
    assert "the nearest is SWE" in wrong.text
    assert 'value="Swedn"' in wrong.text
    sent = {"say": "merge", "other": "http://desk.example/actor/SWE?q=1", "why": "One."}
    assert client.fill(path, sent).status_code == 303
    with open_store(judged) as store:
        assert len(store.articles_naming(["SWE"])) == 1


def test_unknown_ones_cannot_be_judged(member: As) -> None:
    assert member().get("/story/s-0000000000000000/judge").status_code == 404
    assert member().get("/actor/nobody-of-the-atlas/judge").status_code == 404
