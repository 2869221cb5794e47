"""Inputs of the command line's tests: two that can be read, many that can't."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Ran
from tests.desks import BORDER_EN, BORDER_FR, bare, page

PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4
BARE_FR = bare("Des tirs sur le lac", BORDER_FR)
PAGE_EN = page("Shots on the lake", BORDER_EN, host="lake.example", day="2024-03-13")


UNUSABLE = {
    "empty.html": b"",
    "spaces.txt": b" \n\t\r\n ",
    "zeros.txt": b"\x00" * 300,
    "picture.png": PICTURE,
    "named-as-a-page.html": PICTURE,
    "nul.txt": b"Kenya condemned Rwanda.\x00\x01\x02\x00 And so on.",
    "document.txt": b"%PDF-1.7\n1 0 obj",
    "too-long.txt": b"Kenya condemned Rwanda. " * 900_000,
}


def assert_one_sentence(made: Ran, path: Path | str) -> None:
    assert made.code == 2
    assert made.out == ""
    assert made.err.count("\n") == 1
    assert made.err.startswith(f"dragoman: {path}: ")
    assert "Traceback" not in made.err
