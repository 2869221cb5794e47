"""A web of outlets that misbehave, over a day of a clock that is not ours: what they name, and how.

In: how many outlets, hours, a seed, and the clock. Out: what a server on this machine answers, and
a list of all entries that it ever names. Each outlet has a fault of its own, which comes and goes
and ends with the day; no fault lasts so long that an entry scrolls out of its feed meanwhile, and
every page can be had in the end: what a desk then lacks, it lost.
"""

from __future__ import annotations

import gzip
import html
import socket
import struct
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from random import Random
from zoneinfo import ZoneInfo

from benchmarks.load_day import made_up
from tests.collect.loopback import Behaviour, Visit, head, redirect, reply

START = datetime(2024, 3, 30, 14, tzinfo=UTC)
"""Eleven hours before clocks in Paris go forward."""
ZONE = ZoneInfo("Europe/Paris")
SHOWN = 80
EACH = (0.4, 4.0)
"""Entries an hour of the slowest outlet and of the fastest."""
FAULTS = (
    "none", "etag", "cut", "error", "busy", "silent", "reset", "moved", "charset",
    "bomb", "same-guid", "reordered", "changed", "undated", "damaged", "error-page", "loop",
    "whole", "tracked", "future", "not-found", "outage", "half-a-head", "named-twice", "no-guid",
    "stale-etag",
)  # fmt: skip
XML = "application/rss+xml"
ROTATED = 3
"""A fault that comes and goes strikes at one visit in so many."""
BUSY_FOR = 1_800
OUTAGE = (0.2, 0.35)
"""Shares of the day between which an outlet is not to be had."""
BOMB = gzip.compress(b"\0" * 30_000_000)


@dataclass(frozen=True, slots=True)
class Named:
    """An entry: its number, whose it is, and when it appears."""

    number: int
    outlet: int
    moment: float
    """Hours since the beginning."""

    @property
    def path(self) -> str:
        return f"news/{self.number}"

    @property
    def word(self) -> str:
        """Stands in its page alone."""
        return made_up(self.number)

    @property
    def at(self) -> datetime:
        return START + timedelta(hours=self.moment)


