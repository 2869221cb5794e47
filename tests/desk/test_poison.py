"""A page that brings reading to grief costs a desk that page alone, and is tried again later."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.collect.pages import capture_text
from dragoman.desk.corpus import Desk
from dragoman.engine import Limits, engine_for
from dragoman.errors import DragomanError
from dragoman.knowledge import Knowledge
from dragoman.model import Article, Capture, Kept
from dragoman.pipeline import Steps
from dragoman.store import Store, open_store

PLAIN = "Prom między wyspami znowu kursuje. Most naprawiono w środę."
"""In a language that is not read: kept, and compared with others, without a parser to load."""


class Unsigned(Steps):
    """What articles are compared by is left out: it takes a model, which each process would have
    to load."""

    def signed(self, capture: Capture, made: Kept | DragomanError) -> Kept | DragomanError:
        return made


class Poisoned(Unsigned):
    """Steps that some texts bring to grief."""

    def clean(self, capture: Capture) -> Article:
        made = super().clean(capture)
        if "slow" in capture.origin:
            pow(3, 10**9)
        return made

    def read(self, article: Article, fetched: str | None = None) -> Kept:
        made = super().read(article, fetched)
        if "(deadly)" in article.text:
            os.abort()
        return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "desk") as opened:
        yield opened


def text(name: str, more: str = "") -> Capture:
    return capture_text(f"{PLAIN} {name} {more}", name, language="pl", published="2024-03-18")


def test_poisoned_pages_are_set_aside_with_step_and_reason(
    store: Store, knowledge: Knowledge
) -> None:
    engine = engine_for(1, Limits(2))
    desk = Desk(store, Poisoned(knowledge=knowledge), engine)
    pages = [text("one"), text("ill", "(deadly)"), text("two"), text("slow")]
    made = [(outcome.origin, outcome.what) for outcome in desk.add(pages)]
    assert made == [("one", "added"), ("ill", "failed"), ("two", "added"), ("slow", "failed")]
    aside = {one.origin: (one.step, one.reason) for one in store.failures()}
    assert aside == {
        "slow": ("clean", "slow: reading took longer than 2 s, in the step clean"),
        "ill": ("read", "ill: the process that read it crashed (SIGABRT), in the step read"),
    }
    assert store.waiting() == []
    engine.close()

    aside_ids = [one.capture_id for one in store.failures()]
    mended = Desk(store, Unsigned(knowledge=knowledge), engine_for(1))
    assert {one.what for one in mended.resume(aside_ids)} == {"added"}
    assert store.failures() == []
