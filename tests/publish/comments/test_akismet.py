"""Akismet asked too: over a server of this machine that answers as its interface says."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from dragoman.config import CommentSettings, Config
from dragoman.desk.akismet import Akismet
from dragoman.errors import SourceError
from dragoman.knowledge import Knowledge
from dragoman.model.comment import Decision
from dragoman.publish.comments import asking_akismet
from dragoman.publish.site.app import site
from dragoman.store import open_store
from tests.publish.conftest import Client
from tests.publish.desk import TODAY

KEY = "0123456789ab"
FORM = "/article/a-wire/comment"
SAID = {"name": "Lectrice", "email": "l@mail.example", "text": "Which pier was it, then?"}
pytestmark = pytest.mark.usefixtures("service")


@dataclass
class Service:
    """`answer`: what it says; None: it breaks the line off."""

    address: str
    answer: str | None = "false"
    status: int = 200
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            told.asked.append((self.path, {k: v[0] for k, v in parse_qs(body).items()}))
            if told.answer is None:
                self.close_connection = True
                return
            self.send_response(told.status)
            self.send_header("Content-Length", str(len(told.answer)))
            self.end_headers()
            self.wfile.write(told.answer.encode())

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told = Service(f"http://127.0.0.1:{server.server_port}/1.1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()

    def reach(key: str, blog: str) -> Akismet:
        return Akismet(key, blog, base=told.address, allow_hosts=["127.0.0.1"])

    monkeypatch.setattr(asking_akismet, "reach", reach)
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client(home: Path, knowledge: Knowledge) -> Client:
    settings = CommentSettings(on=True, hold_first=False, akismet_key=KEY)
    config = Config(today=TODAY, comments=settings, address="https://desk.example")
    return Client(lambda: site(home, config, knowledge))


def kept(home: Path) -> Decision:
    with open_store(home) as store:
        found = store.comment(1)
        assert found is not None
        return Decision(found.state, found.score, found.reasons)


@pytest.mark.parametrize(
    ("answer", "status", "state", "reason"),
    [
        ("true", 200, "spam", "akismet_spam"),
        ("false", 200, "held", "akismet_fine"),
        ("invalid", 200, "held", "akismet_silent"),
        ("oops", 500, "held", "akismet_silent"),
        (None, 200, "held", "akismet_silent"),
    ],
)
def test_its_answer_is_a_reason_and_silence_holds(
    client: Client, home: Path, service: Service, answer: str | None, status: int, state: str,
    reason: str,
) -> None:  # fmt: skip
    service.answer, service.status = answer, status
    client.fill(FORM, SAID)
    made = kept(home)
    assert made.state == state, made.reasons
    assert reason in {one.kind for one in made.reasons}


def test_it_is_told_what_the_reader_gave_and_no_more(client: Client, service: Service) -> None:
    client.fill(FORM, SAID)
    client.fill(FORM, {**SAID, "email": ""})
    (path, first), (_, second) = service.asked
    assert path == "/1.1/comment-check"
    assert first == {
        "api_key": KEY,
        "blog": "https://desk.example",
        "user_ip": "127.0.0.1",
        "blog_charset": "UTF-8",
        "comment_type": "comment",
        "comment_author": "Lectrice",
        "comment_content": "Which pier was it, then?",
        "blog_lang": "en",
        "comment_author_email": "l@mail.example",
    }
    assert "comment_author_email" not in second


def test_what_the_filter_puts_away_it_is_not_asked_of(client: Client, service: Service) -> None:
    client.fill(FORM, {**SAID, "website": "x"})
    assert service.asked == []


def test_it_is_told_what_members_decide(client: Client, home: Path, service: Service) -> None:
    from dragoman.publish.comments.deciding import decide
    from dragoman.publish.room import ReadingRoom

    client.fill(FORM, SAID)
    settings = CommentSettings(on=True, akismet_key=KEY)
    with open_store(home) as store:
        room = ReadingRoom(store, Knowledge(), Config(comments=settings))
        for do in ("spam", "hold", "show", "remove"):
            decide(room, store, do, 1, "Ada")
        service.answer = None
        assert decide(room, store, "spam", 1, "Ada").state == "spam"
    assert [path for path, _ in service.asked] == [
        "/1.1/comment-check",
        "/1.1/submit-spam",
        "/1.1/submit-ham",
        "/1.1/submit-spam",
    ]


def test_it_is_sent_nowhere_else(service: Service) -> None:
    service.answer, service.status = "", 302
    reached = Akismet(KEY, "x", base=service.address, allow_hosts=["127.0.0.1"])
    with reached as akismet, pytest.raises(SourceError):
        akismet.is_spam({})
    with Akismet(KEY, "x", base=service.address) as akismet, pytest.raises(SourceError):
        akismet.is_spam({})  # a private network that the settings do not name
    assert len(service.asked) == 1
