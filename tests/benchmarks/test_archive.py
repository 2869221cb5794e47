"""The made-up archive is the same each time, and holds what it is to be measured with."""

from __future__ import annotations

from pathlib import Path

from benchmarks.archive_pages import LANGUAGES, pages, write_warc
from dragoman.collect.archives import captures_in
from dragoman.model import Capture


def test_the_archive_is_the_same_each_time(tmp_path: Path) -> None:
    one, other = tmp_path / "one.warc.gz", tmp_path / "other.warc.gz"
    assert write_warc(one, pages(60, 30, 5)) == write_warc(other, pages(60, 30, 5)) == 60
    assert one.read_bytes() == other.read_bytes()
    found = list(captures_in(one))
    assert all(isinstance(page, Capture) and page.fetched for page in found)
    assert len({page.id for page in found if isinstance(page, Capture)}) == 60


def test_it_has_copies_and_all_languages() -> None:
    made = list(pages(300, 30, 5))
    assert {page.language for page in made} == set(LANGUAGES)
    texts = [page.sentences for page in made]
    assert 30 < len(texts) - len(set(texts)) < 90
    assert all(sum(len(one.split()) for one in page.sentences) >= 30 for page in made)
    assert [page.day for page in made] == sorted(page.day for page in made)
    assert {page.language for page in pages(20, 30, 5, "fr")} == {"fr"}
