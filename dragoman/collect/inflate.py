"""Packed bodies in pieces, plain bytes out, never more than a limit: bombs are not held first.

gzip and deflate, also one inside the other. Refuses what is not packed as declared, what ends
too early, and any other packing, which we never ask for.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

ASKED_FOR = "gzip, deflate"
"""What we tell a server that we can unpack."""
MAX_LAYERS = 2
MAX_MEMBERS = 1_000
PIECE = 65_536
GZIP = b"\x1f\x8b"


class Overflow(Exception):
    """More bytes than the limit, in the body or in what its layers unpack to."""


class Garbled(Exception):
    """The bytes are not packed as declared; the text says in what way."""


class Inflater:
    """Undoes a Content-Encoding piece by piece; at most `most` bytes pass each layer."""

    def __init__(self, encodings: str, most: int) -> None:
        names = [name.strip().lower() for name in encodings.split(",")]
        packed = [name for name in names if name not in ("", "identity")]
        if len(packed) > MAX_LAYERS:
            raise Garbled(f"packed {len(packed)} times over")
        # The last one named was applied last, so it is undone first.
        self._layers = [_layer(name, most) for name in reversed(packed)]
        self._body = bytearray()
        self._most = most

    def feed(self, data: bytes) -> None:
        """Take the next bytes as they came. Raises Overflow or Garbled."""
        for piece in _through(self._layers, data):
            self._body += piece
            if len(self._body) > self._most:
                raise Overflow

    def finish(self) -> bytes:
        """The whole body. Raises Garbled if what was packed has no end."""
        if any(layer.is_open for layer in self._layers):
            raise Garbled("the packed bytes end too early")
        return bytes(self._body)


def gunzip(body: bytes, most: int) -> bytes:
    """A gzip file's content. Raises Overflow beyond `most` bytes, Garbled when it is broken."""
    inflater = Inflater("gzip", most)
    inflater.feed(body)
    return inflater.finish()


class _Layer:
    """One packing undone: gzip with its members, or deflate with or without its frame."""

    def __init__(self, is_gzip: bool, most: int) -> None:
        self._is_gzip = is_gzip
        self._most = most
        self._held = b""
        self._members = 0
        self._size = 0
        self._unpacker: zlib._Decompress | None = None

    @property
    def is_open(self) -> bool:
        return self._unpacker is not None or (bool(self._held) and not self._members)

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What these bytes unpack to, in pieces of bounded size."""
        data = self._held + data
        self._held = b""
        while data:
            if self._unpacker is None:
                if len(data) < len(GZIP):
                    self._held = data
                    return
                self._unpacker = self._next_member(data)
                if self._unpacker is None:
                    return
            yield from self._unpacked(self._unpacker, data)
            data = self._unpacker.unused_data
            if self._unpacker.eof:
                self._unpacker = None

    def _unpacked(self, unpacker: zlib._Decompress, data: bytes) -> Iterator[bytes]:
        """Of one member. A full piece may have more behind it although all bytes are taken."""
        full = False
        while (data or full) and not unpacker.eof:
            try:
                piece = unpacker.decompress(data, PIECE)
            except zlib.error:
                raise Garbled("the bytes are not packed as the server says") from None
            data, full = unpacker.unconsumed_tail, len(piece) == PIECE
            self._size += len(piece)
            if self._size > self._most:
                raise Overflow
            yield piece

    def _next_member(self, data: bytes) -> zlib._Decompress | None:
        """An unpacker for what begins here; None for the padding that may follow the end."""
        if self._members and not (self._is_gzip and data.startswith(GZIP)):
            return None
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise Garbled(f"more than {MAX_MEMBERS} packed parts")
        if self._is_gzip:
            return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        framed = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        return zlib.decompressobj(wbits=zlib.MAX_WBITS if framed else -zlib.MAX_WBITS)


def _layer(name: str, most: int) -> _Layer:
    if name not in ("gzip", "x-gzip", "deflate"):
        raise Garbled(f"packed as {name[:20]}, which was not asked for")
    return _Layer(name != "deflate", most)


def _through(layers: Sequence[_Layer], data: bytes) -> Iterator[bytes]:
    if not layers:
        yield data
        return
    for piece in layers[0].pieces(data):
        yield from _through(layers[1:], piece)
