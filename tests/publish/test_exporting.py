"""Exports: whole files or none, what they say of themselves, and the same over the site."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import pandas
import pytest

from dragoman.config import Config
from dragoman.errors import DragomanError, MissingPart, StoreError
from dragoman.knowledge import Knowledge
from dragoman.model import Dated
from dragoman.publish import exporting
from dragoman.publish.dictionary import dictionary_json, dictionary_markdown
from dragoman.publish.exporting import described, export, format_named, format_of, whole_file
from dragoman.publish.formats import formats
from dragoman.publish.formats.article_columns import COLUMNS
from dragoman.publish.formats.columns import cell, unguarded
from dragoman.publish.gathering import articles, events
from dragoman.publish.piped import BLOCK, WAITING, blocks
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site import downloads
from dragoman.publish.site.app import site
from dragoman.store import Store, open_store
from tests.publish import documents
from tests.publish.conftest import Client
from tests.publish.desk import REWRITE, TODAY, WIRE
from tests.publish.items import ALL, many


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        yield opened


@pytest.fixture
def room(store: Store, knowledge: Knowledge) -> ReadingRoom:
    return ReadingRoom(store, knowledge, Config(today=TODAY, address="https://desk.example/"))


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


# --- what is exported --------------------------------------------------------------------------


def test_events_of_a_desk(room: ReadingRoom) -> None:
    out = io.BytesIO()
    made = export(room, "", format_named("csv"), out)
    rows = rows_of(out.getvalue())
    assert made.rows == len(rows) == len(list(room.store.each_event()))
    assert made.left_out == 0
    met = next(row for row in rows if row["id"] == "e-met")
    assert met["address"] == "https://desk.example/event/e-met"
    assert (met["source"], met["source_country"], met["target_country"]) == ("nato", "", "AZE")
    assert (met["reports"], met["outlets"]) == ("3", "3")
    assert met["evidence"] in {WIRE.told[0].sentence, REWRITE.told[0].sentence}
    assert met["coder_version"] == "7"


def test_what_has_no_place_in_a_form_is_counted(room: ReadingRoom) -> None:
    out = io.BytesIO()
    made = export(room, "", format_named("gdelt"), out)
    assert made.rows == out.getvalue().count(b"\n")
    assert made.left_out == 1
    assert made.rows + made.left_out == len(list(room.store.each_event()))


@pytest.mark.parametrize("name", ["geojson", "gexf"])
def test_a_file_that_tells_what_is_left_out_tells_what_is_counted(
    name: str, room: ReadingRoom
) -> None:
    given = (*documents.ALL, *documents.ALL)
    out = io.BytesIO()
    made = export(room, "", format_named(name), out, items=given)
    assert made.left_out == {"geojson": 6, "gexf": 12}[name]
    assert re.findall(rb"left.out\"?: (\d+)", out.getvalue()) == [str(made.left_out).encode()]


def test_articles_of_a_desk(room: ReadingRoom) -> None:
    out = io.BytesIO()
    assert export(room, "", format_named("articles"), out).rows == 4
    ids = [json.loads(line)["id"] for line in out.getvalue().splitlines()]
    assert ids == list(room.store.each_article())
    assert set(ids) == set(room.store.article_ids())


def test_articles_as_a_table_by_pandas(room: ReadingRoom) -> None:
    out = io.BytesIO()
    made = export(room, "", format_named("articles-csv"), out)
    found = pandas.read_csv(io.BytesIO(out.getvalue()), dtype=str, keep_default_na=False)
    expected = [
        {one.name: cell(one.value(item), one.type) for one in COLUMNS} for item in articles(room)
    ]
    read = [
        {name: unguarded(value) for name, value in row.items()} for row in found.to_dict("records")
    ]
    assert made.rows == len(read) == 4
    assert read == expected
    assert (read[0]["agency"], read[0]["authors"]) == ("Coast News Agency", "Coast desk")


def test_a_day_that_the_text_only_bounds_is_no_day_of_printing(
    room: ReadingRoom, store: Store
) -> None:
    item = next(one for one in articles(room) if one.kept.reports)
    bounds = Dated("2024-03-01", None, "range", "bounds: not before 2024-03-01")
    kept = replace(item.kept, article=replace(item.kept.article, published=bounds))
    store.keep(kept, {"clean": "2"})
    identity = kept.article.id
    (day,) = (one.value for one in COLUMNS if one.name == "published")
    assert [day(one) for one in articles(room) if one.kept.article.id == identity] == [None]
    rows = store.reports_of_article(identity)
    rows += [
        row for one in events(room) for row in one.reports if row.report.article_id == identity
    ]
    assert len(rows) > len(kept.reports)
    assert (
        {row.published for row in rows} == {row.day for row in store.listed([identity])} == {None}
    )


def test_a_note_for_each_item(room: ReadingRoom) -> None:
    notes: list[int] = []
    export(room, "", format_named("acled"), io.BytesIO(), items=ALL, note=lambda: notes.append(1))
    assert len(notes) == len(ALL)


# --- formats by name ---------------------------------------------------------------------------


def test_an_unknown_format_lists_all() -> None:
    with pytest.raises(DragomanError, match="no format 'xlsx'") as fault:
        format_named("xlsx")
    assert [one for one in formats() if f"\n  {one}: " not in str(fault.value)] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.csv", "csv"),
        ("a.reports.csv", "reports-csv"),
        ("20150218230000.export.CSV", "gdelt"),
        ("a.mentions.CSV.gz", "gdelt-mentions"),
        ("a.JSONL", "jsonl"),
        ("a.articles.jsonl.gz", "articles"),
        ("a.parquet", "parquet"),
        ("a.xlsx", None),
        ("csv", None),
    ],
)
def test_formats_by_suffix(name: str, expected: str | None) -> None:
    found = format_of(Path(name))
    assert (found.name if found else None) == expected


def test_a_missing_part_names_its_fix(room: ReadingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    out = io.BytesIO()
    with pytest.raises(MissingPart, match=r'pip install "dragoman\[data\]"'):
        export(room, "", format_named("parquet"), out)
    assert out.getvalue() == b""


def test_the_dictionary_has_every_column() -> None:
    told = dictionary_json(formats().values())
    assert [one["format"] for one in told] == list(formats())
    page = dictionary_markdown(formats().values())
    for one in formats().values():
        assert f"### {one.name}\n" in page
        assert [f.name for f in one.fields if f"| `{f.name}` | {f.type} | " not in page] == []


# --- files -------------------------------------------------------------------------------------


def test_a_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(TypeError), whole_file(path) as file:
        file.writelines([b"half", None])  # type: ignore[list-item]
    assert path.read_text() == "old"
    with whole_file(path) as file:
        file.write(b"new")
    assert path.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


def test_a_compressed_file_is_the_same_each_time(tmp_path: Path) -> None:
    made = []
    for name in ("a.csv.gz", "b.csv.gz"):
        with whole_file(tmp_path / name) as file:
            file.write(b"words\n" * 9)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    assert gzip.decompress(made[0]) == b"words\n" * 9


def test_a_fault_of_the_file_names_it(tmp_path: Path) -> None:
    path = tmp_path / "none" / "out.csv"
    with pytest.raises(FileNotFoundError) as fault, whole_file(path):
        pass
    assert fault.value.filename == str(path)


def test_what_a_file_says_of_itself(room: ReadingRoom, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    with whole_file(path) as file:
        made = export(room, "", format_named("csv"), file)
    said = json.loads(json.dumps(described(made, path)))
    assert (said["rows"], said["left_out"], said["bytes"]) == (6, 0, path.stat().st_size)
    assert (said["file"], said["format"], said["base"]) == (
        "events.csv", "csv", "https://desk.example",
    )  # fmt: skip
    assert set(said["versions"]) == {
        "clean", "read", "link", "record", "codebook", "lexicon", "atlas", "outlets",
    }  # fmt: skip
    assert said["made_at"] == f"{TODAY}T23:59:59+00:00"
    assert said["audits"] == []
    assert len(said["sha256"]) == 64


# --- blocks while they are written -------------------------------------------------------------


def test_blocks_are_all_that_was_written() -> None:
    def write(out: BinaryIO) -> None:
        for at in range(100_000):
            out.write(b"%06d\n" % at)

    found = list(blocks(write))
    assert b"".join(found) == b"".join(b"%06d\n" % at for at in range(100_000))
    assert len(found) > 5


def test_a_writer_is_never_far_ahead() -> None:
    written = 0

    def write(out: BinaryIO) -> None:
        nonlocal written
        for _ in range(200):
            out.write(bytes(BLOCK))
            written += 1

    for at, _ in enumerate(blocks(write), 1):
        assert written <= at + WAITING + 2
    assert written == 200


def test_who_stops_reading_stops_the_writer() -> None:
    is_over: list[str] = []

    def write(out: BinaryIO) -> None:
        try:
            while True:
                out.write(bytes(BLOCK))
        finally:
            is_over.append("stopped")

    reading = blocks(write)
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    assert is_over == ["stopped"]


def test_a_fault_of_the_writer_reaches_the_reader() -> None:
    def write(out: BinaryIO) -> None:
        out.write(bytes(BLOCK))
        out.write(b"half")
        raise StoreError("gone")

    reading = blocks(write)
    assert next(reading) == bytes(BLOCK)
    with pytest.raises(StoreError, match="gone"):
        next(reading)


# --- over the site -----------------------------------------------------------------------------


@pytest.mark.parametrize("one", formats().values(), ids=lambda one: one.name)
def test_the_site_gives_what_the_command_writes(
    client: Client, store: Store, knowledge: Knowledge, one: Any
) -> None:
    answer = client.get(f"/export/{one.name}")
    out = io.BytesIO()
    export(ReadingRoom(store, knowledge, Config(today=TODAY)), "", one, out)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == one.media_type
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="dragoman-{TODAY}{one.suffix}"'
    )
    assert answer.content == out.getvalue()
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/pair/ARM/AZE.csv", f"dragoman-pair-ARM-AZE-{TODAY}.csv"),
        ("/pair/ARM/AZE.feed.json?order=newest", f"dragoman-pair-ARM-AZE-{TODAY}.feed.json"),
        ("/event/e-met.jsonl", f"dragoman-event-e-met-{TODAY}.jsonl"),
        ("/explore.csv?q=lighthouse", f"dragoman-explore-{TODAY}.csv"),
    ],
)
def test_a_file_is_called_after_its_page(client: Client, address: str, name: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'


def test_head_gives_the_headers_alone(client: Client) -> None:
    answer = client.head("/export/csv?q=")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"].startswith("text/csv")
    assert client.head("/export/none").status_code == 404


def test_an_unknown_format_is_not_found(client: Client) -> None:
    answer = client.get("/export/xlsx", accept="application/json")
    assert answer.status_code == 404
    assert "reports-csv: " in answer.json()["error"]


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (DragomanError("colour: is no field"), 400),
        (MissingPart("pyarrow is not installed"), 501),
        (StoreError("locked"), 503),
    ],
)
def test_faults_before_the_first_row_are_told(
    client: Client, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int
) -> None:
    def failing(_: object) -> object:
        raise fault

    monkeypatch.setattr(downloads, "found", lambda *_, **__: map(failing, [None]))
    answer = client.get("/export/csv?q=colour:red", accept="application/json")
    assert answer.status_code == status
    if status != 503:
        assert answer.json()["error"] == str(fault)


def test_the_query_is_passed_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, bool]] = []
    real: Callable[..., Iterator[Any]] = exporting.found

    def noting(room: Any, query: str, one: Any, *, with_retracted: bool) -> Iterator[Any]:
        asked.append((query, with_retracted))
        return real(room, query, one, with_retracted=with_retracted)

    monkeypatch.setattr(downloads, "found", noting)
    client.get("/export/csv?q=from%3AFRA%20to%3AAZE&retracted=1")
    assert asked == [("from:FRA to:AZE", True)]


def test_a_public_site_exports_what_it_shows(home: Path, knowledge: Knowledge) -> None:
    public = Client(lambda: site(home, Config(today=TODAY), knowledge, public=True))
    told = public.get("/export/articles").text
    assert "A short week on the coast." in told
    assert "Read also: boats of the world" not in told
    assert "The boats will sail" not in told


def test_a_long_export_is_sent_as_it_is_made(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "found", lambda *_, **__: iter(many(3_000)))
    assert len(client.get("/export/jsonl").text.splitlines()) == 3_000
