"""Lines in the order of their keys, whether or not they fit into memory."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from dragoman.publish.snapshots.sorted_lines import SortedLines

KEYS = st.text(st.characters(exclude_characters="\t\n", exclude_categories=["Cs"]), max_size=6)
LINES = st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(KEYS, LINES), max_size=40), st.integers(1, 200))
def test_all_come_back_sorted(pairs: list[tuple[str, str]], held: int) -> None:
    with TemporaryDirectory() as folder:
        lines = SortedLines(Path(folder), "some", held)
        for key, line in pairs:
            lines.add(key, line)
        assert list(lines) == sorted(pairs)
        assert list(lines) == sorted(pairs)


def test_memory_holds_no_more_than_it_is_told(tmp_path: Path) -> None:
    lines = SortedLines(tmp_path, "some", 1000)
    for number in range(500, 0, -1):
        lines.add(f"{number:03d}", "x" * 10)
    files = sorted(tmp_path.iterdir())
    assert len(files) == 5
    assert all(path.stat().st_size <= 1000 + 100 * len("000\t\n") for path in files)
    assert [key for key, _ in lines] == [f"{number:03d}" for number in range(1, 501)]
