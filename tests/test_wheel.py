"""The wheel: it holds every file of the package, and works where nothing else of ours is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dragoman"
TEXT = """A quiet day at the border

Norway condemned Belarus on 4 March 2024 after a patrol boat had crossed the line in the fog.
The crew was back in port before noon and told reporters that the weather alone was to blame.
"""
DATA = (
    "atlas/states.tsv",
    "atlas/people.tsv",
    "atlas/roles.tsv",
    "atlas/memberships.tsv",
    "codebook/contexts.toml",
    "codebook/assault.toml",
    "codebook/en/assault.tsv",
    "codebook/fr/assault.tsv",
    "eventdata/columns.tsv",
    "eventdata/countries.tsv",
    "languages/any/furniture.toml",
    "languages/en/frames.tsv",
    "languages/fr/frames.tsv",
    "languages/fr/conjugation.toml",
    "lures/fr.toml",
    "publish/spam/prior.jsonl",
    "outlets/rfi.toml",
    "demo/pages/wire.html",
    "publish/templates/base.html",
    "store/migrations/env.py",
)
FOLDERS = (
    "atlas", "codebook", "codebook/en", "codebook/fr", "eventdata", "languages/en", "languages/fr",
    "outlets", "demo/pages", "publish/templates", "publish/static", "store/migrations/versions",
)  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [
        sys.executable, "-m", "build", "--wheel", "--sdist", "--no-isolation", "--outdir", str(out),
        str(ROOT),
    ]  # fmt: skip
    made = subprocess.run(command, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel alone; what it depends on comes from this interpreter."""
    folder = tmp_path_factory.mktemp("site")
    command = [
        sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--no-index", "--no-compile", "--target", str(folder), str(wheel),
    ]  # fmt: skip
    made = subprocess.run(command, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


def hidden(path: Path) -> bool:
    return any(p.startswith((".", "__pycache__")) for p in path.relative_to(ROOT).parts)


def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def run(site: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(site), "COLUMNS": "100"}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize("name", DATA)
def test_holds(wheel: Path, name: str) -> None:
    assert f"dragoman/{name}" in names(wheel)


@pytest.mark.parametrize("folder", FOLDERS)
def test_holds_files_of(wheel: Path, folder: str) -> None:
    assert any(name.startswith(f"dragoman/{folder}/") for name in names(wheel))


def test_holds_every_file_and_no_other(wheel: Path) -> None:
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and not hidden(path)
    }
    packed = {name for name in names(wheel) if ".dist-info/" not in name}
    assert packed == ours


KINDS = frozenset({
    ".css", ".html", ".js", ".json", ".jsonl", ".md", ".npz", ".po", ".py", ".svg", ".toml", ".tsv",
    ".txt",
})  # fmt: skip
"""Of the package's files: code, templates, what pages load, catalogues, data, models."""


def test_holds_each_kind_of_file(wheel: Path) -> None:
    """A new kind is looked at once, and added above."""
    assert {Path(name).suffix for name in names(wheel) if ".dist-info/" not in name} == KINDS


def test_the_sdist_holds_the_same_files(wheel: Path) -> None:
    """A wheel that others build of it is this one."""
    (sdist,) = wheel.parent.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        held = {one.name.partition("/")[2] for one in archive if one.isfile()}
    packed = {name for name in names(wheel) if ".dist-info/" not in name}
    assert {name for name in held if name.startswith("dragoman/")} == packed
    assert {"pyproject.toml", "README.md", "LICENSE", "NOTICE", "CHANGELOG.md"} <= held


def test_names_its_command_and_licence(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        described = {
            Path(name).name: archive.read(name).decode()
            for name in archive.namelist()
            if ".dist-info/" in name
        }
    assert "dragoman = dragoman.cli:main" in described["entry_points.txt"]
    assert "LICENSE" in described
    assert "NOTICE" in described


def test_reads_from_another_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    where = run(installed, tmp_path, "-c", "import dragoman; print(dragoman.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(installed)
    made = run(installed, tmp_path, "-m", "dragoman", "read", "text.txt")
    assert made.returncode == 0, made.stderr
    assert "A quiet day at the border" in made.stdout
    assert "Norway → Belarus" in made.stdout


def test_checks_its_data_and_keeps_a_desk(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    checked = run(installed, tmp_path, "-m", "dragoman", "check", "--data")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert re.search(r"^atlas: \d{3,} actors", checked.stdout, re.MULTILINE)
    assert "16 categories" in checked.stdout
    assert "languages: en, fr, ru" in checked.stdout
    added = run(installed, tmp_path, "-m", "dragoman", "add", "text.txt", "--home", "desk")
    assert (added.returncode, added.stdout) == (0, "1 added\n"), added.stderr
