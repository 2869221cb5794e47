"""One address in, one answer out: GET over http or https, redirects followed and looked at; and
POST, of a form or of what the desk's people asked to be told, which follows none.

Refuses other schemes, user names and odd numbers in an address, what is too large, even when
packed small, and what takes too long, however it is dripped. Where connections may lead is held
by `connect`, at the first hop as at every other.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType

import httpcore
import httpx

from dragoman import __version__
from dragoman.collect.answer import Response, Validators, fresh_for, retry_after
from dragoman.collect.connect import CheckedBackend, close_unless_last, time_limit
from dragoman.collect.inflate import ASKED_FOR, Garbled, Inflater, Overflow
from dragoman.collect.networks import is_odd_number
from dragoman.errors import FaultKind, SourceError

__all__ = [
    "MAX_BYTES",
    "NAME",
    "Fetcher",
    "Limits",
    "Response",
    "Validators",
    "address_of",
    "fetch",
]

MAX_BYTES = 20_000_000
MAX_ADDRESS = 4_000
NAME = "dragoman"
"""What robots.txt calls us."""
ACCEPTED = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
    "application/feed+json, application/xml;q=0.9, */*;q=0.8"
)
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
NOT_MODIFIED = 304
PACKING = 1_000
"""Bytes by which a packed body may be longer than what is in it."""
_KINDS: dict[int, FaultKind] = {
    **dict.fromkeys((401, 403, 451), "refused"),
    **dict.fromkeys((404, 410), "gone"),
    **dict.fromkeys((429, 503), "busy"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a request may take, in seconds, and how often it may be sent elsewhere."""

    seconds: float = 25.0
    """For the whole of it: names, connections, redirects and the body."""
    silence: float = 10.0
    """For one connection attempt, and between any two signs of life."""
    redirects: int = 8


def fetch(url: str, *, allow_hosts: Iterable[str] = (), contact: str | None = None) -> Response:
    """GET one address and keep no connection. Raises SourceError, the reason in plain words."""
    with Fetcher(allow_hosts=allow_hosts, contact=contact) as fetcher:
        return fetcher.get(url)


