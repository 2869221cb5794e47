"""Rounds: visit the sources that are due, fetch the pages they name, hand them to the desk.

Each step is kept before the next begins: what a source names before its validators, a page before
it is read. Whoever is killed anywhere and runs again ends with the same desk.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TypeGuard, TypeVar

from dragoman.addresses import host_of
from dragoman.collect.archives import found_in, stamp_of
from dragoman.collect.fetch import Validators
from dragoman.collect.hosts import THREADS, by_host
from dragoman.collect.pages import capture_bytes
from dragoman.collect.schedule import (
    Visit,
    after_failure,
    after_visit,
    next_entry_try,
)
from dragoman.collect.visits import Get, Span, Visited, visit
from dragoman.desk.corpus import Desk, Outcome, emptied, noted
from dragoman.errors import DragomanError, SourceError, Unreadable
from dragoman.logs import note
from dragoman.model import Capture, Source, SourceState
from dragoman.store import Found
from dragoman.store.health import instant
from dragoman.store.rows import EntryRow

Thing = TypeVar("Thing")

PER_SOURCE = 50
"""Pages of one source before it is the next one's turn: it should not wait for thousands."""
SHOWN = 20
"""Entries that most feeds show at a time."""
UNDER_WAY = timedelta(minutes=10)
"""For so long a capture may wait that another process keeps: it is being read there just now."""
BATCH = 100
"""Pages of an archive that are kept at once."""
NO_PAGES = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")


