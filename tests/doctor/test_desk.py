"""Each way in which a desk can be broken is found, under its own name, and what is said to mend it
does. Breaking is done behind the store's back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dragoman.collect.pages import capture_text
from dragoman.config import CommentSettings, Config
from dragoman.doctor import desk as desk_module
from dragoman.doctor.desk import desk
from dragoman.doctor.finding import Finding
from dragoman.doctor.mending import mend
from dragoman.model import Source, SourceState
from dragoman.store import Store, open_store
from tests.publish.desk import FERRIES, PAGES, settle, tell_story

Break = Callable[[str], None]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a desk with which nothing is wrong."""
    home = tmp_path_factory.mktemp("sound")
    with open_store(home) as store:
        settle(store, PAGES)
        tell_story(store, "s-ferries", FERRIES, "2024-03-18")
        store.shrink_log()
    return (home / "desk.sqlite").read_bytes()


@pytest.fixture
def home(sound: bytes, tmp_path: Path) -> Path:
    (tmp_path / "desk.sqlite").write_bytes(sound)
    return tmp_path


@pytest.fixture
def behind(home: Path) -> Break:
    """SQL that the store does not hear of."""

    def run(script: str) -> None:
        with closing(sqlite3.connect(home / "desk.sqlite", isolation_level=None)) as file:
            file.executescript(f"PRAGMA foreign_keys = OFF; {script}")

    return run


def found(home: Path, config: Config | None = None, *, full: bool = False) -> list[Finding]:
    with open_store(home, read_only=True) as store:
        return list(
            desk(store, config or Config(), datetime.now(UTC), lambda words: words, full=full)
        )


def names(home: Path, config: Config | None = None, *, full: bool = False) -> list[str]:
    return [one.name for one in found(home, config, full=full)]


def mended(home: Path) -> list[str]:
    with open_store(home) as store:
        mend(store)
    return names(home, full=True)


def test_nothing_is_wrong_with_a_sound_desk(home: Path) -> None:
    assert found(home, full=True) == []


BROKEN = {
    "references": "DELETE FROM events WHERE id = 'e-met'; DELETE FROM articles WHERE id = 'a-wire'",
    "orphans": "INSERT INTO stories VALUES ('s-gone', '2024-01-01', '2024-01-02', 1)",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_leads_nowhere_is_found_and_mended(home: Path, behind: Break, name: str) -> None:
    behind(BROKEN[name])
    assert name in names(home)
    assert mended(home) == []


def test_what_lost_its_article_is_read_again(home: Path, behind: Break) -> None:
    capture = capture_text("A ferry is back.", "one")
    with open_store(home) as store:
        store.keep_capture(capture)
    behind(f"UPDATE captures SET article_id = 'a-wire' WHERE id = '{capture.id}'")
    behind(BROKEN["references"])
    assert mended(home) == ["waiting"]
    with open_store(home) as store:
        assert store.waiting() == [capture.id]


def test_nothing_is_mended_by_taking_again_what_was_forgotten(home: Path, behind: Break) -> None:
    behind("INSERT INTO refusals VALUES ('0123', 'a-gone')")
    (one,) = found(home)
    assert (one.name, "dragoman restore" in one.mend) == ("references", True)
    assert mended(home) == ["references"]
    with closing(sqlite3.connect(home / "desk.sqlite")) as file:
        assert file.execute("SELECT digest FROM refusals").fetchall() == [("0123",)]


def test_an_event_that_nobody_tells_is_withdrawn_and_not_removed(home: Path, behind: Break) -> None:
    behind("DELETE FROM event_reports WHERE event_id = 'e-met'")
    (one,) = found(home)
    assert (one.name, "1 in events without reports" in one.what) == ("orphans", True)
    assert mended(home) == []
    with open_store(home, read_only=True) as store:
        assert store.event("e-met") is not None


@pytest.mark.parametrize(
    "script",
    [
        "DELETE FROM article_words WHERE rowid = (SELECT newest FROM articles WHERE id = 'a-wire')",
        "DELETE FROM event_words",
        "INSERT INTO article_words (rowid, headline, body) VALUES (7, 'ferri', 'ferri')",
    ],
)
def test_a_word_index_out_of_step(home: Path, behind: Break, script: str) -> None:
    behind(script)
    assert names(home) == ["word-index"]
    assert mended(home) == []


def test_what_was_mended_in_the_word_index_is_found_again(home: Path, behind: Break) -> None:
    def words() -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(home / "desk.sqlite")) as file:
            query = "SELECT rowid, headline, body FROM article_words ORDER BY rowid"
            events = "SELECT rowid, names, told FROM event_words ORDER BY rowid"
            return [*file.execute(query), *file.execute(events)]

    before = words()
    behind("DELETE FROM article_words; DELETE FROM event_words")
    assert mended(home) == []
    assert words() == before


