"""Bombs, and a process of limited memory that opens them.

    python -m tests.security.bombs FOLDER

Out: a JSON object a line, with what became of each: refused (with the words), read, or the name of
what was raised.
"""

from __future__ import annotations

import gzip
import io
import json
import resource
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from dragoman.clean.tree import parse_page
from dragoman.collect.archives import captures_in
from dragoman.collect.feeds import parse_feed
from dragoman.collect.inflate import Garbled, Inflater, Overflow
from dragoman.collect.opml import read_opml
from dragoman.collect.pages import capture_file
from dragoman.collect.sitemaps import parse_sitemap
from dragoman.errors import DragomanError
from tests.collect.warcs import record

SPARE = 400_000_000
"""Bytes that the child may have beside what it has when all is imported."""
MOST_SECONDS = 30.0
NOW = "2024-03-20T12:00:00+00:00"
CONTROL = "control"
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'lol'>"
    + "".join(
        f"<!ENTITY {name} '{f'&{before};' * 10}'>"
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)
QUADRATIC = f"<!DOCTYPE x [<!ENTITY j '{'q' * 100_000}'>]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY j SYSTEM 'file:///etc/hostname'>]>"


@dataclass(frozen=True, slots=True)
class Bomb:
    """`open` is given a folder. `says`: words of the refusal; empty for what is read in part."""

    open: Callable[[Path], object]
    says: str = ""


def zeros(size: int) -> bytes:
    """A gzip file of so many spaces, which was never held whole."""
    made = io.BytesIO()
    with gzip.GzipFile(fileobj=made, mode="wb", mtime=0) as file:
        for _ in range(size >> 20):
            file.write(b" " * (1 << 20))
    return made.getvalue()


GIGABYTE = zeros(1 << 30)


def _inflated(encodings: str, body: bytes) -> Callable[[Path], object]:
    def run(_: Path) -> object:
        inflater = Inflater(encodings, 20_000_000)
        inflater.feed(body)
        return len(inflater.finish())

    return run


def _feed(body: bytes | str) -> Callable[[Path], object]:
    made = body if isinstance(body, bytes) else body.encode()
    return lambda _: len(parse_feed(made, "https://a.example/f", now=NOW).items)


def _sitemap(body: bytes | str) -> Callable[[Path], object]:
    made = body if isinstance(body, bytes) else body.encode()
    return lambda _: len(parse_sitemap(made, "https://a.example/s.xml", now=NOW).items)


def _opml(body: str) -> Callable[[Path], object]:
    return lambda _: len(read_opml(body.encode(), "feeds.opml").sources)


def _page(text: str) -> Callable[[Path], object]:
    return lambda _: parse_page(text).root is not None


def _archive(body: bytes) -> Callable[[Path], object]:
    def run(folder: Path) -> object:
        path = folder / "pages.warc.gz"
        path.write_bytes(body)
        faults = [one for one in captures_in(path) if isinstance(one, DragomanError)]
        if faults:
            raise faults[0]
        return 0

    return run


def _file(body: bytes) -> Callable[[Path], object]:
    def run(folder: Path) -> object:
        path = folder / "page.html.gz"
        path.write_bytes(body)
        return len(capture_file(path).body)

    return run


def _warc(size: int) -> bytes:
    """One record that says and is so many bytes, in a gzip file."""
    head, _, _ = record("https://a.example/1", b"").partition(b"Content-Length")
    made = io.BytesIO()
    with gzip.GzipFile(fileobj=made, mode="wb", mtime=0) as file:
        file.write(head + f"Content-Length: {size}\r\n\r\n".encode())
        for _ in range(size >> 20):
            file.write(b" " * (1 << 20))
    return made.getvalue()


