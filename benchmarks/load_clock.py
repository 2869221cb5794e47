"""The clock of a replayed day, the same in every process: how far the day has come by now."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from benchmarks.load_day import START, Day


@dataclass(frozen=True)
class Replay:
    """`begins`: the second (of the system's clock) at which the day begins; `speed`: seconds of
    the day in one of ours."""

    feeds: int
    articles: int
    hours: float
    begins: float
    speed: float

    @classmethod
    def of(cls, settings: str) -> Replay:
        return cls(**json.loads(settings))

    def settings(self) -> str:
        return json.dumps(asdict(self))

    @property
    def day(self) -> Day:
        return Day(self.feeds, self.articles, self.hours)

    def now(self) -> datetime:
        return START + timedelta(seconds=(time.time() - self.begins) * self.speed)

    def wall(self, moment: datetime) -> float:
        """The second at which a moment of the day comes."""
        return self.begins + (moment - START).total_seconds() / self.speed
