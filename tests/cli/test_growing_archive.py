"""An archive that is still being written: added again, the rest is taken and nothing doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.store import open_store
from tests.cli.conftest import Run
from tests.collect.warcs import answer, packed, record
from tests.desks import BORDER_EN, TALKS_EN, dump, page

HTML = "text/html; charset=utf-8"
PAGES = {
    "lake.example": ("Shots on the lake", BORDER_EN),
    "north.example": ("Reindeer count", TALKS_EN),
    "echo.example": ("Lake shots", BORDER_EN),
}


@pytest.mark.parametrize("form", ["plain", "packed"])
def test_added_as_it_grows(run: Run, tmp_path: Path, form: str) -> None:
    records = [
        record(
            f"https://{host}/news/1",
            answer(page(title, words, host=host, day="2024-03-13").encode(), media_type=HTML),
        )
        for host, (title, words) in PAGES.items()
    ]
    make = packed if form == "packed" else lambda *some: b"".join(some)
    archive, home = tmp_path / "growing.warc", tmp_path / "desk"
    archive.write_bytes(make(*records))
    assert run("add", archive, "--home", tmp_path / "whole").code == 0
    ends = [len(make(*records[:n])) for n in (1, 2, 3)]
    made = []
    for end in (ends[0] + 100, ends[1] + 300, ends[2]):
        archive.write_bytes(make(*records)[:end])
        made.append(run("add", archive, "--home", home))
    assert [one.code for one in made] == [2, 2, 0]
    assert "cut off" in made[0].err
    assert [one.out for one in made] == [
        "1 added, 1 failed\n" if form == "plain" else "1 added, 2 failed\n",
        "1 added, 1 failed, 1 known\n" if form == "plain" else "1 added, 2 failed, 1 known\n",
        "1 added, 2 known\n",
    ]
    assert dump(home) == dump(tmp_path / "whole"), "nothing is left of the cuts"
    with open_store(home) as store:
        assert store.failures() == []
