"""The desk as a whole: doing things twice, being stopped, changed rules, copies, happenings."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from dragoman.collect.pages import capture_file
from dragoman.desk import corpus
from dragoman.desk.copies import Copies
from dragoman.desk.corpus import Desk, MadeBy, Outcome
from dragoman.desk.happenings import Happenings
from dragoman.engine import engine_for
from dragoman.knowledge import DATA, Knowledge
from dragoman.knowledge.outlets import outlets_of
from dragoman.model import Article, Capture, Event, Kept, Reading, Verdict
from dragoman.pipeline import Steps
from dragoman.store import Store, open_store, soundness
from dragoman.store.rows import ReportRow
from dragoman.versions import VERSIONS
from tests.desk import signatures
from tests.desks import (
    BORDER_ALONE,
    BORDER_EN,
    BORDER_FR,
    bare,
    count,
    dump,
    page,
    start,
    write_pages,
)
from tests.test_desk_copies import FAMILY, OUTLETS

BY = MadeBy(VERSIONS, {})
Settle = Callable[..., Desk]
Rows = dict[str, list[tuple[object, ...]]]
PATIENCE = 120
UNDATED = (
    "Kenya's president visited Uganda on 14 March 2024. He met the ministers of Rwanda in "
    "Kampala on 17 March.\nOn Tuesday Uganda sent envoys to Kenya.\n"
)
"""Nothing but its own dates says when it was printed."""


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    return write_pages(tmp_path / "pages")


@pytest.fixture
def settle(tmp_path: Path, steps: Steps) -> Iterator[Settle]:
    """Desks in this process, with the steps of all tests unless others are given."""
    opened: list[Store] = []

    def make(name: str = "desk", using: Steps | None = None) -> Desk:
        opened.append(open_store(tmp_path / name))
        return Desk(opened[-1], using or steps, engine_for(1))

    yield make
    for store in opened:
        store.close()


def add(desk: Desk, paths: list[Path]) -> list[Outcome]:
    return list(desk.add(capture_file(path) for path in paths))


def whats(outcomes: list[Outcome]) -> list[str]:
    return [outcome.what for outcome in outcomes]


def all_reports(store: Store) -> list[ReportRow]:
    return [row for name in store.article_ids() for row in store.reports_of_article(name)]


def by_word(store: Store, word: str) -> list[ReportRow]:
    """Reports whose evidence holds the word."""
    return [row for row in all_reports(store) if word in row.report.evidence_text]


# --- the same thing twice --------------------------------------------------------------------


def test_adding_twice_changes_nothing(settle: Settle, tmp_path: Path, pages: list[Path]) -> None:
    desk = settle()
    assert whats(add(desk, pages)) == ["added"] * len(pages)
    before = dump(tmp_path / "desk")
    assert whats(add(desk, pages)) == ["known"] * len(pages)
    assert dump(tmp_path / "desk") == before
    assert len(before["articles"]) == len(pages)
    assert before["reports"]


def test_the_same_page_twice_in_one_run(settle: Settle, pages: list[Path]) -> None:
    assert whats(add(settle(), [pages[0], pages[0], pages[1]])) == ["added", "known", "added"]


def test_a_fault_with_one_keeps_back_none_that_is_joined_with_it(
    settle: Settle, pages: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = settle()
    ill = capture_file(pages[2]).id
    usual = Happenings.keep

    def fails(self: Happenings, several: Sequence[Kept], **more: Collection[str]) -> int:
        if any(kept.article.capture_id == ill for kept in several):
            raise ValueError("ill")
        return usual(self, several, changed=more["changed"])

    monkeypatch.setattr(Desk, "_size", lambda _: 32)
    with monkeypatch.context() as patched:
        patched.setattr(Happenings, "keep", fails)
        with pytest.raises(ValueError, match="ill"):
            add(desk, pages)
    kept = [
        row.article.capture_id
        for one in desk.store.article_ids()
        if (row := desk.store.article(one))
    ]
    assert kept == [capture_file(path).id for path in pages[:2]]
    again = whats(add(desk, [*pages, pages[3]]))
    assert sorted(again) == ["added"] * (len(pages) - 2) + ["known"] * 3


def test_no_garbage_is_sought_while_articles_are_joined_and_it_is_again_after(
    settle: Settle, pages: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    during: list[bool] = []
    usual = Copies.keep

    def noticed(self: Copies, article: Article, capture: Capture) -> set[str]:
        during.append(gc.isenabled())
        if len(during) == 3:
            raise ValueError("ill")
        return usual(self, article, capture)

    monkeypatch.setattr(Copies, "keep", noticed)
    desk = settle()
    add(desk, pages[:2])
    assert gc.isenabled()
    with pytest.raises(ValueError, match="ill"):
        add(desk, pages[2:3])
    assert gc.isenabled()
    assert during == [False] * 3


def test_the_log_of_changes_is_kept_short_by_adding(
    settle: Settle, pages: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "LONG_LOG", 1)
    desk = settle()
    add(desk, pages[:1])
    assert desk.store.log_size() == 0


def test_what_was_made_before_its_source_failed_is_kept(
    settle: Settle, pages: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = settle()
    monkeypatch.setattr(Desk, "_size", lambda _: 32)

    def found() -> Iterator[Capture]:
        yield from map(capture_file, pages[:2])
        raise OSError("the archive ends here")

    with pytest.raises(OSError, match="ends here"):
        list(desk.add(found()))
    assert desk.store.counts()["articles"] == 2


def test_two_that_change_places_as_copy_and_original_at_once(
    settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new table of outlets tells which of two texts came first; nothing is signed anew."""
    family = FAMILY[:2]
    wire, credited = (one.id for one in family)
    desk = settle()
    desk.copies = Copies(desk.store, outlets_of([]))
    signed = [made.signature for made in signatures.corpus(2, seed=1, days=1)]
    found = [
        (
            Capture(one.capture_id, one.url or "", "text/plain", one.id.encode()),
            Kept(one, Reading(one.id, "en"), signature=replace(signature, article_id=one.id)),
        )
        for one, signature in zip(family, signed, strict=True)
    ]
    list(desk.take(((capture, partial(replace, kept)) for capture, kept in found), BY))
    assert desk.store.places_in_stories([wire, credited]).keys() == {credited}
    desk.copies = Copies(desk.store, OUTLETS)
    monkeypatch.setattr(Desk, "_size", lambda _: 32)
    list(desk.redo([wire, credited], "record"))
    origin = desk.store.origin_of(credited)
    assert origin is not None
    assert origin[0] == wire
    assert desk.store.places_in_stories([wire, credited]).keys() == {wire}


