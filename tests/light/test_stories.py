"""Articles in light languages join the stories that others tell, and no other ones."""

from __future__ import annotations

from pathlib import Path

from dragoman.desk import Desk
from dragoman.engine import engine_for
from dragoman.pipeline import Steps
from dragoman.store import open_store
from tests.light.texts import TELLINGS, page_of

OTHER = page_of(
    "other",
    "Peru raises the tax on copper",
    ("The Peruvian parliament raised the tax on copper from nine to eleven per cent on Tuesday.",),
)


def test_each_is_in_the_story_that_english_tells(tmp_path: Path, steps: Steps) -> None:
    captures = [page for one in TELLINGS for page in (one.capture(), one.in_english())]
    with open_store(tmp_path / "desk") as store:
        outcomes = list(Desk(store, steps, engine_for(1)).add([*captures, OTHER]))
        kept = {one.origin: one.kept for one in outcomes if one.kept is not None}
        stories = {name: store.story_of(one.article.id) for name, one in kept.items()}
    for one in TELLINGS:
        own, english = stories[f"{one.code}.html"], stories[f"{one.code}-en.html"]
        assert own is not None
        assert own == english
    assert stories["uk.html"] != stories["tr.html"]
    assert stories["other.html"] not in {stories[f"{one.code}.html"] for one in TELLINGS}
