"""What all tests share: the knowledge and the parser models, loaded once; the seed document;
and the rule for tests that need a part of the system."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.collect.pages import capture_text
from dragoman.knowledge import Knowledge
from dragoman.model import Kept
from dragoman.pipeline import Steps

SEED = Path(__file__).parent.parent.parent / "shared" / "data" / "seed.txt"
NeedsSystem = Callable[..., str]
Coded = Callable[..., Kept]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge()


@pytest.fixture(scope="session")
def steps(knowledge: Knowledge) -> Steps:
    return Steps(knowledge=knowledge)


@pytest.fixture(scope="session")
def coded(steps: Steps) -> Coded:
    """A bare text through all per-article steps: `coded("…", "fr", "2024-03-18")`."""

    def run(text: str, language: str, published: str | None = None) -> Kept:
        return steps.all(capture_text(text, "test", language=language, published=published))

    return run


@pytest.fixture(scope="session")
def seed_path() -> Path:
    if not SEED.exists():
        pytest.skip(
            "the seed document is not here: it lies beside the project and isn't part of it"
        )
    return SEED


@pytest.fixture(scope="session")
def needs_system() -> NeedsSystem:
    """Say what a test needs: `needs_system(program="chromium")` gives the program's path,
    `needs_system(setting="DRAGOMAN_TEST_POSTGRES")` the variable's value.

    Without it the test is skipped; with REQUIRE_SYSTEM=1 (as in CI) the lack is a failure.
    """

    def need(*, program: str | None = None, setting: str | None = None) -> str:
        found = shutil.which(program) if program else os.environ.get(setting or "")
        if found:
            return found
        lack = f"the program {program} is not installed" if program else f"{setting} is not set"
        if os.environ.get("REQUIRE_SYSTEM") == "1":
            pytest.fail(f"{lack}, and REQUIRE_SYSTEM=1 asks for it")
        pytest.skip(lack)

    return need
