"""One archive, read once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.collect.bulk import files_of
from dragoman.pipeline import Steps
from tests.archive.made import run, write_archive


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_archive(tmp_path_factory.mktemp("archive") / "in")


@pytest.fixture(scope="session")
def names(pages: Path) -> list[str]:
    return files_of([str(pages)])


@pytest.fixture(scope="session")
def out(names: list[str], steps: Steps, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an undisturbed run makes of it."""
    made = tmp_path_factory.mktemp("archived") / "out"
    run(names, made, steps)
    return made
