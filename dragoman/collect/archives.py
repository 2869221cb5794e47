"""Web archives: a WARC or WARC.gz file in, a `Capture` for each page in it out, in its order.

Pages are answers with status 200 and HTML or text; what else an archive holds is passed over. A
broken or cut-off archive gives what stands before the fault, and then the fault.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from dragoman.addresses import normal_address
from dragoman.collect.fetch import MAX_BYTES
from dragoman.collect.pages import capture_bytes, is_archive
from dragoman.collect.visits import Span
from dragoman.errors import DragomanError, SourceError, Unreadable
from dragoman.model import Capture, Entry, Item, Source
from dragoman.store import Found

PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
KINDS = WarcRecordType.response | WarcRecordType.resource
GZIP = b"\x1f\x8b"
CHUNK = 1 << 16
CUT = "cut off inside a record; what stood before it was read"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Records of an archive one after the other: from the record that begins at byte `offset` so
    many are passed over, and so many taken; all that follow where `records` is None."""

    offset: int = 0
    skip: int = 0
    records: int | None = None


WHOLE = Stretch()


def captures_in(path: Path) -> Iterator[Capture | DragomanError]:
    """The pages of an archive; a page or an end that can't be used comes as the error that says so.

    `fetched` is the record's own date; the server's charset is passed on.
    """
    try:
        with path.open("rb") as file:
            yield from captures_from(file, str(path))
    except FileNotFoundError:
        yield Unreadable(str(path), "there is no such file")
    except IsADirectoryError:
        yield Unreadable(str(path), "this is a folder")
    except OSError as fault:
        yield _broken(str(path), fault)


def captures_from(
    file: BinaryIO, name: str, stretch: Stretch = WHOLE
) -> Iterator[Capture | DragomanError]:
    """The same of an open archive, or of a stretch of one; `name` is what faults call it."""
    if stretch.offset:
        file.seek(stretch.offset)
    stream = _unpacked(file)
    empty, whole, is_last = True, True, stretch.records is None
    try:
        for page in _pages(stream, name, stretch):
            empty, whole = False, whole and not isinstance(page, SourceError)
            yield page
    except OSError as fault:
        yield _broken(name, fault)
        return
    # What is read ahead of a stretch's end is the next one's.
    if is_last and isinstance(stream, _Unpacked) and stream.fault:
        yield SourceError(f"{name}: {stream.fault}; what stood before it was read")
    elif is_last and whole and not isinstance(stream, _Unpacked) and _ends_in_a_head(file):
        yield SourceError(f"{name}: {CUT}")
    elif empty and stretch == WHOLE:
        yield Unreadable(name, "there is no page in this archive")


def stretches_of(file: BinaryIO, every: int) -> list[Stretch]:
    """An open archive in stretches of so many records, found without looking into any."""
    stream = _unpacked(file)
    found: list[Stretch] = []
    number = 0
    begin, at = 0, 0
    """The last record that reading may begin with, and the byte where it stands."""
    try:
        for number, record in enumerate(_records(stream)):
            place: int | None = record.stream_pos
            if isinstance(stream, _Unpacked):
                place = stream.begins(record.stream_pos)
            if place is not None:
                begin, at = number, place
            if number % every == 0:
                found.append(Stretch(at, number - begin, every))
    except OSError:
        pass  # whoever reads the last stretch is told
    return [*found[:-1], replace(found[-1], records=None)] if found else [WHOLE]


def _broken(name: str, fault: OSError) -> Unreadable:
    return Unreadable(
        name, fault.strerror or "this is no web archive, or it is broken from here on"
    )


def found_in(source: Source, span: Span | None) -> Iterator[Found | DragomanError | None]:
    """What a source of archives names: a file, or all archives of a folder; None is out of span."""
    path = Path(source.address)
    for archive in archives_of(path) or [path]:
        for page in captures_in(archive):
            if isinstance(page, DragomanError):
                yield page
            elif span is not None and (page.fetched is None or page.fetched not in span):
                yield None
            else:
                entry = replace(page.entry or Entry(""), source=source.address)
                key = f"{page.url} {page.fetched}"
                yield Found(Item(key, page.url, entry), replace(page, entry=entry))


def archives_of(path: Path) -> list[Path]:
    """The web archives of a folder, by name; none for what is no folder."""
    return sorted(file for file in path.rglob("*") if is_archive(file) and file.is_file())


