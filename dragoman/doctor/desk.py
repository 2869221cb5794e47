"""What a desk holds: whether its file is whole and its tables agree, and what was left undone.

In: the open store, its settings, and the moment. Out: findings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from dragoman.config import Config
from dragoman.doctor.finding import Finding
from dragoman.store import Store
from dragoman.store.health import instant
from dragoman.store.soundness import KEPT

Named = Callable[[str], str]
"""A command as it is to be typed for this desk."""
LARGEST_LOG = 200_000_000
"""Bytes; SQLite begins the log anew at a few megabytes where no reader stands in the way."""
AHEAD = timedelta(minutes=10)
LATE = timedelta(days=1)
NAMED = 5
"""Articles that are named of those that can't be read."""


def desk(
    store: Store, config: Config, now: datetime, named: Named, *, full: bool = False
) -> Iterator[Finding]:
    faults = store.faults(full=full)
    if faults:
        yield _damaged(faults, store, named)
        return  # what else is asked of a damaged file may be answered wrongly
    yield from _tables(store, named)
    if full:
        yield from _records(store, named)
    yield from _clock(store, now)
    yield from _undone(store, now, named)
    yield from _people(store, config, now, named)


def _damaged(faults: list[str], store: Store, named: Named) -> Finding:
    is_index = all("index" in line for line in faults)
    return Finding(
        "integrity",
        f"the file of the desk is damaged: {faults[0]}"
        + (f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""),
        "What is read from it may be wrong, and what is written to it may be lost.",
        named("dragoman doctor --mend")
        if is_index
        else "stop what uses the desk, and make it again from a backup: "
        "`dragoman restore BACKUP --home NEW`",
    )


def _records(store: Store, named: Named) -> Iterator[Finding]:
    if found := list(store.unreadable()):
        yield Finding(
            "records",
            f"what is kept of {len(found)} articles can't be read: {_some(found)}",
            "Their pages fail, and exports that come to them.",
            f"{named('dragoman build --from clean')} makes them anew from their pages; if it "
            "can't, `dragoman restore BACKUP --home NEW`",
        )
    if found := store.unreadable_pages():
        yield Finding(
            "pages",
            f"the pages of {len(found)} captures can't be read: {_some(found)}",
            "What was made of them stays; nothing can be made of them anew.",
            "a backup may have them whole: `dragoman restore BACKUP --home NEW`",
        )


def _some(names: list[str]) -> str:
    return ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")


def _tables(store: Store, named: Named) -> Iterator[Finding]:
    mend = named("dragoman doctor --mend")
    if broken := store.broken():
        yield Finding(
            "references",
            f"rows name what is not there: {_counts(broken)}",
            "Pages about them fail, and some of what they are part of is not shown.",
            f"{mend}; {named('dragoman build')}"
            if broken.keys() - KEPT
            else "make the desk again from a backup: `dragoman restore BACKUP --home NEW`",
        )
    if stray := store.stray():
        yield Finding(
            "orphans",
            f"something is left of what is gone: {_counts(stray)}",
            "It is counted and listed, and nothing stands behind it.",
            mend,
        )
    if away := store.out_of_step():
        yield Finding(
            "word-index",
            f"the word index is out of step with the tables: {_counts(away)}",
            "Searching misses what the desk holds, or finds what it does not.",
            mend,
        )
    if (size := store.log_size()) > LARGEST_LOG:
        yield Finding(
            "log",
            f"the log of changes beside the file has grown to {size / 1e6:,.0f} MB",
            "Every reading gets slower, and the disk fills.",
            mend,
        )


def _clock(store: Store, now: datetime) -> Iterator[Finding]:
    newest = store.newest_moment()
    if newest is not None and instant(newest) > now + AHEAD:
        yield Finding(
            "clock",
            f"the newest that the desk noted is of {newest}, and it is {now:%Y-%m-%dT%H:%M} here",
            "This machine's clock is behind, or was ahead once: dates, alerts and what is visited "
            "when go by it.",
            "timedatectl set-ntp true",
        )


def _undone(store: Store, now: datetime, named: Named) -> Iterator[Finding]:
    if waiting := store.waiting():
        yield Finding(
            "waiting",
            f"captures that were kept and not read: {len(waiting)}",
            "A run was stopped, or one is under way; they are in no list yet.",
            named("dragoman build"),
            "mind",
        )
    if aside := store.failures():
        by_why = Counter(f"{one.step}: {one.why}" for one in aside)
        often = "; ".join(f"{number} × {why}" for why, number in by_why.most_common(3))
        yield Finding(
            "aside",
            f"set aside: {len(aside)} ({often})",
            "They are kept and not read; after an upgrade, or with more time, some can be.",
            named("dragoman build --failed") + "; " + named("dragoman aside"),
            "mind",
        )
    at = now.isoformat(timespec="seconds")
    failing = [one for one in store.sources() if one.active and one.state.error is not None]
    silent = store.silent_sources(at)
    for name, count, what in (
        ("sources-failing", len(failing), "sources that can't be read"),
        ("sources-silent", len(silent), "sources that bring nothing, against their rhythm"),
    ):
        if count:
            yield Finding(
                name,
                f"{what}: {count}",
                "What they print is not in the record.",
                named("dragoman sources check"),
                "mind",
            )


def _people(store: Store, config: Config, now: datetime, named: Named) -> Iterator[Finding]:
    due = (one.next_try for one in store.due_messages())
    late = sum(at is not None and instant(at) < now - LATE for at in due)
    if late:
        yield Finding(
            "alerts",
            f"messages of alerts that were due a day ago and did not go out: {late}",
            "Members wait for what they asked to be told.",
            named("dragoman alerts run"),
        )
    may_decide = {"moderator", "editor"}
    if config.comments.on and not any(
        one.role in may_decide and one.closed_at is None for one in store.members()
    ):
        yield Finding(
            "comments",
            "readers may comment, and no member may decide about what waits",
            "First comments and links stay unseen.",
            named("dragoman user add NAME --role moderator --generate"),
        )
    if config.comments.on and config.address is None:
        yield Finding(
            "address",
            "readers may comment, and no address of the site is set",
            "The private links that they are given lead to this machine alone.",
            'add address = "https://desk.your.domain" to dragoman.toml',
            "mind",
        )


def _counts(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{number} in {what}" for what, number in sorted(numbers.items()))
