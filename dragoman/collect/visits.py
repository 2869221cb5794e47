"""A visit to one source: what it names now, and how long it wants to be left alone.

In: a source with what the visits before taught. Out: a `Visited`, with items and, where the source
carries whole articles, captures. Keeps nothing; raises SourceError or Unreadable.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from dragoman.collect.feeds import parse_feed
from dragoman.collect.fetch import MAX_BYTES, Response, Validators
from dragoman.collect.pages import capture_bytes
from dragoman.collect.schedule import wants_whole
from dragoman.collect.sitemaps import MAX_BYTES as MAX_SITEMAP_BYTES
from dragoman.collect.sitemaps import Child, is_sitemap, parse_sitemap
from dragoman.collect.whole import capture_of
from dragoman.errors import DragomanError, SourceError
from dragoman.model import Entry, Item, Source
from dragoman.store import Found

RECENT = timedelta(days=7)
"""How old a page may be to be news of a sitemap, which names all that a site ever had."""
MAX_SITEMAPS = 50
NO_TEXT = "it has neither a text nor an address"
UNDATED = "it had no date when this sitemap was first looked at, so it may be old"


class Get(Protocol):
    """How an address is asked for. Without `robots`: whatever robots.txt says, as for what a person
    named."""

    def __call__(
        self,
        url: str,
        *,
        robots: bool = True,
        validators: Validators | None = None,
        most_bytes: int = MAX_BYTES,
    ) -> Response: ...


@dataclass(frozen=True, slots=True)
class Span:
    """Days to be filled, both included; None is open."""

    since: str | None = None
    until: str | None = None

    def __contains__(self, instant: str) -> bool:
        day = instant[:10]
        return (self.since or "") <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Visited:
    """An answer. `unchanged`: the server said so. `older`: pages left for a backfill."""

    unchanged: bool = False
    found: tuple[Found, ...] = ()
    title: str | None = None
    validators: Validators | None = None
    moved_to: str | None = None
    every: float | None = None
    fresh_for: float | None = None
    retry_after: float | None = None
    damaged: str | None = None
    older: int = 0


def visit(source: Source, get: Get, now: datetime, span: Span | None = None) -> Visited:
    """Ask a source for what is new; with `span`, for what it has of those days too."""
    known = Validators(source.state.etag, source.state.modified)
    conditional = span is None and not wants_whole(source.state, now)
    most = MAX_SITEMAP_BYTES if source.kind == "sitemap" else MAX_BYTES
    answer = get(
        source.state.moved_to or source.address,
        validators=known if conditional else None,
        most_bytes=most,
        robots=False,
    )
    made = (
        Visited(unchanged=True) if answer.status == 304 else _read(source, answer, get, now, span)
    )
    return replace(
        made,
        validators=made.validators or answer.validators,
        moved_to=answer.moved_to or source.state.moved_to,
        fresh_for=answer.fresh_for,
        retry_after=answer.retry_after,
    )


def _read(source: Source, answer: Response, get: Get, now: datetime, span: Span | None) -> Visited:
    if source.kind == "page":
        return _read_page(source, answer, now)
    if source.kind == "sitemap" or is_sitemap(answer.body):
        return _read_sitemap(source, answer, get, now, span)
    return _read_feed(source, answer, now)


def _read_feed(source: Source, answer: Response, now: datetime) -> Visited:
    instant = now.isoformat(timespec="seconds")
    feed = parse_feed(
        answer.body, source.address, base=answer.url, charset=answer.charset, now=instant
    )
    found = [_carried(item, instant) for item in feed.items]
    return Visited(found=tuple(found), title=feed.title, every=feed.every, damaged=feed.damaged)


def _carried(item: Item, now: str) -> Found:
    capture = capture_of(item, fetched=now)
    passed = NO_TEXT if capture is None and item.address is None else None
    return Found(item, capture, passed)


def _read_page(source: Source, answer: Response, now: datetime) -> Visited:
    """A page that is watched for changes: one entry, captured anew whenever its bytes differ."""
    capture = capture_bytes(
        answer.body,
        source.address,
        url=answer.url,
        charset=answer.charset,
        declared=answer.media_type,
        fetched=now.isoformat(timespec="seconds"),
    )
    entry = Entry(source.address)
    item = Item(source.address, answer.url, entry)
    return Visited(found=(Found(item, replace(capture, entry=entry)),))


def _read_sitemap(
    source: Source, answer: Response, get: Get, now: datetime, span: Span | None
) -> Visited:
    """The sitemap and those below it that may hold something of the days asked for."""
    since = _since(source, now)
    items, damaged, is_index = _gather(source, answer, get, now, min(since, _start(span, since)))
    found: list[Found] = []
    older = 0
    for item in items:
        date = item.entry.published
        if date is None:
            # A first visit can't tell what is new; from then on, what is new has no other mark.
            found.append(Found(item, passed=UNDATED if source.state.polls == 0 else None))
        elif date >= since or (span is not None and date in span):
            found.append(Found(item))
        else:
            older += 1
    return Visited(
        found=tuple(found),
        damaged="; ".join(damaged[:3]) or None,
        older=older,
        # That an index stands as it was says nothing of the sitemaps that it names.
        validators=Validators() if is_index else None,
    )


def _since(source: Source, now: datetime) -> str:
    """The first instant of what counts as news: a week ago, or since the desk last looked."""
    last = source.state.succeeded
    before = min(now, datetime.fromisoformat(last) if last else now)
    return (before - RECENT).isoformat(timespec="seconds")


def _start(span: Span | None, since: str) -> str:
    return since if span is None else span.since or ""


def _gather(
    source: Source, answer: Response, get: Get, now: datetime, start: str
) -> tuple[list[Item], list[str], bool]:
    """Items of a sitemap and of the ones below it, newest first, and what could not be read."""
    instant = now.isoformat(timespec="seconds")
    first = parse_sitemap(answer.body, source.address, charset=answer.charset, now=instant)
    items = list(first.items)
    damaged = [first.damaged] if first.damaged else []
    waiting = _newest_first(first.children, start)
    asked = {source.address}
    fault: DragomanError | None = None
    while waiting and len(asked) < MAX_SITEMAPS:
        child = waiting.pop(0)
        if child.address in asked:
            continue
        asked.add(child.address)
        try:
            below = get(child.address, most_bytes=MAX_SITEMAP_BYTES)
            read = parse_sitemap(below.body, child.address, charset=below.charset, now=instant)
        except DragomanError as failed:
            fault = fault or failed
            damaged.append(str(failed))
            continue
        items += [_of(source, item) for item in read.items]
        waiting += _newest_first(read.children, start)
        damaged += [f"{child.address}: {read.damaged}"] if read.damaged else []
    if waiting:
        damaged.append(f"more than {MAX_SITEMAPS} sitemaps: the rest was not asked for")
    if fault is not None and not items:
        raise fault if isinstance(fault, SourceError) else SourceError(str(fault), kind="broken")
    return items, damaged, bool(first.children)


def _newest_first(children: Iterable[Child], start: str) -> list[Child]:
    """Sitemaps that may hold pages from `start` on; those without a date may hold anything."""
    wanted = [child for child in children if child.changed is None or child.changed >= start]
    return sorted(wanted, key=lambda child: child.changed or "9", reverse=True)


def _of(source: Source, item: Item) -> Item:
    return replace(item, entry=replace(item.entry, source=source.address))