RSS = "<rss version='2.0'><channel><title>t</title>{}</channel></rss>"
URLS = "<urlset>{}</urlset>"
ENTRY = "<url><loc>https://a.example/&j;</loc></url>"
BOMBS: dict[str, Bomb] = {
    "answer, gzip": Bomb(_inflated("gzip", GIGABYTE), "Overflow"),
    "answer, gzip in gzip": Bomb(_inflated("gzip, gzip", gzip.compress(GIGABYTE)), "Overflow"),
    "answer, deflate": Bomb(_inflated("deflate", zlib.compress(b" " * 50_000_000)), "Overflow"),
    "answer, three layers": Bomb(_inflated("gzip, gzip, gzip", b""), "packed 3 times"),
    "answer, brotli": Bomb(_inflated("br", b"x"), "not asked for"),
    "page file, gzip": Bomb(_file(GIGABYTE), "larger than"),
    "archive, one endless record": Bomb(_archive(_warc(1 << 30)), "larger than"),
    "archive, no record": Bomb(_archive(GIGABYTE), "no page"),
    "feed, gzip": Bomb(_feed(GIGABYTE), "larger than"),
    "feed, laughs": Bomb(_feed(LAUGHS + RSS.format("<item><title>&j;</title></item>"))),
    "feed, quadratic": Bomb(
        _feed(QUADRATIC + RSS.format(f"<item><title>{'&j;' * 50_000}</title></item>"))
    ),
    "feed, deep": Bomb(_feed(RSS.format("<a>" * 100_000)), "inside each other"),
    "feed, many attributes": Bomb(
        _feed(RSS.format(f"<item {' '.join(f'a{n}=1' for n in range(100_000))}/>"))
    ),
    "feed, long attribute": Bomb(_feed(RSS.format(f"<item a='{'x' * 8_000_000}'/>"))),
    "JSON feed, deep": Bomb(_feed(b'{"items":' + b"[" * 1_000_000), "broken or cut off"),
    "JSON feed, huge number": Bomb(
        _feed(b'{"items":[{"id":' + b"9" * 5_000_000 + b"}]}"), "broken or cut off"
    ),
    "sitemap, gzip": Bomb(_sitemap(GIGABYTE), "larger than"),
    "sitemap, laughs": Bomb(_sitemap(LAUGHS + URLS.format(ENTRY))),
    "sitemap, outside": Bomb(_sitemap(OUTSIDE + URLS.format(ENTRY))),
    "sitemap, deep": Bomb(_sitemap(URLS.format("<a>" * 1_000_000))),
    "sitemap, comments": Bomb(_sitemap(URLS.format("<!---->" * 3_000_000))),
    "sitemap, one entry": Bomb(_sitemap(URLS.format(f"<url>{'<a/>' * 3_000_000}</url>"))),
    "OPML, laughs": Bomb(_opml(LAUGHS + "<opml><body><outline text='&j;'/></body></opml>")),
    "OPML, deep": Bomb(_opml("<opml><body>" + "<outline text='a'>" * 300_000)),
    "page, deep": Bomb(_page("<html><body>" + "<div>" * 100_000 + "x")),
    "page, many links": Bomb(_page("<html><body>" + "<a href=x>x</a>" * 300_000)),
    "page, long attribute": Bomb(_page(f"<html><body><p title='{'x' * 4_000_000}'>x")),
}


def became(bomb: Bomb, folder: Path) -> tuple[str, str]:
    try:
        return "read", repr(bomb.open(folder))
    except (DragomanError, Garbled) as fault:
        return "refused", str(fault)
    except Overflow:
        return "refused", "Overflow"
    except (Exception, MemoryError) as fault:
        return type(fault).__name__, str(fault)


def main(folder: Path) -> None:
    size = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + SPARE, size + SPARE))
    control = Bomb(lambda _: len(bytearray(2 * SPARE)))
    for name, bomb in {**BOMBS, CONTROL: control}.items():
        began = process_time()
        what, why = became(bomb, folder)
        told = {"name": name, "what": what, "why": why[:200], "seconds": process_time() - began}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
