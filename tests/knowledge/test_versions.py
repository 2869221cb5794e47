"""What is known has digests, which change with the data and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.knowledge import Knowledge

FOLDERS = {"codebook": "codebook", "lexicon": "languages", "atlas": "atlas", "outlets": "outlets"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in FOLDERS.values():
        (tmp_path / folder / "en").mkdir(parents=True)
        (tmp_path / folder / "en" / "some.tsv").write_text("a\tb\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", FOLDERS)
def test_a_changed_file_changes_the_digest_of_its_folder_alone(root: Path, name: str) -> None:
    before = dict(Knowledge(root).versions)
    assert set(before) == set(FOLDERS)
    path = root / FOLDERS[name] / "en" / "some.tsv"
    path.write_text("a\tc\n", "utf-8")
    after = Knowledge(root).versions
    assert {one for one in FOLDERS if after[one] != before[one]} == {name}
    path.write_text("a\tb\n", "utf-8")
    path.rename(path.with_name("other.tsv"))
    assert Knowledge(root).versions[name] != before[name]


def test_code_beside_the_data_does_not_count(root: Path) -> None:
    before = dict(Knowledge(root).versions)
    (root / "languages" / "__init__.py").write_text("", "utf-8")
    (root / "languages" / "__pycache__").mkdir()
    (root / "languages" / "__pycache__" / "__init__.cpython-311.pyc").write_bytes(b"x")
    assert Knowledge(root).versions == before


def test_the_desk_s_own_categories_count_as_codebook(root: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "one.toml").write_text("", "utf-8")
    before, after = Knowledge(root).versions, Knowledge(root, own_folder=own).versions
    assert {one for one in FOLDERS if after[one] != before[one]} == {"codebook"}
