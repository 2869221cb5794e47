"""Starting the program: the command line is at hand before anything heavy is loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = (
    "spacy", "thinc", "numpy", "fastapi", "starlette", "uvicorn", "jinja2", "sqlalchemy", "alembic",
    "lxml", "trafilatura", "htmldate", "babel", "httpx", "pydantic", "rich",
)  # fmt: skip
LOADED = "import sys; {first}; before = set(sys.modules); {then}; print(*set(sys.modules) - before)"


def loaded_by(then: str, *, first: str = "import typer") -> set[str]:
    """The top-level modules that a statement loads in a fresh interpreter, after another one."""
    program = LOADED.format(first=first, then=then)
    made = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in made.stdout.split()}


@pytest.fixture(scope="module")
def by_command_line() -> set[str]:
    return loaded_by("import dragoman.cli")


@pytest.mark.parametrize("name", HEAVY)
def test_command_line_loads_nothing_heavy(by_command_line: set[str], name: str) -> None:
    """Beyond what Typer itself loads, whichever version is installed."""
    assert "dragoman" in by_command_line
    assert name not in by_command_line


def test_help_loads_neither_parser_nor_store() -> None:
    program = (
        "import contextlib, io, sys, dragoman.cli as c\n"
        "sys.argv = ['dragoman', '--help']\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    c.main()\n"
        "print(*sys.modules)"
    )
    made = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = {name.partition(".")[0] for name in made.stdout.split()}
    assert "dragoman" in names
    assert not names & {"spacy", "fastapi", "sqlalchemy", "lxml", "babel", "trafilatura", "httpx"}


def test_package_itself_loads_nothing_of_others() -> None:
    assert loaded_by("import dragoman", first="pass") <= {"dragoman", *sys.stdlib_module_names}


READ = """
import sys
from dragoman.pipeline import Steps
steps = Steps()
for code, text in (("{code}", "{text}"),):
    kept = steps.in_hand(text, code)
    assert kept.tier == "{tier}" and kept.reading.sentences
print(*sys.modules)
print(*sorted({{*steps.knowledge.languages._loaded, *steps.knowledge.light._loaded}}))
"""


@pytest.mark.parametrize(
    ("code", "text", "tier", "absent"),
    [
        ("fr", "Le Pérou a rappelé son ambassadeur.", "full", {"natasha", "pymorphy3", "navec"}),
        ("ru", "Перу отозвало своего посла.", "full", {"spacy", "thinc"}),
        ("tr", "Peru büyükelçisini geri çağırdı.", "light", {"natasha", "pymorphy3", "spacy"}),
    ],
)
def test_a_language_loads_its_own_parser_alone(
    code: str, text: str, tier: str, absent: set[str]
) -> None:
    """A desk that never meets Russian never loads what reads it, and so for the others."""
    program = READ.format(code=code, text=text, tier=tier)
    made = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    modules, languages = made.stdout.splitlines()
    names = {name.partition(".")[0] for name in modules.split()}
    assert not names & absent
    assert languages.split() == [code]
