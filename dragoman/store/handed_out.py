"""Secrets that are handed out once: 256 bits of chance, of which the desk keeps a SHA-256.

In: a secret that comes back. Out: the digest it is known by; None for what can't be one of ours,
before the store is asked.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

TOKEN_PREFIX = "dgm_"
"""Tells a token of ours from other secrets, to people and to programs that look for leaks."""
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def new_secret() -> str:
    return token_urlsafe(32)


def digest_of(secret: str) -> str | None:
    if _SECRET.fullmatch(secret) is None:
        return None
    return sha256(secret.encode()).hexdigest()


def later(moment: str, *, days: float = 0, hours: float = 0) -> str:
    """An instant (ISO) so much after another."""
    return (datetime.fromisoformat(moment) + timedelta(days=days, hours=hours)).isoformat(
        timespec="seconds"
    )
