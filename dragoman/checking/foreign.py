"""Event files of others, read line by line: GDELT 2.0, POLECAT, ACLED; plain, gzip or zip.

In: a path. Out: `ForeignEvent` for each line, or `Odd` with the line and why it can't be used. It
refuses files of another form, and never holds a whole one.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import IO

from dragoman.errors import Unreadable
from dragoman.knowledge.columns import Form
from dragoman.knowledge.eventdata import EventData

LOOKED_AT = 20
"""Lines by which the form of a file is told."""
GDELT_1 = (57, 58)
"""Columns of GDELT 1.0, which has no divisions below the first."""
TOWNS = frozenset({"3", "4"})
"""GDELT's kinds of place that are a spot; the others are the middle of a state or province."""
NEAR_ENOUGH = frozenset({"", "1", "2"})
"""ACLED's precisions of a place: the town, or one near by."""
DAYS = ("%d %B %Y", "%d-%b-%Y", "%d-%B-%Y", "%d/%m/%Y")


@dataclass(frozen=True, slots=True)
class ForeignEvent:
    """A row in our terms. `sources` and `targets` are ids of our atlas, all that a side may be;
    `categories` those of ours that its code stands for, none where we have no such category."""

    line: int
    id: str
    day: date
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    categories: tuple[str, ...]
    spot: tuple[float, float] | None
    who: str
    """Both sides and the code as they stand there."""
    note: str
    """An address, or what its coders wrote."""


@dataclass(frozen=True, slots=True)
class Odd:
    """A line that can't be used."""

    line: int
    reason: str


Row = ForeignEvent | Odd
Numbered = tuple[int, str]


def foreign_events(path: Path, data: EventData, form: Form | None = None) -> Iterator[Row]:
    """Every row of a file, or of all files of a zip. Raises Unreadable for one that has no rows, or
    none of the forms, or several."""
    read = READERS[form or form_of(path, data)]
    count = 0
    with opened(path) as files:
        for place, lines in files:
            first = next(lines, None)
            for row in read(place, chain([first], lines), data) if first is not None else ():
                count += 1
                yield row
    if not count:
        raise Unreadable(str(path), "there are no rows in it")


def form_of(path: Path, data: EventData) -> Form:
    """Which form a file has, or all files of a zip. Raises Unreadable where it has none of them, or
    where they have several."""
    with opened(path) as files:
        forms = {
            place: _form(place, first, data)
            for place, lines in files
            if (first := list(islice(lines, LOOKED_AT)))
        }
    if not forms:
        raise Unreadable(str(path), "there is no line in this file")
    if len(set(forms.values())) > 1:
        told = ", ".join(f"{place.name} is {form}" for place, form in forms.items())
        raise Unreadable(
            str(path), f"its files are of several forms ({told}); unpack it and compare each"
        )
    return next(iter(forms.values()))


@contextmanager
def opened(path: Path) -> Iterator[Iterator[tuple[Path, Iterator[Numbered]]]]:
    """The file with its numbered lines, without empty ones; of a zip each in it, numbered on."""
    count = itertools.count(1)
    try:
        with path.open("rb") as raw:
            start = raw.read(4)
            raw.seek(0)
            yield ((place, _numbered(lines, count)) for place, lines in _files(path, raw, start))
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError) as fault:
        raise Unreadable(str(path), f"it can't be unpacked: {fault}") from fault


def _files(path: Path, raw: IO[bytes], start: bytes) -> Iterator[tuple[Path, Iterable[bytes]]]:
    if start.startswith(b"PK"):
        with zipfile.ZipFile(raw) as packed:
            for name in sorted(one for one in packed.namelist() if not _is_aside(one)):
                try:
                    member = packed.open(name)
                except (RuntimeError, NotImplementedError) as fault:  # locked, or packed oddly
                    raise zipfile.BadZipFile(str(fault)) from fault
                with member:
                    yield path / name, member
    elif start.startswith(b"\x1f\x8b"):
        with gzip.open(raw) as unpacked:
            yield path, unpacked
    else:
        yield path, raw


