"""Scores the project's own sets: dated sentences, dates of events, mentions, French quotations.

In: `tests/gate/*.jsonl`, written by hand (who wrote what stands in `tests/gate/README.md`). Out:
figures by set; of a set with two halves, "dev" was read while working and "test" was not.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks import facts_quotes, facts_roles, facts_times
from dragoman.pipeline import Steps

GATE = Path(__file__).parents[1] / "tests" / "gate"
HALVES = ("dev", "test")
Figures = dict[str, dict[str, dict[str, float]]]


def own(steps: Steps, shared: Path | None = None) -> Figures:
    """Figures by set and half. French quotations are marked on public texts: `shared` has them."""
    figures: Figures = {
        "times_en": times_en(steps),
        "dating": by_hand("dating", steps),
        "mentions": by_hand("mentions", steps),
    }
    texts = next((p for p in _folders(shared) if p.exists()), None)
    if texts is not None:
        figures["quotes_fr"] = facts_quotes.french(GATE / "quotes_fr.jsonl", texts, steps)
    return figures


def times_en(steps: Steps) -> dict[str, dict[str, float]]:
    return {half: facts_times.english(GATE / "times_en.jsonl", steps, half) for half in HALVES}


def by_hand(name: str, steps: Steps) -> dict[str, dict[str, float]]:
    """The first writer's half was read while working, the second's not."""
    score = facts_times.dating if name == "dating" else facts_roles.mentions
    halves = zip(HALVES, ("one", "two"), strict=True)
    return {half: score(GATE / f"{name}_{hand}.jsonl", steps) for half, hand in halves}


def _folders(shared: Path | None) -> list[Path]:
    return [] if shared is None else [shared / "data" / "ner_fr", shared / "ner_fr"]
