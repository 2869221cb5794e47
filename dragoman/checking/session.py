"""One reader going through a sample: what comes next, what was said, and the way back.

In: an open store, an audit and a reader. Out: items one at a time. It sees no other reader's
verdict, and keeps each of its own at once, so that a session may end anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.errors import DragomanError
from dragoman.model.audit import Audit, AuditItem, Ruling
from dragoman.store import Store


def audit_named(store: Store, name: str) -> Audit:
    """Raises DragomanError, with the names there are, where there is none of this name."""
    found = store.audit(name)
    if found is None:
        names = ", ".join(one.name for one in store.audits())
        known = f"there are {names}" if names else "`dragoman audit new` draws one"
        raise DragomanError(f"{name}: there is no such audit; {known}")
    return found


class Session:
    """`at` counts from 0; it is the number of items where all have been passed."""

    def __init__(self, store: Store, audit: Audit, reader: str) -> None:
        self._store = store
        self.audit = audit
        self.reader = reader
        self.items: Sequence[AuditItem] = [
            item for item in store.audit_items(audit.name) if item.shown is not None
        ]
        self._said = {one.report_id: one for one in store.audit_verdicts(audit.name, reader)}
        self.at = self.first_unread()

    @property
    def read(self) -> int:
        """How many of the items this reader has given a verdict on."""
        return sum(item.report_id in self._said for item in self.items)

    @property
    def current(self) -> AuditItem | None:
        return self.items[self.at] if self.at < len(self.items) else None

    def said(self, item: AuditItem) -> Ruling | None:
        return self._said.get(item.report_id)

    def first_unread(self, after: int = 0) -> int:
        """The place of the first item from `after` on without a verdict; their number if none."""
        return next(
            (
                place
                for place, item in enumerate(self.items[after:], after)
                if item.report_id not in self._said
            ),
            len(self.items),
        )

    def say(self, ruling: Ruling) -> None:
        """Keep a verdict, and go on to the next item without one."""
        self._store.rule(self.audit.name, [ruling])
        self._said[ruling.report_id] = ruling
        self.at = self.first_unread(self.at + 1)

    def skip(self) -> None:
        self.at = self.first_unread(self.at + 1)

    def back(self) -> None:
        """To the item before, read or not."""
        self.at = max(self.at - 1, 0)
