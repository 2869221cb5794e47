"""A member's word, kept and carried out while the site is up: one after the other.

In: what somebody says of the record. Out: the judgement as it is kept, and whether the record
follows it. The desk's steps are loaded with the first word, not with the site.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.store import Store
from dragoman.store.rows import Judgement

if TYPE_CHECKING:
    from dragoman.desk.corpus import Desk
    from dragoman.model import Word


class Judging:
    """Of one site; many threads may ask it at once."""

    def __init__(self, store: Store, knowledge: Knowledge, config: Config) -> None:
        self._store = store
        self._knowledge = knowledge
        self._config = config
        self._lock = Lock()
        self._made: Desk | None = None

    def say(self, word: Callable[[Desk], Word], why: str, by: str | None) -> Judgement:
        """Keep a word and carry it out; one that can't be carried out stays due. Raises
        DragomanError for a word that can't be said."""
        from dragoman.desk.judging import attempt, keep

        with self._lock:
            desk = self._desk()
            said = keep(self._store, word(desk), why or None, by)
            return attempt(desk, said.judgement).judgement

    def undo(self, number: int, why: str, by: str | None) -> Judgement:
        """Take a word back. Raises StoreError where there is none, or it was undone."""
        from dragoman.desk.judging import attempt

        with self._lock:
            return attempt(self._desk(), self._store.undo(number, why or None, by)).judgement

    def finish(self) -> int:
        """Carry out what is due; how many words still are then."""
        from dragoman.desk.judging import finish

        with self._lock:
            return sum(one.judgement.is_due for one in finish(self._desk()))

    def _desk(self) -> Desk:
        if self._made is None:
            from dragoman.desk.corpus import Desk
            from dragoman.engine import engine_for
            from dragoman.pipeline import Steps

            self._made = Desk(self._store, Steps(self._config, self._knowledge), engine_for(1))
        return self._made
