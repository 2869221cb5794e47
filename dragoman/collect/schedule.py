"""When to visit a source again: from its own rhythm, what its server asks for, and its failures.

Pure functions of what is handed in, the clock and the dice included. All durations are seconds.
Nothing is ever given up in silence: a source that keeps failing is still tried once a day.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dragoman.errors import DragomanError, FaultKind, SourceError
from dragoman.model import SourceState

SHORTEST = 600.0
LONGEST = 86_400.0
FIRST = 3_600.0
"""For a source whose rhythm is not known yet."""
MOSTLY_NEW = 1 / 3
"""Less than this share known: we come too seldom. The reverse of it: too often."""
WHOLE_EVERY = 12
"""Every so many polls without validators: some servers give a changed feed its old ETag."""
WHOLE_AFTER = 86_400.0
"""Or after so long: twelve visits to a feed that says it is silent may take a week."""
ENTRY_TRIES = 10
"""Doubling from ten minutes on, the last try comes near three days after the first: a weekend."""

WEIGHTS: dict[FaultKind, float] = {
    # The source itself is gone, or is not what it should be.
    **dict.fromkeys(("gone", "refused", "not-http", "private", "robots", "redirects"), 1.0),
    # Bad days that most servers have.
    **dict.fromkeys(("busy", "timeout", "status", "broken", "connection", "tls"), 0.5),
    # As often our own network's fault as theirs.
    "name": 0.25,
}
FINAL_KINDS = frozenset({"not-http", "private", "robots", "too-large"})
"""Faults of an entry's page that no later try can mend."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What an answered visit was like: how many entries were new and known, what dates they bear
    (newest first), and how long feed and server ask us to stay away."""

    new: int
    known: int
    dates: Sequence[datetime] = ()
    every: float | None = None
    fresh_for: float | None = None
    retry_after: float | None = None


def after_visit(
    state: SourceState, visit: Visit, now: datetime, dice: random.Random
) -> SourceState:
    """The state after an answer, with the time of the next visit."""
    interval = next_interval(state.interval, visit, now)
    return replace(
        state,
        polls=state.polls + 1,
        tried=_iso(now),
        succeeded=_iso(now),
        due=_iso(now + timedelta(seconds=interval * dice.uniform(1.0, 1.1))),
        interval=interval,
        failures=0.0,
        error=None,
        error_kind=None,
    )


def after_failure(
    state: SourceState, fault: DragomanError, now: datetime, dice: random.Random
) -> SourceState:
    """The state after a failure: later each time, at least once a day, and not with all others."""
    kind = fault.kind if isinstance(fault, SourceError) else "other"
    failures = state.failures + WEIGHTS.get(kind, 1.0)
    wait = back_off(failures, _asked(fault), dice)
    return replace(
        state,
        tried=_iso(now),
        due=_iso(now + timedelta(seconds=wait)),
        failures=failures,
        error=str(fault),
        error_kind=kind,
    )


def next_interval(before: float | None, visit: Visit, now: datetime) -> float:
    """Half the time in which the source brings one entry by its dates, else what the share of known
    entries makes of the interval before; never shorter than feed and server ask for."""
    interval = _by_dates(visit, now)
    if interval is None:
        interval = _by_share(before or FIRST, visit)
    asked = (visit.every, visit.fresh_for, visit.retry_after)
    return clamp(max([clamp(interval), *(wait for wait in asked if wait is not None)]))


def _by_dates(visit: Visit, now: datetime) -> float | None:
    """Half of one entry's time, and at most half of what the feed shows: what scrolls out is lost.

    A feed that has fallen silent is slowed by its silence.
    """
    dates = [date for date in visit.dates if date <= now]
    if len(dates) < 3:
        return None
    window = (dates[0] - dates[-1]).total_seconds()
    if window <= 0:
        return None
    silent = (now - dates[0]).total_seconds()
    gap = (window + silent) / len(dates)
    return min(gap, window) / 2


def _by_share(before: float, visit: Visit) -> float:
    named = visit.new + visit.known
    share_new = visit.new / named if named else 0.0
    if share_new == 0.0:
        return before * 1.5
    if share_new < MOSTLY_NEW:
        return before
    return before / 2


def clamp(interval: float) -> float:
    return min(max(interval, SHORTEST), LONGEST)


def back_off(failures: float, asked: float | None, dice: random.Random) -> float:
    """Doubled with each weight of failures, with up to a tenth more, so that many don't clump."""
    wait = clamp(SHORTEST * 2 ** min(failures, 20.0))
    return min(max(wait, asked or 0.0), LONGEST) * dice.uniform(1.0, 1.1)


def wants_whole(state: SourceState, now: datetime) -> bool:
    """Whether to ask for the whole feed this time, whatever validators it gave."""
    if state.polls % WHOLE_EVERY == 0:
        return True
    last = datetime.fromisoformat(state.whole) if state.whole else now
    return (now - last).total_seconds() >= WHOLE_AFTER


def next_entry_try(
    tries: int, fault: DragomanError, now: datetime, dice: random.Random
) -> str | None:
    """When to ask for an entry's page again after its `tries`-th failure; None gives it up."""
    if not isinstance(fault, SourceError) or fault.kind in FINAL_KINDS:
        return None
    if tries >= (2 if fault.kind == "gone" else ENTRY_TRIES):
        return None
    return _iso(now + timedelta(seconds=back_off(tries - 1, _asked(fault), dice)))


def _asked(fault: DragomanError) -> float | None:
    return fault.retry_after if isinstance(fault, SourceError) else None


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
