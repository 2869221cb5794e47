"""The JSON of one article as a closed model: a field too many, missing or renamed is an error."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from dragoman.model import Kind, Label, Precision, QuoteKind, Stance, Status, ToldAs

Date = str | None


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Span(Closed):
    start: int
    end: int


class Dated(Closed):
    start: Date
    end: Date
    precision: Precision
    basis: str


class Interval(Closed):
    start: Date
    end: Date
    precision: Precision


class Genre(Closed):
    value: str
    rule: str


class Author(Closed):
    name: str
    about: str | None


class Image(Closed):
    src: str | None
    caption: str | None
    credit: str | None


class Block(Span):
    label: Label
    rule: str


class Claim(Closed):
    value: str
    start: int | None
    end: int | None
    rule: str


class Attribution(Closed):
    first_publisher: Claim | None
    republisher: Claim | None
    agency: Claim | None


class Article(Closed):
    id: str
    url: str | None
    canonical: str | None
    genre: Genre
    title: str | None
    language: str | None
    published: Dated | None
    modified: str | None
    text: str
    authors: list[Author]
    images: list[Image]
    blocks: list[Block]
    attribution: Attribution


class Doubt(Closed):
    field: str
    reason: str


class Place(Closed):
    id: str | None
    name: str
    lat: float | None
    lon: float | None


class Mention(Span):
    kind: Kind
    actor: str | None
    name: str
    role: str | None
    place: Place | None
    candidates: list[str]


class Party(Span):
    actor: str | None
    name: str


class Quote(Span):
    speaker: Party | None
    verb: str | None
    stance: Stance
    kind: QuoteKind
    cue: Span | None
    turn: int


class Time(Span):
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    interval: Interval
    basis: str


class Side(Party):
    sector: str | None


class Count(Span):
    what: Literal["killed", "wounded", "detained", "displaced", "troops", "money", "other"]
    low: int | float
    high: int | float
    unit: str | None


class Evidence(Span):
    text: str


class OwnLabel(Closed):
    category: str
    score: float
    example: str


class Report(Closed):
    id: str
    category: str
    root: str
    mode: str | None
    context: list[str]
    cameo: str | None
    quad: Literal[1, 2, 3, 4]
    status: Status
    told_as: ToldAs
    sources: list[Side]
    targets: list[Side]
    counts: list[Count]
    date: Dated | None
    place: Place | None
    predicate: Span
    evidence: Evidence
    attributed_to: Party | None
    confidence: float
    why: list[str]
    labels: list[OwnLabel]


class Line(Closed):
    """What `read --json`, each line of `read --jsonl` and each line of `export` hold."""

    id: str | int
    article: Article
    tier: Literal["full", "light", "none"]
    doubts: list[Doubt]
    mentions: list[Mention]
    quotes: list[Quote]
    times: list[Time]
    reports: list[Report]


def checked(text: str) -> Line:
    """The line, after a look at what a model can't say: spans, blocks, evidence."""
    line = Line.model_validate_json(text)
    body = line.article.text
    end = 0
    for block in line.article.blocks:
        assert end <= block.start < block.end <= len(body)
        assert not body[end : block.start].strip()
        end = block.end
    assert not body[end:].strip()
    for report in line.reports:
        low, high = report.evidence.start, report.evidence.end
        assert report.evidence.text == body[low:high]
        assert low <= report.predicate.start < report.predicate.end <= high
        for side in (*report.sources, *report.targets):
            assert 0 <= side.start < side.end <= len(body)
    for span in (*line.mentions, *line.quotes, *line.times):
        assert 0 <= span.start < span.end <= len(body)
    return line
