"""Files of others, made by us: every form and packing, awkward lines, and what is refused."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dragoman.checking.foreign import ForeignEvent, Odd, foreign_events, form_of
from dragoman.errors import Unreadable
from dragoman.knowledge import Knowledge
from dragoman.knowledge.columns import Form
from dragoman.knowledge.eventdata import EventData
from tests.checking.eventfiles import acled, gdelt, polecat

Make = Callable[..., str]


@pytest.fixture(scope="module")
def data(knowledge: Knowledge) -> EventData:
    return knowledge.eventdata


def read(
    folder: Path, content: str | bytes, data: EventData, form: Form | None = None
) -> tuple[list[ForeignEvent], list[Odd]]:
    path = folder / "events.any"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    rows = list(foreign_events(path, data, form))
    return (
        [one for one in rows if isinstance(one, ForeignEvent)],
        [one for one in rows if isinstance(one, Odd)],
    )


def test_gdelt(tmp_path: Path, data: EventData) -> None:
    town = {"ActionGeo_Type": "4", "ActionGeo_Lat": "40.4", "ActionGeo_Long": "49.9"}
    nato = {"Actor1CountryCode": "", "Actor1KnownGroupCode": "NAT", "EventCode": "42"}
    (one, two, three), odd = read(
        tmp_path, gdelt(data, {}, town, nato | {"GlobalEventID": "3"}), data
    )
    assert odd == []
    assert one == ForeignEvent(
        1, "1", date(2024, 3, 17), ("ARM",), ("AZE",), ("ACCUSE",), None,
        "ARMENIA – 112 – AZERBAIJAN", "https://pier.example/1",
    )  # fmt: skip
    assert two.spot == (40.4, 49.9)
    assert (three.id, three.sources, three.categories) == ("3", ("nato",), ("CONSULT",))


def test_polecat(tmp_path: Path, data: EventData) -> None:
    many = {"Actor Name": "Jens Stoltenberg; NATO", "Actor Country": "NOR|Belgium", "City": "Baku"}
    (one, two), odd = read(tmp_path, polecat(data, {}, many), data)
    assert odd == []
    assert (one.sources, one.targets, one.categories) == (("ARM",), ("AZE",), ("ACCUSE",))
    assert one.spot is None  # the middle of a state is no spot
    assert two.sources == ("jens-stoltenberg", "nato", "NOR", "BEL")
    assert two.spot == (40.1, 47.5)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_acled(tmp_path: Path, data: EventData, mark: str) -> None:
    region = {"geo_precision": "3", "event_date": "2024-03-18", "actor2": "Civilians (Armenia)"}
    text = acled(data, {}, region, {"event_date": "18-Mar-2024"}, mark=mark)
    (one, two, three), odd = read(tmp_path, text, data)
    assert odd == []
    assert (one.line, one.day) == (2, date(2024, 3, 17))
    assert (one.sources, one.targets, one.categories) == (("AZE",), ("ARM",), ("ASSAULT",))
    assert one.spot == (39.6, 46.5)
    assert one.note.endswith('"said" a keeper.\nTwice.')
    assert (two.line, two.spot, two.targets) == (4, None, ("ARM",))
    assert three.day == date(2024, 3, 18)


def packed(kind: str, text: str) -> bytes:
    if kind == "gz":
        return gzip.compress(text.encode())
    if kind == "zip":
        return zipped(**{"folder/20240317.export.CSV": text})
    if kind == "bom, crlf":
        return ("\ufeff" + text.replace("\n", "\r\n")).encode()
    return text.encode()


def zipped(**files: str) -> bytes:
    """Files by their names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in files.items():
            file.writestr(name, text)
    return made.getvalue()


@pytest.mark.parametrize("make", [gdelt, polecat, acled])
def test_all_files_of_a_zip_are_read(tmp_path: Path, data: EventData, make: Make) -> None:
    files = {"one.csv": make(data, {}), "two.csv": make(data, {}, {}), "three.csv": ""}
    aside = {"__MACOSX/._one.csv": "\0\5words", "folder/": ""}
    found, odd = read(tmp_path, zipped(**files, **aside), data)
    assert (len(found), odd) == (3, [])
    assert len({one.line for one in found}) == 3


def test_a_zip_of_several_forms_is_refused(tmp_path: Path, data: EventData) -> None:
    both = zipped(**{"a.csv": acled(data, {}), "b.csv": gdelt(data, {})})
    with pytest.raises(Unreadable, match=r"\(a.csv is acled, b.csv is gdelt\); unpack it"):
        read(tmp_path, both, data)
    with pytest.raises(Unreadable, match=r"b\.csv.*its header has no"):
        read(tmp_path, both, data, "acled")