class Fetcher:
    """Gets addresses over connections that it keeps; may be shared by threads.

    `contact` tells servers where the desk's owner can be reached. Cookies last as long as one
    `get`: some servers send their visitors in a circle without.
    """

    def __init__(
        self,
        *,
        allow_hosts: Iterable[str] = (),
        contact: str | None = None,
        limits: Limits | None = None,
    ) -> None:
        about = "self-hosted news desk" + (f"; {contact}" if contact else "")
        self.agent = f"{NAME}/{__version__} ({about})"
        self.limits = limits or Limits()
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=15.0,
            network_backend=CheckedBackend(frozenset(_host(name) for name in allow_hosts)),
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that were kept."""
        self._pool.close()

    def get(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        most_bytes: int = MAX_BYTES,
        before_redirect: Callable[[str], object] | None = None,
    ) -> Response:
        """GET one address, conditionally if `validators` of an earlier answer are given.

        `before_redirect` is called with each further address before it is asked, and may raise
        SourceError. Raises SourceError, its `kind` for programs and its text for people.
        """
        with time_limit(self.limits.seconds), _told_of(url):
            return self._follow(url, validators, most_bytes, before_redirect)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Hand something to one address, and give the status of an answer that takes it; what the
        answer says is not read. A connection that was lost may mean that it came twice. Raises
        SourceError, also for a redirect: nobody but who was named is told."""
        with time_limit(self.limits.seconds), _told_of(url):
            request = httpx.Request("POST", _address(url), content=body, headers=dict(headers))
            request.headers["User-Agent"] = self.agent
            with self._answer(request) as answer:
                status = answer.status
                wait = retry_after(httpx.Headers(answer.headers), datetime.now(UTC))
            if status in REDIRECTS:
                raise SourceError(
                    "it redirects, which is not followed; name the address that it leads to",
                    kind="redirects",
                    status=status,
                )
            if not 200 <= status < 300:
                kind = _KINDS.get(status, "status")
                reason = f"the server answered {status}"
                raise SourceError(reason, kind=kind, status=status, retry_after=wait)
            return status

    def post_form(
        self, url: str, fields: Mapping[str, str], *, most_bytes: int = MAX_BYTES
    ) -> Response:
        """Send a form. Raises SourceError as `get` does, and where it is to be sent elsewhere."""
        with time_limit(self.limits.seconds), _told_of(url):
            address = _address(url)
            request = httpx.Request("POST", address, data=dict(fields))
            request.headers.update({"User-Agent": self.agent, "Accept-Encoding": ASKED_FOR})
            with self._answer(request) as answer:
                head = httpx.Response(answer.status, headers=answer.headers, request=request)
                return _response(head, answer, most_bytes, None)

    def _follow(
        self,
        url: str,
        validators: Validators | None,
        most_bytes: int,
        before_redirect: Callable[[str], object] | None,
    ) -> Response:
        hop, permanent = _address(url), True
        asked: set[tuple[str, str]] = set()
        cookies = httpx.Cookies()
        while len(asked) <= self.limits.redirects:
            request = self._request(hop, validators or Validators())
            cookies.set_cookie_header(request)
            visit = (str(hop), request.headers.get("cookie", ""))
            if visit in asked:
                raise SourceError("it redirects in a circle", kind="redirects")
            asked.add(visit)
            with self._answer(request) as answer:
                head = httpx.Response(answer.status, headers=answer.headers, request=request)
                if answer.status not in REDIRECTS:
                    moved_to = str(hop) if permanent and len(asked) > 1 else None
                    return _response(head, answer, most_bytes, moved_to)
            cookies.extract_cookies(head)
            hop, permanent = _target(head), permanent and answer.status in PERMANENT
            if before_redirect is not None:
                before_redirect(str(hop))
        raise SourceError(f"more than {self.limits.redirects} redirects", kind="redirects")

    def _request(self, url: httpx.URL, validators: Validators) -> httpx.Request:
        request = httpx.Request("GET", url)
        headers = request.headers
        headers.encoding = "utf-8"  # what servers gave us to send back may be in any script
        headers.update({"User-Agent": self.agent, "Accept": ACCEPTED, "Accept-Encoding": ASKED_FOR})
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.modified:
            headers["If-Modified-Since"] = validators.modified
        return request

    @contextmanager
    def _answer(self, request: httpx.Request) -> Iterator[httpcore.Response]:
        answer = self._sent(request)
        try:
            yield answer
        finally:
            answer.close()

    def _sent(self, request: httpx.Request) -> httpcore.Response:
        """The answer's head. A kept connection, which the server may have closed meanwhile,
        gets another chance as a new one."""
        url, waits = request.url, ("connect", "read", "write", "pool")
        where = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        while True:
            steps: list[str] = []
            told = {
                "timeout": dict.fromkeys(waits, self.limits.silence),
                "trace": lambda step, _, steps=steps: steps.append(step),
            }
            try:
                return self._pool.handle_request(
                    httpcore.Request(
                        request.method,
                        where,
                        headers=request.headers.raw,
                        content=request.content,
                        extensions=told,
                    )
                )
            except (httpcore.NetworkError, httpcore.RemoteProtocolError):
                if "connection.connect_tcp.started" in steps:
                    raise


def address_of(url: str) -> httpx.URL:
    """An address in its parts, if it may be fetched at all. Raises SourceError."""
    with _told_of(url):
        return _address(url)


@contextmanager
def _told_of(url: str) -> Iterator[None]:
    """Whatever goes wrong inside becomes a SourceError that names the address."""
    try:
        yield
    except SourceError as fault:
        raise _prefixed(url[:200], fault) from fault
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as fault:
        kind, reason = _explained(fault)
        raise SourceError(f"{url[:200]}: {reason[:200]}", kind=kind) from fault


def _prefixed(place: str, fault: SourceError) -> SourceError:
    return SourceError(
        f"{place}: {fault}", kind=fault.kind, status=fault.status, retry_after=fault.retry_after
    )


