"""Articles in light languages join the stories that others tell: by what they mean where the
encoder knows the language, and by names, numbers and days where it does not."""

from __future__ import annotations

from pathlib import Path

from dragoman.desk.corpus import Desk
from dragoman.engine import engine_for
from dragoman.link.similarity import similarity
from dragoman.model import Capture, Kept, Signature
from dragoman.pipeline import Steps
from dragoman.store import open_store
from tests.light.texts import TELLINGS, page_of

ENCODED = ("tr", "uk")
MEANT = 0.4
"""Cosine that a text and its English telling have at least, in a language the encoder knows."""
TOLD = {one.code: one for one in TELLINGS}
OTHER = page_of(
    "other",
    "Peru raises the tax on copper",
    ("The Peruvian parliament raised the tax on copper from nine to eleven per cent on Tuesday.",),
)


def test_they_are_in_the_stories_that_english_tells(tmp_path: Path, steps: Steps) -> None:
    captures = [page for one in TELLINGS for page in (one.capture(), one.in_english())]
    with open_store(tmp_path / "desk") as store:
        outcomes = list(Desk(store, steps, engine_for(1)).add([*captures, OTHER]))
        kept = {one.origin: one.kept for one in outcomes if one.kept is not None}
        stories = {name: store.story_of(one.article.id) for name, one in kept.items()}
    for code in TOLD:
        assert stories[f"{code}.html"] is not None
        assert stories[f"{code}.html"] == stories[f"{code}-en.html"], code
    assert len({stories[name] for name in (*(f"{code}.html" for code in TOLD), "other.html")}) > 3
    assert stories["other.html"] not in {stories[f"{code}.html"] for code in TOLD}


def test_who_and_where_are_the_same_in_all_languages(steps: Steps) -> None:
    """What is linked has one key, whatever script names it."""
    for one in TELLINGS:
        own, english = _signed(steps, one.capture()), _signed(steps, one.in_english())
        linked = {term.key for term in own.names if term.key.startswith("@")}
        assert len(linked & {term.key for term in english.names}) >= 3


def test_meaning_is_told_where_the_encoder_knows_the_language(steps: Steps) -> None:
    for code in ENCODED:
        one = TOLD[code]
        pair = _signed(steps, one.capture()), _signed(steps, one.in_english())
        assert similarity(*pair).parts["meaning"] >= MEANT


def _signed(steps: Steps, capture: Capture) -> Signature:
    _, kept = steps.paired(capture)
    assert isinstance(kept, Kept)
    assert kept.signature is not None
    return kept.signature
