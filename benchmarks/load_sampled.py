"""What the processes of a load take while it goes on: memory and processor time. Linux only.

In: process ids by name. Out: their megabytes at moments that are counted in articles.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import Figures

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Taken:
    """`own`: megabytes that are the process's own, without what it maps of files."""

    articles: int
    own: float
    processor: float
    """Seconds since it began."""


def taken(process: int, articles: int) -> Taken | None:
    """None where it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text("utf-8")
        times = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    kilobytes = [line.split()[1] for line in status.splitlines() if line.startswith("RssAnon:")]
    if not kilobytes:
        return None
    return Taken(articles, int(kilobytes[0]) / 1024, (int(times[11]) + int(times[12])) / TICKS)


def children(process: int) -> list[int]:
    """All that it started, oldest first."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    return [int(one) for one in found]


def figures(samples: Mapping[str, Sequence[Taken]]) -> Figures:
    """By process: megabytes at the start, and when a quarter, half and all of the articles were
    there that came; how many it grew by for each thousand after the first quarter; milliseconds of
    processor an article."""
    return {name: _of_one(found) for name, found in samples.items() if found}


def _of_one(found: Sequence[Taken]) -> Figures:
    end = found[-1]

    def at(share: float) -> Taken:
        return next(one for one in found if one.articles >= share * end.articles)

    quarter = at(0.25)
    told = end.articles - quarter.articles
    return {
        "MB_start": round(found[0].own, 1),
        "MB_quarter": round(quarter.own, 1),
        "MB_half": round(at(0.5).own, 1),
        "MB_end": round(end.own, 1),
        "MB_most": round(max(one.own for one in found), 1),
        "MB_per_1000_articles": round(_slope(found, quarter.articles) * 1000, 2) if told else None,
        "cpu_seconds": round(end.processor - found[0].processor, 1),
        "cpu_ms_an_article": round(
            1000 * (end.processor - found[0].processor) / max(1, end.articles), 1
        ),
    }


def _slope(found: Sequence[Taken], after: int) -> float:
    """Megabytes an article by least squares, so that no single moment decides."""
    points = [(one.articles, one.own) for one in found if one.articles >= after]
    mean = sum(x for x, _ in points) / len(points)
    spread = sum((x - mean) ** 2 for x, _ in points)
    return sum((x - mean) * y for x, y in points) / spread if spread else 0.0
