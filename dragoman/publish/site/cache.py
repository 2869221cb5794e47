"""Pages as they were made, for the next reader who asks for the same of the same desk.

In: a request, and what makes its answer. Out: the answer, compressed where the reader takes that,
or 304 to who has it. It keeps what anybody may see: of whoever carries a session or a token
nothing is kept, and nothing kept is given to them. What a person writes to the desk, in whichever
process, leaves all that was kept unused, and so does each new hour. What arrives by itself does so
after some seconds: till half of them are over a page is given as it is, then it is given and made
anew behind the reader's back, so that one that is asked for often is always at hand.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dragoman.publish.site.languages import PREFIX, language_of, wants_json
from dragoman.publish.site.visitors import COOKIE, KEPT_TO_US

MOST = 24_000_000
"""Bytes that are kept in one process, compressed: some thousand pages."""
LEVEL = 4
FRESH = secrets.token_hex(16)
"""Stands in a page where each answer has something of its own, such as the token of a form."""
Key = tuple[Hashable, ...]
Make = Callable[[], Response]


class LookedUp(Protocol):
    """Told of each page that anybody may see: whether it was kept."""

    def __call__(self, *, is_hit: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class Made:
    """An answer that anybody may have."""

    packed: bytes
    """Its body, by gzip."""
    media_type: str
    tag: str
    is_fresh: bool
    """Whether each answer has something of its own."""

    @classmethod
    def of(cls, response: Response) -> Made:
        body = bytes(response.body)
        digest = hashlib.blake2b(body, digest_size=16).hexdigest()
        media_type = response.headers["content-type"]
        return cls(
            gzip.compress(body, LEVEL, mtime=0), media_type, f'W/"{digest}"', _has_mark(body)
        )


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a page was made of."""

    writes: Hashable
    """Another one after every write."""
    word: Hashable = None
    """Another one after every write that a person means to be seen."""
    hour: Hashable = None
    """What changes without a write."""

    def is_as_said(self, other: Stamp) -> bool:
        """Whether all that differs is what arrived by itself."""
        return (self.word, self.hour) == (other.word, other.hour)


@dataclass(slots=True)
class _Held:
    """A page, the desk that it was made of, and when that desk was last seen to be the desk."""

    made: Made
    stamp: Stamp
    seen: float


