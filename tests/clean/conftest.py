"""The project's own rules, a few outlets of our own, and captures made of plain strings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from dragoman.clean.article import clean
from dragoman.knowledge.furniture import FurnitureRules, load_furniture
from dragoman.knowledge.identifying import Identifying, load_identifying
from dragoman.knowledge.layout import LayoutModel, load_layout
from dragoman.knowledge.outlets import Outlet, Outlets, outlets_of
from dragoman.model import Article, Capture

DATA = Path(__file__).parents[2] / "dragoman"
LANGUAGES = DATA / "languages"
OUTLETS = (
    Outlet("l-post", "L-Post", ("LPOST",), ("lpost.be",), "newspaper"),
    Outlet("valley-mail", "Valley Mail", (), ("valleymail.example",), "newspaper"),
    Outlet("harbour-times", "Harbour Times", (), ("harbourtimes.example",), "newspaper"),
    Outlet(
        "afp", "AFP", ("Agence France-Presse",), ("afp.com",), "agency", agency_marks=("(AFP)",)
    ),
    Outlet("reuters", "Reuters", (), ("reuters.com",), "agency", agency_marks=("Reuters",)),
)


@dataclass(frozen=True)
class Knowledge:
    furniture: Mapping[str, FurnitureRules]
    outlets: Outlets
    layout: Mapping[str, LayoutModel]
    identifying: Identifying


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    rules = {
        code: load_furniture(LANGUAGES / code / "furniture.toml") for code in ("any", "fr", "en")
    }
    return Knowledge(
        rules,
        outlets_of(OUTLETS),
        load_layout(DATA / "layout"),
        load_identifying(DATA / "languages"),
    )


Cleaner = Callable[..., Article]


@pytest.fixture(scope="session")
def cleaned(knowledge: Knowledge) -> Cleaner:
    """Clean a text or page given as a string or bytes."""

    def run(
        body: str | bytes,
        *,
        html: bool = False,
        url: str | None = None,
        bare: bool = False,
        language: str | None = None,
        published: str | None = None,
    ) -> Article:
        raw = body.encode() if isinstance(body, str) else body
        digest = hashlib.sha256(raw).hexdigest()[:32]
        media = "text/html" if html else "text/plain"
        capture = Capture(
            f"c-{digest}", url or "a test", media, raw, url=url, bare=bare,  # type: ignore[arg-type]
            language=language, published=published,
        )  # fmt: skip
        return clean(capture, knowledge)

    return run


def texts(article: Article, label: str) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.label == label]


def check_cover(article: Article) -> None:
    """Blocks are in order, never overlap and cover all that is not space."""
    at = 0
    for block in article.blocks:
        assert at <= block.start < block.end <= len(article.text)
        assert not article.text[at : block.start].strip()
        at = block.end
    assert not article.text[at:].strip()
