"""How names are made: the tables of `names.toml` load, and their faults are told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dragoman.errors import DataFileError
from dragoman.knowledge import DATA, Knowledge
from dragoman.knowledge.naming import load_naming, word_key


@pytest.mark.parametrize(
    ("word", "key"), [("État", "etat"), ("L’", "l'"), ("M.", "m"), ("São", "sao")]
)
def test_words_are_looked_up_without_accents_and_capitals(word: str, key: str) -> None:
    assert word_key(word) == key


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_atlas_adds_given_names_and_demonyms(language: str, knowledge: Knowledge) -> None:
    naming = knowledge.languages[language].naming
    assert {"emmanuel", "ilham"} <= naming.given
    assert {"en": "norwegian", "fr": "norvegien"}[language] in naming.demonyms
    assert naming.demonyms <= naming.no_names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("fr", "any"):
        (tmp_path / name).mkdir()
        shutil.copy(DATA / "languages" / name / "names.toml", tmp_path / name)
    return tmp_path / "fr"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("titles = ", "tittles = ", "titles: Field required"),
        ("roads = ", 'roads = "[A"\nold = ', "old"),
        ('roads = "', 'roads = "(', "not a pattern"),
    ],
)
def test_faults_name_the_file(old: str, new: str, reason: str, folder: Path) -> None:
    path = folder / "names.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(DataFileError, match=reason) as fault:
        load_naming(folder)
    assert "names.toml" in str(fault.value)
