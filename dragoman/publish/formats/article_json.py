"""The JSON of one article, as `docs/json.md` promises it: field names are a contract.

In: what the steps made of one capture. Out: plain dictionaries for `json.dumps`. Offsets are code
points into `article.text`; what is not known is null or empty, with its reason in `doubts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dragoman.model import (
    Article,
    Claim,
    Dated,
    Doubt,
    Kept,
    Kind,
    Place,
    Reference,
    Report,
    Side,
    Speaker,
    Time,
)
from dragoman.publish.words import last_known

Json = Mapping[str, object]


def article_json(kept: Kept) -> Json:
    return {
        "id": kept.article.id,
        "article": clean_article_json(kept.article),
        "tier": kept.tier,
        "doubts": [_doubt(d) for d in kept.doubts],
        "mentions": _mentions(kept.references),
        "quotes": [
            {
                "start": q.start,
                "end": q.end,
                "speaker": _speaker(q.by),
                "verb": q.verb,
                "stance": q.stance,
                "kind": q.kind,
                "cue": _span(q.cue),
                "turn": q.turn,
            }
            for q in kept.reading.quotes
        ],
        "times": [_time(t) for t in kept.reading.times],
        "reports": [report_json(r) for r in kept.reports],
    }


def report_json(report: Report) -> Json:
    return {
        "id": report.id,
        "category": report.category,
        "root": report.root,
        "mode": report.mode,
        "context": list(report.context),
        "cameo": report.cameo,
        "quad": report.quad,
        "status": report.status,
        "told_as": report.told_as,
        "sources": [_side(s) for s in report.sources],
        "targets": [_side(s) for s in report.targets],
        "counts": [
            {
                "what": c.what,
                "low": c.low,
                "high": c.high,
                "unit": c.unit,
                "start": c.start,
                "end": c.end,
            }
            for c in report.counts
        ],
        "date": dated_json(report.date),
        "place": place_json(report.place),
        "predicate": _span(report.predicate),
        "evidence": {
            "start": report.evidence[0],
            "end": report.evidence[1],
            "text": report.evidence_text,
        },
        "attributed_to": _speaker(report.attributed_to),
        "confidence": report.confidence,
        "why": list(report.why),
        "labels": [
            {"category": one.category, "score": one.score, "example": one.example}
            for one in report.labels
        ],
    }


def dated_json(dated: Dated | None) -> Json | None:
    if dated is None:
        return None
    return {
        "start": _as_precise(dated.start, dated.precision),
        "end": _as_precise(dated.end, dated.precision),
        "precision": dated.precision,
        "basis": dated.basis,
    }


def place_json(place: Place | None) -> Json | None:
    if place is None:
        return None
    return {"name": place.name, "lat": place.lat, "lon": place.lon, "id": place.id}


def clean_article_json(article: Article) -> Json:
    """The article alone, as the clean step leaves it."""
    given = article.attribution
    return {
        "id": article.id,
        "url": article.url,
        "canonical": article.canonical,
        "genre": {"value": article.genre.value, "rule": article.genre.rule},
        "title": article.title,
        "language": article.language,
        "published": dated_json(article.published),
        "modified": article.modified,
        "text": article.text,
        "authors": [{"name": a.name, "about": a.about} for a in article.authors],
        "images": [
            {"src": i.src, "caption": i.caption, "credit": i.credit} for i in article.images
        ],
        "blocks": [
            {"label": b.label, "start": b.start, "end": b.end, "rule": b.rule}
            for b in article.blocks
        ],
        "attribution": {
            "first_publisher": _claim(given.first_publisher),
            "republisher": _claim(given.republisher),
            "agency": _claim(given.agency),
        },
    }


def _as_precise(day: str | None, precision: str) -> str | None:
    """ISO dates, as precise as `precision` says: 2024-11 for a month, 2024 for a year."""
    if day is None:
        return None
    return {
        "month": day[:7],
        "quarter": day[:7],
        "season": day[:7],
        "year": day[:4],
        "decade": day[:4],
    }.get(precision, day)


def _claim(claim: Claim | None) -> Json | None:
    if claim is None:
        return None
    return {"value": claim.value, "start": claim.start, "end": claim.end, "rule": claim.rule}


def _doubt(doubt: Doubt) -> Json:
    return {"field": doubt.field, "reason": doubt.reason}


def _speaker(speaker: Speaker | None) -> Json | None:
    if speaker is None:
        return None
    return {
        "actor": speaker.actor,
        "name": speaker.name,
        "start": speaker.start,
        "end": speaker.end,
    }


def _span(span: tuple[int, int] | None) -> Json | None:
    return None if span is None else {"start": span[0], "end": span[1]}


def _mentions(references: Iterable[Reference]) -> list[Json]:
    """Every mention once; of two readings of the same words the one with an actor."""
    found: dict[tuple[object, ...], Json] = {}
    for reference in references:
        for mention in _spans(reference):
            key = mention["start"], mention["end"], mention["kind"]
            if key not in found or found[key]["actor"] is None:
                found[key] = mention
    return list(found.values())


def _spans(reference: Reference) -> Iterator[Json]:
    """One mention; two where a role noun opens or ends an organisation's name."""
    mention = reference.mention
    kind = mention.kind if mention.named else "ROLE"
    if kind == "ROLE" or mention.full is None:
        yield _mention(reference, kind, mention.start, mention.end)
    if mention.full is not None:
        yield _mention(reference, "ORG" if kind == "ROLE" else kind, *mention.full)


def _mention(reference: Reference, kind: Kind, start: int, end: int) -> Json:
    place = reference.place
    return {
        "start": start,
        "end": end,
        "kind": kind,
        "actor": reference.actor,
        "name": reference.name,
        "role": _role(reference),
        "place": None
        if place is None
        else {"id": place.id, "name": place.name, "lat": place.lat, "lon": place.lon},
        "candidates": list(reference.candidates),
    }


def _role(reference: Reference) -> str | None:
    """Said in the value itself, so that nobody takes a role last known for a present one."""
    role, as_of = reference.role, reference.role_as_of
    return f"{role}, {last_known(as_of)}" if role and as_of else role


def _time(time: Time) -> Json:
    return {
        "start": time.start,
        "end": time.end,
        "type": time.type,
        "value": time.value,
        "interval": {"start": time.start_day, "end": time.end_day, "precision": time.precision},
        "basis": time.basis,
    }


def _side(side: Side) -> Json:
    return {
        "actor": side.actor,
        "name": side.name,
        "sector": side.sector,
        "start": side.start,
        "end": side.end,
    }
