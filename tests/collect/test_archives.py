"""Web archives: their pages as found, and what is broken said out loud."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.collect.archives import captures_in
from dragoman.collect.pages import is_archive
from dragoman.errors import DragomanError
from dragoman.model import Capture, Entry
from tests.collect.warcs import PAGE, answer, packed, record
from tests.zipping import zipped

RECORDS = (
    record("https://lake.example/1", answer()),
    record("https://lake.example/request", b"GET / HTTP/1.1\r\n\r\n", kind="request"),
    record(
        "https://lake.example/2",
        answer(zipped(PAGE.encode("cp1251")), headers="Content-Encoding: gzip\r\n"),
    ),
    record("https://lake.example/missing", answer(status="404 Not Found")),
    record("https://lake.example/picture", answer(b"\x89PNG", media_type="image/png")),
    record("https://lake.example/3", answer(b"A plain text.", media_type="text/plain")),
    record("https://lake.example/4", b"<html><p>Kept alone.</p></html>", kind="resource"),
    record("dns:lake.example", b"lake.example. 60 IN A 192.0.2.1", kind="resource"),
)  # fmt: skip
NAMES = [f"https://lake.example/{n}" for n in (1, 2, 3, 4)]
Read = Callable[[bytes], tuple[list[Capture], list[str]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    path = tmp_path / "pages.warc"

    def run(body: bytes) -> tuple[list[Capture], list[str]]:
        path.write_bytes(body)
        found = list(captures_in(path))
        pages = [one for one in found if isinstance(one, Capture)]
        faults = [str(one) for one in found if isinstance(one, DragomanError)]
        assert all(fault.startswith(str(path)) for fault in faults)
        return pages, [fault.removeprefix(f"{path}: ") for fault in faults]

    return run


@pytest.mark.parametrize("body", [b"".join(RECORDS), packed(*RECORDS), zipped(b"".join(RECORDS))])
def test_pages_come_out_as_they_were_found(read: Read, tmp_path: Path, body: bytes) -> None:
    pages, faults = read(body)
    assert faults == []
    assert [page.url for page in pages] == [page.origin for page in pages] == NAMES
    first, second = pages[:2]
    assert first.body == second.body == PAGE.encode("cp1251")
    assert first.id != second.id
    assert (first.charset, first.media_type) == ("windows-1251", "text/html")
    assert first.fetched == "2024-03-18T10:00:00+00:00"
    assert first.entry == Entry(str(tmp_path / "pages.warc"))
    assert pages[2].media_type == "text/plain"


@pytest.mark.parametrize("date", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "now"])
def test_an_impossible_date_of_a_record_is_none(read: Read, date: str) -> None:
    dated = RECORDS[0].replace(b"2024-03-18T10:00:00Z", date.encode())
    [page], faults = read(dated)
    assert (page.url, page.fetched, faults) == (NAMES[0], None, [])


def test_a_cut_archive_gives_what_stands_before_the_cut(read: Read) -> None:
    body = packed(*RECORDS)
    for end in range(len(packed(*RECORDS[:3])), len(packed(*RECORDS[:6])) - 40, 7):
        pages, faults = read(body[:end])
        assert [page.url for page in pages] == NAMES[:2]
        # A cut between two members is no fault that anyone can see.
        assert faults or end in {len(packed(*RECORDS[:n])) for n in range(9)}


TWO = [record(f"https://lake.example/{n}", answer()) for n in (1, 2)]


@pytest.mark.parametrize("form", ["plain", "packed", "zipped"])
def test_wherever_it_is_cut_what_stands_before_is_read_and_the_rest_said(
    read: Read, form: str
) -> None:
    """At every byte of two pages."""
    made: dict[str, Callable[[list[bytes]], bytes]] = {
        "plain": b"".join,
        "packed": lambda some: packed(*some),
        "zipped": lambda some: zipped(b"".join(some)),
    }
    make = made[form]
    body = make(TWO)
    lengths = [len(make(TWO[:n])) for n in (1, 2)]
    ends = lengths[1:] if form == "zipped" else lengths
    before = 0
    for end in range(1, len(body) + 1):
        pages, faults = read(body[:end])
        assert all(page.body == PAGE.encode("cp1251") for page in pages), "none is cut"
        assert len(pages) >= before, "what was read of less is read of more"
        before = len(pages)
        # A record's end is two empty lines, which nobody misses.
        is_whole = any(0 <= one - end <= (4 if form == "plain" else 0) for one in ends)
        assert bool(faults) != is_whole, end
        if is_whole:
            assert len(pages) == sum(one - 4 <= end for one in ends) + (form == "zipped")
    assert before == 2


def test_a_cut_without_packing(read: Read) -> None:
    body = b"".join(RECORDS)
    pages, faults = read(body[: len(b"".join(RECORDS[:3])) - 60])
    assert [page.url for page in pages] == NAMES[:1]
    assert faults == ["cut off inside https://lake.example/2; what stood before it was read"]


def test_damage_in_the_middle(read: Read) -> None:
    body = packed(*RECORDS[:3]) + b"damage" + packed(*RECORDS[3:])
    pages, faults = read(body)
    assert [page.url for page in pages] == NAMES[:2]
    assert faults == ["the archive is damaged; what stood before it was read"]


@pytest.mark.parametrize("body", [b"Not an archive at all.\n" * 40, b"", zipped(b"")])
def test_what_is_no_archive_is_named(read: Read, body: bytes) -> None:
    pages, faults = read(body)
    assert pages == []
    assert len(faults) == 1
    assert "archive" in faults[0]


def test_a_missing_archive(tmp_path: Path) -> None:
    (fault,) = captures_in(tmp_path / "none.warc.gz")
    assert "no such file" in str(fault)


def test_archives_are_known_by_name() -> None:
    assert is_archive("a/CC-NEWS-2024.warc.gz")
    assert is_archive(Path("B.WARC"))
    assert not is_archive("page.html.gz")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.booleans(), st.integers(0, 2000), st.binary(max_size=12), st.integers(0, 90))
def test_mutated_archives_give_pages_or_a_reason(
    read: Read, is_packed: bool, at: int, inserted: bytes, dropped: int
) -> None:
    whole = packed(*RECORDS) if is_packed else b"".join(RECORDS)
    pages, faults = read(whole[:at] + inserted + whole[at + dropped :])
    assert pages or faults