@dataclass(frozen=True, slots=True)
class Call:
    """A visit as it is told: entries new and known, or why it failed or could be read in part."""

    source: Source
    new: int = 0
    known: int = 0
    older: int = 0
    unchanged: bool = False
    fault: str | None = None
    damaged: str | None = None
    put_off: bool = False
    """Its host was not asked: it was another's turn."""

    @property
    def what(self) -> str:
        """answered, unchanged, failed or put off."""
        if self.fault is not None:
            return "failed"
        if self.put_off:
            return "put off"
        return "unchanged" if self.unchanged else "answered"


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class Rounds:
    """Collecting for one desk; `get` asks for addresses, `stop` ends whatever is under way."""

    def __init__(
        self,
        desk: Desk,
        get: Get,
        *,
        clock: Callable[[], datetime] = now,
        dice: random.Random | None = None,
        stop: threading.Event | None = None,
        threads: int = THREADS,
    ) -> None:
        self.desk = desk
        self.store = desk.store
        self.get = get
        self.clock = clock
        self.dice = dice or random.Random()
        self.stop = stop or threading.Event()
        self.threads = threads
        self._waiting: dict[str, datetime] | None = None
        """When each capture was first seen that is not an article; None before the first round."""

    def visit(self, sources: Sequence[Source], span: Span | None = None) -> Iterator[Call]:
        """Visit these sources and keep what they name."""

        def ask(source: Source) -> Visited:
            return visit(source, self.get, self.clock(), span)

        jobs = [
            (host_of(source.state.moved_to or source.address), source)
            for source in sources
            if source.kind != "archive"
        ]
        for source, made in by_host(jobs, ask, stop=self.stop, threads=self.threads):
            yield _visited(self._keep(source, made))
        for source in sources:
            if source.kind == "archive" and not self.stop.is_set():
                yield _visited(self._open(source, span))

    def read(
        self,
        *,
        sources: Sequence[Source] | None = None,
        until: datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[Outcome]:
        """Make articles of what came whole or was left behind, then fetch and read pages.

        `sources`: only theirs; `limit`: at most so many pages; `until`: begin none after it.
        """
        yield from self._left_behind()
        ids = None if sources is None else [source.id for source in sources]
        while not self._is_over(until):
            rows = self.store.waiting_entries(
                self._instant(), source_ids=ids, per_source=PER_SOURCE, limit=limit
            )
            if not rows or limit == 0:
                return
            yield from self._pages(rows, until)
            limit = limit - len(rows) if limit is not None else None

    def due(self) -> list[Source]:
        return self.store.due_sources(self._instant())

    def next_moment(self) -> datetime | None:
        """When there is something to do again; None where no source is active."""
        if not any(source.active for source in self.store.sources()):
            return None
        soonest = self.store.next_due(), self.store.next_try()
        if soonest[0] is None:
            return self.clock()
        return min(instant(moment) for moment in soonest if moment is not None)

    # --- what is kept ------------------------------------------------------------------------

    def _keep(self, source: Source, made: Visited | DragomanError) -> Call:
        moment = self.clock()
        if isinstance(made, DragomanError) and _is_our_own_patience(made):
            wait = timedelta(seconds=made.retry_after or 0)
            turn = (moment + wait).isoformat(timespec="seconds")
            self.store.keep_visit(source.id, replace(source.state, due=turn))
            return Call(source, put_off=True)
        if isinstance(made, DragomanError):
            state = after_failure(_back_home(source.state, made), made, moment, self.dice)
            self.store.keep_visit(source.id, state)
            return Call(source, fault=str(made))
        keys = {one.item.key for one in made.found}
        known = len(self.store.known_keys(source.id, sorted(keys)))
        told = self._told(source, made, new=len(keys) - known, known=known)
        state = after_visit(source.state, told, moment, self.dice)
        if made.damaged:
            state = replace(state, error=f"read in part: {made.damaged}", error_kind="damaged")
        elif made.unchanged and source.state.error_kind == "damaged":
            state = replace(state, error=source.state.error, error_kind="damaged")
        state = replace(state, moved_to=made.moved_to)
        if not made.unchanged:
            state = replace(state, whole=state.succeeded)
        if made.validators is not None:
            state = replace(state, etag=made.validators.etag, modified=made.validators.modified)
        new = self.store.keep_visit(source.id, state, made.found, title=made.title)
        return Call(source, new, known, made.older, made.unchanged, damaged=made.damaged)

    def _open(self, source: Source, span: Span | None) -> Call:
        """An archive on this machine, read in batches: it may be larger than memory."""
        new = known = older = 0
        stamp = stamp_of(source)
        if stamp is not None and stamp == source.state.etag and span is None:
            return self._keep(source, Visited(unchanged=True, validators=Validators(stamp)))
        faults: list[DragomanError] = []
        for batch in batched(found_in(source, span), BATCH):
            kept = [one for one in batch if isinstance(one, Found)]
            faults += [one for one in batch if isinstance(one, DragomanError)]
            older += sum(one is None for one in batch)
            fresh = self.store.keep_visit(source.id, source.state, kept)
            new, known = new + fresh, known + len(kept) - fresh
            if self.stop.is_set():
                return Call(source, new, known, older)
        if faults and not (new or known):
            return self._keep(source, faults[0])
        # What was left out of a span is still to come: only a whole reading is marked as done.
        done = Validators(stamp if span is None else None)
        damaged = "; ".join(map(str, faults[:3])) or None
        source = self.store.source(source.id) or source
        call = self._keep(source, Visited(validators=done, damaged=damaged))
        return replace(call, new=new, known=known, older=older)

    def _told(self, source: Source, made: Visited, *, new: int, known: int) -> Visit:
        """The visit as the schedule wants it.

        A feed that is as it was has the dates it had; one without dates has those of our finding.
        """
        dates = [date for one in made.found if (date := one.item.entry.published)]
        if made.unchanged or len(dates) < len(made.found) / 2:
            dates = self.store.entry_dates(source.id, SHOWN)
        return Visit(
            new=new,
            known=known,
            dates=sorted(map(instant, dates), reverse=True),
            every=made.every,
            fresh_for=made.fresh_for,
            retry_after=made.retry_after,
        )

    def _left_behind(self) -> Iterator[Outcome]:
        yield from self._until_stopped(self.desk.add_kept(self._unread()))

    def _unread(self) -> list[str]:
        """Captures to make articles of: of the first round all that wait; later those of entries,
        and of what other processes keep beside this one only what they seem to have left behind."""
        waiting, moment = self.store.waiting(), self.clock()
        before, self._waiting = self._waiting, dict.fromkeys(waiting, moment)
        if before is None:
            return waiting
        self._waiting |= {one: since for one, since in before.items() if one in self._waiting}
        own = self.store.captures_of_entries(waiting)
        ends = moment - UNDER_WAY
        return [one for one in waiting if one in own or self._waiting[one] <= ends]

    def _is_over(self, until: datetime | None) -> bool:
        return self.stop.is_set() or (until is not None and self.clock() >= until)

    def _pages(self, rows: Sequence[EntryRow], until: datetime | None) -> Iterator[Outcome]:
        faults: list[Outcome] = []

        def captures() -> Iterator[Capture]:
            jobs = [(host_of(row.address or ""), row) for row in rows]
            for row, made in by_host(jobs, self._fetch, stop=self.stop, threads=self.threads):
                if isinstance(made, DragomanError):
                    faults.append(noted(self._put_off(row, made)))
                else:
                    self.store.take_entry(row, made)
                    yield made
                if self._is_over(until):
                    return

        for outcome in self._until_stopped(self.desk.add(captures())):
            yield from emptied(faults)
            yield outcome
        yield from emptied(faults)

    def _fetch(self, row: EntryRow) -> Capture:
        if row.address is None:
            raise Unreadable(row.source, "an entry without an address can't be fetched")
        answer = self.get(row.address)
        if (answer.media_type or "").startswith(NO_PAGES):
            raise Unreadable(row.address, f"this is {answer.media_type}, not a page")
        made = capture_bytes(
            answer.body,
            row.address,
            url=answer.url,
            charset=answer.charset,
            declared=answer.media_type,
            fetched=self._instant(),
        )
        return replace(made, entry=row.entry)

    def _put_off(self, row: EntryRow, fault: DragomanError) -> Outcome:
        """Try again later, pass over what does not want to be fetched, or give up with a note."""
        if isinstance(fault, SourceError) and fault.kind == "robots":
            self.store.pass_entry(row, str(fault))
            return Outcome(row.address or row.source, "passed", reason=str(fault))
        if _is_our_own_patience(fault):
            wait = timedelta(seconds=fault.retry_after or 0)
            turn = (self.clock() + wait).isoformat(timespec="seconds")
            self.store.put_off_entry(row, str(fault), turn, tried=False)
            return Outcome(row.address or row.source, "put off", reason=str(fault))
        moment = next_entry_try(row.tries + 1, fault, self.clock(), self.dice)
        self.store.put_off_entry(row, str(fault), moment)
        what = "failed" if moment is None else "put off"
        return Outcome(row.address or row.source, what, reason=str(fault))

    def _until_stopped(self, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
        for outcome in outcomes:
            yield outcome
            if self.stop.is_set():
                return

    def _instant(self) -> str:
        return self.clock().isoformat(timespec="seconds")


def _visited(call: Call) -> Call:
    """The same, noted in the log."""
    note(
        "visit",
        level="warning" if call.fault is not None else "info",
        outcome=call.what,
        source=call.source.id,
        address=call.source.address,
        new=call.new,
        known=call.known,
        reason=call.fault or call.damaged,
    )
    return call


def batched(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    one_by_one = iter(things)
    while batch := list(islice(one_by_one, size)):
        yield batch


def _is_our_own_patience(fault: DragomanError) -> TypeGuard[SourceError]:
    """It was not the page's turn yet: its host was not asked."""
    return isinstance(fault, SourceError) and fault.kind == "busy" and fault.status is None


def _back_home(state: SourceState, fault: DragomanError) -> SourceState:
    """A source that moved and is not there is looked for where it was."""
    gone = isinstance(fault, Unreadable) or (
        isinstance(fault, SourceError) and fault.kind in ("gone", "name", "refused")
    )
    return replace(state, moved_to=None, etag=None, modified=None) if gone else state
