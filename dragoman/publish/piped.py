"""What a writer writes, as blocks to be read one after the other while it still writes.

A writer runs in a thread of its own and waits while four blocks are not yet taken, so that memory
does not grow. Who stops reading stops the writer; what goes wrong there is raised here.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import Full, Queue
from threading import Event, Thread
from typing import BinaryIO, cast

BLOCK = 1 << 16
WAITING = 4
_PATIENCE = 0.2
"""Seconds between two looks at whether anybody still reads."""


class _Abandoned(Exception):
    """Nobody reads any more."""


class _Pipe(io.RawIOBase):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: Queue[bytes | None] = Queue(WAITING)
        """None after the last."""
        self.is_abandoned = Event()
        self.fault: Exception | None = None
        self._held = bytearray()
        self._written = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._written

    def write(self, data: object, /) -> int:
        block = bytes(cast(bytes, data))
        self._held += block
        self._written += len(block)
        if len(self._held) >= BLOCK:
            self._give()
        return len(block)

    def run(self, write: Callable[[BinaryIO], object]) -> None:
        try:
            write(cast(BinaryIO, self))
            if self._held:
                self._give()
        except Exception as fault:
            self.fault = fault
        with suppress(_Abandoned):
            self._offer(None)

    def _give(self) -> None:
        block = bytes(self._held)
        self._held.clear()
        self._offer(block)

    def _offer(self, block: bytes | None) -> None:
        while not self.is_abandoned.is_set():
            try:
                return self.blocks.put(block, timeout=_PATIENCE)
            except Full:
                continue
        raise _Abandoned


def blocks(write: Callable[[BinaryIO], object]) -> Iterator[bytes]:
    """Nothing begins before the first block is asked for."""
    pipe = _Pipe()
    thread = Thread(target=pipe.run, args=(write,), daemon=True)
    thread.start()
    try:
        while (block := pipe.blocks.get()) is not None:
            yield block
        if pipe.fault is not None:
            raise pipe.fault
    finally:
        pipe.is_abandoned.set()
        thread.join()
