"""The worked page `docs/one-pair.md`: its blocks run in order, and what they print.

    python -m tests.docs.one_pair

runs every `sh` and `python` block in a new folder that holds our archive and event file, and writes
what it prints into the `text` block below it. The words between are left alone.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
import tempfile
from contextlib import chdir, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from dragoman.cli import main as program
from dragoman.knowledge import Knowledge
from tests.docs import one_pair_files
from tests.docs.tour import ROOT

PAGE = ROOT / "docs" / "one-pair.md"
BLOCK = re.compile(
    r"^```(sh|python)\n(.*?)^```\n(?:\n```text\n.*?^```\n)?", re.MULTILINE | re.DOTALL
)
WIDTH = "100"
"""Columns of the terminal."""
DIGEST = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{12})\b")
SOURCE = re.compile(r"\bs-[0-9a-f]{16}\b")
"""The id of a source is made of its path."""


class Notebook:
    """A folder in which blocks are run one after the other, each with the names of those before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, object] = {}

    def rewritten(self, page: str) -> str:
        """The page with what every block prints today."""
        return BLOCK.sub(self._block, page)

    def _block(self, found: re.Match[str]) -> str:
        kind, code = found[1], found[2]
        said = self.printed(kind, code)
        return f"```{kind}\n{code}```\n" + (f"\n```text\n{said}```\n" if said else "")

    def printed(self, kind: str, code: str) -> str:
        """What a block prints, without what differs from one run to the next."""
        out = StringIO()
        wide = patch.dict(os.environ, {"COLUMNS": WIDTH})
        with chdir(self._folder), redirect_stdout(out), wide:
            if kind == "python":
                exec(code, self._names)
            else:
                for line in code.splitlines():
                    run(shlex.split(line))
        return steady(out.getvalue(), self._folder)


def run(arguments: list[str]) -> None:
    """A line of a shell block. Raises AssertionError unless it is the program, and ends well."""
    assert arguments[0] == "dragoman", arguments
    code: object = None
    with patch.object(sys, "argv", arguments):
        try:
            program()
        except SystemExit as end:
            code = end.code
    assert not code, arguments


def steady(said: str, folder: Path) -> str:
    """Without today's date, digests, paths and spaces at the ends of lines."""
    said = said.replace(f"{folder}/", "").replace(f"{datetime.now(UTC):%Y-%m-%d}", "<today>")
    said = SOURCE.sub("<id>", DIGEST.sub("<digest>", said))
    return "".join(f"{line.rstrip()}\n" for line in said.rstrip().splitlines())


def rewritten(page: str, knowledge: Knowledge) -> str:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made).resolve()
        one_pair_files.write(folder, knowledge.eventdata)
        return Notebook(folder).rewritten(page)


def main() -> None:
    PAGE.write_text(rewritten(PAGE.read_text("utf-8"), Knowledge()), "utf-8")


if __name__ == "__main__":
    main()
