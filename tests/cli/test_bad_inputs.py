"""Inputs that are broken, empty, huge or strange: one plain sentence, or an article with doubts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run, Write
from tests.cli.inputs import BARE_FR, PAGE_EN, UNUSABLE, assert_one_sentence
from tests.contract import checked
from tests.desks import BORDER_EN, BORDER_FR, page

# --- inputs that can't be used ---------------------------------------------------------------


@pytest.mark.parametrize("name", UNUSABLE)
@pytest.mark.parametrize("option", ["--json", "--furniture"])
def test_read_refuses_in_one_sentence(run: Run, write: Write, name: str, option: str) -> None:
    path = write(name, UNUSABLE[name])
    assert_one_sentence(run("read", path, option), path)


def test_read_refuses_what_is_not_there(run: Run, tmp_path: Path) -> None:
    assert_one_sentence(run("read", tmp_path / "none.html"), tmp_path / "none.html")


def test_read_refuses_a_folder(run: Run, tmp_path: Path) -> None:
    assert_one_sentence(run("read", tmp_path), tmp_path)


def test_read_refuses_empty_standard_input(run: Run) -> None:
    assert_one_sentence(run("read", "-"), "-")


def test_read_refuses_other_kinds_of_address(run: Run) -> None:
    assert run("read", "ftp://example.org/a").code != 0
    made = run("read", "file:///etc/hostname")
    assert (made.code != 0, made.out, made.err.count("\n")) == (True, "", 1)


def test_twenty_megabytes_of_text_are_too_many(run: Run, write: Write) -> None:
    path = write("long.txt", b"Kenya condemned Rwanda on Monday. " * 580_000)
    made = run("read", path)
    assert_one_sentence(made, path)


# --- inputs with doubts ----------------------------------------------------------------------

DOUBTFUL: dict[str, tuple[str | bytes, str]] = {
    "spanish.txt": (
        "El ministro habló el lunes en Burgos sobre el puente nuevo. Los vecinos temen el ruido "
        "y el polvo, pero las obras deben empezar ya en primavera.",
        "language",
    ),
    "german.txt": (
        "Der Minister hat am Montag in Bonn über die neue Brücke gesprochen. Die Anwohner "
        "fürchten Lärm und Staub, doch der Bau soll schon im Frühling beginnen.",
        "reports",
    ),
    "japanese.html": (
        "<html><body><article><h1>湖での話し合い</h1><p>両国の代表は月曜日に湖のほとりで会い、"
        "漁の決まりについて長い時間話し合った。</p></article></body></html>",
        "language",
    ),
    "undated.html": (page("Shots on the lake", BORDER_EN[2:], host="x.example"), "published"),
    "latin.html": (
        page("Des tirs sur le lac", BORDER_FR, host="x.example", language="fr")
        .encode("cp1252")
        .replace("é".encode("cp1252"), b"\x81\x8d", 3),
        "text",
    ),
    "cut.txt": (("Un été à la mer. " + BARE_FR).encode()[:-2] + b"\xc3", "text"),
    "short.txt": ("Ja.", "language"),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_doubts_are_said(run: Run, write: Write, name: str) -> None:
    content, field = DOUBTFUL[name]
    path = write(name, content)
    made = run("read", path, "--json")
    assert (made.code, made.err) == (0, "")
    line = checked(made.out)
    assert any(doubt.field == field for doubt in line.doubts), line.doubts
    shown = run("read", path)
    assert shown.code == 0
    assert "doubts" in shown.out


UNCLOSED = {
    "never-closed.html": "<html><body><article><h1>Shots on the lake<p>" + "<p>".join(BORDER_EN),
    "no-body.html": "<!doctype html><html><head><title>Nothing here</title></head></html>",
    "cut-in-a-tag.html": PAGE_EN[: PAGE_EN.index("Rwanda expelled") + 60] + "<a href='",
    "deep.html": "<html><body>" + "<div>" * 3000 + f"<p>{BORDER_EN[0]}</p>",
    "script-only.html": "<html><body><script>let a = 1</script><style>p {}</style></body></html>",
    "comment-unclosed.html": f"<html><body><h1>Lake</h1><p>{BORDER_EN[0]}</p><!-- and then",
}


@pytest.mark.parametrize("name", UNCLOSED)
def test_broken_markup_is_read_or_refused_plainly(run: Run, write: Write, name: str) -> None:
    path = write(name, UNCLOSED[name])
    made = run("read", path, "--json")
    if made.code == 0:
        line = checked(made.out)
        assert line.reports or line.doubts
    else:
        assert_one_sentence(made, path)