@dataclass
class Web(Mapping[str, Behaviour]):
    """All outlets, as what a `Loopback` answers with: the outlet is told by the name asked for."""

    outlets: int
    hours: float
    elapsed: Callable[[], float]
    """Hours since the beginning."""
    seed: int = 1815
    asked: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)
    """How often each fault was met."""

    def __post_init__(self) -> None:
        dice = Random(self.seed)
        self.named: list[Named] = []
        self.of: dict[int, list[Named]] = defaultdict(list)
        moments = [
            (moment, outlet)
            for outlet in range(self.outlets)
            for moment in _moments(self.hours, dice.uniform(*EACH), dice)
        ]
        for number, (moment, outlet) in enumerate(sorted(moments)):
            one = Named(number, outlet, moment)
            self.named.append(one)
            self.of[outlet].append(one)

    def fault(self, outlet: int) -> str:
        return FAULTS[outlet % len(FAULTS)]

    def host(self, outlet: int) -> str:
        return f"outlet{outlet}.example"

    def address(self, one: Named, port: int) -> str:
        return f"http://{self.host(one.outlet)}:{port}/{one.path}"

    # --- answering ---------------------------------------------------------------------------

    def __getitem__(self, path: str) -> Behaviour:
        return Behaviour(path, None, self.answer)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def answer(self, visit: Visit) -> None:
        outlet = int(visit.headers["host"].partition(".")[0].removeprefix("outlet"))
        self.asked[f"{outlet} {visit.path}"] += 1
        if visit.path == "robots.txt":
            visit.send(reply("User-agent: *\nAllow: /\n", media_type="text/plain"))
        elif visit.path.startswith("news/"):
            self._page(visit, outlet, int(visit.path.removeprefix("news/")))
        else:
            self._feed(visit, outlet)

    def _page(self, visit: Visit, outlet: int, number: int) -> None:
        one = self.named[number] if number < len(self.named) else None
        if one is None or one.outlet != outlet or one.moment > self.elapsed():
            visit.send(reply("", status="404 Not Found"))
            return
        turn = self.asked[f"{outlet} {visit.path}"]
        strike = Random(f"{self.seed} page {number}").choice(("", "", "", *PASSING))
        if turn == 1 and strike:  # at first; it can be had later
            self._strike(visit, strike)
            return
        visit.send(reply(self._text(one)))

    def _feed(self, visit: Visit, outlet: int) -> None:
        fault, hour = self.fault(outlet), self.elapsed()
        turn = self.asked[f"{outlet} {visit.path}"]
        is_out = OUTAGE[0] <= hour / self.hours < OUTAGE[1]
        if is_out and fault in ("outage", "not-found"):
            self._strike(visit, "gone" if fault == "not-found" else "error")
        elif fault == "moved" and visit.path == "feed" and hour > self.hours / 3:
            self.struck[fault] += 1
            visit.send(redirect("/feed-new", "301 Moved Permanently"))
        elif fault in STRIKES and turn % ROTATED == 0 and hour < self.hours + 1:
            self._strike(visit, fault)
        else:
            self._named_now(visit, outlet, fault, turn)

    def _strike(self, visit: Visit, fault: str) -> None:
        self.struck[fault] += 1
        STRIKES[fault](visit)

    def _named_now(self, visit: Visit, outlet: int, fault: str, turn: int) -> None:
        hour = self.elapsed()
        shown = [one for one in self.of[outlet] if one.moment <= hour][-SHOWN:][::-1]
        tag = {"etag": f'"{len(shown)}-{outlet}"', "stale-etag": '"stale"'}.get(fault)
        if tag is not None and visit.headers.get("if-none-match") == tag:
            self.struck[fault] += 1
            visit.send(head("HTTP/1.1 304 Not Modified", f"ETag: {tag}"))
            return
        items = [self._item(one, fault, turn, visit.server.port) for one in shown]
        if fault == "reordered":
            Random(turn).shuffle(items)
        if fault == "named-twice":
            items += items[: len(items) // 2]
        body = (
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:content='
            '"http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>Le journal n° {outlet} – à l’écoute</title>{''.join(items)}</channel></rss>"
        )
        data = body.encode()
        if fault == "charset":
            data = body.encode("cp1252")
        if fault == "damaged" and turn % ROTATED == 0 and hour < self.hours + 1:
            data = data[:-30].replace(b"</title>", b"", 1)
        if fault in ("charset", "damaged", "reordered", "named-twice", "same-guid", "whole"):
            self.struck[fault] += 1
        visit.send(reply(data, *([f"ETag: {tag}"] if tag else []), media_type=XML))

    def _item(self, one: Named, fault: str, turn: int, port: int) -> str:
        link = self.address(one, port)
        guid = {"same-guid": "same", "no-guid": None}.get(fault, f"n-{one.number}")
        at = one.at + timedelta(hours=3) if fault == "future" else one.at
        date = None if fault == "undated" else format_datetime(at.astimezone(ZONE))
        title = f"News of {one.word}"
        if fault == "changed" and turn % 2:
            title += ", corrected"
        if fault == "tracked":
            link += f"?utm_source=feed&utm_campaign=visit{turn}"
        parts = [f"<title>{title}</title><link>{html.escape(link)}</link>"]
        parts += [f'<guid isPermaLink="false">{guid}</guid>'] if guid else []
        parts += [f"<pubDate>{date}</pubDate>"] if date else []
        if fault == "whole":
            parts.append(f"<content:encoded><![CDATA[{self._whole(one)}]]></content:encoded>")
        return f"<item>{''.join(parts)}</item>"

    def _whole(self, one: Named) -> str:
        return "".join(f"<p>{part}</p>" for part in paragraphs(one))

    def _text(self, one: Named) -> str:
        return (
            f'<!doctype html><html lang="en"><head><title>News of {one.word}</title></head><body>'
            f"<article><h1>News of {one.word}</h1>{self._whole(one)}</article></body></html>"
        )


def paragraphs(one: Named) -> Iterator[str]:
    """No four words in a row are those of another page: none is a copy."""
    dice = Random(one.number)
    for number in range(7):
        words = " ".join(made_up(dice.randrange(2_000)).lower() for _ in range(16))
        yield f"The council of {one.word} {words}." if number == 0 else f"{words.capitalize()}."


def _moments(hours: float, an_hour: float, dice: Random) -> Iterator[float]:
    moment = dice.expovariate(an_hour)
    while moment < hours:
        yield moment
        moment += dice.expovariate(an_hour)


# --- how a visit can go wrong ------------------------------------------------------------------


def _cut(visit: Visit) -> None:
    visit.send(head("HTTP/1.1 200 OK", "Content-Length: 5000") + b"<rss><channel>")


def _reset(visit: Visit) -> None:
    visit.send(head("HTTP/1.1 200 OK", "Content-Length: 5000") + b"<rss>")
    visit.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _silent(visit: Visit) -> None:
    visit.pause(5)


def _says(data: bytes) -> Callable[[Visit], None]:
    return lambda visit: visit.send(data)


STRIKES: Mapping[str, Callable[[Visit], None]] = {
    "cut": _cut,
    "reset": _reset,
    "silent": _silent,
    "error": _says(reply(status="500 Internal Server Error")),
    "busy": _says(reply("", f"Retry-After: {BUSY_FOR}", status="429 Too Many Requests")),
    "gone": _says(reply("", status="404 Not Found")),
    "error-page": _says(reply("<!doctype html><html><body><p>Come back later.</p></body></html>")),
    "loop": _says(redirect("/feed")),
    "half-a-head": _says(b"HTTP/1.1 200 OK\r\nCont"),
    "bomb": _says(reply(BOMB, "Content-Encoding: gzip", media_type=XML)),
}
"""The whole answer is at fault."""
PASSING = sorted(STRIKES.keys() - {"loop", "bomb", "error-page"})
"""What pages are struck by, the first time that they are asked: all but what says that there is no
page to be had."""
