"""A temporary desk, and small articles of our own to put into it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from dragoman.model import (
    Article,
    Block,
    Capture,
    Dated,
    Event,
    Kept,
    Label,
    Mention,
    Reading,
    Reference,
    Report,
    Sentence,
    Side,
    Token,
    ToldAs,
)
from dragoman.store import Store, open_store
from tests.postgres import TEMPLATE, Server

DATABASES = ("sqlite", "postgres")
"""Every test that takes a desk from here is run on both."""
VERSIONS = {"clean": "1", "read": "1", "link": "1", "record": "1"}


@pytest.fixture
def versions() -> dict[str, str]:
    return dict(VERSIONS)


@pytest.fixture(params=DATABASES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where an empty desk is, or is made: in SQLite, then in PostgreSQL."""
    if request.param == "sqlite":
        return tmp_path
    running: Server = request.getfixturevalue("postgres")
    return running.emptied()


@pytest.fixture
def store(address: Path | str) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened


@pytest.fixture(scope="module", params=DATABASES)
def lasting_address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path | str]:
    """The same of a desk that a whole module reads."""
    if request.param == "sqlite":
        yield tmp_path_factory.mktemp("lasting")
        return
    running: Server = request.getfixturevalue("postgres")
    with running.database(TEMPLATE) as address:
        yield address


@pytest.fixture
def make_capture() -> Callable[..., Capture]:
    return capture_of


@pytest.fixture
def make_kept() -> Callable[..., Kept]:
    return kept_of


@pytest.fixture
def make_event() -> Callable[..., Event]:
    return event_of


def sql(store: Store, statement: str) -> list[tuple[Any, ...]]:
    """What the desk's tables answer, or nothing to a statement that changes them."""
    with store._engine.begin() as connection:
        answer = connection.exec_driver_sql(statement)
        return [tuple(row) for row in answer] if answer.returns_rows else []


def capture_of(words: str = "<p>Un texte.</p>", fetched: str | None = None) -> Capture:
    body = words.encode()
    digest = hashlib.sha256(body).hexdigest()[:32]
    return Capture(f"c-{digest}", "page.html", "text/html", body, "utf-8", fetched=fetched)


def kept_of(
    name: str = "one",
    *,
    headline: str = "Ministers meet in the old harbour",
    body: str = "The two ministers met on Monday and praised the lighthouse keepers.",
    language: str = "en",
    published: str | None = "2024-03-18",
    actors: Sequence[str] = ("AZE",),
    reports: Sequence[str] = ("first",),
    capture_id: str = "c-none",
) -> Kept:
    """An article named `name` with one report for each name in `reports`."""
    text = f"{headline}\n{body}"
    break_at = len(headline)
    blocks: list[tuple[Label, int, int]] = [
        ("headline", 0, break_at),
        ("body", break_at + 1, len(text)),
    ]
    article = Article(
        id=f"a-{name}",
        capture_id=capture_id,
        text=text,
        language=language,
        url=f"https://www.example.org/{name}",
        title=headline,
        published=Dated(published, published, "day", "given") if published else None,
        blocks=tuple(Block(label, start, end, "test") for label, start, end in blocks),
    )
    token = Token(0, 9, "Ministers", "minister", "NOUN", "root", 0)
    sentence = Sentence(0, 0, break_at, "headline", (token,))
    mention = Mention(0, 9, "ROLE", 0, 0, "Ministers", phrase=(0, 9))
    return Kept(
        article=article,
        reading=Reading(article.id, language, (sentence,), (mention,)),
        references=tuple(Reference(mention, actor, f"name of {actor}") for actor in actors),
        reports=tuple(report_of(article, f"r-{name}-{report}") for report in reports),
    )


def report_of(article: Article, report_id: str) -> Report:
    side = Side("AZE", "Azerbaijan", "GOV", 0, 9)
    return Report(
        id=report_id,
        article_id=article.id,
        category="CONSULT",
        root="CONSULT",
        mode="visit",
        context=("diplomatic",),
        cameo="042",
        quad=1,
        status="happened",
        told_as="news",
        sources=(side,),
        targets=(),
        counts=(),
        date=article.published,
        place=None,
        predicate=(10, 14),
        evidence=(0, 33),
        evidence_text="Ministers meet in the old harbour",
        attributed_to=None,
        confidence=0.7,
        why=("a rule",),
    )


def event_of(
    name: str,
    report_ids: Sequence[str] = (),
    *,
    source: str | None = "AZE",
    target: str | None = "NATO",
    day: str | None = "2024-03-17",
    end: str | None = None,
    category: str = "CONSULT",
    told_as: ToldAs = "news",
) -> Event:
    return Event(
        id=f"e-{name}",
        category=category,
        status="happened",
        told_as=told_as,
        source=source,
        target=target,
        source_name=source or "someone",
        target_name=target or "someone",
        date=Dated(day, end or day, "day", "stated: a day") if day else None,
        place=None,
        report_ids=tuple(report_ids),
        outlets=1,
        origins=1,
    )