@pytest.mark.parametrize("make", [gdelt, polecat, acled])
def test_a_file_with_a_header_alone_has_no_rows(
    tmp_path: Path, data: EventData, make: Make
) -> None:
    text = make(data) or "\t".join(data.columns["gdelt"])
    with pytest.raises(Unreadable, match="there are no rows in it"):
        read(tmp_path, text, data)


@pytest.mark.parametrize("kind", ["plain", "gz", "zip", "bom, crlf"])
@pytest.mark.parametrize("make", [gdelt, polecat])
def test_every_packing(tmp_path: Path, data: EventData, kind: str, make: Make) -> None:
    found, odd = read(tmp_path, packed(kind, make(data, {}, {})), data)
    assert odd == []
    assert [(one.sources, one.targets) for one in found] == [(("ARM",), ("AZE",))] * 2


def test_awkward_lines_are_told_and_the_others_read(tmp_path: Path, data: EventData) -> None:
    whole = gdelt(data, {}).rstrip("\n")
    lines = [
        whole.rsplit("\t", 1)[0],
        "",
        gdelt(data, {"Day": "20240230"}).rstrip("\n"),
        gdelt(data, {"Day": ""}).rstrip("\n"),
        gdelt(data, {"ActionGeo_Type": "4", "ActionGeo_Lat": "north", "ActionGeo_Long": "1"}),
        gdelt(data, {"ActionGeo_Type": "4", "ActionGeo_Lat": "nan", "ActionGeo_Long": "1"}),
        "\t".join(data.columns["gdelt"]),
        gdelt(data, {"Actor1Name": "CÔTE"}).rstrip("\n"),
    ]
    found, odd = read(tmp_path, "\n".join(lines).encode("latin-1"), data)
    assert [one.who for one in found] == ["CÔTE – 112 – AZERBAIJAN"]
    assert [(one.line, one.reason) for one in odd] == [
        (1, "60 columns where GDELT 2.0 has 61"),
        (3, "'20240230' is no day"),
        (4, "'' is no day"),
        (5, "could not convert string to float: 'north'"),
        (7, "'nan', '1' is no spot on the map"),
    ]


def test_an_awkward_row_of_a_table_is_told_by_its_line(tmp_path: Path, data: EventData) -> None:
    text = acled(data, {}) + "ARM2,2024-03-17\n" + acled(data, {"event_date": "soon"}).split(
        "\n", 1)[1]  # fmt: skip
    found, odd = read(tmp_path, text, data)
    assert len(found) == 1
    assert [(one.line, one.reason) for one in odd] == [
        (4, "2 columns where the header has 31"),
        (5, "'soon' is no day"),
    ]


def test_a_form_is_told_by_its_lines(tmp_path: Path, data: EventData) -> None:
    for form, text in (
        ("gdelt", "a line too many\n" + gdelt(data, {})),
        ("polecat", polecat(data)),
        ("acled", acled(data)),
    ):
        path = tmp_path / form
        path.write_text(text, "utf-8")
        assert form_of(path, data) == form


@pytest.mark.parametrize(
    ("content", "form", "said"),
    [
        (b"", None, "there is no line"),
        (b"\n\r\n  \n", None, "there is no line"),
        (b"date,who\n2024,me\n", None, "no GDELT 2.0 event file (61 columns), POLECAT file"),
        (b"\t".join([b"1"] * 58), None, "the columns of GDELT 1.0"),
        (b"\x1f\x8b\x08broken", None, "can't be unpacked"),
        (b"PK\x03\x04broken", None, "can't be unpacked"),
        (zipped(), None, "there is no line"),
        (b"date,who\n2024,me\n", "gdelt", "no line has the 61 columns"),
        (b"date,who\n2024,me\n", "acled", "its header has no actor1, actor2, event_date"),
        (b"date\twho\n2024\tme\n", "polecat", "its header has no Actor Name, Event Date"),
    ],
)
def test_what_is_no_such_file_is_refused(
    tmp_path: Path, data: EventData, content: bytes, form: Form | None, said: str
) -> None:
    with pytest.raises(Unreadable) as fault:
        read(tmp_path, content, data, form)
    assert said in str(fault.value)
    assert "events.any" in str(fault.value)


def test_half_a_packed_file_is_refused(tmp_path: Path, data: EventData) -> None:
    rows = ({"GlobalEventID": str(n), "SOURCEURL": f"https://pier.example/{n * n}"}
            for n in range(500))  # fmt: skip
    whole = packed("gz", gdelt(data, *rows))
    with pytest.raises(Unreadable, match="can't be unpacked"):
        read(tmp_path, whole[: len(whole) // 2], data)
