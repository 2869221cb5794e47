"""What alerts ask for, and the addresses at which they are followed without signing in.

In: the desk's own secret and an alert's number. Out: the key of its feed, of its mailbox, and of
its webhook; and the number that a key stands for. Nothing is kept: a key ends with its alert.
"""

from __future__ import annotations

import base64
import hmac
import re
from hashlib import blake2b
from typing import Literal

from dragoman.knowledge import Knowledge
from dragoman.model.query import And, OriginsOf, Query
from dragoman.query import read_query
from dragoman.store import Store

Purpose = Literal["feed", "mail"]
_KEY = re.compile(r"([1-9][0-9]{0,17})-([A-Za-z0-9_-]{43})")
SIGNING = "whsec_"
"""What such secrets begin with, by the conventions of Standard Webhooks."""


def asked(text: str, origins: int, knowledge: Knowledge) -> Query:
    """A search's query, of happenings with so many independent origins. Raises QueryError."""
    return And((read_query(text, knowledge), OriginsOf(origins, None)))


def key_of(store: Store, purpose: Purpose, alert: int) -> str:
    """The number, and 256 bits that nobody can tell from it."""
    return f"{alert}-{_signed(store, purpose, alert)}"


def number_of(store: Store, purpose: Purpose, key: str) -> int | None:
    """None for what is no key of this desk for this purpose; the alert may be gone."""
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    number = int(found.group(1))
    is_ours = hmac.compare_digest(found.group(2), _signed(store, purpose, number))
    return number if is_ours else None


def feed_path(store: Store, alert: int) -> str:
    return f"/alerts/{key_of(store, 'feed', alert)}.rss"


def mail_path(store: Store, alert: int) -> str:
    """Where who owns the mailbox says that it is theirs, or that they want no more."""
    return f"/alerts/mail/{key_of(store, 'mail', alert)}"


def message_id(store: Store, message: int) -> str:
    """The same each time it is sent, and of no other desk: by it receivers know a double."""
    return f"msg_{_mac(store, 'desk', 0).hex()[:12]}_{message}"


def signing_key(store: Store, alert: int) -> str:
    """With which messages to a webhook are signed."""
    return SIGNING + base64.b64encode(_mac(store, "webhook", alert)).decode()


def signed_by(key: str, text: bytes) -> str:
    """A signature, as Standard Webhooks have it."""
    secret = base64.b64decode(key.removeprefix(SIGNING))
    return "v1," + base64.b64encode(hmac.digest(secret, text, "sha256")).decode()


def _signed(store: Store, purpose: str, alert: int) -> str:
    return base64.urlsafe_b64encode(_mac(store, purpose, alert)).decode().rstrip("=")


def _mac(store: Store, purpose: str, alert: int) -> bytes:
    return blake2b(f"{purpose} {alert}".encode(), key=store.key("alerts"), digest_size=32).digest()
