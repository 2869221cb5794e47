"""The desk as of a day: what it knew then, with happenings as the reports of then tell them.

In: an open store and a day. Out: a store to read from, see `store.asof`. Which reports are one
happening is taken as it is judged today; what they say and how many tell it is counted anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dragoman.desk.happenings import Happenings
from dragoman.knowledge import Knowledge
from dragoman.store import Store


@contextmanager
def as_of(store: Store, knowledge: Knowledge, day: str) -> Iterator[Store]:
    """The desk at the end of a day (ISO, in UTC). Raises StoreError where it is no day."""
    with store.as_of(day) as then:
        members = {one.id: [made.id for made in one.reports] for one in then.retellings()}
        then.retell(list(Happenings(then, knowledge).told(members)))
        yield then
