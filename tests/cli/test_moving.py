"""`dragoman copy-store`: a desk in another place, and what came over of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.store import copying, open_store
from tests.cli.conftest import Run
from tests.publish.desk import PAGES, settle

SECRET = "tide-table"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with open_store(tmp_path / "home") as store:
        settle(store, PAGES)
    return tmp_path / "home"


def test_a_desk_is_copied_and_the_copy_proved(run: Run, home: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.sqlite"
    said = run("copy-store", home, new)
    assert said.code == 0, said.err
    assert "articles" in said.out
    assert "each the same" in said.out
    made = json.loads(run("copy-store", new, tmp_path / "third.sqlite", "--json").out)
    assert made["same"]
    (articles,) = (one for one in made["tables"] if one["table"] == "articles")
    assert articles["old"] == articles["new"]
    assert articles["old"]["rows"] == len(PAGES)
    with open_store(tmp_path / "third.sqlite") as third, open_store(home) as first:
        assert third.digests() == first.digests()


def test_what_can_not_be_copied(run: Run, home: Path, tmp_path: Path) -> None:
    none = run("copy-store", tmp_path / "none", tmp_path / "new")
    assert none.code == 1
    assert "no desk at" in none.err
    assert not (tmp_path / "new").exists()
    full = run("copy-store", home, home)
    assert full.code == 1
    assert "holds something already" in full.err
    for words in ((home, f"postgres://ada:{SECRET}@127.0.0.1:9/desk"),
                  (f"mysql://ada:{SECRET}@127.0.0.1/desk", home)):  # fmt: skip
        said = run("copy-store", *words)
        assert said.code == 1
        assert SECRET not in said.err + said.out


def test_a_difference_ends_with_an_error(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = copying._Sum.made
    monkeypatch.setattr(
        copying._Sum, "made", lambda self: copying.Digest(made(self).rows, str(id(self)))
    )
    said = run("copy-store", home, tmp_path / "new")
    assert said.code == 1
    assert "DIFFERENT" in said.out
    assert "differs" in said.err