def test_what_waits_for_others_is_not_kept_back_for_long(
    settle: Settle, pages: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = settle()
    monkeypatch.setattr(Desk, "_size", lambda _: 32)
    monkeypatch.setattr(corpus, "SECONDS", 0.0)
    told = desk.add(capture_file(path) for path in pages)
    next(told)
    assert desk.store.counts()["articles"] == 1


@pytest.mark.parametrize("newest_first", [True, False])
def test_an_older_capture_changes_nothing(
    settle: Settle, pages: list[Path], *, newest_first: bool
) -> None:
    new = replace(capture_file(pages[0]), fetched="2024-03-20T09:00:00+00:00")
    old = replace(
        new,
        id="c-old",
        body=new.body.replace(b"Kenya", b"Uganda"),
        fetched="2024-03-19T09:00:00+00:00",
    )
    assert old.body != new.body
    desk, alone = settle("both"), settle("alone")
    list(desk.add([new, old] if newest_first else [old, new]))
    list(alone.add([new]))
    ids = alone.store.article_ids()
    assert desk.store.article_ids() == ids
    assert desk.store.signatures(ids) == alone.store.signatures(ids)


@pytest.mark.parametrize("first", ["clean", "read", "link", "record"])
def test_redoing_changes_nothing(
    settle: Settle, tmp_path: Path, pages: list[Path], first: str
) -> None:
    desk = settle()
    undated = tmp_path / "undated.txt"
    undated.write_text(UNDATED, "utf-8")
    captures = [capture_file(path) for path in (*pages, undated)]
    captures[-1] = replace(captures[-1], fetched="2024-03-20T09:00:00+00:00")
    list(desk.add(captures))
    reports = [
        row.report for one in desk.store.article_ids() for row in desk.store.reports_of_article(one)
    ]
    assert any(one.date and one.date.basis.startswith("from another date") for one in reports)
    before = dump(tmp_path / "desk")
    again = list(desk.redo(desk.store.article_ids(), first))
    assert whats(again) == ["known"] * (len(pages) + 1)
    assert dump(tmp_path / "desk") == before


# --- stopped runs ----------------------------------------------------------------------------


def wait_for(happened: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while not happened() and process.poll() is None:
        assert time.monotonic() < until, "nothing happened in time"
        time.sleep(0.005)


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_pages(tmp_path_factory.mktemp("written") / "pages")


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory, written: list[Path]) -> Rows:
    home = tmp_path_factory.mktemp("whole")
    assert start("add", *map(str, written), "--home", str(home)).wait(PATIENCE) == 0
    return dump(home)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe that has a name")
def test_a_killed_run_is_run_again(
    tmp_path: Path, written: list[Path], uninterrupted: Rows
) -> None:
    home, pipe = tmp_path / "stopped", tmp_path / "pipe.html"
    os.mkfifo(pipe)  # nobody writes to it: the run stops there with two articles kept
    process = start("add", *map(str, written[:2]), str(pipe), "--home", str(home))
    wait_for(lambda: count(home, "articles") == 2, process)
    kill(process)
    assert count(home, "articles") == 2
    assert start("add", *map(str, written), "--home", str(home)).wait(PATIENCE) == 0
    assert dump(home) == uninterrupted


def test_a_run_killed_at_its_first_article(
    tmp_path: Path, written: list[Path], uninterrupted: Rows
) -> None:
    """Wherever the blow falls: in a transaction, between two, or after the last."""
    home = tmp_path / "stopped"
    process = start("add", *map(str, written), "--home", str(home))
    wait_for(lambda: count(home, "articles") >= 1, process)
    kill(process)
    assert count(home, "articles") >= 1
    assert start("add", *map(str, written), "--home", str(home)).wait(PATIENCE) == 0
    assert dump(home) == uninterrupted


def test_captures_left_waiting_are_resumed(
    settle: Settle, tmp_path: Path, pages: list[Path]
) -> None:
    whole = settle("whole")
    add(whole, pages)
    desk = settle()
    add(desk, pages[:3])
    for path in pages[3:]:
        desk.store.keep_capture(capture_file(path))
    waiting = [capture_file(path).id for path in pages[3:]]
    assert desk.store.waiting() == waiting
    assert whats(list(desk.resume(waiting))) == ["added", "added"]
    assert desk.store.waiting() == []
    assert dump(tmp_path / "desk") == dump(tmp_path / "whole")


def test_what_failed_is_set_aside_and_tried_again(
    settle: Settle, tmp_path: Path, pages: list[Path], steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dragoman.errors import Unreadable

    desk = settle()
    usual = Steps.all

    def refuse(self: Steps, capture: object) -> Kept:
        raise Unreadable(str(pages[0]), "not today")

    monkeypatch.setattr(Steps, "all", refuse)
    assert whats(add(desk, pages[:1])) == ["failed"]
    assert [(f.step, f.origin) for f in desk.store.failures()] == [("clean", str(pages[0]))]
    assert desk.store.article_ids() == []
    monkeypatch.setattr(Steps, "all", usual)
    assert whats(list(desk.resume([desk.store.failures()[0].capture_id]))) == ["added"]
    assert desk.store.failures() == []
    fresh = settle("fresh")
    add(fresh, pages[:1])
    assert dump(tmp_path / "desk") == dump(tmp_path / "fresh")


# --- changed rules ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def other_steps(tmp_path_factory: pytest.TempPathFactory) -> Steps:
    """Steps over a copy of the knowledge without one English rule, and with another changed."""
    root = tmp_path_factory.mktemp("knowledge")
    for folder in ("atlas", "codebook", "languages", "layout", "outlets"):
        shutil.copytree(DATA / folder, root / folder)
    path = root / "languages" / "en" / "frames.tsv"
    rows = path.read_text(encoding="utf-8").split("\n")
    kept = [row for row in rows if not row.startswith("expel\tv\t")]
    changed = [
        row.replace("\tdisapprove\t", "\t-\t") if row.startswith("condemn\tv\tACCUSE") else row
        for row in kept
    ]
    assert len(kept) < len(rows)
    assert changed != kept
    path.write_text("\n".join(changed), encoding="utf-8")
    return Steps(knowledge=Knowledge(root))


@pytest.mark.parametrize("first", ["record", "clean"])
def test_a_changed_rule(settle: Settle, pages: list[Path], other_steps: Steps, first: str) -> None:
    desk = settle()
    add(desk, pages)
    store = desk.store
    gone = by_word(store, "Rwanda expelled two")
    told = by_word(store, "Kenya condemned Rwanda")
    altered = [row for row in told if row.report.category == "ACCUSE"]
    assert gone
    assert altered
    assert {row.report.mode for row in altered} == {"disapprove"}
    changed = {row.report.id for row in (*gone, *altered)}
    untouched = [row for row in all_reports(store) if row.report.id not in changed]
    assert untouched
    for row in (gone[0], altered[0], untouched[0]):
        store.judge(Verdict("confirm", row.report.id), "seen in print", "ada")

    list(Desk(store, other_steps, engine_for(1)).redo(store.article_ids(), first))

    lexicon = other_steps.knowledge.lexicon_version
    for row in untouched:
        assert row.lexicon_version != lexicon
        assert store.report(row.report.id) == replace(row, lexicon_version=lexicon)
    for row in altered:
        after = store.report(row.report.id)
        assert after is not None
        assert (after.report.mode, after.revision) == (None, row.revision + 1)
        assert after.event_id == row.event_id
    for row in gone:
        after = store.report(row.report.id)
        assert after is not None
        assert after.retracted_at is not None
        assert row.report.id not in {r.report.id for r in all_reports(store)}
    for row in (gone[0], altered[0], untouched[0]):
        assert [j.kind for j in store.judgements(row.report.id)] == ["confirm"]
        assert store.report(row.report.id) is not None


def test_a_rule_that_comes_back(
    settle: Settle, pages: list[Path], other_steps: Steps, steps: Steps
) -> None:
    """The report gets its own id, and the place in its event that it had."""
    desk = settle()
    add(desk, pages)
    store = desk.store
    before = by_word(store, "Rwanda expelled two")
    ids = store.article_ids()
    list(Desk(store, other_steps, engine_for(1)).redo(ids, "record"))
    list(Desk(store, steps, engine_for(1)).redo(ids, "record"))
    after = by_word(store, "Rwanda expelled two")
    assert [row.report for row in after] == [row.report for row in before]
    assert {row.event_id for row in after} == {row.event_id for row in before}


def test_events_lose_what_was_retracted(
    settle: Settle, pages: list[Path], other_steps: Steps
) -> None:
    desk = settle()
    add(desk, pages)
    store = desk.store
    # The French page tells of the same act, in words whose rule stays.
    event_id = by_word(store, "Rwanda expelled two")[0].event_id
    assert event_id is not None
    list(Desk(store, other_steps, engine_for(1)).redo(store.article_ids(), "record"))
    told = store.reports_of_event(event_id)
    assert all("expelled" not in row.report.evidence_text for row in told)
    for event in store.events():
        assert event.report_ids
        assert all((row := store.report(i)) and not row.retracted_at for i in event.report_ids)


# --- copies and happenings -------------------------------------------------------------------


def event_of(desk: Desk, evidence: str) -> Event:
    event_id = by_word(desk.store, evidence)[0].event_id
    assert event_id is not None
    event = desk.store.event(event_id)
    assert event is not None
    return event


@pytest.fixture
def copies(tmp_path: Path) -> list[Path]:
    """One text in three outlets that are known, each with a headline of its own."""
    made = []
    for host, title in (
        ("caspian-ledger", "Shots on the lake"),
        ("kura-dispatch", "Lake shots"),
        ("lori-observer", "Border shots"),
    ):
        path = tmp_path / f"{host}.html"
        path.write_text(page(title, BORDER_EN, host=f"{host}.example", day="2024-03-13"), "utf-8")
        made.append(path)
    return made


def test_copies_count_once(settle: Settle, copies: list[Path]) -> None:
    desk = settle()
    add(desk, copies)
    event = event_of(desk, "Kenya condemned Rwanda")
    assert (len(event.report_ids), event.outlets, event.origins) == (3, 3, 1)
    # All were printed on one day, and nothing tells which was first: the least id stands for it.
    first = min(desk.store.article_ids())
    links = desk.store.copies_of(first)
    assert [(link.kind, link.basis, link.share) for link in links] == [("whole", "unknown", 1)] * 2


def test_a_text_of_its_own_counts(settle: Settle, tmp_path: Path, copies: list[Path]) -> None:
    alone = tmp_path / "alone.html"
    alone.write_text(
        page("Second week", BORDER_ALONE, host="gazette-rioni.example", day="2024-03-15"),
        encoding="utf-8",
    )
    desk = settle()
    add(desk, [*copies, alone])
    event = event_of(desk, "Kenya condemned Rwanda on 12 March")
    assert (len(event.report_ids), event.outlets, event.origins) == (4, 4, 2)
    assert desk.store.origin_of(desk.store.article_ids()[-1]) is None


def test_the_order_of_arrival_does_not_count(
    settle: Settle, tmp_path: Path, copies: list[Path]
) -> None:
    alone = tmp_path / "alone.txt"
    alone.write_text(bare("Second week", BORDER_ALONE), encoding="utf-8")
    for name, order in (("one", [alone, *copies]), ("two", [*copies[::-1], alone])):
        desk = settle(name)
        add(desk, order)
        event = event_of(desk, "Kenya condemned Rwanda on 12 March")
        # Nobody knows where a text without address comes from.
        assert (len(event.report_ids), event.outlets, event.origins) == (4, 4, 1)


def test_languages_tell_one_event(settle: Settle, tmp_path: Path) -> None:
    english, french = tmp_path / "en.html", tmp_path / "fr.html"
    one = page("Shots on the lake", BORDER_EN, host="caspian-ledger.example", day="2024-03-13")
    other = page(
        "Des tirs sur le lac", BORDER_FR, host="gazette-rioni.example", language="fr",
        day="2024-03-13",
    )  # fmt: skip
    english.write_text(one, encoding="utf-8")
    french.write_text(other, encoding="utf-8")
    desk = settle()
    add(desk, [english, french])
    event = event_of(desk, "Kenya condemned Rwanda")
    assert event == event_of(desk, "Le Kenya a condamné le Rwanda")
    assert (event.category, event.source, event.target) == ("ACCUSE", "KEN", "RWA")
    assert {row.language for row in desk.store.reports_of_event(event.id)} == {"en", "fr"}
    assert event.origins == 2


def test_another_day_is_another_event(settle: Settle, tmp_path: Path) -> None:
    first, later = tmp_path / "one.txt", tmp_path / "two.txt"
    first.write_text(bare("Shots on the lake", BORDER_EN), encoding="utf-8")
    moved = tuple(p.replace("12 mars", "20 mars").replace("13 mars", "21 mars") for p in BORDER_FR)
    later.write_text(bare("Encore des tirs", moved), encoding="utf-8")
    desk = settle()
    add(desk, [first, later])
    assert event_of(desk, "Kenya condemned") != event_of(desk, "Le Kenya a condamné")


def test_a_desk_without_stories_gets_them_by_a_rebuild_from_link(
    settle: Settle, pages: list[Path]
) -> None:
    desk = settle()
    add(desk, pages)
    store = desk.store
    ids = store.article_ids()
    made = store.stories_of_articles(ids)
    assert set(made) == set(ids)
    for article in ids:
        desk.stories.remove(article)
    with sqlite3.connect(store.path) as connection:  # as a migration leaves it
        connection.execute("DELETE FROM signatures")
    connection.close()
    assert store.stories_of_articles(ids) == {}
    list(desk.redo(ids, "record"))
    assert store.stories_of_articles(ids) == {}
    list(desk.redo(ids, "link"))
    assert {frozenset(i for i in ids if store.story_of(i) == s) for s in made.values()} == {
        frozenset(i for i in ids if made[i] == s) for s in made.values()
    }
