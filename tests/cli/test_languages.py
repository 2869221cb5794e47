"""`dragoman language …`: what a folder lacks, said by the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_the_command_tells_it(run: Run, tmp_path: Path) -> None:
    made = run("language", "check", "tr", "--home", tmp_path)
    assert made.code == 0
    assert made.out.startswith("Turkish (tr): read lightly")
    assert "actors recall: 1.0" in made.out
    made = run("language", "check", "ru", "--no-scores", "--json", "--home", tmp_path)
    told = json.loads(made.out)
    assert (told["tier"], told["name"]) == ("full", "Russian")
    assert "scores" not in told


def test_a_language_that_is_not_read_names_the_way(run: Run, tmp_path: Path) -> None:
    made = run("language", "check", "sw", "--home", tmp_path)
    assert made.code == 1
    assert "begin with languages/sw/light.toml" in made.err


def test_the_list_says_how_far(run: Run) -> None:
    made = run("language", "list")
    assert "ru  Russian: read in full" in made.out
    assert "ka  Georgian: read lightly" in made.out


@pytest.mark.parametrize("code", ["../ru", "", "any language", "r1"])
def test_what_is_no_code_is_told(run: Run, code: str) -> None:
    made = run("language", "check", code)
    assert made.code == 1
    assert "this is no language's code" in made.err
    assert run("language", "check", " RU", "--no-scores").code == 0
