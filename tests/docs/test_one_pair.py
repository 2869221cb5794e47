"""`docs/one-pair.md` shows what its blocks print, run in order over files of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.knowledge import Knowledge
from tests.docs.one_pair import BLOCK, PAGE, Notebook, rewritten, run, steady

AGAIN = "`python -m tests.docs.one_pair` writes it anew; then read the words around it"
ASKED = ("sources add", "fetch --since", "search", "compare", "freeze")


def test_the_page_shows_what_its_blocks_print(knowledge: Knowledge) -> None:
    page = PAGE.read_text("utf-8")
    assert rewritten(page, knowledge).splitlines() == page.splitlines(), AGAIN


def test_the_page_goes_all_the_way() -> None:
    blocks = [(kind, code) for kind, code in BLOCK.findall(PAGE.read_text("utf-8"))]
    shell = "".join(code for kind, code in blocks if kind == "sh")
    assert [one for one in ASKED if f"dragoman {one}" not in shell] == []
    assert "to_pandas()" in "".join(code for kind, code in blocks if kind == "python")


def test_what_a_block_prints_otherwise_is_seen(tmp_path: Path) -> None:
    page = "```python\na = 1\n```\n\nWords.\n\n```python\nprint(a)\n```\n\n```text\n2\n```\n"
    assert Notebook(tmp_path).rewritten(page) == page.replace("\n2\n", "\n1\n")


def test_a_line_that_fails_stops_the_page(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="compare"):
        run(["dragoman", "compare", "", "--with", str(tmp_path / "no"), "--home", str(tmp_path)])
    with pytest.raises(AssertionError, match="rm"):
        run(["rm", "a"])


def test_what_differs_from_run_to_run_is_not_shown(tmp_path: Path) -> None:
    said = f"added s-0123456789abcdef {tmp_path}/a  \n{'0a' * 32} e-0123456789abcdef\n\n"
    assert steady(said, tmp_path) == "added <id> a\n<digest> e-0123456789abcdef\n"
