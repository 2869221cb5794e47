"""Who asks: a member, by the cookie of a session, and from where, as a hash that lasts a day.

In: a request. Out: a `Visitor`. Nothing of an address is kept, and without a cookie the store is
not asked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import blake2b

from fastapi import Request, Response

from dragoman.publish.site.rates import network
from dragoman.publish.sitting import Visitor

COOKIE = "dragoman"


class Visitors:
    def __init__(
        self,
        key: bytes,
        today: Callable[[], str] = lambda: datetime.now(UTC).date().isoformat(),
    ) -> None:
        self._key = key
        self._today = today

    def of(self, request: Request) -> Visitor:
        return Visitor(self.person(request.client.host if request.client is not None else ""))

    def person(self, client: str) -> str:
        """A name for who asks from an address (an IPv6 one: its network), on one day."""
        said = f"{self._today()} {network(client)}".encode()
        return blake2b(said, key=self._key, digest_size=16).hexdigest()


def hand_over(response: Response, cookie: str, *, is_secure: bool) -> None:
    """Set the cookie of a session, or with "" take it away."""
    if cookie:
        response.set_cookie(COOKIE, cookie, httponly=True, samesite="lax", secure=is_secure)
    else:
        response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=is_secure)
