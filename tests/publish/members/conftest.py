"""A desk with a member of each role, for its own people and for others."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.config import CommentSettings, Config
from dragoman.knowledge import Knowledge
from dragoman.publish.site.app import site
from tests.publish.conftest import Client, staying
from tests.publish.desk import TODAY
from tests.publish.members.people import people

CONFIG = Config(today=TODAY, comments=CommentSettings(on=True))
"""With all rooms that a desk can have."""


@pytest.fixture(scope="session")
def ferries_with_people(ferries: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """To be copied."""
    home = shutil.copytree(ferries, tmp_path_factory.mktemp("people") / "desk")
    people(home)
    return home


@pytest.fixture
def staffed(ferries_with_people: Path, tmp_path: Path) -> Path:
    return shutil.copytree(ferries_with_people, tmp_path, dirs_exist_ok=True)


@pytest.fixture
def desk(staffed: Path, knowledge: Knowledge) -> Iterator[Client]:
    """The site of a private desk; it stays up."""
    with staying(site(staffed, CONFIG, knowledge)) as client:
        yield client


@pytest.fixture
def public(staffed: Path, knowledge: Knowledge) -> Iterator[Client]:
    with staying(site(staffed, CONFIG, knowledge, public=True)) as client:
        yield client
