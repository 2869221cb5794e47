"""The model of acts is loaded whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import DataFileError
from dragoman.knowledge import DATA
from dragoman.knowledge.acts import load_acts


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"acts\.npz: the file is missing"):
        load_acts(tmp_path / "acts.npz")


@pytest.mark.parametrize("damage", ["empty", "cut", "text", "changed"])
def test_a_damaged_file_is_named(tmp_path: Path, damage: str) -> None:
    whole = (DATA / "codebook" / "acts.npz").read_bytes()
    content = {
        "empty": b"",
        "cut": whole[: len(whole) // 2],
        "text": b"no model",
        "changed": whole[:20_000] + bytes(200) + whole[20_200:],
    }[damage]
    path = tmp_path / "acts.npz"
    path.write_bytes(content)
    with pytest.raises(DataFileError, match="not a model of acts"):
        load_acts(path)