def _explained(fault: Exception) -> tuple[FaultKind, str]:
    within = fault.args[0] if fault.args else None  # httpcore wraps what the socket said
    if isinstance(within, ssl.SSLError):
        return "tls", f"no safe connection ({fault})"
    if isinstance(fault, httpcore.TimeoutException):
        return "timeout", "no whole answer in time"
    if isinstance(fault, httpcore.ConnectError):
        return "connection", f"can't connect ({fault})"
    if isinstance(fault, httpcore.NetworkError):
        return "connection", f"the connection was lost ({fault})"
    return "broken", f"the answer is not proper HTTP ({fault})"


def _host(name: str) -> str:
    """A host's name as it is looked up: small letters, other scripts encoded."""
    try:
        return httpx.URL(scheme="http", host=name.strip().strip("[]")).raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError):
        return name.lower()


def _address(text: str, base: httpx.URL | None = None) -> httpx.URL:
    """An address that may be asked. Raises SourceError for one that is none, or a disguise."""
    if len(text) > MAX_ADDRESS:
        raise SourceError(f"an address of more than {MAX_ADDRESS} characters", kind="not-http")
    try:
        url = base.join(text) if base else httpx.URL(text)
        host = url.host  # also a name that can't be spelled out is none
    except (httpx.InvalidURL, UnicodeError, ValueError) as fault:
        raise SourceError(f"not an address ({fault})", kind="not-http") from fault
    if url.scheme not in ("http", "https") or not host or (url.port or 0) > 65_535:
        raise SourceError("only http and https addresses can be fetched", kind="not-http")
    if url.userinfo:
        raise SourceError(
            "addresses with a user name before the host are not fetched", kind="not-http"
        )
    if is_odd_number(host):
        raise SourceError(f"{host} is no usual way to write an IP address", kind="not-http")
    return url


def _target(head: httpx.Response) -> httpx.URL:
    places = head.headers.get_list("location")
    if not places or not places[0].strip():
        raise SourceError(
            "it redirects without saying where", kind="redirects", status=head.status_code
        )
    try:
        return _address(places[0].strip(), head.request.url)
    except SourceError as fault:
        raise _prefixed(f"it redirects to {places[0][:100]!r}", fault) from fault


def _response(
    head: httpx.Response, answer: httpcore.Response, most_bytes: int, moved_to: str | None
) -> Response:
    asked = head.request.headers
    given = Validators(head.headers.get("etag"), head.headers.get("last-modified"))
    now = datetime.now(UTC)
    wait = retry_after(head.headers, now)
    if head.status_code == NOT_MODIFIED:
        if "if-none-match" not in asked and "if-modified-since" not in asked:
            raise SourceError(
                "it says 'not modified' to a first request", kind="broken", status=304
            )
        known = Validators(asked.get("if-none-match"), asked.get("if-modified-since"))
        given = Validators(given.etag or known.etag, given.modified or known.modified)
    elif head.status_code != 200:
        kind = _KINDS.get(head.status_code, "status")
        reason = f"the server answered {head.status_code} {head.reason_phrase}".strip()
        raise SourceError(reason, kind=kind, status=head.status_code, retry_after=wait)
    return Response(
        url=str(head.request.url),
        status=head.status_code,
        body=_body(head, answer, most_bytes),
        media_type=head.headers.get("content-type", "").partition(";")[0].strip().lower() or None,
        charset=head.charset_encoding,
        validators=given,
        moved_to=moved_to,
        retry_after=wait,
        fresh_for=fresh_for(head.headers, now),
    )


def _body(head: httpx.Response, answer: httpcore.Response, most_bytes: int) -> bytes:
    received, most_received = 0, most_bytes + PACKING
    part = b""
    try:
        if head.status_code == 200 and float(head.headers.get("content-length", 0)) > most_received:
            raise Overflow
        inflater = Inflater(head.headers.get("content-encoding", ""), most_bytes)
        for part in answer.iter_stream():
            received += len(part)
            if received > most_received:
                raise Overflow
            inflater.feed(part)
        end = part if part and "transfer-encoding" not in head.headers else b"\r\n\r\n"
        close_unless_last(answer, end)
        return inflater.finish()
    except Overflow:
        raise SourceError(f"larger than {most_bytes / 1_000_000:g} MB", kind="too-large") from None
    except Garbled as fault:
        raise SourceError(str(fault), kind="broken") from None
