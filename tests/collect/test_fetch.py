"""What a fetch gives, sends and refuses, beyond the ways in which a server can misbehave."""

from __future__ import annotations

import pickle
import re
import ssl
import threading
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.collect import connect
from dragoman.collect.answer import LONGEST_WAIT
from dragoman.collect.fetch import Fetcher, Limits, Validators, fetch
from dragoman.errors import SourceError
from tests.collect.loopback import HOST, PAGE, Behaviour, Loopback, Visit, head, reply

CERTIFICATE = Path(__file__).with_name("selfsigned.pem")
"""For misbehaving.test and for nothing else; nobody trusts it."""


def fault_of(fetcher: Fetcher, url: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        fetcher.get(url)
    return caught.value


def test_a_page(misbehaving: Loopback, fetcher: Fetcher) -> None:
    found = fetcher.get(misbehaving.url("page"))
    assert found.body == PAGE.encode()
    assert (found.url, found.status) == (misbehaving.url("page"), 200)
    assert (found.media_type, found.charset) == ("text/html", "utf-8")
    assert (found.moved_to, found.retry_after, found.fresh_for) == (None, None, None)


def test_the_function(misbehaving: Loopback, names: dict[str, list[str]]) -> None:
    assert fetch(misbehaving.url("page"), allow_hosts=[HOST]).body == PAGE.encode()


def test_it_says_who_asks(misbehaving: Loopback, names: dict[str, list[str]]) -> None:
    with Fetcher(allow_hosts=[HOST], contact="desk@example.org") as fetcher:
        fetcher.get(misbehaving.url("page?who"))
    sent = next(headers for target, headers in misbehaving.requests if target == "/page?who")
    assert re.fullmatch(r"dragoman/[\d.]+ \(.*; desk@example\.org\)", sent["user-agent"])
    assert "cookie" not in sent
    assert "br" not in sent["accept-encoding"]


# --- Conditional requests ------------------------------------------------------------------


def test_nothing_new(misbehaving: Loopback, fetcher: Fetcher) -> None:
    first = fetcher.get(misbehaving.url("fresh"))
    assert first.validators == Validators('"seven"', "Mon, 18 Mar 2024 12:00:00 GMT")
    assert first.fresh_for == 600
    again = fetcher.get(misbehaving.url("fresh"), validators=first.validators)
    assert (again.status, again.body, again.validators) == (304, b"", first.validators)


def test_something_new(misbehaving: Loopback, fetcher: Fetcher) -> None:
    found = fetcher.get(misbehaving.url("fresh"), validators=Validators('"six"', None))
    assert (found.status, found.validators.etag) == (200, '"seven"')


def test_a_304_that_says_nothing_keeps_what_was_known(
    misbehaving: Loopback, fetcher: Fetcher
) -> None:
    known = Validators('"y"', "Mon, 18 Mar 2024 12:00:00 GMT")
    found = fetcher.get(misbehaving.url("not-modified-unasked"), validators=known)
    assert found.status == 304
    assert found.validators == Validators('"x"', "Mon, 18 Mar 2024 12:00:00 GMT")


@pytest.mark.parametrize("etag", ['W/"a"', '"é"', '"\u2019"', "garbage", '"' + "x" * 9_000 + '"'])
def test_an_etag_goes_back_as_it_came(etag: str, names: dict[str, list[str]]) -> None:
    def once(visit: Visit) -> None:
        tag = etag.encode().decode("latin-1")  # as bytes on the wire
        if visit.headers.get("if-none-match") == tag:
            visit.send(head("HTTP/1.1 304 Not Modified", f"ETag: {tag}"))
        else:
            visit.send(reply(PAGE, f"ETag: {tag}"))

    with (
        Loopback({"once": Behaviour("knows its own", None, once)}) as server,
        Fetcher(allow_hosts=[HOST]) as fetcher,
    ):
        first = fetcher.get(server.url("once"))
        assert fetcher.get(server.url("once"), validators=first.validators).status == 304


# --- Redirects -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "moved"),
    [
        ("redirect-permanent", True),
        ("redirect-permanent-twice", True),
        ("redirect-relative", False),
        ("redirect-mixed", False),
    ],
)
def test_only_permanent_redirects_are_to_be_remembered(
    path: str, moved: bool, misbehaving: Loopback, fetcher: Fetcher
) -> None:
    found = fetcher.get(misbehaving.url(path))
    assert found.url == misbehaving.url("page")
    assert found.moved_to == (misbehaving.url("page") if moved else None)


