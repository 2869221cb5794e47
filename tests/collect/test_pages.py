"""Captures of files and addresses: the bytes as found, and a refusal that says why."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from dragoman.collect.fetch import MAX_BYTES, Response, Validators
from dragoman.collect.pages import capture, expand
from dragoman.errors import SourceError, Unreadable

PAGE = b"<html><body><p>Le comite s'est reuni.</p></body></html>"


def packed(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "page.html.gz"
    path.write_bytes(data)
    return str(path)


def test_a_packed_file(tmp_path: Path) -> None:
    assert capture(packed(tmp_path, gzip.compress(PAGE))).body == PAGE


def test_a_file_packed_in_parts(tmp_path: Path) -> None:
    """As `cat a.gz b.gz` makes it: no part is lost."""
    data = gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:])
    assert capture(packed(tmp_path, data)).body == PAGE


def test_a_packed_file_that_ends_too_early(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="a broken gzip file"):
        capture(packed(tmp_path, gzip.compress(PAGE)[:-10]))


def test_a_packed_file_that_is_too_large(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="larger than 20 MB"):
        capture(packed(tmp_path, gzip.compress(b"x" * (MAX_BYTES + 1))))


def test_an_address_is_asked_for_as_one_chooses() -> None:
    def get(url: str) -> Response:
        return Response(f"{url}/", 200, PAGE, "text/html", "cp1252", Validators())

    found = capture("https://desk.example", get=get)
    assert (found.origin, found.url) == ("https://desk.example", "https://desk.example/")
    assert (found.body, found.charset, found.media_type) == (PAGE, "cp1252", "text/html")
    assert found.fetched is not None


def test_an_address_that_does_not_answer() -> None:
    def get(url: str) -> Response:
        raise SourceError(f"{url}: no answer", kind="timeout")

    with pytest.raises(SourceError, match="no answer"):
        capture("https://desk.example", get=get)


@pytest.mark.parametrize("name", ["", " ", "\n"])
def test_an_empty_name_is_not_the_folder_we_are_in(name: str) -> None:
    with pytest.raises(Unreadable, match="an empty name"):
        expand(name)


def test_other_schemes_are_refused() -> None:
    with pytest.raises(SourceError, match="only http and https"):
        capture("ftp://desk.example/page")
