"""What the doctor can mend by itself, with what the desk holds: nothing is lost by it."""

from __future__ import annotations

from dragoman.store import Store


def mend(store: Store) -> None:
    """Indices first: what is asked for next is found by them."""
    if store.faults(full=True):
        store.rebuild()
    if store.broken():
        store.clear_broken()
    if store.stray():
        store.clear_stray()
    if store.out_of_step():
        store.bring_in_step()
    store.shrink_log()
