"""A desk that is made of an archive's output is the desk that was fed the same web archive."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.archive.plan import PLAN
from dragoman.archive.taking import Aside, finished, found_in
from dragoman.collect.archives import captures_in
from dragoman.desk.corpus import Desk, MadeBy, Outcome
from dragoman.engine import engine_for
from dragoman.errors import DragomanError
from dragoman.model import Capture
from dragoman.pipeline import Steps
from dragoman.store import open_store
from tests.archive.made import Quick, run
from tests.desks import dump


def take(out: Path, home: Path, steps: Steps, most: int | None = None) -> list[Outcome]:
    plan = finished(out)
    made: list[Outcome] = []
    with open_store(home) as store:
        desk = Desk(store, steps, engine_for(1))

        def found() -> Iterator[tuple[Capture, object]]:
            for one in found_in(out, plan):
                if isinstance(one, Aside):
                    store.set_aside("", one.origin, one.step, one.reason)
                else:
                    yield one.capture, one.made

        for outcome in desk.take(found(), MadeBy(plan.made_by.steps, plan.made_by.known)):  # type: ignore[arg-type]
            made.append(outcome)
            if most is not None and len(made) == most:
                break
    return made


@pytest.fixture(scope="module")
def fed(names: list[str], steps: Steps, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that was fed the web archives."""
    home = tmp_path_factory.mktemp("fed") / "desk"
    with open_store(home) as store:
        desk = Desk(store, steps, engine_for(1))

        def captures() -> Iterator[Capture]:
            for name in names:
                for one in captures_in(Path(name)):
                    if isinstance(one, Capture):
                        yield one
                    else:
                        store.set_aside("", name, "collect", str(one))

        list(desk.add(captures()))
    return home


def test_it_is_the_desk_that_was_fed(out: Path, fed: Path, steps: Steps, tmp_path: Path) -> None:
    take(out, tmp_path, steps)
    assert dump(tmp_path) == dump(fed)
    assert dump(fed)["copies"]
    assert dump(fed)["events"]


def test_taken_twice_and_by_halves(out: Path, fed: Path, steps: Steps, tmp_path: Path) -> None:
    take(out, tmp_path, steps, most=3)
    assert {one.what for one in take(out, tmp_path, steps)} == {
        "added",
        "known",
        "failed",
        "changed",
    }
    assert {one.what for one in take(out, tmp_path, steps)} == {"known", "failed"}
    assert dump(tmp_path) == dump(fed)


def test_other_versions_are_noted(
    names: list[str], steps: Steps, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "out"
    run(names, made, Quick())
    plan = json.loads((made / PLAN).read_bytes())
    plan["made_by"]["steps"]["record"] = "4"
    plan["made_by"]["known"]["codebook"] = "older"
    (made / PLAN).write_text(json.dumps(plan))
    take(made, tmp_path / "desk", steps)
    with open_store(tmp_path / "desk") as store:
        (first, *_) = store.article_ids()
        assert store.versions(first)["record"] == "4"


def test_an_address_that_was_forgotten_is_refused(out: Path, steps: Steps, tmp_path: Path) -> None:
    from dragoman.forgetting import forget

    take(out, tmp_path, steps, most=1)
    with open_store(tmp_path) as store:
        (name,) = store.article_ids()
        forget(Desk(store, steps, engine_for(1)), name, "asked for")
    outcomes = take(out, tmp_path, steps)
    assert [one.what for one in outcomes].count("refused") == 2  # it stands there twice
    with open_store(tmp_path) as store:
        assert name not in store.article_ids()


def test_what_no_desk_is_made_of(out: Path, names: list[str], tmp_path: Path) -> None:
    with pytest.raises(DragomanError, match="this is no archive"):
        finished(tmp_path)
    run(names, tmp_path / "bare", Quick(), with_pages=False)
    with pytest.raises(DragomanError, match="--store-less"):
        finished(tmp_path / "bare")
    begun = shutil.copytree(out, tmp_path / "begun")
    (begun / "manifest.json").unlink()
    with pytest.raises(DragomanError, match="not finished"):
        finished(begun)
    changed = shutil.copytree(out, tmp_path / "changed")
    path = min((changed / "articles").glob("*.parquet"))
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)
    with pytest.raises(DragomanError, match="changed after it was written; delete it"):
        list(found_in(changed, finished(changed)))
