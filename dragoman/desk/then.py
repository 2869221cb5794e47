"""The desk as of a day: what it knew then, with happenings as the reports of then tell them.

In: an open store and a day. Out: a store to read from, see `store.asof`. Which reports are one
happening is taken as it is judged today; what they say and how many tell it is counted anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dragoman.desk.happenings import Happenings
from dragoman.knowledge import Knowledge
from dragoman.model import Event
from dragoman.record.chronology import counted, retold
from dragoman.store import Store
from dragoman.store.asof import Retelling


@contextmanager
def as_of(store: Store, knowledge: Knowledge, day: str) -> Iterator[Store]:
    """The desk at the end of a day (ISO, in UTC). Raises StoreError where it is no day."""
    with store.as_of(day) as then:
        happenings = Happenings(then, knowledge)

        def told(one: Retelling) -> Event:
            event = store.event(one.id) or _none(one.id)
            # In the event's own order, in which the first report tells the most of it.
            places = {identity: at for at, identity in enumerate(event.report_ids)}
            reports = sorted(one.reports, key=lambda report: places.get(report.id, len(places)))
            return counted(retold(event, reports, knowledge.atlas), happenings.telling)

        then.retell([told(one) for one in then.retellings()])
        yield then


def _none(identity: str) -> Event:
    """An event that is no more: its reports tell all of it anew."""
    return Event(identity, "", "happened", "news", None, None, "", "", None, None, (), 0, 0)
