"""The only module that opens a socket: one address in, one response body out.

http and https only. Every connection is made to an address that was resolved and checked here,
so a name can't point at this machine or a private network, at the first hop or after a redirect;
`allow_hosts` names exceptions. Bodies are capped after decompression.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic

import httpcore
import httpx

from dragoman.errors import SourceError

MAX_BYTES = 20_000_000
MAX_SECONDS = 30.0
MAX_REDIRECTS = 8
AGENT = "dragoman/0.1 (+self-hosted news desk)"


@dataclass(frozen=True, slots=True)
class Response:
    url: str
    """The address after redirects."""
    body: bytes
    media_type: str | None
    charset: str | None


def fetch(url: str, *, allow_hosts: Iterable[str] = ()) -> Response:
    """GET one address. Raises SourceError, with the reason in plain words."""
    if not url.lower().startswith(("http://", "https://")):
        raise SourceError(f"{url}: only http and https addresses can be fetched")
    try:
        with _client(frozenset(allow_hosts)) as client, client.stream("GET", url) as response:
            if response.status_code >= 400:
                raise SourceError(f"{url}: the server answered {response.status_code}")
            return Response(str(response.url), _body(response, url), *_content_type(response))
    except httpx.TooManyRedirects as fault:
        raise SourceError(f"{url}: more than {MAX_REDIRECTS} redirects") from fault
    except httpx.TimeoutException as fault:
        raise SourceError(f"{url}: no answer in time") from fault
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as fault:
        raise SourceError(f"{url}: {fault or type(fault).__name__}") from fault


def _client(allowed: frozenset[str]) -> httpx.Client:
    transport = httpx.HTTPTransport()
    # httpx has no public place for a network backend; the pool is replaced by one that has ours.
    transport._pool = httpcore.ConnectionPool(
        ssl_context=ssl.create_default_context(), network_backend=_CheckedBackend(allowed)
    )
    return httpx.Client(
        transport=transport,
        follow_redirects=True,
        max_redirects=MAX_REDIRECTS,
        timeout=httpx.Timeout(10.0),
        headers={"User-Agent": AGENT},
    )


def _body(response: httpx.Response, url: str) -> bytes:
    parts: list[bytes] = []
    size, until = 0, monotonic() + MAX_SECONDS
    for part in response.iter_bytes():
        size += len(part)
        if size > MAX_BYTES:
            raise SourceError(f"{url}: the page is larger than {MAX_BYTES // 1_000_000} MB")
        if monotonic() > until:
            raise SourceError(f"{url}: the page took longer than {MAX_SECONDS:.0f} s")
        parts.append(part)
    return b"".join(parts)


def _content_type(response: httpx.Response) -> tuple[str | None, str | None]:
    header = response.headers.get("content-type", "")
    return header.partition(";")[0].strip().lower() or None, response.charset_encoding


class _CheckedBackend(httpcore.SyncBackend):
    """Connects only to public addresses, checked on the very address it connects to."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self.allowed = allowed

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as fault:
            raise httpcore.ConnectError(f"the name {host} can't be resolved") from fault
        address = str(found[0][4][0])
        if host not in self.allowed and not ipaddress.ip_address(address).is_global:
            raise httpcore.ConnectError(
                f"{host} is on a private network ({address}); name it in allow_hosts to fetch it"
            )
        return super().connect_tcp(address, port, timeout, local_address, socket_options)
