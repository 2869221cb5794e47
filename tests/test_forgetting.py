"""Forgetting over the whole desk: as if it had never come, and it does not come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.collect.pages import capture_bytes, capture_file
from dragoman.desk.corpus import Desk, Outcome
from dragoman.engine import engine_for
from dragoman.forgetting import forget
from dragoman.model import Capture
from dragoman.pipeline import Steps
from dragoman.store import open_store
from tests.desks import BORDER_EN, BORDER_FR, dump, page, write_pages

Settle = Callable[[str], Desk]


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    return write_pages(tmp_path / "pages")


@pytest.fixture
def settle(tmp_path: Path, steps: Steps) -> Iterator[Settle]:
    opened = []

    def make(name: str) -> Desk:
        opened.append(open_store(tmp_path / name))
        return Desk(opened[-1], steps, engine_for(1))

    yield make
    for store in opened:
        store.close()


def add(desk: Desk, paths: list[Path]) -> list[Outcome]:
    return list(desk.add(capture_file(path) for path in paths))


def article_of(outcomes: list[Outcome], name: str) -> str:
    kept = next(one.kept for one in outcomes if Path(one.origin).name == name)
    assert kept is not None
    return kept.article.id


def without_seq(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows but tombstones; numbers of arrival differ where one came less, and what was told
    by more has a history."""
    rows = dump(home, apart={"revision"})
    del rows["tombstones"], rows["refusals"]
    numbered = {"articles", "captures", "sketches", "signatures"}
    return {
        table: sorted((row[1:] if table in numbered else row
                       for row in found), key=repr)
        for table, found in rows.items()
    }  # fmt: skip


@pytest.mark.parametrize("name", ["2-talks.html", "3-frontiere.html", "5-copy.html"])
def test_the_desk_is_as_if_it_had_never_come(
    settle: Settle, tmp_path: Path, pages: list[Path], name: str
) -> None:
    """An article alone, one that shares events across languages, a copy."""
    whole, less = settle("whole"), settle("less")
    made = add(whole, pages)
    add(less, [path for path in pages if path.name != name])
    forget(whole, article_of(made, name), "asked for")
    assert without_seq(tmp_path / "whole") == without_seq(tmp_path / "less")


def test_events_are_told_and_counted_by_the_others(settle: Settle, pages: list[Path]) -> None:
    """The first teller goes: the event keeps its id, with the words of the next one."""
    desk = settle("desk")
    made = add(desk, pages)
    first = article_of(made, "1-border.html")
    (shared, *_) = [
        event
        for row in desk.store.reports_of_article(first)
        if (event := desk.store.event(row.event_id or "")) and len(event.report_ids) > 2
    ]
    forget(desk, first, "asked for")
    left = desk.store.event(shared.id)
    assert left is not None
    assert set(left.report_ids) < set(shared.report_ids)
    assert left.outlets == shared.outlets - 1
    assert left.origins == shared.origins  # the copy stands for the text that it repeats
    tellers = {row.report.article_id for row in desk.store.reports_of_event(shared.id)}
    assert first not in tellers


def test_copies_of_it_are_compared_anew(settle: Settle, tmp_path: Path, pages: list[Path]) -> None:
    third = tmp_path / "pages" / "6-third.html"
    third.write_text(page("Again the lake", BORDER_EN, host="third.example"), "utf-8")
    desk = settle("desk")
    made = add(desk, [*pages, third])
    first, copy = article_of(made, "1-border.html"), article_of(made, "5-copy.html")
    last = article_of(made, "6-third.html")
    assert {link.article_id for link in desk.store.copies_of(first)} == {copy, last}
    forget(desk, first, "asked for")
    assert desk.store.origin_of(copy) is None
    assert desk.store.repeats_of(copy) == [(last, 1.0)]


def test_it_is_refused_and_the_reason_said(settle: Settle, pages: list[Path]) -> None:
    desk = settle("desk")
    made = add(desk, pages)
    identity = article_of(made, "2-talks.html")
    forget(desk, identity, "the publisher asks for it")
    again = add(desk, pages)
    assert sorted(one.what for one in again) == ["known"] * 4 + ["refused"]
    (refused,) = [one for one in again if one.what == "refused"]
    assert refused.reason is not None
    assert "2-talks.html" in refused.reason
    assert "the publisher asks for it" in refused.reason
    assert f"--undo {identity}" in refused.reason


OTHER_BYTES = page("Reindeer", BORDER_FR, host="north.example", day="2024-03-08")
"""Names the address of the page on the reindeer, with another text."""


@pytest.mark.parametrize(
    "capture",
    [
        capture_bytes(OTHER_BYTES.encode(), "saved.html"),
        capture_bytes(OTHER_BYTES.encode(), "fetched", url="https://north.example/news/1?utm_id=1"),
    ],
    ids=["a file that names its address", "fetched from there"],
)
def test_its_address_is_refused_with_other_bytes(
    settle: Settle, pages: list[Path], capture: Capture
) -> None:
    desk = settle("desk")
    identity = article_of(add(desk, pages), "2-talks.html")
    forget(desk, identity, "asked for")
    for _ in range(2):
        (outcome,) = desk.add([capture])
        assert outcome.what == "refused"
        assert not desk.store.has_capture(capture.id)
        assert desk.store.waiting() == []
    assert desk.store.article(identity) is None


def test_no_rebuild_brings_it_back(settle: Settle, pages: list[Path]) -> None:
    desk = settle("desk")
    identity = article_of(add(desk, pages), "1-border.html")
    forget(desk, identity, "asked for")
    left = desk.store.article_ids()
    for first in ("clean", "record"):
        assert {one.what for one in desk.redo(left, first)} == {"known"}
    assert list(desk.resume([])) == []
    assert desk.store.article_ids() == left
    assert desk.store.tombstone(identity) is not None


def test_undone_it_comes_back_the_same(settle: Settle, tmp_path: Path, pages: list[Path]) -> None:
    desk = settle("desk")
    made = add(desk, pages)
    before = without_seq(tmp_path / "desk")
    identity = article_of(made, "2-talks.html")
    forget(desk, identity, "asked for")
    assert desk.store.lift(identity)
    assert without_seq(tmp_path / "desk") != before
    assert sorted(one.what for one in add(desk, pages)) == ["added"] + ["known"] * 4
    assert without_seq(tmp_path / "desk") == before