def test_each_further_address_is_told(misbehaving: Loopback, fetcher: Fetcher) -> None:
    told: list[str] = []
    fetcher.get(misbehaving.url("redirect-permanent-twice"), before_redirect=told.append)
    assert told == [misbehaving.url("redirect-permanent"), misbehaving.url("page")]


def test_a_redirect_can_be_declined(misbehaving: Loopback, fetcher: Fetcher) -> None:
    def decline(url: str) -> None:
        raise SourceError(f"{url}: not there", kind="robots")

    visits = misbehaving.visits["page"]
    with pytest.raises(SourceError, match="not there") as caught:
        fetcher.get(misbehaving.url("redirect-permanent"), before_redirect=decline)
    assert caught.value.kind == "robots"
    assert misbehaving.visits["page"] == visits


# --- What servers say in refusing ----------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "wait"),
    [
        ("busy", 429, 120),
        ("busy-far", 429, LONGEST_WAIT),
        ("busy-garbage", 429, None),
        ("unavailable", 503, None),
        ("gone", 410, None),
    ],
)
def test_a_refusal_has_its_status_and_wait(
    path: str, status: int, wait: float | None, misbehaving: Loopback, fetcher: Fetcher
) -> None:
    fault = fault_of(fetcher, misbehaving.url(path))
    assert (fault.status, fault.retry_after) == (status, wait)


def test_a_fault_crosses_processes() -> None:
    fault = SourceError("https://example.org: 429", kind="busy", status=429, retry_after=7.0)
    copy = pickle.loads(pickle.dumps(fault))
    assert (str(copy), copy.kind, copy.status, copy.retry_after) == (
        "https://example.org: 429", "busy", 429, 7.0,
    )  # fmt: skip


# --- Where it may connect ------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/secret",
        "http://[::1]:{port}/secret",
        "http://[::ffff:127.0.0.1]:{port}/secret",
        "http://0.0.0.0:{port}/secret",
        "http://rebound.test:{port}/secret",
        "http://both.test:{port}/secret",
        "http://169.254.169.254/latest/meta-data",
    ],
)
def test_private_networks_are_refused(url: str, misbehaving: Loopback, fetcher: Fetcher) -> None:
    visits = misbehaving.visits["secret"]
    fault = fault_of(fetcher, url.format(port=misbehaving.port))
    assert fault.kind == "private"
    assert "allow_hosts" in str(fault)
    assert misbehaving.visits["secret"] == visits


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://misbehaving.test/",
        "//misbehaving.test/page",
        "misbehaving.test",
        "http://",
        "http:///page",
        "http://user@misbehaving.test/page",
        "http://misbehaving.test:pass@127.0.0.1/",
        "http://misbehaving.test\\@127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://①②⑦.0.0.1/",
        "http://misbehaving.test:99999999/",
        "http://misbe\0having.test/",
        "http://misbehaving.test/\r\nX-Injected: yes",
        "http://[::1/",
        "http://xn--/",
        "http://" + "a" * 5_000,
        "",
    ],
)
def test_what_is_no_plain_address_is_refused(url: str, fetcher: Fetcher) -> None:
    assert fault_of(fetcher, url).kind == "not-http"


@pytest.mark.parametrize(
    "url", ["http://unknown.test/", f"http://{'a' * 70}.test/", "http://a..b/"]
)
def test_a_name_nobody_knows(url: str, fetcher: Fetcher) -> None:
    assert fault_of(fetcher, url).kind == "name"


