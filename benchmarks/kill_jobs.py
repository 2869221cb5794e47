"""What is killed: a command each, the desk it begins with, and what it has promised when it dies.

In: a folder for a desk. Out: the desk made ready; the command run, to its end or not; what it had
acknowledged and the desk does not hold.
"""

from __future__ import annotations

import http.client
import json
import socket
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import kill_forks as forks
from benchmarks.kill_forks import Kill, Ran
from benchmarks.kill_old import make_old
from benchmarks.kill_texts import PAGES, comments, write_pages
from dragoman.collect.pages import capture_file
from dragoman.model import Kept, Source
from dragoman.pipeline import Steps
from dragoman.publish.site.tokens import Tokens
from dragoman.store import open_store, source_id
from dragoman.store.connect import FILE_NAME

OLD = ("0011", "0016")
"""Versions of the tables that are brought up to date; each was one that changed much of a desk."""
FORM_AGE = 100.0
"""Seconds for which a form was open."""
READY = 30.0
"""Seconds within which a site answers."""


@dataclass
class Job:
    """A command, typed once and typed again after it was killed."""

    name: str
    arguments: Sequence[str]
    prepare: Callable[[Path], None] = lambda _home: None

    def blow(self, home: Path, out: Path, kill: Kill | None = None) -> Ran:
        return forks.run([*self.arguments, "--home", str(home)], out, kill)

    def lost(self, home: Path, lines: Sequence[str]) -> list[str]:
        """Articles of which a line said that they are there, or gone; entries that were named."""
        said = [json.loads(line) for line in lines if line.startswith("{")]
        with closing(sqlite3.connect(home / FILE_NAME)) as file:
            return [str(one) for one in said if not _is_held(file, one)]


def _is_held(file: sqlite3.Connection, said: dict[str, object]) -> bool:
    def number(query: str, *values: object) -> int:
        return int(file.execute(query, values).fetchone()[0])

    if said.get("article"):
        query = """SELECT count(*) FROM articles a JOIN readings r ON r.article_id = a.id
            JOIN captures c ON c.article_id = a.id WHERE a.id = ?"""
        return number(query, said["article"]) > 0
    if said.get("outcome") == "forgotten":
        return number("SELECT count(*) FROM tombstones WHERE id = ?", said["id"]) > 0
    if said.get("new"):
        query = "SELECT count(*) FROM entries WHERE source_id = ?"
        return number(query, said["source"]) >= int(str(said["new"]))
    return True


def add(pages: Path) -> Job:
    return Job("add", ["add", str(pages), "--json"])


def build(pages: Path) -> Job:
    """What a stopped run left: captures without articles, beside articles."""

    def prepare(home: Path) -> None:
        files = sorted(pages.iterdir())
        _made(home, ["add", *map(str, files[:3])])
        with open_store(home) as store:
            for file in files[3:]:
                store.keep_capture(capture_file(file))

    return Job("build", ["build", "--json"], prepare)


def rebuild(pages: Path) -> Job:
    """An older coder left out every second report."""

    def prepare(home: Path) -> None:
        usual = Steps.record

        def less(self: Steps, kept: Kept) -> Kept:
            made = usual(self, kept)
            reports = made.reports[::2]
            return Kept(**{
                **{name: getattr(made, name) for name in made.__dataclass_fields__},
                "reports": reports,
            })  # fmt: skip

        Steps.record = less  # type: ignore[method-assign]
        try:
            _made(home, ["add", str(pages)])
        finally:
            Steps.record = usual  # type: ignore[method-assign]

    return Job("rebuild", ["build", "--from", "read", "--json"], prepare)


def forget(pages: Path) -> Job:
    """An article with a copy and happenings that others tell too; the file is written anew."""

    def prepare(home: Path) -> None:
        _made(home, ["add", str(pages)])

    target = "https://kura-dispatch.example/news/14"
    return Job("forget", ["forget", target, "--reason", "asked for", "--yes", "--json"], prepare)


def migrate(pages: Path, version: str) -> Job:
    """A desk of an older version, with all that its tables can hold of one of today."""

    def prepare(home: Path) -> None:
        today = home.with_name(f"{home.name}-today")
        _made(today, ["add", str(pages)])
        home.mkdir()
        make_old(home / FILE_NAME, today / FILE_NAME, version)

    return Job(f"migrate {version}", ["build", "--json"], prepare)


def _made(home: Path, arguments: Sequence[str]) -> None:
    """A command on a desk, carried out in a fork of this process as it is now."""
    out = home.with_suffix(".out")
    if forks.run([*arguments, "--home", str(home)], out).code:
        raise SystemExit(f"{home.name} could not be made ready: {out.read_text()[-2000:]}")


# --- from a server ---------------------------------------------------------------------------


