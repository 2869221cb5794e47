"""Forgetting an article over the whole desk: what others tell stays, told without it.

In: an open desk and an id. Out: the desk as if the article had never come, and a tombstone. Its
copies find another source, and events that it shared are told and counted by their other reports.
"""

from __future__ import annotations

from dragoman.desk.corpus import Desk


def forget(desk: Desk, identity: str, reason: str, by: str | None = None) -> None:
    """Forget an article or a capture; all of it at once, or nothing."""
    store = desk.store
    with desk.stories.watched(), store.together():
        outlines = {outline_id for outline_id, _ in store.told_by(identity).values()}
        desk.stories.remove(identity)
        moved = desk.copies.forget(identity)
        store.forget(identity, reason, by)
        desk.happenings.without(outlines)
        desk.happenings.recount(moved)
        desk.stories.settle(moved)
