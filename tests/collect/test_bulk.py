"""Archives in bulk: which files are meant, stretches that make up the whole, and our own tables."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.collect.archives import captures_in
from dragoman.collect.bulk import captures, files_of, size_of, stretches
from dragoman.errors import DragomanError, MissingPart, SourceError, Unreadable
from dragoman.model import Capture
from tests.collect.test_archives import RECORDS
from tests.collect.warcs import PAGE, answer, packed, record
from tests.zipping import zipped

MANY = [record(f"https://lake.example/{n}", answer(f"Boat {n}.".encode())) for n in range(7)]
BODIES = {
    "plain": b"".join(MANY),
    "packed": packed(*MANY),
    "in one piece": zipped(b"".join(MANY)),
    "mixed": packed(MANY[0] + MANY[1], *MANY[2:5], MANY[5] + MANY[6]),
    "odd": packed(*RECORDS),
    "cut": packed(*MANY)[:-9],
    "empty": b"",
}


def parts(name: str, every: int) -> list[Capture | DragomanError]:
    return [one for part in stretches(name, every) for one in captures(name, part)]


def said(found: list[Capture | DragomanError]) -> list[object]:
    return [one if isinstance(one, Capture) else str(one) for one in found]


@pytest.mark.parametrize("every", [1, 2, 3, 100])
@pytest.mark.parametrize("body", BODIES)
def test_stretches_make_up_the_whole(body: str, every: int, tmp_path: Path) -> None:
    path = tmp_path / "boats.warc.gz"
    path.write_bytes(BODIES[body])
    assert said(parts(str(path), every)) == said(list(captures_in(path)))


def test_a_stretch_begins_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "boats.warc.gz"
    path.write_bytes(packed(*MANY))
    found = stretches(str(path), 3)
    assert [one.records for one in found] == [3, 3, None]
    assert [one.skip for one in found] == [0, 0, 0]
    assert found[1].offset == len(packed(*MANY[:3]))


def test_folders_patterns_and_files(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    for name in ("b.warc", "a.warc.gz", "below/c.parquet", "notes.txt", ".hidden.warc"):
        (tmp_path / name).write_bytes(b"")
    a, b, c = (str(tmp_path / one) for one in ("a.warc.gz", "b.warc", "below/c.parquet"))
    assert files_of([str(tmp_path)]) == [a, b, c]
    assert files_of([b, str(tmp_path / "*.warc*"), f"{tmp_path}/**/*.parquet"]) == [b, a, c]
    for wrong, reason in (
        (str(tmp_path / "none.warc"), "no such file"),
        (str(tmp_path / "notes.txt"), "no file here ends in"),
        ("", "empty name"),
        ("https://example.org/a.warc.gz", "download it"),
        ("odd://a.warc", "no file system is known by odd://"),
        ("memory://none.warc", "no such file"),
    ):
        with pytest.raises(Unreadable, match=reason):
            files_of([wrong])


def test_a_name_that_is_no_text_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"nam\xe9.warc")
    path.write_bytes(b"")
    with pytest.raises(Unreadable, match=r"nam\\udce9\.warc: its name is no text in UTF-8; rename"):
        files_of([str(tmp_path)])


def test_addresses_are_read_as_files_are(tmp_path: Path) -> None:
    path = tmp_path / "boats.warc.gz"
    path.write_bytes(packed(*MANY))
    with fsspec.open("memory://pier/boats.warc.gz", "wb") as file:
        file.write(packed(*MANY))
    expected = [one.body for one in captures_in(path) if isinstance(one, Capture)]
    for address in ("memory://pier", "memory://pier/*.warc.gz", path.as_uri()):
        (name,) = files_of([address])
        assert size_of(name) == path.stat().st_size
        found = parts(name, 3)
        assert [one.body for one in found if isinstance(one, Capture)] == expected
        assert {one.entry.source for one in found if isinstance(one, Capture) and one.entry} == {
            name
        }


def test_a_file_system_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(_address: str) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec.core, "url_to_fs", lacking)
    with pytest.raises(MissingPart, match="Install s3fs"):
        files_of(["s3://bucket/a.warc.gz"])


def table(path: Path, **columns: list[object]) -> str:
    pq.write_table(pa.table(columns), path, row_group_size=2)
    return str(path)


def test_tables_of_pages(tmp_path: Path) -> None:
    name = table(
        tmp_path / "pages.parquet",
        url=["https://a.example/1", "https://a.example/2", "https://a.example/3", None, None],
        body=[PAGE.encode("cp1251"), "<p>Déjà vu</p>".encode(), None, None, None],
        text=[None, None, "Ein Boot liegt am Steg.", "No address.", None],
        fetched=["2024-03-18T10:00:00+01:00", "2024-03-18", None, None, None],
        published=[None, None, "2024-03-17", None, None],
        language=[None, "fr", "de", None, None],
        charset=["windows-1251", None, None, None, None],
        more=[1, 2, 3, 4, 5],
    )
    found = parts(name, 3)
    first, second, third, fourth, fifth = found
    assert isinstance(first, Capture)
    assert (first.charset, first.fetched) == ("windows-1251", "2024-03-18T09:00:00+00:00")
    assert isinstance(second, Capture)
    assert (second.media_type, second.language) == ("text/html", "fr")
    assert second.fetched == "2024-03-18T00:00:00+00:00"
    assert isinstance(third, Capture)
    assert (third.bare, third.published, third.fetched) == (True, "2024-03-17", None)
    assert isinstance(fourth, Capture)
    assert (fourth.url, fourth.origin) == (None, f"{name}#3")
    assert str(fifth) == f"{name}#4: the row has neither body nor text"
    for every in (1, 2, 4):
        assert said(parts(name, every)) == said(found)


def test_a_row_that_was_fetched_at_no_instant_is_set_aside(tmp_path: Path) -> None:
    stated: list[object] = ["soon", "20240318", "0001-01-01T00:00:00+14:00"]
    name = table(tmp_path / "pages.parquet", text=["Ein Boot liegt."] * 3, fetched=stated)
    first, second, third = parts(name, 3)
    assert str(first).startswith(f"{name}#0: its column fetched, 'soon', is no day")
    assert isinstance(second, Capture)
    assert second.fetched == "2024-03-18T00:00:00+00:00"
    assert isinstance(third, Unreadable)


def test_mark_up_that_was_decoded_is_no_longer_what_it_declares(tmp_path: Path) -> None:
    day, instant = date(2024, 3, 18), datetime(2024, 3, 18, 10, tzinfo=UTC)
    name = table(
        tmp_path / "pages.parquet",
        url=["https://a.example/1"],
        body=["<html><meta charset=windows-1251><p>Лодки</p></html>"],
        charset=["windows-1251"],
        published=[day],
        fetched=[instant],
    )
    (found,) = parts(name, 10)
    assert isinstance(found, Capture)
    assert found.charset == "utf-8"
    assert "Лодки" in found.body.decode()
    assert (found.published, found.fetched) == ("2024-03-18", "2024-03-18T10:00:00+00:00")


def test_tables_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="a column body or text"):
        parts(table(tmp_path / "a.parquet", url=["https://a.example"]), 3)
    (tmp_path / "b.parquet").write_bytes(b"none")
    with pytest.raises(Unreadable, match="no Parquet file"):
        parts(str(tmp_path / "b.parquet"), 3)


@pytest.mark.parametrize(
    ("column", "held", "kind"),
    [
        ("fetched", [1711929600], "int64"),
        ("body", [42], "int64"),
        ("body", [[b"<p>"]], "list"),
        ("url", [{"host": "a.example"}], "struct"),
        ("language", [b"fr"], "binary"),
    ],
)
def test_columns_of_another_kind_are_not_guessed_at(
    tmp_path: Path, column: str, held: list[object], kind: str
) -> None:
    columns: dict[str, list[object]] = {"text": ["A boat."], column: held}
    with pytest.raises(Unreadable, match=f"the column {column} is {kind}"):
        parts(table(tmp_path / "a.parquet", **columns), 3)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("language", pa.array([b"de", b"\xff\xfe", b"fr"]).view("string")),
        ("fetched", pa.array([1, 10**12, 2], pa.timestamp("s"))),
        ("published", pa.array([1, 10**7, 2], pa.date32())),
    ],
)
def test_a_row_of_values_that_are_none_costs_itself_alone(
    column: str, values: pa.Array, tmp_path: Path
) -> None:
    made = pa.table({"text": ["Ein Boot.", "Noch eines.", "Keines."], column: values})
    pq.write_table(made, tmp_path / "pages.parquet")
    first, second, third = parts(str(tmp_path / "pages.parquet"), 2)
    assert isinstance(first, Capture)
    assert isinstance(third, Capture)
    assert "pages.parquet#1: the row can't be read (" in str(second)


def test_a_zone_that_nobody_knows_is_said_of_each_row(tmp_path: Path) -> None:
    made = pa.table({"text": ["Ein Boot."], "fetched": pa.array([1], pa.timestamp("s", "Foo/Bar"))})
    pq.write_table(made, tmp_path / "pages.parquet")
    (found,) = parts(str(tmp_path / "pages.parquet"), 2)
    assert "Foo/Bar" in str(found)


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    made = pa.Table.from_arrays([pa.array(["Ein Boot."]), pa.array(["Zwei."])], ["text", "text"])
    pq.write_table(made, tmp_path / "pages.parquet")
    with pytest.raises(Unreadable, match="several columns that are called text"):
        stretches(str(tmp_path / "pages.parquet"), 2)


def test_rows_that_are_damaged_cost_their_group_alone(tmp_path: Path) -> None:
    """Two rows stand in a group; the bytes of the second group's text are spoilt."""
    name = table(tmp_path / "a.parquet", text=[f"Boat {n} lay at the pier." for n in range(6)])
    group = pq.ParquetFile(name).metadata.row_group(1).column(0)
    content = bytearray(Path(name).read_bytes())
    first = group.dictionary_page_offset or group.data_page_offset
    content[first : first + group.total_compressed_size] = bytes(group.total_compressed_size)
    Path(name).write_bytes(content)
    for every in (1, 2, 6):
        found = parts(name, every)
        assert [one.body for one in found if isinstance(one, Capture)] == [
            f"Boat {n} lay at the pier.".encode() for n in (0, 1, 4, 5)
        ]
        aside = [str(one) for one in found if not isinstance(one, Capture)]
        assert all("can't be read" in one for one in aside)
        assert aside[0].startswith(f"{name}#2: the rows from here to {2 if every == 1 else 3}")
        assert len(aside) == (2 if every == 1 else 1)


def test_a_table_that_was_spoilt_since_it_was_cut_is_set_aside(tmp_path: Path) -> None:
    name = table(tmp_path / "a.parquet", text=["A boat."])
    (stretch,) = stretches(name, 3)
    Path(name).write_bytes(b"none")
    (found,) = captures(name, stretch)
    assert "no Parquet file" in str(found)


def test_one_file_under_two_names_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.warc").write_bytes(b"")
    (tmp_path / "b.warc").symlink_to("in/a.warc")
    assert files_of(["in/a.warc", "./in/a.warc", "in/../in/a.warc", "b.warc", "in"]) == [
        "in/a.warc"
    ]


def test_what_a_file_system_raises_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", closed)
    with pytest.raises(SourceError, match="it can't be read \\(Permission denied\\)"):
        size_of(str(tmp_path / "a.warc"))