@dataclass
class Fetch(Job):
    """Two feeds of one server; the second names pages of the first again."""

    port: int = 0

    @classmethod
    def at(cls, port: int) -> Fetch:
        made = cls("fetch", ["fetch", "--all", "--json"], port=port)
        made.prepare = made.settle
        return made

    def settle(self, home: Path) -> None:
        home.mkdir()
        (home / "dragoman.toml").write_text('polite_delay = 0\nallow_hosts = ["127.0.0.1"]\n')
        with open_store(home) as store:
            for name in ("one.xml", "two.xml"):
                address = f"http://127.0.0.1:{self.port}/{name}"
                store.add_source(Source(source_id(address), address, "feed"))


def serve_pages(listener: socket.socket) -> None:
    """The feeds and pages, for ever."""
    port = listener.getsockname()[1]
    names = list(PAGES)
    answers = {f"/{name}": text for name, text in PAGES.items()}
    answers |= {"/one.xml": _feed(port, names[:7]), "/two.xml": _feed(port, names[4:])}
    while True:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            connection.settimeout(5)
            asked = connection.recv(65_536).decode("latin-1").split(" ")
            path = asked[1] if len(asked) > 1 else ""
            connection.sendall(_answer(path, answers.get(path)))


def _answer(path: str, text: str | None) -> bytes:
    kinds = {"xml": "application/rss+xml", "txt": "text/plain", "html": "text/html"}
    kind = kinds.get(path.rpartition(".")[2], "text/plain")
    body = (text or "").encode()
    status = "200 OK" if text is not None else "404 Not Found"
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    ).encode() + body


def _feed(port: int, names: Sequence[str]) -> str:
    items = "".join(
        f"<item><guid>{name}</guid><title>{name}</title>"
        f"<link>http://127.0.0.1:{port}/{name}</link>"
        f"<pubDate>Mon, 18 Mar 2024 10:00:00 GMT</pubDate></item>"
        for name in names
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>L</title>{items}</channel></rss>'
    )


# --- by a site that serves ---------------------------------------------------------------------


@dataclass
class Comment(Job):
    """Readers leave comments at a site; forms that were not taken are sent again as they were."""

    tokens: dict[str, str] = field(default_factory=dict)
    """Text of a comment → the token of its form."""
    path: str = ""

    @classmethod
    def under(cls, pages: Path) -> Comment:
        made = cls("comment", ["serve"])
        made.prepare = lambda home: made.settle(home, pages)
        return made

    def settle(self, home: Path, pages: Path) -> None:
        home.mkdir()
        (home / "dragoman.toml").write_text('today = "2024-03-16"\ncomments.on = true\n')
        _made(home, ["add", str(pages / "00.html")])
        with open_store(home) as store:
            self.path = f"/article/{store.article_ids()[0]}/comment"
            key, *_ = map(store.key, ("forms", "visitors", "comments"))
        forms = Tokens(key, clock=lambda: time.time() - FORM_AGE)
        self.tokens = {one["text"]: forms.made(self.path, None) for one in comments()}

    def blow(self, home: Path, out: Path, kill: Kill | None = None) -> Ran:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        began = time.monotonic()
        with forks.running(["serve", "--port", str(port), "--home", str(home)], out, kill):
            taken = []
            if _answers(port):
                with suppress(OSError, http.client.HTTPException):
                    for number, one in enumerate(comments()):
                        self._post(port, number, one)
                        taken.append(json.dumps(one))
            seconds = time.monotonic() - began
        return Ran(taken, 0 if len(taken) == len(self.tokens) else None, seconds)

    def _post(self, port: int, number: int, one: dict[str, str]) -> None:
        body = urlencode({**one, "token": self.tokens[one["text"]], "do": "send"})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"198.51.100.{number + 1}",
        }
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=READY)) as asked:
            asked.request("POST", self.path, body, headers)
            answer = asked.getresponse()
            if answer.status != 303:
                raise SystemExit(f"a comment was answered {answer.status}: {answer.read()!r:.400}")

    def lost(self, home: Path, lines: Sequence[str]) -> list[str]:
        with closing(sqlite3.connect(home / FILE_NAME)) as file:
            there = {text for (text,) in file.execute("SELECT text FROM comments")}
        return [line for line in lines if json.loads(line)["text"] not in there]


def _answers(port: int) -> bool:
    """Whether somebody listens there, sooner or later."""
    until = time.monotonic() + READY
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        time.sleep(0.005)
    return False


def jobs(folder: Path, port: int) -> list[Job]:
    pages = folder / "pages"
    write_pages(pages)
    return [
        Fetch.at(port),
        add(pages),
        Comment.under(pages),
        build(pages),
        rebuild(pages),
        *(migrate(pages, version) for version in OLD),
        forget(pages),
    ]
