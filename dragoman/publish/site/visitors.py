"""Who asks: a member, by a session's cookie or a token, and from where, as a hash that lasts a day.

In: a request. Out: a `Visitor`. Nothing of an address is kept, and without a cookie or a token of
ours the store is not asked. A token that is none is refused in words; a cookie that is none is
nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import blake2b

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dragoman.config import Config
from dragoman.publish.site.rates import network
from dragoman.publish.sitting import Visitor
from dragoman.publish.wording import N_, gettext
from dragoman.store import Store
from dragoman.store.handed_out import TOKEN_PREFIX, digest_of

COOKIE = "dragoman"
KEPT_TO_US = "__Host-" + COOKIE
"""Its name where all goes by TLS: a browser then takes it from this host alone, for all of it."""
NO_TOKEN = N_("this token is not of this desk, was revoked, or is too old; its member can make one")
_BEARER = re.compile(rf"(?i:bearer) +({TOKEN_PREFIX}\S*)")
"""Other schemes, and other tokens, may be of a proxy before us."""


class Visitors:
    def __init__(
        self,
        store: Store,
        config: Config,
        today: Callable[[], str] = lambda: datetime.now(UTC).date().isoformat(),
    ) -> None:
        self._store = store
        self._key = store.key("visitors")
        self._hours = config.sign_in_hours
        self._cookie = cookie_name(is_secure=config.is_secure)
        self._today = today

    def of(self, request: Request) -> Visitor:
        """Raises HTTPException for a token that is none."""
        person = self.person(request.client.host if request.client is not None else "")
        sent = _BEARER.fullmatch(request.headers.get("authorization", ""))
        if sent is not None:
            member = self._store.bearer(sent.group(1))
            if member is None:
                raise HTTPException(401, gettext(NO_TOKEN), {"WWW-Authenticate": "Bearer"})
            return Visitor(person, member, by_token=True)
        session = digest_of(request.cookies.get(self._cookie, ""))
        member = self._store.signed_in(session, hours=self._hours) if session else None
        return Visitor(person, member, session if member is not None else None)

    def person(self, client: str) -> str:
        """A name for who asks from an address (an IPv6 one: its network), on one day."""
        said = f"{self._today()} {network(client)}".encode()
        return blake2b(said, key=self._key, digest_size=16).hexdigest()


def cookie_name(*, is_secure: bool) -> str:
    return KEPT_TO_US if is_secure else COOKIE


def hand_over(response: Response, cookie: str, *, is_secure: bool) -> None:
    """Set the cookie of a session, or with "" take it away."""
    name = cookie_name(is_secure=is_secure)
    if cookie:
        response.set_cookie(name, cookie, httponly=True, samesite="lax", secure=is_secure)
    else:
        response.delete_cookie(name, httponly=True, samesite="lax", secure=is_secure)