def _is_aside(name: str) -> bool:
    """Folders, and what a Mac packs beside a file."""
    return name.endswith("/") or name.startswith("__MACOSX/")


def _numbered(pieces: Iterable[bytes], count: Iterator[int]) -> Iterator[Numbered]:
    for piece in pieces:
        number, text = next(count), _decoded(piece).rstrip("\r\n")
        if text.strip(" \ufeff"):
            yield number, text.removeprefix("\ufeff")


def _decoded(piece: bytes) -> str:
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError:
        return piece.decode("latin-1")  # as some weeks of POLECAT are


def _form(path: Path, first: Sequence[Numbered], data: EventData) -> Form:
    header = first[0][1]
    for form in ("polecat", "acled"):
        if data.needed[form] <= set(_header(header, form)):
            return form
    widths = [text.count("\t") + 1 for _, text in first]
    if len(data.columns["gdelt"]) in widths:
        return "gdelt"
    if any(width in GDELT_1 for width in widths):
        raise Unreadable(
            str(path), "it has the columns of GDELT 1.0; export files of GDELT 2.0 have 61"
        )
    raise Unreadable(
        str(path),
        "it is no GDELT 2.0 event file (61 columns), POLECAT file (header with Event ID, Actor "
        "Name …) or ACLED file (header with event_id_cnty, actor1 …)",
    )


def _header(line: str, form: Form) -> list[str]:
    mark = "\t" if form == "polecat" else max(",;\t", key=line.count)
    return [name.strip().strip('"') for name in line.split(mark)]


def _gdelt(path: Path, lines: Iterator[Numbered], data: EventData) -> Iterator[Row]:
    columns = data.columns["gdelt"]
    at = {name: place for place, name in enumerate(columns)}
    seen = False
    for number, text in lines:
        cells = text.split("\t")
        if len(cells) != len(columns):
            yield Odd(number, f"{len(cells)} columns where GDELT 2.0 has {len(columns)}")
            continue
        seen = True
        if cells[0].strip().casefold() == "globaleventid":  # some tools put a header in front
            continue
        yield _made(number, cells_by_name(cells, at), _of_gdelt, data)
    if not seen:
        raise Unreadable(str(path), f"no line has the {len(columns)} columns of GDELT 2.0")


def cells_by_name(cells: Sequence[str], at: Mapping[str, int]) -> Callable[[str], str]:
    """Cells by column; "" for a column that is not there, and for POLECAT's "None"."""

    def cell(name: str) -> str:
        place = at.get(name)
        value = cells[place].strip() if place is not None and place < len(cells) else ""
        return "" if value in ("None", "NA", "NULL") else value

    return cell


def _polecat(path: Path, lines: Iterator[Numbered], data: EventData) -> Iterator[Row]:
    at = _places(path, next(lines)[1], "polecat", data)
    for number, text in lines:
        cells = [cell.strip('"') for cell in text.split("\t")]
        if len(cells) != len(at):
            yield Odd(number, f"{len(cells)} columns where the header has {len(at)}")
            continue
        yield _made(number, cells_by_name(cells, at), _of_polecat, data)


def _acled(path: Path, lines: Iterator[Numbered], data: EventData) -> Iterator[Row]:
    reached, header = next(lines)
    at = _places(path, header, "acled", data)

    def texts() -> Iterator[str]:
        nonlocal reached
        for number, text in lines:
            reached = number
            yield text + "\n"

    reader = csv.reader(texts(), delimiter=max(",;\t", key=header.count))
    while True:
        begins = reached + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            yield Odd(begins, str(fault))
            continue
        if len(cells) != len(at):
            yield Odd(begins, f"{len(cells)} columns where the header has {len(at)}")
            continue
        yield _made(begins, cells_by_name(cells, at), _of_acled, data)


READERS: Mapping[Form, Callable[[Path, Iterator[Numbered], EventData], Iterator[Row]]] = {
    "gdelt": _gdelt,
    "polecat": _polecat,
    "acled": _acled,
}


