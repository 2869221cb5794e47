"""How often one reader may ask for what is dear to make: files, feeds and searches.

In: the address of a client. Out: how many seconds it has to wait. Each has a bucket that fills
evenly. Addresses are held in memory only, as digests with a key that ends with the process.
"""

from __future__ import annotations

import math
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address

from dragoman.publish.site.files import is_file

DEAR = ("/search", "/explore", "/brief")
"""What addresses begin with that read much of the desk, as files do."""
CLIENTS = 10_000
"""Buckets that are held; the one asked longest ago goes first."""


class Rates:
    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._buckets: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        """What is left, and when it was."""

    def wait(self, client: str) -> int:
        """Take one from the client's bucket: 0, or the seconds until there is one to take."""
        key = blake2b(network(client).encode(), key=self._key, digest_size=16).digest()
        with self._lock:
            now = self._clock()
            left, then = self._buckets.pop(key, (self._most, now))
            left = min(self._most, left + (now - then) * self._most / 60)
            lacking = max(0.0, 1 - left)
            self._buckets[key] = (left if lacking else left - 1, now)
            if len(self._buckets) > CLIENTS:
                self._buckets.popitem(last=False)
        return math.ceil(lacking * 60 / self._most)

    def __len__(self) -> int:
        return len(self._buckets)


def is_dear(path: str) -> bool:
    return path.startswith(DEAR) or is_file(path)


def network(client: str) -> str:
    """An IPv6 address as its /64, which one reader has the whole of."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else client
