"""Lures: words of advertising, found as they stand and no further."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import DataFileError
from dragoman.knowledge import Knowledge
from dragoman.knowledge.lures import KINDS, folded, load_lures

HOSTS = 'disposable = ["a.org"]\nshorteners = ["b.org"]\ndoubtful = ["zz"]\n'


def written(folder: Path, **entries: str) -> Path:
    lines = [f"{kind} = [{entries.get(kind, '')}]" for kind in KINDS]
    (folder / "xx.toml").write_text("\n".join(lines), "utf-8")
    (folder / "any.toml").write_text(HOSTS, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Cliquez ici, puis CLIQUEZ !", "click", ["cliquez ici", "cliquez"]),
        ("Abonne-toi à ma chaîne", "own", ["ma chaine"]),
        ("Подписывайся на мой канал", "own", ["мои канал"]),
        ("a state visit to Baku", "click", []),
    ],
)
def test_finds_the_longest_words(text: str, kind: str, found: list[str]) -> None:
    assert Knowledge().lures.found(folded(text))[kind] == found


def test_stars_stand_for_endings_and_words(tmp_path: Path) -> None:
    lures = load_lures(written(tmp_path, own='"gagn* * euros", "été"', offer='"pas cher"'))
    found = lures.found(folded("Gagnez cent euros cet été, pas chers"))
    assert found["own"] == ["gagnez cent euros", "ete"]
    assert found["offer"] == []


@pytest.mark.parametrize("entry", ["a*", "* ici", "deux  mots", "c'est", ""])
def test_other_entries_are_faults(tmp_path: Path, entry: str) -> None:
    with pytest.raises(DataFileError, match="single spaces"):
        load_lures(written(tmp_path, plea=f'"{entry}"'))