def stamp_of(source: Source) -> str | None:
    """Sizes and times of a source's archives: as long as it is the same, nothing is new."""
    path = Path(source.address)
    try:
        stats = [(file.name, file.stat()) for file in archives_of(path) or [path]]
    except OSError:
        return None
    said = ";".join(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _unpacked(file: BinaryIO) -> BinaryIO | _Unpacked:
    """The stream of an archive from where the file stands, packed or not."""
    if hasattr(file, "peek"):  # a pipe can't be gone back in
        head = file.peek(2)[:2]
    else:
        at = file.tell()
        head = file.read(2)
        file.seek(at)
    return _Unpacked(file) if head == GZIP else file


def _records(stream: BinaryIO | _Unpacked) -> Iterable[WarcRecord]:
    return ArchiveIterator(stream, record_types=KINDS, parse_http=False, strict_mode=False)


def _pages(
    stream: BinaryIO | _Unpacked, path: str, stretch: Stretch
) -> Iterator[Capture | DragomanError]:
    end = None if stretch.records is None else stretch.skip + stretch.records
    for record in islice(_records(stream), stretch.skip, end):
        address = record.headers.get("WARC-Target-URI") or ""
        stated = record.content_length
        if "Content-Length" not in record.headers:
            yield SourceError(f"{path}: {CUT}")
        elif stated > MAX_BYTES:
            yield Unreadable(f"{path}#{address}", f"larger than {MAX_BYTES // 1_000_000} MB")
        else:
            record.freeze()
            if record.content_length < stated:
                yield SourceError(
                    f"{path}: cut off inside {address}; what stood before it was read"
                )
            elif (page := _page(record, address.strip("<>"), path)) is not None:
                yield page


def _ends_in_a_head(file: BinaryIO) -> bool:
    """Whether an archive ends before its last record says what it is: such a record is passed over
    as one of another kind. A head ends with an empty line, as a record does."""
    file.seek(max(file.seek(0, io.SEEK_END) - CHUNK, 0))
    _, mark, last = file.read().rpartition(b"WARC/1")
    return bool(mark) and b"\r\n\r\n" not in last


def _page(record: WarcRecord, address: str, path: str) -> Capture | DragomanError | None:
    if record.record_type == WarcRecordType.response:
        record.parse_http(auto_decode="all")
        if record.http_headers is None or record.http_headers.status_code != 200:
            return None
        declared, charset = record.http_content_type, record.http_charset
    else:
        declared, charset = (record.headers.get("Content-Type") or "").partition(";")[0], None
    if declared not in PAGES or normal_address(address) is None:
        return None
    try:
        page = capture_bytes(
            record.reader.read(MAX_BYTES + 1),
            address,
            url=address,
            charset=charset,
            declared=declared,
            fetched=_instant(record),
        )
    except Unreadable as fault:
        return fault
    return replace(page, entry=Entry(source=path))


def _instant(record: WarcRecord) -> str | None:
    """When the page was fetched; None where that is not said, or at the end of all time."""
    date = record.record_date
    try:
        return date.astimezone(UTC).isoformat(timespec="seconds") if date else None
    except OverflowError:
        return None


class _Unpacked(io.RawIOBase):
    """A gzip file of many members as a stream that tells a cut or damage instead of raising.

    What was unpacked before the fault is still handed out, down to the last byte.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.fault: str | None = None
        self._file = file
        self._member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        self._packed = b""
        self._began = False
        self._given = 0
        self._first = file.tell() if file.seekable() else 0
        self._taken = 0
        self._starts = {0: self._first}

    def begins(self, place: int) -> int | None:
        """Where in the file a member begins with this byte of the stream; None where none does."""
        found = self._starts.get(place)
        self._starts = {at: byte for at, byte in self._starts.items() if at > place}
        return found

    def tell(self) -> int:
        return self._given

    def read(self, size: int = CHUNK) -> bytes:
        part = self._next(size if size > 0 else CHUNK)
        self._given += len(part)
        return part

    def _next(self, size: int) -> bytes:
        while self.fault is None:
            if not self._packed:
                self._packed = self._file.read(CHUNK)
                self._taken += len(self._packed)
            if not self._packed:
                if self._began and not self._member.eof:
                    self.fault = "the archive is cut off"
                return b""
            if self._member.eof:
                self._member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
                self._starts[self._given] = self._first + self._taken - len(self._packed)
            if part := self._more(size):
                return part
        return b""

    def _more(self, size: int) -> bytes:
        self._began = True
        try:
            part = self._member.decompress(self._packed, size)
        except zlib.error:
            self.fault = "the archive is damaged"
            return b""
        self._packed = (
            self._member.unused_data if self._member.eof else (self._member.unconsumed_tail)
        )
        return part
