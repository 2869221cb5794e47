"""What a form carries to show that it is ours: signed, of one address and one session, and dated.

In: the desk's key. Out: a token for a form that is handed out, and what a token says that comes
back. It keeps nothing: a form that was never sent costs nothing.
"""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeSerializer

LONGEST_AGE = 24 * 3600
"""Seconds after which a form must be opened anew."""


@dataclass(frozen=True, slots=True)
class Token:
    age: float | None
    """Seconds since it was made; None where the clock was set back since, so that nobody knows."""
    nonce: str


class Tokens:
    def __init__(self, key: bytes, clock: Callable[[], float] = time.time) -> None:
        self._signer = URLSafeSerializer(key, salt="form")
        self._clock = clock

    def made(self, path: str, session: str | None) -> str:
        """For the form at a path (without language), to be sent from this session, or from none."""
        made_at = math.floor(self._clock() * 10) / 10  # never later than it is
        return str(self._signer.dumps([secrets.token_urlsafe(9), made_at, path, session or ""]))

    def read(self, token: str, path: str, session: str | None) -> Token | None:
        """None for a token that is not ours, of another form or session, or too old."""
        try:
            nonce, made_at, *of = self._signer.loads(token)
        except BadData:
            return None
        age = self._clock() - made_at
        # One of tomorrow was made while the clock was ahead: it would be good for as long as that.
        if of != [path, session or ""] or abs(age) > LONGEST_AGE:
            return None
        return Token(age if age >= 0 else None, nonce)