def _places(path: Path, header: str, form: Form, data: EventData) -> dict[str, int]:
    at = {name: place for place, name in enumerate(_header(header, form))}
    missing = sorted(data.needed[form] - at.keys())
    if missing:
        raise Unreadable(str(path), f"its header has no {', '.join(missing)}, as {form} files have")
    return at


Cell = Callable[[str], str]


def _made(
    number: int, cell: Cell, read: Callable[[int, Cell, EventData], ForeignEvent], data: EventData
) -> Row:
    try:
        return read(number, cell, data)
    except ValueError as fault:
        return Odd(number, str(fault))


def _of_gdelt(number: int, cell: Cell, data: EventData) -> ForeignEvent:
    code = cell("EventCode") or cell("EventRootCode").zfill(2) + "0"
    categories = data.of_cameo(code)

    def side(which: str) -> tuple[str, ...]:
        group = data.groups.get(cell(f"{which}KnownGroupCode"))
        return _ids(group, data.of_country(cell(f"{which}CountryCode")))

    is_town = cell("ActionGeo_Type") in TOWNS
    names = (cell("Actor1Name") or "?", cell("Actor2Name") or "?")
    return ForeignEvent(
        number,
        cell("GlobalEventID"),
        _day(cell("Day")),
        side("Actor1"),
        side("Actor2"),
        categories,
        _spot(cell("ActionGeo_Lat"), cell("ActionGeo_Long")) if is_town else None,
        f"{names[0]} – {code} – {names[1]}",
        cell("SOURCEURL"),
    )


def _of_polecat(number: int, cell: Cell, data: EventData) -> ForeignEvent:
    category = cell("Event Type").upper()
    known = category in {one for named in data.cameo.values() for one in named}

    def side(which: str) -> tuple[str, ...]:
        parts = [*_parts(cell(f"{which} Name")), *_parts(cell(f"{which} Country"))]
        return _ids(*(data.of_country(one.upper()) or data.of_name(one) for one in parts))

    spot = _spot(cell("Latitude"), cell("Longitude")) if cell("City") else None
    names = (cell("Actor Name") or cell("Actor Name Raw") or "?",
             cell("Recipient Name") or cell("Recipient Name Raw") or "?")  # fmt: skip
    return ForeignEvent(
        number,
        cell("Event ID"),
        _day(cell("Event Date")),
        side("Actor"),
        side("Recipient"),
        (category,) if known else (),
        spot,
        f"{names[0]} – {category} – {names[1]}",
        cell("Source"),
    )


def _of_acled(number: int, cell: Cell, data: EventData) -> ForeignEvent:
    kind, detail = cell("event_type"), cell("sub_event_type")
    is_near = cell("geo_precision") in NEAR_ENOUGH
    return ForeignEvent(
        number,
        cell("event_id_cnty"),
        _day(cell("event_date")),
        _ids(data.of_acled_actor(cell("actor1"))),
        _ids(data.of_acled_actor(cell("actor2"))),
        data.of_acled(kind, detail),
        _spot(cell("latitude"), cell("longitude")) if is_near else None,
        f"{cell('actor1') or '?'} – {detail or kind} – {cell('actor2') or '?'}",
        cell("notes"),
    )


def _parts(cell: str) -> Iterator[str]:
    """POLECAT lists several with semicolons, and what one may be with bars."""
    for part in cell.replace("|", ";").split(";"):
        if part.strip() and part.strip() != "None":
            yield part.strip()


def _ids(*found: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _day(text: str) -> date:
    """Of "20240317", "2024-03-17", "17 March 2024", "17-Mar-2024" or "17/03/2024"."""
    if (len(text) == 8 and text.isdecimal()) or text[4:5] == "-":
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            pass
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValueError(f"{text[:40]!r} is no day")


def _spot(lat: str, lon: str) -> tuple[float, float] | None:
    """Degrees; None where there are none."""
    if not lat or not lon:
        return None
    found = float(lat), float(lon)
    if not (-90 <= found[0] <= 90 and -180 <= found[1] <= 180):
        raise ValueError(f"{lat[:20]!r}, {lon[:20]!r} is no spot on the map")
    return found
