"""The program as a test runs it: in this process, from its entry point."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from pathlib import Path

import pytest

from dragoman.cli import main
from dragoman.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]
Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], knowledge: Knowledge
) -> Run:
    """The program in this process, from its entry point, with the knowledge of all tests."""
    monkeypatch.setattr("dragoman.pipeline.Knowledge", lambda: knowledge)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("DRAGOMAN_HOME", raising=False)

    def call(*arguments: object, given: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["dragoman", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return call


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


@pytest.fixture
def loaded_once(monkeypatch: pytest.MonkeyPatch, knowledge: Knowledge) -> None:
    """What all desks know is loaded once for all tests; only the own codebook is read anew."""

    def beside(own_folder: Path | None = None) -> Knowledge:
        made = copy(knowledge)
        for part in ("own", "codebook"):
            made.__dict__.pop(part, None)
        made.own_folder = own_folder
        return made

    monkeypatch.setattr("dragoman.knowledge.Knowledge", beside)
