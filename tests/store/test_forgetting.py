"""Forgetting in the store: nothing of an article stays but its tombstone, and it is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.kill_old import old_tables
from dragoman.errors import StoreError
from dragoman.model import (
    Capture,
    Entry,
    Event,
    Item,
    Kept,
    Printing,
    Shared,
    Source,
    Verdict,
    Words,
)
from dragoman.store import Found, Store, forgetting, open_store, source_id
from dragoman.store.databases import postgres, sqlite
from dragoman.store.records import pack
from dragoman.store.schema import MIGRATIONS, metadata
from tests.desks import printed_again
from tests.store.conftest import capture_of, event_of, kept_of, sql

URL = "https://www.example.org/one"
WORDS = "zirconium lighthouse"
"""Rare words of the article that is forgotten: as a text, and each as a stem of the index."""


def settle(store: Store, versions: dict[str, str]) -> None:
    """An article with all that a desk can know of it, and another one that shares an event."""
    capture = replace(capture_of(f"<p>{WORDS}</p>"), url=URL)
    store.keep_capture(capture)
    one = kept_of("one", body=f"They praised the {WORDS}.", capture_id=capture.id,
                  reports=("alone", "shared"))  # fmt: skip
    events = [event_of("alone", ["r-one-alone"])]
    store.keep(one, versions, events=events)
    shared = event_of("shared", ["r-one-shared", "r-two-shared"])
    store.keep(kept_of("two", reports=("shared",)), versions, events=[shared])
    store.keep_events([], {"e-merged": "e-alone"})
    for name, text, words in (("a-one", 11, WORDS.encode()), ("a-two", 12, b"others")):
        printing = Printing(name, text, 3, "", "9999", "harbour.example")
        store.keep_printing(printing, moment="9999 2", period=-1, words=words, keys=[1, 2, text])
    store.keep_shared([Shared(11, 12, 3, ((0, 0, 3),))])
    store.keep_copy_links(printed_again("a-two", "a-one", 0.9))
    store.set_aside("", URL, "collect", f"{WORDS} was not there")
    for target in ("a-one", "r-one-alone", "e-alone", "r-two-shared"):
        store.judge(Verdict("reject", target), f"it quotes {WORDS}", "ada")


@pytest.fixture
def settled(store: Store, versions: dict[str, str]) -> Store:
    settle(store, versions)
    return store


def test_nothing_of_it_stays(settled: Store) -> None:
    settled.forget("a-one", "asked for", "ada")
    assert settled.kept("a-one") is None
    assert settled.article_ids() == ["a-two"]
    assert settled.find_articles(Words(("zirconium",))) == []
    assert settled.report("r-one-alone") is None
    assert settled.event("e-alone") is None
    assert settled.event("e-merged") is None
    assert settled.origin_of("a-two") is None
    assert settled.texts_with([1, 2, 3], [-1]) == {12: 2}
    assert settled.words_of_texts([11, 12]) == {12: b"others"}
    assert settled.shared_by([12]) == []
    assert settled.failures() == []
    assert settled.waiting() == []
    tables = ("captures", "readings", "article_actors", "article_versions", "reports")
    left = {table: sql(settled, f"SELECT count(*) FROM {table}")[0][0] for table in tables}
    assert left == {"captures": 0, "readings": 1, "article_actors": 1, "article_versions": 4,
                    "reports": 1}  # fmt: skip


def test_what_others_tell_stays(settled: Store) -> None:
    settled.forget("a-one", "asked for")
    assert [row.report.id for row in settled.reports_of_event("e-shared")] == ["r-two-shared"]
    assert settled.find_articles(Words(("harbour",))) != []


def test_a_tombstone_says_when_why_and_who(settled: Store) -> None:
    settled.forget("a-one", "asked for", "ada")
    stone = settled.tombstone("a-one")
    assert stone is not None
    assert (stone.cause, stone.reason, stone.by) == ("a-one", "asked for", "ada")
    assert stone.at.startswith("20")
    for lost in ("e-alone", "e-merged", "r-one-alone", "r-one-shared"):
        assert (found := settled.tombstone(lost)) is not None
        assert (found.cause, found.at) == ("a-one", stone.at)
    assert settled.tombstone("e-shared") is None
    assert settled.tombstones() == [stone]


def test_judgements_keep_their_ids_and_not_their_notes(settled: Store) -> None:
    settled.forget("a-one", "asked for")
    notes = {one.target_id: one.note for one in settled.judgements()}
    assert notes == {"a-one": None, "r-one-alone": None, "e-alone": None,
                     "r-two-shared": f"it quotes {WORDS}"}  # fmt: skip


def test_the_file_keeps_no_byte_of_it(tmp_path: Path, versions: dict[str, str]) -> None:
    def stands(word: str) -> bool:
        files = [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()]
        return any(word.encode() in data for data in files)

    with open_store(tmp_path) as store:
        store.keep_capture(capture_of("another, so that the index has parts"))
        settle(store, versions)
        packed = pack(f"<p>{WORDS}</p>".encode())
        assert any(packed in path.read_bytes() for path in tmp_path.iterdir())
        assert stands("zirconium")
        assert stands("zirconium lighthouse")
        store.judge(Verdict("confirm", "r-two-shared"), None, "ada")
        with closing(sqlite3.connect(store.path)) as file:  # a note on what stays may stay
            file.execute("UPDATE judgements SET note = NULL")
            file.commit()
        store.forget("a-one", "asked for")
        assert store.scrub()
        assert not stands("zirconium")
        assert not stands("www.example.org/one")
        assert not any(packed in path.read_bytes() for path in tmp_path.iterdir())
        assert stands("harbour")
    assert not stands("zirconium")


def test_scrubbing_takes_what_was_deleted_long_ago(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with closing(sqlite3.connect(store.path)) as file:
        file.execute("PRAGMA secure_delete = OFF")
        for turn in ("'an old zirconium note'", "NULL"):
            file.execute(f"INSERT INTO judgements (kind, target_id, word, note, at, is_due) "
                         f"VALUES ('unsure', 'a-x', '{{}}', {turn}, '2024', 0)")  # fmt: skip
        file.execute("DELETE FROM judgements WHERE note IS NOT NULL")
        file.commit()
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"zirconium" in store.path.read_bytes()
    assert store.scrub()
    assert b"zirconium" not in store.path.read_bytes()
    store.close()


def test_scrubbing_says_when_a_reader_holds_the_log(
    settled: Store, address: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for database in (sqlite, postgres):
        monkeypatch.setattr(database, "READERS_WAIT_SECONDS", 0.05)
    settled.forget("a-one", "asked for")
    with open_store(address, read_only=True) as reader, reader.standing_still():
        assert reader.article_ids() == ["a-two"]
        assert not settled.scrub()
    assert settled.scrub()


@pytest.mark.parametrize(
    "spelt", [URL, "http://example.org/one/", "https://www.example.org/one?utm_source=x#top"]
)
def test_its_address_is_refused_in_any_spelling(settled: Store, spelt: str) -> None:
    assert settled.refused(spelt) is None
    settled.forget("a-one", "asked for")
    stone = settled.refused(spelt)
    assert stone is not None
    assert stone.id == "a-one"
    fresh = replace(capture_of("<p>Other bytes.</p>"), url=spelt)
    assert not settled.keep_capture(fresh)
    assert not settled.has_capture(fresh.id)


def test_its_bytes_are_refused_from_anywhere(settled: Store) -> None:
    settled.forget("a-one", "asked for")
    again = replace(capture_of(f"<p>{WORDS}</p>"), id="c-other", url="https://elsewhere.example/")
    assert settled.refused(again.url, again.body) is not None
    assert not settled.keep_capture(again)
    assert settled.refused("https://www.example.org/two", b"other") is None
    assert settled.refused(None) is None


def test_feeds_can_not_bring_it_back(settled: Store) -> None:
    feed = "https://example.org/feed"
    settled.add_source(Source(source_id(feed), feed, "feed"))

    def found(name: str, capture: Capture | None = None) -> Found:
        address = f"https://www.example.org/{name}"
        return Found(Item(name, address, Entry(feed, title=WORDS)), capture)

    state = settled.sources()[0].state
    assert settled.keep_visit(source_id(feed), state, [found("one"), found("three")]) == 2
    settled.forget("a-one", "asked for")
    assert [row.key for row in settled.entries_of(source_id(feed))] == ["three"]
    whole = capture_of(f"<p>{WORDS}</p>")
    named = [found("one"), found("four", whole), found("five")]
    assert settled.keep_visit(source_id(feed), state, named) == 1
    assert [row.key for row in settled.entries_of(source_id(feed))] == ["five", "three"]
    (waiting, *_) = settled.entries_of(source_id(feed))
    settled.take_entry(waiting, replace(whole, url="https://www.example.org/five"))
    assert [row.key for row in settled.entries_of(source_id(feed))] == ["three"]


def test_lifting_lets_it_come_again(settled: Store, versions: dict[str, str]) -> None:
    before = settled.kept("a-one")
    assert before is not None
    settled.forget("a-one", "asked for")
    assert settled.lift("a-one")
    assert not settled.lift("a-one")
    assert settled.tombstones() == []
    assert settled.tombstone("e-alone") is None
    assert settled.kept("a-one") is None
    assert settled.keep_capture(replace(capture_of(f"<p>{WORDS}</p>"), url=URL))
    assert settled.keep(before, versions)


def test_an_event_s_id_that_is_told_again_is_an_event_again(
    settled: Store, versions: dict[str, str], make_event: Callable[..., Event]
) -> None:
    settled.forget("a-one", "asked for")
    third = kept_of("three")
    settled.keep(third, versions, events=[make_event("alone", ["r-three-first"])])
    assert settled.event("e-alone") is not None
    assert settled.tombstone("e-alone") is None
    assert settled.tombstone("a-one") is not None


def test_a_capture_that_became_no_article(store: Store) -> None:
    capture = replace(capture_of(), url=URL)
    store.keep_capture(capture)
    store.set_aside(capture.id, URL, "clean", "empty")
    store.forget(capture.id, "asked for")
    assert (store.waiting(), store.failures()) == ([], [])
    assert (stone := store.refused(URL)) is not None
    assert stone.id == capture.id


def test_what_is_not_there_can_not_be_forgotten(store: Store) -> None:
    with pytest.raises(StoreError, match="a-none: the desk holds no article"):
        store.forget("a-none", "asked for")
    assert store.tombstones() == []


def test_found_at_any_spelling(settled: Store) -> None:
    loose = replace(capture_of("<p>Not read yet.</p>"), url="https://example.org/loose")
    settled.keep_capture(loose)
    assert settled.found_at("http://example.org/one?fbclid=1") == ["a-one"]
    assert settled.found_at("https://example.org/loose") == [loose.id]
    assert settled.found_at("https://example.org/none") == []
    assert settled.found_at("no address") == []


def test_forgetting_is_all_or_nothing(settled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise KeyError("in the middle")

    before = rows_of(settled)
    with monkeypatch.context() as patch:
        patch.setattr(forgetting, "_bury", fail)
        with pytest.raises(KeyError, match="middle"):
            settled.forget("a-one", "asked for")
    assert rows_of(settled) == before
    assert settled.find_articles(Words(("zirconium",))) != []


def rows_of(store: Store) -> dict[str, list[str]]:
    return {t: sorted(map(repr, sql(store, f"SELECT * FROM {t}"))) for t in metadata.tables}


# --- migration -------------------------------------------------------------------------------


@pytest.mark.parametrize("version", MIGRATIONS[:-1])
def test_older_desks_keep_what_they_hold(
    tmp_path: Path, versions: dict[str, str], version: str, make_kept: Callable[..., Kept]
) -> None:
    """A desk of each older version, with an article in it, is brought up to date and can forget."""
    old_tables(tmp_path / "desk.sqlite", version)
    (tmp_path / "new").mkdir()
    with open_store(tmp_path / "new") as store:
        store.keep(make_kept(), versions)
        store.judge(Verdict("confirm", "a-one"), "well told", "ada")
    copy_rows(tmp_path / "new" / "desk.sqlite", tmp_path / "desk.sqlite")
    with open_store(tmp_path) as store:
        assert store.kept("a-one") == make_kept()
        assert store.judgements("a-one")[0].note == "well told"
        assert store.tombstones() == []
        store.forget("a-one", "asked for")
        assert store.article_ids() == []
        assert store.refused(URL) is not None


def copy_rows(new: Path, old: Path) -> None:
    """The rows of a desk of today, into the tables that an older one has."""
    with closing(sqlite3.connect(old)) as file:
        file.execute("ATTACH ? AS today", (str(new),))
        for table in ("articles", "readings", "article_versions", "article_actors", "reports",
                      "judgements"):  # fmt: skip
            known = file.execute(f"SELECT name FROM pragma_table_info('{table}', 'main')")
            quoted = {name: f'"{name}"' for (name,) in known}
            names = ", ".join(quoted.values())
            values = ", ".join((quoted | {"verdict": "'right'"})[name] for name in quoted)
            file.execute(f"INSERT INTO main.{table} ({names}) SELECT {values} FROM today.{table}")
        if file.execute("SELECT 1 FROM main.sqlite_master WHERE name = 'judged'").fetchone():
            file.execute("INSERT INTO main.judged SELECT * FROM today.judged")
        file.execute(
            "INSERT INTO main.article_words (rowid, headline, body) "
            "SELECT rowid, headline, body FROM today.article_words"
        )
        file.commit()
