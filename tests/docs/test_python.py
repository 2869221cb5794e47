"""What `docs/python.md` shows works: its examples are run one after the other over a small desk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.collect.pages import capture_text
from dragoman.desk.corpus import Desk
from dragoman.engine import engine_for
from dragoman.pipeline import Steps
from dragoman.store import open_store
from tests.docs.generate import DOCS

EXAMPLES = re.findall(
    r"^```python\n(.*?)^```$", (DOCS / "python.md").read_text("utf-8"), re.M | re.S
)
SAID = "Kenya denounced Rwanda on 12 March 2024."
TEXT = f"A quarrel over the lake\n\n{SAID}\n"


def test_examples_run(
    steps: Steps,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with open_store(tmp_path / "mydesk") as store:
        desk = Desk(store, steps, engine_for(1))
        list(desk.add([capture_text(TEXT, "text", language="en", published="2024-03-13")]))
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for example in EXAMPLES:
        exec(example, names)
    names["desk"].close()  # type: ignore[attr-defined]
    said = capsys.readouterr().out
    assert "ACCUSE Kenya Rwanda Kenya condemned Rwanda on 12 March 2024." in said
    assert "2024-03-12 Kenya ACCUSE Rwanda" in said
    assert "1 outlets, 0 independent origins" in said
    assert re.search(r"^KEN +1$", said, re.MULTILINE)
    assert (tmp_path / "accusations.csv").read_text("utf-8").count(SAID) == 1
    assert (tmp_path / "all.export.csv").exists()
