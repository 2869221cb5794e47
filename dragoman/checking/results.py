"""What the verdicts of an audit come to: precision by stratum and part, agreement, what changed.

In: an audit, its items, verdicts, and the reports as they are now. Out: `AuditResult`. Where
several read a report, the verdict most of them gave counts; a tie is "unsure".
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from dragoman.checking.estimates import Counted, Estimate, kappa, of_stratum, stratified
from dragoman.model.audit import (
    PARTS,
    Agreement,
    Audit,
    AuditItem,
    AuditResult,
    Part,
    Ruling,
    Share,
    Since,
    StratumResult,
    Verdict,
)
from dragoman.store import Store

Verdicts = Mapping[str, Verdict]
"""By report."""


def audits_of(store: Store, query: str) -> tuple[AuditResult, ...]:
    """Results that speak of what a query finds, as far as anybody has read: audits of the very
    query, and those of the whole desk."""
    told = [
        one for one in store.audits() if same_query(one.query, "") or same_query(one.query, query)
    ]
    results = (result_of(store, one) for one in told)
    return tuple(one for one in results if one.read)


def same_query(one: str, other: str) -> bool:
    """Whether two texts ask the same but for spaces and the composition of letters."""
    return _plain(one) == _plain(other)


def _plain(query: str) -> str:
    return " ".join(unicodedata.normalize("NFC", query).split())


def result_of(store: Store, audit: Audit) -> AuditResult:
    items, rulings = store.audit_items(audit.name), store.audit_verdicts(audit.name)
    ids = {item.report_id for item in items}
    rulings = [one for one in rulings if one.report_id in ids]
    verdicts = joint_verdicts(rulings)
    told = Counter(verdicts.values())
    strata = _by_stratum(audit, items, verdicts)
    return AuditResult(
        name=audit.name,
        query=audit.query,
        made_at=audit.made_at,
        by=audit.by,
        reports=audit.reports,
        drawn=audit.drawn,
        read=len(verdicts),
        right=told["right"],
        wrong=told["wrong"],
        unsure=told["unsure"],
        readers=tuple(sorted({one.reader for one in rulings})),
        precision=_overall(Counted(s.reports, s.right + s.wrong, s.right) for s in strata),
        unsure_as_wrong=_overall(
            Counted(s.reports, s.right + s.wrong + s.unsure, s.right) for s in strata
        ),
        covered=_covered(strata),
        strata=strata,
        parts=_by_part(audit, items, rulings, verdicts),
        agreement=tuple(_agreements(rulings)),
        since=_since(store, items),
        coder_versions=tuple(sorted({i.coder_version for i in items if i.coder_version})),
    )


def joint_verdicts(rulings: Iterable[Ruling]) -> dict[str, Verdict]:
    """Report → the verdict most readers gave; "unsure" where as many gave another."""
    votes: dict[str, Counter[Verdict]] = {}
    for one in rulings:
        votes.setdefault(one.report_id, Counter())[one.verdict] += 1
    found: dict[str, Verdict] = {}
    for report_id, counted in votes.items():
        (first, most), *others = counted.most_common()
        tied = bool(others) and others[0][1] == most
        found[report_id] = "unsure" if tied else first
    return found


def _by_stratum(
    audit: Audit, items: Sequence[AuditItem], verdicts: Verdicts
) -> tuple[StratumResult, ...]:
    said: dict[tuple[str, ...], Counter[str]] = {}
    for item in items:
        if item.report_id in verdicts:
            said.setdefault(item.stratum, Counter())[verdicts[item.report_id]] += 1
    made = []
    for one in audit.strata:
        counted = said.get(one.values, Counter())
        right, wrong = counted["right"], counted["wrong"]
        known = Counted(one.reports, right + wrong, right)
        share = _share(known.read, of_stratum(known) if known.read else None)
        made.append(
            StratumResult(
                one.values, one.reports, one.drawn, right, wrong, counted["unsure"], share
            )
        )
    return tuple(made)


def _overall(strata: Iterable[Counted]) -> Share:
    """Over the strata of which anything was read."""
    known = [one for one in strata if one.read]
    return _share(sum(one.read for one in known), stratified(known) if known else None)


def _share(read: int, made: Estimate | None) -> Share:
    if made is None:
        return Share(read, None)
    return Share(read, made.value, made.low, made.high, made.error)


def _covered(strata: Sequence[StratumResult]) -> float:
    whole = sum(one.reports for one in strata)
    return sum(one.reports for one in strata if one.right + one.wrong) / whole if whole else 0.0


def _by_part(
    audit: Audit, items: Sequence[AuditItem], rulings: Sequence[Ruling], verdicts: Verdicts
) -> tuple[tuple[Part, Share], ...]:
    """How often each part is right. A report that tells no event is wrong in all parts."""
    named: dict[str, set[Part]] = {}
    for one in rulings:
        if one.verdict == "wrong" and verdicts[one.report_id] == "wrong":
            named.setdefault(one.report_id, set()).update(one.wrong)
    sizes = {one.values: one.reports for one in audit.strata}
    read = [item for item in items if verdicts.get(item.report_id) in ("right", "wrong")]
    numbers = Counter(item.stratum for item in read)

    def share(part: Part) -> Share:
        faults: Iterable[AuditItem] = (
            item for item in read if named.get(item.report_id, set()) & {part, "not-an-event"}
        )
        wrong = Counter(item.stratum for item in faults)
        return _overall(Counted(sizes[one], n, n - wrong[one]) for one, n in numbers.items())

    return tuple((part, share(part)) for part in PARTS)


def _agreements(rulings: Sequence[Ruling]) -> Iterable[Agreement]:
    said: dict[str, dict[str, Verdict]] = {}
    for one in rulings:
        said.setdefault(one.reader, {})[one.report_id] = one.verdict
    for first, second in combinations(sorted(said), 2):
        both = sorted(said[first].keys() & said[second].keys())
        if not both:
            continue
        pairs = [(said[first][one], said[second][one]) for one in both]
        found = kappa(pairs)
        differ = tuple(one for one, (a, b) in zip(both, pairs, strict=True) if a != b)
        yield Agreement(
            (first, second),
            len(both),
            len(both) - len(differ),
            found.value if found else None,
            found.low if found else None,
            found.high if found else None,
            differ,
        )


def _since(store: Store, items: Sequence[AuditItem]) -> Since:
    now = store.report_histories([item.report_id for item in items])
    withdrawn = changed = 0
    for item in items:
        history = now.get(item.report_id)
        if item.shown is None:
            continue
        if history is None or history.retracted_at is not None:
            withdrawn += 1
        elif (history.revision, history.coder_version) != (item.revision, item.coder_version):
            changed += 1
    return Since(withdrawn, changed, sum(item.shown is None for item in items))
