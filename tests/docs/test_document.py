"""What `docs/from-the-document.md` says of the document is what the program makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.collect.pages import capture_file
from dragoman.model import Kept
from dragoman.pipeline import Steps
from tests.docs.document import PAGE, filled, rows, untold

TABLE = rows(PAGE.read_text("utf-8"))
AGAIN = "`python -m tests.docs.document FILE` fills the table anew"
RUN = 8
"""So many words in a row would be a sentence of somebody's article."""


@pytest.fixture(scope="module")
def kept(steps: Steps, seed_path: Path) -> Kept:
    return steps.all(capture_file(seed_path))


def test_every_act_is_coded_as_the_table_says(kept: Kept) -> None:
    wrong = [
        f"{shown}\n  is made {made}"
        for shown, made in zip(TABLE, filled(TABLE, kept), strict=True)
        if shown != made
    ]
    assert not wrong, "\n".join([*wrong, AGAIN])


def test_every_report_has_its_row(kept: Kept) -> None:
    assert list(untold(TABLE, kept)) == []


def test_no_sentence_of_the_document_is_copied(kept: Kept) -> None:
    page = " ".join(PAGE.read_text("utf-8").split())
    words = kept.article.text.split()
    runs = (" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
    assert [run for run in runs if run in page] == []
