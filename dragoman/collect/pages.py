"""Single pages and texts: a path, an address or standard input in, a `Capture` out.

Folders are walked for files that look like pages or texts. Nothing is interpreted beyond telling
mark-up from bare text.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from dragoman.collect.fetch import MAX_BYTES, Response, fetch
from dragoman.collect.inflate import Garbled, Overflow, gunzip
from dragoman.errors import SourceError, Unreadable
from dragoman.model import Capture

SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".txt", ".text", ".md", ".gz", ".warc"})
ARCHIVES = (".warc", ".warc.gz")
MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p|h1|meta)\b", re.IGNORECASE)
SNIFFED = 4096
GZIP = b"\x1f\x8b"


def expand(origin: str) -> list[str]:
    """A folder's pages and texts by path; anything else as it is.

    Raises Unreadable for an empty name, which Python would take for the folder we are in.
    """
    if not origin.strip():
        raise Unreadable(repr(origin), "an empty name; give a file, a folder or an address")
    if origin != "-" and not _is_address(origin) and Path(origin).is_dir():
        return [str(path) for path in files_in(Path(origin))]
    return [origin]


def capture(origin: str, *, get: Callable[[str], Response] = fetch) -> Capture:
    """One path, http(s) address or "-" (standard input); `get` asks for an address."""
    if origin == "-":
        return capture_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), origin)
    if _is_address(origin):
        response = get(origin)
        return capture_bytes(
            response.body,
            origin,
            url=response.url,
            charset=response.charset,
            declared=response.media_type,
            fetched=now(),
        )
    return capture_file(Path(origin))


def capture_file(path: Path) -> Capture:
    """A file's bytes; one that is gzipped is unpacked, up to the size limit."""
    if is_archive(path) and path.is_file():
        raise Unreadable(str(path), "a web archive holds many pages; `dragoman add` takes it")
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
        return capture_bytes(_unpacked(body, str(path)), str(path))
    except FileNotFoundError:
        raise Unreadable(str(path), "there is no such file") from None
    except IsADirectoryError:
        raise Unreadable(str(path), "this is a folder; `dragoman add` takes folders") from None
    except OSError as fault:
        raise Unreadable(str(path), f"can't be opened ({fault.strerror})") from None


def capture_bytes(
    body: bytes,
    origin: str,
    *,
    url: str | None = None,
    charset: str | None = None,
    declared: str | None = None,
    fetched: str | None = None,
) -> Capture:
    """A capture of bytes in hand. Raises Unreadable when they are too many to be a page."""
    if len(body) > MAX_BYTES:
        raise Unreadable(origin, f"larger than {MAX_BYTES // 1_000_000} MB: split it first")
    return Capture(
        id=capture_id(body, url),
        origin=origin,
        body=body,
        charset=charset,
        url=url,
        fetched=fetched,
        media_type="text/html" if _is_markup(body, declared) else "text/plain",
    )


def capture_text(
    text: str,
    origin: str,
    *,
    language: str | None = None,
    published: str | None = None,
    url: str | None = None,
    bare: bool = True,
) -> Capture:
    """A text in hand (bulk lines); unless `bare` is false it is vouched for as an article's."""
    body = text.encode("utf-8", "surrogatepass")
    return Capture(
        capture_id(body, url),
        origin,
        "text/plain",
        body,
        charset="utf-8",
        url=url,
        language=language,
        published=published,
        bare=bare,
    )


def capture_id(body: bytes, url: str | None) -> str:
    """The digest of the bytes; the address counts too, since two outlets may send equal bytes."""
    digest = hashlib.sha256(body)
    if url is not None:
        digest.update(b"\0" + url.encode("utf-8", "surrogatepass"))
    return "c-" + digest.hexdigest()[:32]


def is_archive(path: str | Path) -> bool:
    """Whether a path names a web archive, by its ending alone."""
    return str(path).lower().endswith(ARCHIVES)


def files_in(folder: Path) -> list[Path]:
    """Pages and texts below a folder, by path; hidden files are passed over."""
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(".")
    )
    if not found:
        raise SourceError(f"{folder}: no page or text ({', '.join(sorted(SUFFIXES))}) in here")
    return found


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _unpacked(body: bytes, origin: str) -> bytes:
    if not body.startswith(GZIP):
        return body
    try:
        return gunzip(body, MAX_BYTES)
    except Overflow:
        raise Unreadable(
            origin, f"larger than {MAX_BYTES // 1_000_000} MB: split it first"
        ) from None
    except Garbled as fault:
        raise Unreadable(origin, f"a broken gzip file ({fault})") from None


def _is_address(origin: str) -> bool:
    return "://" in origin


def _is_markup(body: bytes, declared: str | None) -> bool:
    if declared in {"text/html", "application/xhtml+xml"}:
        return True
    # In 16 or 32 bits every letter of a tag has empty bytes beside it.
    head = body[:SNIFFED].replace(b"\x00", b"")
    return declared != "text/plain" and len(MARKUP.findall(head)) >= 1
