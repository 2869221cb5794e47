"""A desk with a member of each role, for its own people and for others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.publish.site.app import site
from tests.publish.conftest import Client, staying
from tests.publish.desk import TODAY
from tests.publish.members.people import people


@pytest.fixture
def staffed(home: Path) -> Path:
    people(home)
    return home


@pytest.fixture
def desk(staffed: Path, knowledge: Knowledge) -> Iterator[Client]:
    """The site of a private desk; it stays up."""
    with staying(site(staffed, Config(today=TODAY), knowledge)) as client:
        yield client


@pytest.fixture
def public(staffed: Path, knowledge: Knowledge) -> Iterator[Client]:
    with staying(site(staffed, Config(today=TODAY), knowledge, public=True)) as client:
        yield client