class Pages:
    def __init__(
        self,
        stamp: Callable[[], Stamp],
        *,
        fresh: Callable[[Request], str] | None = None,
        looked_up: LookedUp | None = None,
        most: int = MOST,
        seconds: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`fresh`: what stands for `FRESH` in one answer; `seconds`: how long a page may be given
        without what arrived since."""
        self._looked_up = looked_up
        self._stamp = stamp
        self._fresh = fresh
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._held = 0
        self._made: OrderedDict[Key, _Held] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Key, threading.Lock] = {}
        self._behind: dict[Key, asyncio.Task[None]] = {}

    async def answer(self, request: Request, make: Make, *, is_past: bool = False) -> Response:
        """What `make` makes, or made before for the same address, language and form. `is_past`: it
        shows a day that is over, and nothing that arrives changes it."""
        if not is_anybody(request):
            return await run_in_threadpool(make)
        key = (
            request.scope.get(PREFIX),
            language_of(request, as_json=wants_json(request)),
            wants_json(request),
            request.url.path,
            request.url.query,
        )
        # Taken before anything is read: what is made is as new as that, or newer.
        now = self._clock()
        stamp = await run_in_threadpool(self._stamp)
        found = self._find(key, stamp, now)
        if found is not None:
            age = 0.0 if is_past or found.stamp == stamp else now - found.seen
            if age == 0.0 or age < self._seconds:
                if age and age >= self._seconds / 2:
                    self._make_behind(key, stamp, now, make)
                self._noted(is_hit=True)
                return self._given(request, found.made)
        self._noted(is_hit=False)
        made = await run_in_threadpool(self._make, key, stamp, now, make)
        return made if isinstance(made, Response) else self._given(request, made)

    def _noted(self, *, is_hit: bool) -> None:
        if self._looked_up is not None:
            self._looked_up(is_hit=is_hit)

    def _find(self, key: Key, stamp: Stamp, now: float) -> _Held | None:
        """The page, unless a person changed the desk since; `stamp` is the desk's of `now`."""
        with self._lock:
            found = self._made.get(key)
            if found is None or not found.stamp.is_as_said(stamp):
                return None
            self._made.move_to_end(key)
            if found.stamp == stamp:
                found.seen = max(found.seen, now)
            return found

    def _make(self, key: Key, stamp: Stamp, now: float, make: Make) -> Made | Response:
        """Once, where several ask at the same time."""
        with self._alone(key):
            found = self._find(key, stamp, now)
            if found is not None and found.stamp == stamp:
                return found.made
            response = make()
            if response.status_code != 200:
                return response
            made = Made.of(response)
            self._keep(key, _Held(made, stamp, now))
            return made

    def _make_behind(self, key: Key, stamp: Stamp, now: float, make: Make) -> None:
        """For the next who asks; one that can't be made any more is given to nobody."""
        if key in self._behind:
            return

        async def again() -> None:
            try:
                made = await run_in_threadpool(self._make, key, stamp, now, make)
                if isinstance(made, Response):
                    self._drop(key)
            except Exception:  # whoever asks next is told
                self._drop(key)
            finally:
                self._behind.pop(key, None)

        self._behind[key] = asyncio.get_running_loop().create_task(again())

    @contextmanager
    def _alone(self, key: Key) -> Iterator[None]:
        with self._lock:
            turn = self._making.setdefault(key, threading.Lock())
        with turn:
            try:
                yield
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def _keep(self, key: Key, held: _Held) -> None:
        with self._lock:
            self._forget(key)
            self._made[key] = held
            self._held += _size(key, held.made)
            while self._held > self._most:
                self._forget(next(iter(self._made)))

    def _drop(self, key: Key) -> None:
        with self._lock:
            self._forget(key)

    def _forget(self, key: Key) -> None:
        if (old := self._made.pop(key, None)) is not None:
            self._held -= _size(key, old.made)

    def _given(self, request: Request, made: Made) -> Response:
        headers = {"Cache-Control": "no-cache", "ETag": made.tag}
        if made.is_fresh:
            assert self._fresh is not None  # else nothing writes the mark
            body = gzip.decompress(made.packed).replace(
                FRESH.encode(), self._fresh(request).encode()
            )
            return Response(body, media_type=made.media_type, headers={"Cache-Control": "no-store"})
        if knows(request.headers.get("if-none-match", ""), made.tag):
            return Response(status_code=304, headers=headers)
        if not takes_gzip(request.headers.get("accept-encoding", "")):
            body = gzip.decompress(made.packed)
            return Response(body, media_type=made.media_type, headers=headers)
        headers["Content-Encoding"] = "gzip"
        return Response(made.packed, media_type=made.media_type, headers=headers)


def is_anybody(request: Request) -> bool:
    """Whether what is shown would be shown to every reader: who shows a session or a token is
    somebody, whether or not they are good for anything."""
    is_told = "authorization" in request.headers
    return not is_told and {COOKIE, KEPT_TO_US}.isdisjoint(request.cookies)


def knows(said: str, tag: str) -> bool:
    """Whether an If-None-Match header names an answer."""
    return said.strip() == "*" or tag in {
        f"W/{one.strip().removeprefix('W/')}" for one in said.split(",")
    }


def takes_gzip(accepted: str) -> bool:
    """By an Accept-Encoding header."""
    for part in accepted.split(","):
        name, _, weight = part.partition(";")
        if name.strip().lower() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _has_mark(body: bytes) -> bool:
    return FRESH.encode() in body


def _size(key: Key, made: Made) -> int:
    return len(made.packed) + sum(len(str(part)) for part in key) + 500
