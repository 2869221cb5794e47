"""A stratified sample of reports, drawn in one pass over however many there are.

In: reports one after the other, what to part them by, how many to draw, a seed. Out: strata with
their sizes, and the reports drawn. The same record and seed give the same sample in any order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush, heapreplace

from dragoman.errors import DragomanError
from dragoman.knowledge.outlets import Outlets
from dragoman.knowledge.publishers import shown_by
from dragoman.model import Report
from dragoman.model.audit import AuditItem, Named, Shown, Stratum
from dragoman.store.rows import ReportRow

FEW = 5
"""Reports that every stratum has in the sample, or all of it where it is smaller."""
UNKNOWN = "unknown"


def outlet_of(row: ReportRow, outlets: Outlets) -> str:
    """The name by which the desk counts the report's outlet."""
    return shown_by(row.article_url, row.outlet, outlets)[0]


def _year(row: ReportRow) -> str:
    """Of what is told; where the text gives no date, of its printing."""
    day = (row.report.date.day if row.report.date else None) or row.published
    return day[:4] if day else UNKNOWN


STRATA: Mapping[str, Callable[[ReportRow, Outlets], str]] = {
    "category": lambda row, _: row.report.category,
    "root": lambda row, _: row.report.root,
    "quad": lambda row, _: str(row.report.quad),
    "status": lambda row, _: row.report.status,
    "told": lambda row, _: row.report.told_as,
    "lang": lambda row, _: row.language or UNKNOWN,
    "outlet": outlet_of,
    "year": lambda row, _: _year(row),
}
"""What a sample may be parted by."""


def parted_by(words: str) -> tuple[str, ...]:
    """The names in "category,lang". Raises DragomanError for one that nothing is parted by."""
    names = tuple(dict.fromkeys(name.strip() for name in words.split(",") if name.strip()))
    wrong = [name for name in names if name not in STRATA]
    if wrong:
        raise DragomanError(f"--by takes {', '.join(STRATA)}, and not {wrong[0]!r}")
    return names


@dataclass(slots=True)
class _Pool:
    """A stratum while it is counted: the reports with the least digests, the greatest on top."""

    size: int = 0
    least: list[tuple[int, str, AuditItem]] = field(default_factory=list)


def draw(
    rows: Iterable[ReportRow], by: Sequence[str], number: int, seed: int, outlets: Outlets
) -> tuple[tuple[Stratum, ...], tuple[AuditItem, ...]]:
    """A sample of so many reports, in the order in which they are to be read.

    Raises DragomanError where there is nothing to draw from, or more strata than reports to draw.
    """
    pools: dict[tuple[str, ...], _Pool] = {}
    for row in rows:
        values = tuple(STRATA[name](row, outlets) for name in by)
        _hold(pools.setdefault(values, _Pool()), row, values, number, seed, outlets)
    sizes = {values: pool.size for values, pool in pools.items()}
    shares = allotted(sizes, number)
    drawn = [one for values, few in shares.items() for one in sorted(
        pools[values].least, key=lambda held: (-held[0], held[1]))[:few]]  # fmt: skip
    drawn.sort(key=lambda held: (-held[0], held[1]))
    strata = tuple(Stratum(values, sizes[values], shares[values]) for values in sorted(sizes))
    return strata, tuple(item for _, _, item in drawn)


def allotted(sizes: Mapping[tuple[str, ...], int], number: int) -> dict[tuple[str, ...], int]:
    """How many to draw of each stratum: a few at least, the rest by size.

    Every stratum first has FEW (all of a smaller one; fewer of each where that is too many). Each
    further place goes to the stratum with the most reports to a place, as Webster allots seats.
    """
    if not sizes:
        raise DragomanError("the query finds no report to draw from; ask for more")
    if len(sizes) > number:
        raise DragomanError(
            f"there are {len(sizes)} strata and {number} reports to draw: raise --n, or part --by "
            "less"
        )
    least = next(
        few for few in range(FEW, 0, -1) if sum(min(few, n) for n in sizes.values()) <= number
    )
    shares = {values: min(least, size) for values, size in sizes.items()}
    queue = [
        (-size / (shares[values] + 0.5), values)
        for values, size in sizes.items()
        if shares[values] < size
    ]
    heapify(queue)
    for _ in range(number - sum(shares.values())):
        if not queue:
            break
        values = heappop(queue)[1]
        shares[values] += 1
        if shares[values] < sizes[values]:
            heappush(queue, (-sizes[values] / (shares[values] + 0.5), values))
    return shares


def _hold(
    pool: _Pool,
    row: ReportRow,
    values: tuple[str, ...],
    number: int,
    seed: int,
    outlets: Outlets,
) -> None:
    pool.size += 1
    # Negative, since the heap keeps its least entry at hand and the greatest digest must go.
    chance = -_digest(seed, row.report.id)
    if len(pool.least) < number:
        heappush(pool.least, (chance, row.report.id, _item(row, values, outlets)))
    elif chance > pool.least[0][0]:
        heapreplace(pool.least, (chance, row.report.id, _item(row, values, outlets)))


def _digest(seed: int, identity: str) -> int:
    made = hashlib.blake2b(f"{seed} {identity}".encode(), digest_size=8)
    return int.from_bytes(made.digest(), "big")


def _item(row: ReportRow, values: tuple[str, ...], outlets: Outlets) -> AuditItem:
    return AuditItem(
        report_id=row.report.id,
        event_id=row.event_id or "",
        article_id=row.report.article_id,
        stratum=values,
        revision=row.revision,
        coder_version=row.coder_version,
        codebook_version=row.codebook_version,
        shown=shown(row.report, row, outlet_of(row, outlets)),
    )


def shown(report: Report, row: ReportRow, outlet: str) -> Shown:
    """What a reader is shown of a report: no confidence, no reasons, nobody else's verdict."""
    return Shown(
        sentence=report.evidence_text,
        act=_act(report),
        language=row.language,
        title=row.article_title,
        outlet=outlet,
        url=row.article_url,
        published=row.published,
        category=report.category,
        mode=report.mode,
        status=report.status,
        told_as=report.told_as,
        sources=tuple(Named(side.name, side.actor) for side in report.sources),
        targets=tuple(Named(side.name, side.actor) for side in report.targets),
        date=report.date,
        place=report.place.name if report.place else None,
        said_by=report.attributed_to.name if report.attributed_to else None,
    )


def _act(report: Report) -> str:
    """Its predicate, as the sentence has it."""
    begin = report.evidence[0]
    start, end = report.predicate[0] - begin, report.predicate[1] - begin
    return report.evidence_text[start:end] if start >= 0 else ""
