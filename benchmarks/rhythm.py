"""How often sources of different rhythms would be visited, and how late their news would come.

    python -m benchmarks.rhythm

Entries are drawn at random (an even rate, or only by day) for thirty days; the schedule is the
real one. Printed: visits a day, the median minutes from an entry to the visit that finds it, and
how many entries scrolled out of the feed unseen.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from dragoman.collect.schedule import Visit, after_visit
from dragoman.model import SourceState

START = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 30
HOURS = range(6, 23)
"""When an outlet that sleeps at night publishes."""


@dataclass(frozen=True, slots=True)
class Outlet:
    per_day: float
    shown: int
    """Entries that its feed holds at a time."""
    sleeps: bool = False


OUTLETS = (
    Outlet(0.2, 10), Outlet(1, 20), Outlet(5, 20), Outlet(14, 20), Outlet(14, 20, sleeps=True),
    Outlet(60, 20, sleeps=True), Outlet(200, 20, sleeps=True), Outlet(200, 100, sleeps=True),
)  # fmt: skip


def entries(outlet: Outlet, dice: random.Random) -> list[datetime]:
    """Ten days before the start, and to the end."""
    found: list[datetime] = []
    moment = START - timedelta(days=10)
    while moment < START + timedelta(days=DAYS):
        moment += timedelta(days=dice.expovariate(outlet.per_day))
        if not outlet.sleeps or moment.hour in HOURS:
            found.append(moment)
    return found


def run(outlet: Outlet, seed: int = 1) -> str:
    dice = random.Random(seed)
    published = entries(outlet, dice)
    state, now = SourceState(), START
    seen: set[datetime] = set()
    lags: list[float] = []
    lost = 0
    while now < START + timedelta(days=DAYS):
        past = [moment for moment in published if moment <= now]
        shown = past[-outlet.shown :]
        new = [moment for moment in shown if moment not in seen]
        if state.polls:
            lags += [(now - moment).total_seconds() / 60 for moment in new]
            lost += sum(moment not in seen for moment in past[: -outlet.shown])
        seen |= set(past)
        visit = Visit(len(new), len(shown) - len(new), sorted(shown, reverse=True))
        state = after_visit(state, visit, now, dice)
        now = datetime.fromisoformat(state.due or "")
    nights = "by day" if outlet.sleeps else "evenly"
    return (
        f"{outlet.per_day:>6} a day {nights}, {outlet.shown:>3} shown: "
        f"{state.polls / DAYS:>6.1f} visits a day, lag {median(lags):>4.0f} min, {lost} lost"
    )


def main() -> None:
    for outlet in OUTLETS:
        print(run(outlet))


if __name__ == "__main__":
    main()
