"""What tests of the data files share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.knowledge.tables import Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return put
