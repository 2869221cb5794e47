"""How long questions take: milliseconds by the clock, and of the processor.

Other work on the machine disturbs processor time least, so that the two stand beside each other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Figures = dict[str, Any]


@dataclass(slots=True)
class Times:
    """Milliseconds of questions of a kind."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def ask(self, ask: Callable[..., object], *question: Any, is_counted: bool = True) -> None:
        began, at = time.process_time(), time.perf_counter()
        ask(*question)
        if is_counted:
            self.clock.append(1000 * (time.perf_counter() - at))
            self.processor.append(1000 * (time.process_time() - began))

    def figures(self) -> Figures:
        """Half of the questions, and all but one in twenty, took no longer."""
        return {
            "asked": len(self.clock),
            "p50_ms": percentile(self.clock, 0.5),
            "p95_ms": percentile(self.clock, 0.95),
            "cpu_p50_ms": percentile(self.processor, 0.5),
            "cpu_p95_ms": percentile(self.processor, 0.95),
        }


def timed(ask: Callable[..., object], questions: Sequence[tuple[Any, ...]], warm: int) -> Figures:
    """Of the questions but the first few, which warm what is kept in memory."""
    times = Times()
    for number, question in enumerate(questions):
        times.ask(ask, *question, is_counted=number >= warm)
    return times.figures()


def percentile(spent: Sequence[float], share: float) -> float:
    ranked = sorted(spent)
    return round(ranked[min(len(ranked) - 1, int(share * len(ranked)))], 2)
