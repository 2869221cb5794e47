"""Bodies unpacked in pieces: whole, never beyond the limit, never guessed."""

from __future__ import annotations

import tracemalloc
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.collect.inflate import Garbled, Inflater, Overflow, gunzip
from tests.zipping import zipped

TEXT = b"The committee met twice, and twice it agreed on nothing. " * 4_000
MOST = 1_000_000


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def inflated(encodings: str, data: bytes, *, step: int = 1_000, most: int = MOST) -> bytes:
    inflater = Inflater(encodings, most)
    for start in range(0, len(data), step):
        inflater.feed(data[start : start + step])
    return inflater.finish()


@pytest.mark.parametrize(
    ("encodings", "data"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", zipped(TEXT)),
        ("X-GZip", zipped(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("gzip, gzip", zipped(zipped(TEXT))),
        ("deflate, gzip", zipped(zlib.compress(TEXT))),
        ("gzip", zipped(TEXT[:99]) + zipped(TEXT[99:])),  # two members
        ("gzip", zipped(TEXT) + b"\0" * 512),  # padded, as tar does
        ("gzip", zipped(TEXT) + b"\x1f"),
    ],
)
@pytest.mark.parametrize("step", [1, 7, 1_000_000])
def test_what_was_packed_comes_back(encodings: str, data: bytes, step: int) -> None:
    assert inflated(encodings, data, step=step) == TEXT


def test_nothing_packed_is_nothing() -> None:
    assert Inflater("gzip", MOST).finish() == b""


@pytest.mark.parametrize("encodings", ["gzip", "deflate", "gzip, gzip", "deflate, gzip"])
def test_a_bomb_is_not_held(encodings: str) -> None:
    """100 MB of zeros stop at 1 MB, in what is returned and in what is held meanwhile."""
    bomb = b"\0" * 100_000_000
    for name in encodings.split(", "):
        bomb = zipped(bomb, 6) if name == "gzip" else zlib.compress(bomb, 6)
    tracemalloc.start()
    with pytest.raises(Overflow):
        inflated(encodings, bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 * MOST


def test_a_layer_that_is_large_only_in_between() -> None:
    """Many empty blocks are long when unpacked once, and nothing when unpacked twice."""
    idle = b"\0\0\0\xff\xff" * 400_000
    with pytest.raises(Overflow):
        inflated("deflate, gzip", zipped(b"\x78\x9c" + idle))


@pytest.mark.parametrize(
    ("encodings", "data"),
    [
        ("gzip", b"<html>not packed at all</html>"),
        ("deflate", b"\x78\x9cgarbage follows a proper start"),
        ("gzip", zipped(TEXT)[:-20]),
        ("gzip", zipped(TEXT)[:-1]),
        ("deflate", zlib.compress(TEXT)[:50]),
        ("gzip", b"\x1f"),
        ("br", b"\x0b\x02\x80hello\x03"),
        ("zstd", b"\x28\xb5\x2f\xfd"),
        ("gzip, gzip, gzip", zipped(TEXT)),
        ("gzip", zipped(b"") * 1_001),
    ],
)
def test_what_is_not_as_declared(encodings: str, data: bytes) -> None:
    with pytest.raises(Garbled):
        inflated(encodings, data)


@given(
    data=st.binary(max_size=300), encodings=st.sampled_from(["gzip", "deflate", "gzip, deflate"])
)
@settings(max_examples=200, deadline=None)
def test_any_bytes(data: bytes, encodings: str) -> None:
    """Bytes of any kind give a body within the limit, or one of the two refusals."""
    with suppress(Overflow, Garbled):
        assert len(inflated(encodings, data, step=11, most=500)) <= 500


def test_a_file() -> None:
    assert gunzip(zipped(TEXT), MOST) == TEXT
    with pytest.raises(Overflow):
        gunzip(zipped(TEXT), 1_000)
