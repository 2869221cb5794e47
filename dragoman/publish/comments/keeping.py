"""What of comments is past its time, taken away: spam, what was removed, hashes of networks.

In: a desk and its settings. Out: how many of each are gone. Whoever serves a desk has it done at
the start and once a day.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

from dragoman.config import CommentSettings
from dragoman.errors import StoreError
from dragoman.store import Store

DAY = 24 * 3600.0


def purge(desk: Store, settings: CommentSettings, now: datetime | None = None) -> Mapping[str, int]:
    """How many of each: spam, removed, persons (hashes of networks)."""
    now = now or datetime.now(UTC)

    def before(days: int) -> str:
        return (now - timedelta(days=days)).isoformat(timespec="seconds")

    return desk.purge_comments(before(settings.spam_days), before(settings.person_days))


@asynccontextmanager
async def daily(do: Callable[[], object], seconds: float = DAY) -> AsyncIterator[None]:
    """Within, something is done at once and then once a day; what the store refuses today is done
    tomorrow."""

    async def again() -> None:
        while True:
            with suppress(StoreError):
                await asyncio.to_thread(do)
            await asyncio.sleep(seconds)

    task = asyncio.create_task(again())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