@pytest.mark.parametrize("name", ["Rebound.TEST", " rebound.test "])
def test_a_private_host_can_be_allowed_by_name(
    name: str, misbehaving: Loopback, names: dict[str, list[str]]
) -> None:
    with Fetcher(allow_hosts=[name]) as fetcher:
        assert fetcher.get(misbehaving.url("secret", "rebound.test")).body == b"secret"
        assert fault_of(fetcher, misbehaving.url("secret", "127.0.0.1")).kind == "private"
        assert fault_of(fetcher, misbehaving.url("secret", "a.rebound.test")).kind == "name"


@pytest.mark.parametrize("name", ["127.0.0.1", "bücher.test"])
def test_numbers_and_other_scripts_can_be_allowed(
    name: str, misbehaving: Loopback, names: dict[str, list[str]]
) -> None:
    names["xn--bcher-kva.test"] = ["127.0.0.1"]
    with Fetcher(allow_hosts=[name]) as fetcher:
        assert fetcher.get(misbehaving.url("secret", name)).body == b"secret"


def test_every_new_connection_is_checked(
    misbehaving: Loopback, names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that was public and then is not: the kept connection is used, no new one made."""
    monkeypatch.setattr(connect, "is_public", lambda address: address == "127.0.0.1")
    names["turns.test"] = ["127.0.0.1"]
    with Fetcher() as fetcher:
        assert fetcher.get(misbehaving.url("page", "turns.test")).body == PAGE.encode()
        names["turns.test"] = ["127.0.0.2"]
        assert fetcher.get(misbehaving.url("page", "turns.test")).status == 200
        fetcher.close()
        assert fault_of(fetcher, misbehaving.url("page", "turns.test")).kind == "private"


def test_the_next_address_is_tried(misbehaving: Loopback, names: dict[str, list[str]]) -> None:
    names["two.test"] = ["127.0.0.2", "127.0.0.1"]  # nobody listens at the first
    with Fetcher(allow_hosts=["two.test"]) as fetcher:
        assert fetcher.get(misbehaving.url("page", "two.test")).status == 200


def test_nobody_listens(misbehaving: Loopback, names: dict[str, list[str]]) -> None:
    names.update({"down.test": ["127.0.0.2", "127.0.0.3"], "empty.test": []})
    with Fetcher(allow_hosts=["down.test"]) as fetcher:
        assert fault_of(fetcher, misbehaving.url("page", "down.test")).kind == "connection"
        assert fault_of(fetcher, misbehaving.url("page", "empty.test")).kind == "connection"


@pytest.mark.timeout(30)
def test_a_slow_resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(connect, "resolve", lambda host, port: [str(over.wait(20))])
    with Fetcher(limits=Limits(seconds=0.2)) as fetcher:
        assert fault_of(fetcher, "http://slow.test/").kind == "timeout"
    over.set()


# --- TLS -----------------------------------------------------------------------------------


@pytest.fixture
def safe(misbehaving: Loopback) -> Iterator[Loopback]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with Loopback(misbehaving.behaviours, tls=context) as server:
        yield server


def test_a_certificate_of_nobody_is_refused(safe: Loopback, fetcher: Fetcher) -> None:
    fault = fault_of(fetcher, safe.url("page"))
    assert fault.kind == "tls"
    assert "certificate" in str(fault)


def test_a_certificate_holds_for_its_name_alone(
    safe: Loopback, names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with Fetcher(allow_hosts=[HOST, "rebound.test"]) as fetcher:
        assert fetcher.get(safe.url("page")).body == PAGE.encode()
        assert fault_of(fetcher, safe.url("page", "rebound.test")).kind == "tls"


def test_no_tls_where_it_was_promised(misbehaving: Loopback, fetcher: Fetcher) -> None:
    url = misbehaving.url("page").replace("http:", "https:")
    assert fault_of(fetcher, url).kind == "tls"


# --- Connections, limits, threads ----------------------------------------------------------


def test_connections_are_kept(misbehaving: Loopback, fetcher: Fetcher) -> None:
    before = misbehaving.connections
    first = fetcher.get(misbehaving.url("fresh"))
    for _ in range(3):
        fetcher.get(misbehaving.url("fresh"), validators=first.validators)
        fetcher.get(misbehaving.url("page"))
    assert misbehaving.connections == before + 1


def test_a_kept_connection_that_was_closed_is_made_anew(names: dict[str, list[str]]) -> None:
    def once(visit: Visit) -> None:
        if visit.turn > 1:
            raise ConnectionAbortedError  # hangs up on the second request
        visit.send(reply())

    with (
        Loopback({"once": Behaviour("answers once", None, once, keeps=True)}) as server,
        Fetcher(allow_hosts=[HOST]) as fetcher,
    ):
        for _ in range(3):
            assert fetcher.get(server.url("once")).body == PAGE.encode()
        assert (server.visits["once"], server.connections) == (5, 3)


def test_bytes_beyond_their_length_are_nobodys_answer(
    misbehaving: Loopback, fetcher: Fetcher
) -> None:
    for _ in range(5):
        assert len(fetcher.get(misbehaving.url("length-too-short")).body) == 20
        assert fetcher.get(misbehaving.url("page")).body == PAGE.encode()


def test_the_limit_is_the_largest_body_taken(misbehaving: Loopback, fetcher: Fetcher) -> None:
    size = len(PAGE.encode())
    for path in ("page", "gzip"):
        assert fetcher.get(misbehaving.url(path), most_bytes=size).body == PAGE.encode()
        with pytest.raises(SourceError) as caught:
            fetcher.get(misbehaving.url(path), most_bytes=size - 1)
        assert caught.value.kind == "too-large"


def test_threads_share_one(names: dict[str, list[str]]) -> None:
    def echo(visit: Visit) -> None:
        visit.send(reply(visit.query))

    with (
        Loopback({"echo": Behaviour("says it again", None, echo, keeps=True)}) as server,
        Fetcher(allow_hosts=[HOST]) as fetcher,
        ThreadPoolExecutor(8) as threads,
    ):
        asked = [f"{number}" * 9 for number in range(80)]
        found = threads.map(lambda word: fetcher.get(server.url(f"echo?{word}")).body, asked)
        assert list(found) == [word.encode() for word in asked]


# --- Anything at all -----------------------------------------------------------------------

PROPER = reply(PAGE, 'ETag: "a"', "Set-Cookie: a=b", "Cache-Control: max-age=3", "Age: 1")
MOVED = reply("", "Location: /next/../x?y#z", "Set-Cookie: a=b; Path=/", status="302 Found")


PIECES = [
    *("http://", "https:", "//", "nobody.test", "@", ":", "\\", "[", "::1", "]", "%", "%25", ".."),
    *("xn--", "127.0.0.1", "0x7f", "/", "?", "#", " ", "\t", "\x00", "é", "\u2024", "\ud800", "🦊"),
]


@given(st.text(max_size=30) | st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_address(fetcher: Fetcher, text: str) -> None:
    """What is no address, or that of nobody, is refused in one sentence, whatever it looks like."""
    for asked in (text, f"http://{text}", f"http://nobody.test{text}"):
        fault = fault_of(fetcher, asked)
        assert fault.kind in ("not-http", "name", "private")


@st.composite
def answers(draw: st.DrawFn) -> bytes:
    """Proper answers with some bytes changed, cut out or put in."""
    data = bytearray(draw(st.sampled_from([PROPER, MOVED])))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        data[at : at + draw(st.integers(0, 6))] = draw(st.binary(max_size=6))
    return bytes(data)


def test_any_answer(names: dict[str, list[str]]) -> None:
    """Whatever bytes a server sends, a fetch ends in an answer or in a SourceError."""
    said = [b""]
    odd = Behaviour("anything", None, lambda visit: visit.send(said[0]))

    with (
        Loopback(defaultdict(lambda: odd)) as server,
        Fetcher(allow_hosts=[HOST], limits=Limits(seconds=5.0)) as fetcher,
    ):

        @settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
        @given(st.one_of(answers(), st.binary(max_size=40)))
        def one(data: bytes) -> None:
            said[0] = data
            with suppress(SourceError):
                assert fetcher.get(server.url("x"), most_bytes=10_000).status == 200

        one()
