"""What people say of reports, laid over what the coder made: which stand, and what they say.

In: an article with its coded reports, and the words on them, oldest first. Out: the article with
the reports that stand. What was rejected is left out; what is confirmed or corrected keeps the
fields that a person answers for, and stays even if the coder makes it no more, while its sentence
stands in the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dragoman.knowledge import Knowledge
from dragoman.model import (
    READ_LABELS,
    Article,
    Correction,
    Dated,
    Doubt,
    Kept,
    Pinned,
    Place,
    Report,
    Side,
    Verdict,
)
from dragoman.record.backing import backing_of

ACT = ("category", "root", "quad", "mode", "cameo")
"""What follows from each other."""
HELD = (*ACT, "status", "told_as", "sources", "targets", "date", "place")
"""What a person can correct, and answers for when a report is confirmed."""
TOLD = ("category", "mode", "status", "told_as", "sources", "targets", "date", "place")
BY_A_PERSON = "by a person's word"
"""Begins the reasons that come from judgements: they give its number, and nobody's name."""
OPEN = "a person's correction leaves it open"
DOUBTED = ("date", "place", "sources", "targets")
Said = tuple[int, Verdict | Correction]


@dataclass(slots=True)
class _Standing:
    """What the words on one report come to."""

    is_out: bool = False
    pins: list[tuple[int, Pinned]] = field(default_factory=list)


def ruled(kept: Kept, words: Sequence[Said], knowledge: Knowledge) -> Kept:
    """The article as people will have it. The last of two words that contradict each other counts:
    `unsure` too, which gives the machine's answer back."""
    if not words:
        return kept
    standing = _by_report(words, kept.article.id)
    made = [
        _held(report, standing[report.id].pins) if report.id in standing else report
        for report in kept.reports
        if report.id not in standing or not standing[report.id].is_out
    ]
    coded = {report.id for report in kept.reports}
    made += _kept_alive(kept.article, {i: s for i, s in standing.items() if i not in coded})
    if {one.id for one in made} != coded:
        made.sort(key=lambda report: report.evidence)  # else the coder's own order stays
    reports = tuple(_doubted(report, i) for i, report in enumerate(made))
    if reports == kept.reports:
        return kept
    changed = replace(kept, reports=reports)
    return replace(changed, backing=backing_of(changed, knowledge))


def pinned(report: Report, fields: Iterable[str] = HELD) -> Pinned:
    """A report as it stands, to be held to that."""
    return Pinned(report, tuple(one for one in HELD if one in set(fields)))


def _by_report(words: Sequence[Said], article_id: str) -> Mapping[str, _Standing]:
    """What the words on one article come to; an event's may be of reports in others as well."""
    standing: dict[str, _Standing] = {}
    for number, word in words:
        if isinstance(word, Correction):
            one = standing.setdefault(word.target, _Standing())
            one.is_out = False
            one.pins += [(number, word.pinned)] if word.pinned is not None else []
            continue
        by_id = {p.report.id: p for p in word.pinned if p.report.article_id == article_id}
        for identity in word.reports:
            one = standing.setdefault(identity, _Standing())
            one.is_out = word.kind == "reject"
            if word.kind == "unsure":
                one.pins.clear()
            one.pins += [(number, by_id[identity])] if identity in by_id else []
    return standing


def _held(report: Report, pins: Sequence[tuple[int, Pinned]]) -> Report:
    """A report with the fields that people answer for, the later word over the earlier."""
    for number, pin in pins:
        given = moved(pin.report, report.evidence[0] - pin.report.evidence[0])
        new = replace(report, **{name: getattr(given, name) for name in pin.fields})
        told = [f"{n} {_words(getattr(report, n))} → {_words(getattr(new, n))}"
                for n in TOLD if not _same(getattr(report, n), getattr(new, n))]  # fmt: skip
        if told:
            reason = f"{BY_A_PERSON}: {', '.join(told)} (judgement {number})"
            new = replace(new, why=(*new.why, reason))
        report = new
    return report


def _same(one: object, other: object) -> bool:
    """Days and sides are compared without what they rest on, and where they stand."""
    return _words(one) == _words(other)


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return " and ".join(s.actor or s.name for s in value if isinstance(s, Side)) or "nobody"
    if isinstance(value, Dated):
        days = dict.fromkeys((value.start or "…", value.end or "…"))
        return "/".join(days)
    if isinstance(value, Place):
        return value.name
    return str(value) if value is not None else "none"


def _kept_alive(article: Article, standing: Mapping[str, _Standing]) -> Iterator[Report]:
    """Reports that people hold to and the coder did not make, where their sentence stands."""
    for one in standing.values():
        if one.is_out or not one.pins:
            continue
        number, last = one.pins[-1]
        found = found_again(last.report, article)
        if found is not None:
            own = tuple(reason for reason in found.why if not reason.startswith(BY_A_PERSON))
            said = f"{BY_A_PERSON}: it stays, though the coder does not make it"
            bare = replace(found, why=(*own, f"{said} (judgement {number})"))
            yield _held(bare, one.pins)


def found_again(report: Report, article: Article) -> Report | None:
    """A report where its sentence stands now, the nearest to where it stood; None where no part of
    the article that is read has it."""
    sentence = report.evidence_text
    read = [(b.start, b.end) for b in article.blocks if b.label in READ_LABELS]
    places = (m.start() for m in re.finditer(re.escape(sentence), article.text))
    inside = [at for at in places if any(a <= at and at + len(sentence) <= b for a, b in read)]
    if not inside or not sentence:
        return None
    nearest = min(inside, key=lambda at: (abs(at - report.evidence[0]), at))
    return moved(report, nearest - report.evidence[0])


def moved(report: Report, by: int) -> Report:
    """A report in a text that has so many more characters before its sentence."""
    if not by:
        return report

    def there(span: tuple[int, int]) -> tuple[int, int]:
        return max(span[0] + by, 0), max(span[1] + by, 0)

    def side(one: Side) -> Side:
        start, end = there((one.start, one.end))
        return replace(one, start=start, end=end)

    def speaker() -> dict[str, object]:
        if report.attributed_to is None:
            return {}
        start, end = there((report.attributed_to.start, report.attributed_to.end))
        return {"attributed_to": replace(report.attributed_to, start=start, end=end)}

    counts = [(one, there((one.start, one.end))) for one in report.counts]
    changed: dict[str, object] = {
        "evidence": there(report.evidence),
        "predicate": there(report.predicate),
        "sources": tuple(map(side, report.sources)),
        "targets": tuple(map(side, report.targets)),
        "counts": tuple(replace(one, start=start, end=end) for one, (start, end) in counts),
        **speaker(),
    }
    return replace(report, **changed)  # type: ignore[arg-type]


def _doubted(report: Report, index: int) -> Report:
    """A report with its doubts under its own place in the article, and none on what is known."""
    found = {doubt.field.rsplit(".", 1)[-1]: doubt.reason for doubt in report.doubts}
    for name in DOUBTED:
        if getattr(report, name):
            found.pop(name, None)
        else:
            found.setdefault(name, OPEN)
    doubts = tuple(Doubt(f"reports.{index}.{name}", reason) for name, reason in found.items())
    return replace(report, doubts=doubts) if doubts != report.doubts else report
