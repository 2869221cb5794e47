"""Forgetting an article over the whole desk: what others tell stays, told without it.

In: an open desk and an id. Out: the desk as if the article had never come, and a tombstone. Its
copies are compared anew, and events that it shared are told and counted by their other reports.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.desk import Desk
from dragoman.link.copies import COPY_SHARE, share


def forget(desk: Desk, identity: str, reason: str, by: str | None = None) -> None:
    """Forget an article or a capture; all of it at once, or nothing."""
    store = desk.store
    with store.together():
        outlines = {outline_id for outline_id, _ in store.told_by(identity).values()}
        orphans = [copy for copy, _ in store.copies_of(identity)]
        store.forget(identity, reason, by)
        _compare(desk, orphans)
        desk.happenings.without(outlines)
        desk.happenings.recount(orphans)


def _compare(desk: Desk, orphans: Sequence[str]) -> None:
    """Copies of what is gone: the first to arrive takes its place, where the others are like it."""
    rows = [row for one in orphans if (row := desk.store.article(one)) is not None]
    roots: list[str] = []
    for row in sorted(rows, key=lambda row: row.seq):
        own = desk.store.sketch(row.article.id)
        shares = [(share(own, desk.store.sketch(root)), root) for root in roots]
        best, root = max(shares, default=(0.0, ""))
        if best >= COPY_SHARE:
            desk.store.set_copy(row.article.id, root, round(best, 2))
        else:
            roots.append(row.article.id)
