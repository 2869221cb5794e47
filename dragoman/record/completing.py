"""One act told by two predicates of a sentence: each lends the other what it lacks.

In: an article's reports. Out: the same reports, in order, with sides and days of their siblings, to
be compared with those of other articles. "Missiles hit the port on Monday, killing three": the
killing too was on Monday, and in the port. What is kept and shown stays as it was coded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.model import Report, Side
from dragoman.record.dating import ASSUMED
from dragoman.record.sameness import acts_near


def completed(reports: Sequence[Report]) -> list[Report]:
    """The surest sibling lends first."""
    surest = sorted(reports, key=lambda report: (-report.confidence, report.predicate))
    made = []
    for report in reports:
        siblings = [one for one in surest if one is not report and _tells_same(report, one)]
        for one in siblings:
            report = _lent(report, one)
        made.append(report)
    return made


def _tells_same(report: Report, other: Report) -> bool:
    if report.evidence != other.evidence or report.status != other.status:
        return False
    if other.root not in acts_near(report.root):
        return False
    return not (_differ(report.sources, other.sources) or _differ(report.targets, other.targets))


def _differ(some: Sequence[Side], others: Sequence[Side]) -> bool:
    return bool(some and others) and not {_of(s) for s in some} & {_of(s) for s in others}


def _of(side: Side) -> str | int:
    return side.actor or side.start


def _lent(report: Report, other: Report) -> Report:
    if not report.sources and _differ(other.sources, report.targets):
        report = replace(report, sources=other.sources)
    if not report.targets and _differ(other.targets, report.sources):
        report = replace(report, targets=other.targets)
    if _lacks_day(report) and not _lacks_day(other):
        report = replace(report, date=other.date, told_as=other.told_as)
    return report


def _lacks_day(report: Report) -> bool:
    return report.date is None or report.date.basis == ASSUMED