def test_an_index_that_lacks_rows_is_made_anew(home: Path, behind: Break) -> None:
    with closing(sqlite3.connect(home / "desk.sqlite")) as file:
        query = "SELECT name, rootpage, sql FROM sqlite_master WHERE name = 'ix_articles_language'"
        ((name, page, sql),) = file.execute(query)
    behind(f"PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE name = '{name}'")
    behind("UPDATE articles SET language = 'de' WHERE id = 'a-wire'")
    behind(
        "PRAGMA writable_schema = ON; INSERT INTO sqlite_master "
        f"VALUES ('index', '{name}', 'articles', {page}, '{sql}')"
    )
    (one,) = found(home, full=True)
    assert (one.name, one.mend) == ("integrity", "dragoman doctor --mend")
    assert mended(home) == []


def test_a_damaged_file_is_for_a_backup(home: Path) -> None:
    with closing(sqlite3.connect(home / "desk.sqlite")) as file:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_reports_article'"
        ((page,),) = file.execute(query)
        ((size,),) = file.execute("PRAGMA page_size")
    with (home / "desk.sqlite").open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xff" * size)
    (one,) = found(home)
    assert (one.name, one.weight) == ("integrity", "wrong")
    assert "backup" in one.mend


def test_a_log_that_grew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "LARGEST_LOG", 10_000)
    with open_store(home) as reading, open_store(home) as store, reading.standing_still():
        reading.article_ids()  # it stands in the way of beginning the log anew
        for number in range(9):
            store.keep_capture(capture_text(f"{number} ferries", f"{number}"))
            store.set_aside("", f"{number}", "collect", f"{number}: gone")
        one = next(one for one in found(home) if one.name == "log")
    assert one.mend == "dragoman doctor --mend"
    assert "log" not in mended(home)


def test_a_clock_that_went_back(home: Path, behind: Break) -> None:
    ahead = (datetime.now(UTC) + timedelta(hours=1)).isoformat(timespec="seconds")
    behind(f"UPDATE articles SET first_kept = '{ahead}' WHERE id = 'a-wire'")
    assert names(home) == ["clock"]


def test_what_waits_and_what_was_set_aside_are_only_to_be_known(home: Path) -> None:
    with open_store(home) as store:
        store.keep_capture(capture_text("A ferry.", "one"))
        for number in range(3):
            store.set_aside("", f"{number}", "collect", f"{number}: the page is gone")
    waiting, aside = found(home)
    assert (waiting.name, waiting.weight, waiting.mend) == ("waiting", "mind", "dragoman build")
    assert (aside.name, aside.weight) == ("aside", "mind")
    assert aside.what == "set aside: 3 (3 × collect: the page is gone)"


@pytest.fixture
def source() -> Source:
    return Source(
        id="f-1", address="https://pier.example/feed.xml", kind="feed", added="2024-01-01"
    )


def test_sources_that_fail(home: Path, source: Source) -> None:
    with open_store(home) as store:
        store.add_source(source)
        (kept,) = store.sources()
        store.keep_visit(kept.id, replace(kept.state, error="the host is unknown"))
    assert names(home) == ["sources-failing"]
    with open_store(home) as store:
        store.keep_visit(kept.id, SourceState())
    assert names(home) == []


def test_sources_that_are_silent(
    home: Path, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a source is silent is told in `store.health`, and tested there."""
    monkeypatch.setattr(Store, "silent_sources", lambda *_: frozenset({source.id}))
    (one,) = found(home)
    assert (one.name, one.weight, one.mend) == ("sources-silent", "mind", "dragoman sources check")


def test_an_alert_that_did_not_go_out(home: Path, behind: Break) -> None:
    with open_store(home) as store:
        member = store.add_member("Rosa", "reader", "a bridge over the strait").id
        search = store.save_search(member, "Boats", "")
        number = store.add_alert(member, search.id, "feed", None, 1, language="en")
    behind(
        "INSERT INTO messages (alert_id, made_at, told, tries, next_try) "
        f"VALUES ({number}, '2024-03-18T00:00:00+00:00', '{{}}', 0, '2024-03-18T00:00:00+00:00')"
    )
    (one,) = found(home)
    assert (one.name, one.mend) == ("alerts", "dragoman alerts run")


def test_comments_without_anybody_who_decides(home: Path) -> None:
    address = "https://desk.example.org"
    config = Config(comments=CommentSettings(on=True), address=address)
    assert names(home, config) == ["comments"]
    with open_store(home) as store:
        store.add_member("Rosa", "reader", "a bridge over the strait")
    assert names(home, config) == ["comments"]
    with open_store(home) as store:
        store.add_member("Ada", "moderator", "a ferry under the bridge")
    assert names(home, config) == []
    (one,) = found(home, Config(comments=CommentSettings(on=True)))
    assert (one.name, one.weight) == ("address", "mind")
