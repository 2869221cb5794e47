"""Snapshots: what is in them, that nothing in them changes, and that damage is named."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from dragoman.checking.sampling import draw
from dragoman.config import Config
from dragoman.errors import DragomanError
from dragoman.knowledge import Knowledge
from dragoman.model import Verdict
from dragoman.model.audit import Audit, Ruling
from dragoman.publish.exporting import export, format_named
from dragoman.publish.gathering import EventItem, events
from dragoman.publish.room import ReadingRoom
from dragoman.publish.snapshots import snapshot
from dragoman.publish.snapshots.rows import TABLES, Table
from dragoman.publish.snapshots.snapshot import Snapshot, faults, freeze, named, opened, whole
from dragoman.store import open_store
from dragoman.store.rows import Gone
from tests.publish.desk import COPY, MEETING, PAGES, TODAY, WIRE, settle

DATA = [table.file for table in TABLES]


@pytest.fixture
def room(home: Path, knowledge: Knowledge) -> Iterator[ReadingRoom]:
    with open_store(home) as store:
        store.judge(Verdict("confirm", "e-met"), "I was there", "ada")
        store.keep(replace(COPY, told=()).kept(), {"record": "7"})  # its report is withdrawn
        store.forget("a-hostile", "asked for", "ada")
        yield ReadingRoom(store, knowledge, Config(title="Our desk", today=TODAY))


@pytest.fixture
def frozen(room: ReadingRoom, tmp_path: Path) -> Snapshot:
    return freeze(room, tmp_path / "snapshots", "first")


def bytes_of(made: Snapshot) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in made.folder.iterdir()}


# --- what is in it -----------------------------------------------------------------------------


def test_audits_that_speak_of_it_stand_in_the_manifest(
    room: ReadingRoom, frozen: Snapshot, tmp_path: Path
) -> None:
    assert frozen.manifest.audits == ()
    rows = [row for item in events(room) for row in item.reports]
    for name, query in (("all", ""), ("visits", "category:CONSULT")):
        strata, items = draw(iter(rows), ["lang"], 50, 1, room.knowledge.outlets)
        room.store.keep_audit(Audit(name, query, ("lang",), 1, room.now, strata), items)
        room.store.rule(name, [Ruling(items[0].report_id, "Ada", "right")])
    told = freeze(room, tmp_path / "snapshots", "second").manifest
    ((audit, read),) = [(one.name, one.read) for one in told.audits]
    assert (audit, read) == ("all", 1)
    assert told.digest == frozen.manifest.digest
    asked = freeze(room, tmp_path / "snapshots", "third", "category:CONSULT")
    assert [one.name for one in asked.manifest.audits] == ["all", "visits"]
    assert opened(asked.folder) == asked
    written = json.loads((asked.folder / "manifest.json").read_text("utf-8"))
    exported = export(room, "category:CONSULT", format_named("csv"), io.BytesIO()).as_json()
    assert written["audits"] == json.loads(json.dumps(exported["audits"]))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_key_is_in_the_dictionary(frozen: Snapshot, table: Table) -> None:
    rows = list(frozen.rows(table.name))
    assert rows
    told = [field.name for field in table.fields]
    assert all(list(row) == told for row in rows)
    assert frozen.manifest.rows(table.name) == len(rows)
    readme = (frozen.folder / "README.txt").read_text("utf-8")
    assert all(f"\n  {field.name} ({field.type}): " in readme for field in table.fields)


def test_it_holds_what_stands_and_says_what_does_not(frozen: Snapshot, room: ReadingRoom) -> None:
    items = list(events(room))
    assert [row["id"] for row in frozen.rows("events")] == sorted(i.event.id for i in items)
    told = sorted(row.report.id for item in items for row in item.reports)
    assert [row["id"] for row in frozen.rows("reports")] == told
    assert [row["id"] for row in frozen.rows("articles")] == ["a-copy", "a-rewrite", "a-wire"]
    (met,) = [row for row in frozen.rows("events") if row["id"] == "e-met"]
    assert met["sentence"] == MEETING
    gone = {row["id"]: (row["what"], row["into"]) for row in frozen.rows("tombstones")}
    assert gone["a-hostile"] == ("forgotten", "a-hostile")
    assert ("withdrawn", "e-met") in gone.values()
    assert not set(told) & set(gone)


def test_it_holds_no_text_but_the_sentences_of_events(room: ReadingRoom, frozen: Snapshot) -> None:
    said = {row["evidence"]["text"] for row in frozen.rows("reports")}  # type: ignore[index]
    whole_files = "".join(
        gzip.decompress(data).decode() if name.endswith(".gz") else data.decode()
        for name, data in bytes_of(frozen).items()
    )
    assert MEETING in whole_files
    for label, line in WIRE.lines:
        if label != "headline" and not any(sentence in line for sentence in said):
            assert line not in whole_files


def test_a_public_one_keeps_names_and_reasons_back(room: ReadingRoom, tmp_path: Path) -> None:
    made = freeze(replace(room, public=True), tmp_path / "snapshots", "first")
    assert made.manifest.public
    (judgement,) = made.rows("judgements")
    assert (judgement["kind"], judgement["note"], judgement["by"]) == ("confirm", None, None)
    assert {row["reason"] for row in made.rows("tombstones")} == {None}
    assert b"ada" not in b"".join(
        gzip.decompress(data) for name, data in bytes_of(made).items() if name.endswith(".gz")
    )


def test_with_a_query_it_holds_the_articles_that_tell_its_events(
    room: ReadingRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def few(room: ReadingRoom, query: str) -> Iterator[EventItem]:
        assert query == "ferry"
        return islice(events(room), 1)

    monkeypatch.setattr(snapshot, "events", few)
    made = freeze(room, tmp_path / "snapshots", "some", "ferry")
    (event,) = made.rows("events")
    reports = list(made.rows("reports"))
    assert [row["id"] for row in reports] == sorted(event["report_ids"])  # type: ignore[call-overload]
    telling = {row["article"]["id"] for row in reports}  # type: ignore[index]
    assert [row["id"] for row in made.rows("articles")] == sorted(telling)
    assert made.manifest.query == "ferry"
    assert "Query: ferry." in (made.folder / "CITATION.txt").read_text("utf-8")


def test_it_tells_the_versions(frozen: Snapshot, room: ReadingRoom) -> None:
    said = frozen.manifest
    assert said.versions["lexicon"] == room.knowledge.lexicon_version
    assert said.made_by["coder_version"] == {"7": said.rows("reports")}
    assert said.made_by["lexicon_version"] == {"unknown": said.rows("reports")}


def test_it_can_be_cited(frozen: Snapshot) -> None:
    text = (frozen.folder / "CITATION.txt").read_text("utf-8")
    for part in ("Our desk", f"({TODAY})", "“first”", frozen.manifest.digest):
        assert part in text
    cff = (frozen.folder / "CITATION.cff").read_text("utf-8").splitlines()
    assert cff[:2] == ["cff-version: 1.2.0", "type: dataset"]
    assert f'date-released: "{TODAY}"' in cff
    assert f'    value: "sha256:{frozen.manifest.digest}"' in cff


# --- it is the same and stays so -----------------------------------------------------------------


def test_frozen_twice_the_data_are_the_same_bytes(
    room: ReadingRoom, frozen: Snapshot, tmp_path: Path
) -> None:
    again = freeze(room, tmp_path / "elsewhere", "first")
    one, other = bytes_of(frozen), bytes_of(again)
    assert [name for name in one if one[name] != other[name]] == []
    no_time = bytes(4)
    assert {one[name][4:8] for name in DATA} == {no_time}
    later = replace(room, config=Config(title="Our desk", today="2024-05-01"))
    third = bytes_of(freeze(later, tmp_path / "later", "first"))
    assert {name for name in one if one[name] != third[name]} == {
        "manifest.json", "CITATION.txt", "CITATION.cff",
    }  # fmt: skip


def test_what_comes_while_it_is_written_is_not_in_it(room: ReadingRoom, tmp_path: Path) -> None:
    def add() -> None:
        settle(room.store, [replace(WIRE, name="late")])

    made = freeze(room, tmp_path / "snapshots", "first", advance=add)
    assert room.store.article("a-late") is not None
    assert "a-late" not in [row["id"] for row in made.rows("articles")]
    assert not [r for r in made.rows("reports") if r["article"]["id"] == "a-late"]  # type: ignore[index]


def test_its_files_are_read_only(frozen: Snapshot) -> None:
    assert {path.stat().st_mode & 0o222 for path in frozen.folder.iterdir()} == {0}


@pytest.mark.parametrize("name", ["", "..", ".hidden", "a/b", "é", "now", "a" * 101, "a b", "-x"])
def test_bad_names(room: ReadingRoom, tmp_path: Path, name: str) -> None:
    with pytest.raises(DragomanError, match="no name for a snapshot"):
        freeze(room, tmp_path / "snapshots", name)
    assert named(tmp_path / "snapshots") == []


def test_no_snapshot_is_written_over(room: ReadingRoom, frozen: Snapshot, tmp_path: Path) -> None:
    before = bytes_of(frozen)
    room.store.judge(Verdict("reject", "e-met"), None, "ada")
    with pytest.raises(DragomanError, match="first: there is such a snapshot"):
        freeze(room, tmp_path / "snapshots", "first")
    assert bytes_of(frozen) == before


def test_one_that_fails_leaves_nothing(
    room: ReadingRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: object) -> Iterator[Gone]:
        raise DragomanError("not today")

    monkeypatch.setattr(type(room.store), "gone", fail)
    with pytest.raises(DragomanError, match="not today"):
        freeze(room, tmp_path / "snapshots", "first")
    assert list((tmp_path / "snapshots").iterdir()) == []


# --- damage --------------------------------------------------------------------------------------


def test_whole_ones_have_no_faults(frozen: Snapshot) -> None:
    assert faults(opened(frozen.folder)) == []
    assert whole(opened(frozen.folder)).manifest == frozen.manifest


def _append(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"\n")


def _digest(path: Path) -> None:
    """Another row count and digest in the manifest, so that it fits a changed file."""
    said = json.loads(path.read_text("utf-8"))
    said["files"][0]["content_sha256"] = "0" * 64
    path.chmod(0o644)
    path.write_text(json.dumps(said), "utf-8")


@pytest.mark.parametrize(
    ("name", "damage", "said"),
    [
        ("events.jsonl.gz", _append, "events.jsonl.gz: it was changed"),
        ("CITATION.txt", _append, "CITATION.txt: it was changed"),
        ("reports.jsonl.gz", Path.unlink, "reports.jsonl.gz: it is missing"),
        ("stray.txt", Path.touch, "stray.txt: it does not belong to it"),
        ("manifest.json", _digest, "manifest.json: it was changed"),
    ],
)
def test_damage_is_named(
    frozen: Snapshot, name: str, damage: Callable[[Path], None], said: str
) -> None:
    damage(frozen.folder / name)
    (fault,) = faults(opened(frozen.folder))
    assert fault.startswith(said)
    with pytest.raises(DragomanError, match="the snapshot is damaged: "):
        whole(opened(frozen.folder))


def test_one_of_a_newer_program(frozen: Snapshot) -> None:
    path = frozen.folder / "manifest.json"
    said = json.loads(path.read_text("utf-8"))
    path.chmod(0o644)
    path.write_text(json.dumps(said | {"format": said["format"] + 1}), "utf-8")
    with pytest.raises(DragomanError, match="a newer Dragoman wrote it"):
        opened(frozen.folder)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"name": "x"}'])
def test_a_damaged_manifest(frozen: Snapshot, text: str) -> None:
    path = frozen.folder / "manifest.json"
    path.chmod(0o644)
    path.write_text(text, "utf-8")
    with pytest.raises(DragomanError, match=r"manifest\.json: the manifest is damaged"):
        opened(frozen.folder)
    path.unlink()
    with pytest.raises(DragomanError, match="this is no snapshot"):
        opened(frozen.folder)


@pytest.mark.parametrize(
    "data",
    [
        b"no gzip at all",
        gzip.compress(b'{"id": "e-1"}\n', mtime=0)[:-9],
        gzip.compress(b'{"id": "e-1"\n', mtime=0),
        gzip.compress(b"[1]\n", mtime=0),
        gzip.compress(b'{"no": "id"}\n', mtime=0),
        gzip.compress(b'{"id": "e-2"}\n{"id": "e-1"}\n', mtime=0),
        gzip.compress(b'{"id": "e-1"}\n{"id": "e-1"}\n', mtime=0),
        gzip.compress(b"\xff\n", mtime=0),
    ],
)
def test_rows_that_cannot_be_read(frozen: Snapshot, data: bytes) -> None:
    path = frozen.folder / "events.jsonl.gz"
    path.chmod(0o644)
    path.write_bytes(data)
    with pytest.raises(DragomanError, match=r"events\.jsonl\.gz: .*damaged"):
        list(frozen.rows("events"))


def test_all_pages_are_used() -> None:
    """The desk of these tests has an article that is a copy, and one in another language."""
    assert {page.language for page in PAGES} == {"en", "fr"}
    assert COPY in PAGES
