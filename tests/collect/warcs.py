"""Small web archives of our own."""

from __future__ import annotations

import gzip

PAGE = "<html><head><title>Лодки</title></head><body><p>На озере.</p></body></html>"


def answer(
    body: bytes = PAGE.encode("cp1251"),
    *,
    status: str = "200 OK",
    media_type: str = "text/html; charset=windows-1251",
    headers: str = "",
) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{headers}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def record(
    address: str, content: bytes, *, kind: str = "response", day: str = "2024-03-18"
) -> bytes:
    media_type = "application/http; msgtype=response" if kind == "response" else "text/html"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: {day}T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{len(address):012}>\r\n"
        f"WARC-Target-URI: {address}\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    """Each record a gzip member of its own, as archives have it."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)
