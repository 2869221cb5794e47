"""What people said, in words; and on pages: all of it on a private desk, no names on others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model import (
    Correction,
    Joining,
    OtherActor,
    Parting,
    SameActor,
    Verdict,
    Word,
)
from dragoman.publish.site.app import site
from dragoman.publish.views.judged import in_words
from dragoman.store import Store, open_store
from dragoman.store.rows import ReportRow
from tests.publish.conftest import Client
from tests.publish.desk import TODAY


@pytest.mark.parametrize(
    ("word", "said"),
    [
        (Verdict("confirm", "r-a"), "confirmed"),
        (Verdict("reject", "e-a", ("r-a",)), "rejected"),
        (Verdict("unsure", "r-a"), "doubted"),
        (Correction("r-a", "a-1", ("category", "told_as")), "corrected: category, told as"),
        (Joining("event", ("e-a", "e-b"), (("r-a",), ("r-b",))), "merged with e-b"),
        (Parting("story", "s-a", ("a-1",), ("a-2",)), "split: a-1 apart from the rest"),
        (SameActor("KEN", "UGA"), "is UGA"),
        (OtherActor("KEN", ("a-1",), None), "is nobody known in a-1"),
    ],
)
def test_in_words(word: Word, said: str) -> None:
    assert in_words(word) == said


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        yield opened


@pytest.fixture
def told(store: Store) -> ReportRow:
    event = store.events()[0]
    return store.reports_of_event(event.id)[0]


@pytest.fixture
def ask(home: Path, knowledge: Knowledge) -> Callable[..., str]:
    def text(path: str, *, public: bool) -> str:
        made = Client(lambda: site(home, Config(today=TODAY), knowledge, public=public))
        return made.get(path).text

    return text


@pytest.mark.parametrize("kind", ["corrected", "rejected"])
def test_names_and_notes_are_for_the_desk_alone(
    store: Store, told: ReportRow, ask: Callable[..., str], kind: str
) -> None:
    report, article = told.report.id, told.report.article_id
    word = (
        Correction(report, article, ("mode",))
        if kind == "corrected"
        else Verdict("reject", report, (report,), (article,))
    )
    store.judge(word, "they only spoke by telephone", "a keeper")
    for suffix in ("", ".json"):
        path = f"/event/{told.event_id}{suffix}"
        private, public = ask(path, public=False), ask(path, public=True)
        assert "they only spoke by telephone" in private
        assert "a keeper" in private
        assert "they only spoke by telephone" not in public
        assert "a keeper" not in public
        assert kind in private
        assert kind in public
