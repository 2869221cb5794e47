"""A desk that can be judged: of pages that were read, with people who may do more than read."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.collect.pages import capture_file
from dragoman.config import Config
from dragoman.desk.corpus import Desk
from dragoman.engine import engine_for
from dragoman.model.account import Account, Role
from dragoman.pipeline import Steps
from dragoman.publish.site.app import site
from dragoman.publish.site.tokens import Token, Tokens
from dragoman.publish.site.visitors import Visitors
from dragoman.publish.sitting import Visitor
from dragoman.store import open_store
from tests.desks import write_pages
from tests.publish.conftest import Client

As = Callable[..., Client]


@pytest.fixture(scope="session")
def read_desk(tmp_path_factory: pytest.TempPathFactory, steps: Steps) -> Path:
    """Of five pages that tell of a quarrel over a lake, and of a meeting; to be copied."""
    folder = tmp_path_factory.mktemp("judged")
    with open_store(folder / "desk") as store:
        list(Desk(store, steps, engine_for(1)).add(map(capture_file, write_pages(folder / "in"))))
    return folder / "desk"


@pytest.fixture
def judged(tmp_path: Path, read_desk: Path) -> Path:
    shutil.copytree(read_desk, tmp_path / "judged")
    return tmp_path / "judged"


@pytest.fixture
def member(judged: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch) -> As:
    """A client of the desk as a member of a role, or as nobody, asks."""

    def of(role: Role | None = "editor", *, public: bool = False) -> Client:
        account = Account(1, "Ada", role) if role is not None else None
        who = Visitor("somebody", account, "session" if account else None)
        monkeypatch.setattr(Visitors, "of", lambda _self, _request: who)
        config = Config(today="2024-03-20")
        return Client(lambda: site(judged, config, steps.knowledge, public=public))

    return of


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers take their time: a form comes back a minute after it was handed out."""
    read = Tokens.read

    def later(self: Tokens, token: str, path: str, session: str | None) -> Token | None:
        found = read(self, token, path, session)
        return replace(found, age=(found.age or 0) + 60) if found is not None else None

    monkeypatch.setattr(Tokens, "read", later)
