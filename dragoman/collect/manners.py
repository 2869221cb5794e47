"""Manners towards the hosts we ask: an address in, the fetcher's answer out, in due time.

One request at a time to a host, with a pause between two; a host that says it is busy is left
alone as long as it asks. What is found by following links is fetched only where the host's
robots.txt (RFC 9309) lets us. Refuses to wait longer than its patience: then the host is "busy".
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from protego import Protego

from dragoman.collect.fetch import MAX_BYTES, NAME, Fetcher, Response, Validators, address_of
from dragoman.config import Config
from dragoman.errors import SourceError

DELAY = 3.0
PATIENCE = 60.0
BUSY_FOR = 300.0
"""Seconds for which a host is left alone that is busy and does not say for how long."""
ROBOTS_FOR = 86_400.0
"""RFC 9309, 2.4: a robots.txt is not used for longer than a day."""
UNREADABLE_FOR = 600.0
"""Seconds after which a robots.txt that could not be had is tried again."""
ROBOTS_BYTES = 512_000
"""RFC 9309, 2.5: at least 500 KiB are read; what follows is not."""
MOST_ROBOTS_BYTES = 5_000_000
MANY_HOSTS = 2_000
"""With more robots.txt than this in memory, those out of date are forgotten."""
_AGENT_LINE = re.compile(r"(?im)^[ \t]*user[- ]?agent[ \t:][ \t:]*(.*)$")


@dataclass(slots=True)
class _Host:
    lock: Lock = field(default_factory=Lock)
    free_at: float = 0.0


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a host's robots.txt says, or why that is not known."""

    until: float
    robots: Protego
    fault: SourceError | None = None


class Manners:
    """Gets addresses politely; may be shared by threads, which then wait for each other.

    `delay` is the least number of seconds between two requests to one host, `patience` the most
    that a call waits for its turn.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        delay: float = DELAY,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.fetcher = fetcher
        self.delay = delay
        self.patience = patience
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._rules: dict[str, _Rules] = {}
        self._lock = Lock()

    def get(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        most_bytes: int = MAX_BYTES,
        robots: bool = True,
    ) -> Response:
        """GET one address when it is its host's turn. Raises SourceError.

        Without `robots`, robots.txt isn't asked, which is for those who follow links: a person
        named this very address, and a feed is there to be polled. Pages and sitemaps that were
        found are fetched only where it allows them, at each redirect as well.
        """
        host = self._host(url)
        with host.lock:
            pause = self.delay
            if robots:
                pause = max(pause, self._allowed(url).robots.crawl_delay(NAME) or 0.0)
            self._wait(host, url)
            try:
                return self.fetcher.get(
                    url,
                    validators=validators,
                    most_bytes=most_bytes,
                    before_redirect=self._allowed if robots else None,
                )
            except SourceError as fault:
                if fault.kind == "busy":
                    pause = max(pause, fault.retry_after or BUSY_FOR)
                raise
            finally:
                host.free_at = self._clock() + pause

    def due_in(self, url: str) -> float:
        """Seconds until the host of an address may be asked again; 0 if it may be now."""
        return max(self._host(url).free_at - self._clock(), 0.0)

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the robots.txt of an address's host names."""
        return list(self._rules_of(url).robots.sitemaps)

    def _wait(self, host: _Host, url: str) -> None:
        wait = host.free_at - self._clock()
        if wait > self.patience:
            raise SourceError(
                f"{url[:200]}: the host wants to be left alone for {wait:.0f} s more",
                kind="busy",
                retry_after=wait,
            )
        if wait > 0:
            self._sleep(wait)

    def _host(self, url: str) -> _Host:
        name = address_of(url).host
        with self._lock:
            return self._hosts.setdefault(name, _Host())

    def _allowed(self, url: str) -> _Rules:
        rules = self._rules_of(url)
        if rules.fault is not None:
            raise SourceError(
                f"{url[:200]}: not fetched as long as robots.txt can't be read ({rules.fault})",
                kind=rules.fault.kind,
                retry_after=max(rules.until - self._clock(), 0.0),
            ) from rules.fault
        if not rules.robots.can_fetch(url, NAME):
            raise SourceError(f"{url[:200]}: the host's robots.txt asks us not to", kind="robots")
        return rules

    def _rules_of(self, url: str) -> _Rules:
        place = str(address_of(url).join("/robots.txt"))
        known = self._rules.get(place)
        if known is not None and self._clock() < known.until:
            return known
        rules = self._asked(place, known)
        with self._lock:
            if len(self._rules) > MANY_HOSTS:
                now = self._clock()
                self._rules = {at: kept for at, kept in self._rules.items() if now < kept.until}
            self._rules[place] = rules
        return rules

    def _asked(self, place: str, known: _Rules | None) -> _Rules:
        """RFC 9309, 2.3.1: without a robots.txt (4xx, or lost in redirects) all is allowed;
        when it can't be had (5xx, 429, network) nothing is, unless an older one is known."""
        try:
            answer = self.fetcher.get(place, most_bytes=MOST_ROBOTS_BYTES)
        except SourceError as fault:
            now = self._clock()
            absent = fault.status is not None and fault.status < 500 and fault.kind != "busy"
            if absent or fault.kind == "redirects":
                return _Rules(now + ROBOTS_FOR, Protego())
            again = now + max(fault.retry_after or 0.0, UNREADABLE_FOR)
            if known is not None and known.fault is None:
                return _Rules(again, known.robots)
            return _Rules(again, Protego(), fault)
        return _Rules(self._clock() + ROBOTS_FOR, _parsed(answer.body))


@contextmanager
def manners_of(
    config: Config, *, sleep: Callable[[float], object] = time.sleep
) -> Iterator[Manners]:
    """The manners that a desk's settings ask for; connections are closed at the end.

    `sleep` may return early, as an event's `wait` does, when the program is to stop.
    """
    with Fetcher(allow_hosts=config.allow_hosts, contact=config.agent_contact) as fetcher:
        yield Manners(fetcher, delay=config.polite_delay, sleep=sleep)


def _parsed(body: bytes) -> Protego:
    """All names but ours become one: the parser's time grows with names times rules."""
    text = "\n".join(body[:ROBOTS_BYTES].decode("utf-8-sig", "replace").splitlines())
    return Protego.parse(_AGENT_LINE.sub(lambda line: f"User-agent: {_agent(line[1])}", text))


def _agent(name: str) -> str:
    token = name.partition("#")[0].strip().lower()
    if token == "*":
        return token
    return NAME if re.match(rf"{NAME}(?![a-z_-])", token) else "other"
