"""What all tests share: the knowledge and the parser models, loaded once; the seed document; the
demo desk, filled once; and the rule for tests that need a part of the system."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman import logs
from dragoman.collect.pages import capture_file, capture_text, files_in
from dragoman.demo import PAGES, settle
from dragoman.desk.corpus import Desk
from dragoman.engine import engine_for
from dragoman.knowledge import Knowledge
from dragoman.model import Kept
from dragoman.pipeline import Steps
from dragoman.store import open_store
from tests.postgres import Server, programs, server
from tests.telling import silence

SEED = Path(__file__).parent.parent.parent / "shared" / "data" / "seed.txt"
# Commands that tests call in this process read in it too, with what is loaded once; tests of the
# limit itself set their own.
os.environ["DRAGOMAN_ARTICLE_SECONDS"] = "0"
NeedsSystem = Callable[..., str]
Coded = Callable[..., Kept]


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    """What a test starts to log, such as by `serve`, ends with it."""
    yield
    if logs.is_on():
        silence()


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


def fill(home: Path, steps: Steps) -> None:
    """The desk that `dragoman demo` makes."""
    settle(home)
    with open_store(home) as store:
        for outcome in Desk(store, steps, engine_for(1)).add(map(capture_file, files_in(PAGES))):
            assert outcome.what == "added", outcome


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The demo desk, made once for all processes of a run: `demo` gives a copy of it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    home = shared / "demo-desk"
    with (shared / "demo-desk.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            fill(shared / "demo-desk.begun", request.getfixturevalue("steps"))
            (shared / "demo-desk.begun").rename(home)
    return home


@pytest.fixture(scope="module")
def demo(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo desk of the module's own."""
    return shutil.copytree(filled, tmp_path_factory.mktemp("demo") / "desk")


@pytest.fixture(scope="session")
def seed_path() -> Path:
    if not SEED.exists():
        pytest.skip(
            "the seed document is not here: it lies beside the project and isn't part of it"
        )
    return SEED


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server of PostgreSQL of this process's own."""
    own = programs()
    if own is None:
        lack = "PostgreSQL's programs (initdb) are not installed"
        if os.environ.get("REQUIRE_SYSTEM") == "1":
            pytest.fail(f"{lack}, and REQUIRE_SYSTEM=1 asks for them")
        pytest.skip(lack)
    with server(own) as running:
        yield running


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
