"""An article cut down to what may be quoted, as an article of its own.

In: all that was made of an article. Out: the same with a text of headline, captions, credits, lead
and evidence sentences, a line each, and all spans moved to where they stand in it. Spans of what is
left out go with it; the names of a report's sides stay, at the end of the text if nowhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from dragoman.model import (
    Article,
    Block,
    Claim,
    Count,
    Doubt,
    Kept,
    Mention,
    Quote,
    Reading,
    Report,
    Side,
    Speaker,
)

MOST = 500
"""Characters of a lead, caption or credit."""
MOST_EVIDENCE = 700
"""Characters of an evidence sentence: a text without full stops must not be shown as one."""
SHOWN_WHOLE = frozenset({"headline", "caption", "credit", "byline", "dateline", "syndication"})
LEFT_OUT = Doubt(
    "text", "only the lead and the sentences that events rest on may be shown here, not the whole"
)
NAMED_ELSEWHERE = "named-outside-the-excerpt"
_SENTENCE_END = re.compile(r"[.!?…][\"»”’)\]]*(?=\s)")

Span = tuple[int, int]
Part = TypeVar("Part", Side, Count, Speaker)


def excerpt(kept: Kept) -> Kept:
    """What of an article may be shown where its text as a whole may not."""
    reports = tuple(bounded(report) for report in kept.reports)
    cut = _Cut(kept.article, reports)
    reading = kept.reading
    return replace(
        kept,
        article=_article(kept.article, cut),
        reading=Reading(
            reading.article_id,
            reading.language,
            times=tuple(
                replace(time, start=at[0], end=at[1])
                for time in reading.times
                if (at := cut.place((time.start, time.end))) is not None
            ),
            quotes=tuple(_quotes(reading.quotes, cut)),
            doubts=reading.doubts,
            tier=kept.tier,
        ),
        references=tuple(
            replace(one, mention=_mention(one.mention, at, cut))
            for one in kept.references
            if (at := cut.place((one.mention.start, one.mention.end))) is not None
        ),
        reports=tuple(_report(report, cut) for report in reports),
    )


def shown_spans(kept: Kept) -> tuple[Span, ...]:
    """Where in the whole text that stands which the excerpt shows, in order."""
    return tuple(_Cut(kept.article, map(bounded, kept.reports)).pieces)


def _mention(mention: Mention, at: Span, cut: _Cut) -> Mention:
    start, end = at
    return replace(mention, start=start, end=end, phrase=at, full=cut.place(mention.full))


def bounded(report: Report) -> Report:
    """The report with at most `MOST_EVIDENCE` characters of its sentence, around the predicate."""
    low, high = report.evidence
    if high - low <= MOST_EVIDENCE:
        return report
    room = max(MOST_EVIDENCE - (report.predicate[1] - report.predicate[0]), 0) // 2
    start, end = max(low, report.predicate[0] - room), min(high, report.predicate[1] + room)
    text = report.evidence_text[start - low : end - low]
    return replace(report, evidence=(start, end), evidence_text=text)


def lead(article: Article) -> Span | None:
    """The standfirst, or else the first paragraph; at most `MOST` characters of it."""
    for label in ("standfirst", "body"):
        block = next((b for b in article.blocks if b.label == label), None)
        if block is not None:
            line = re.compile(r"[^\n]*\S[^\n]*").search(article.text, block.start, block.end)
            return _short(article.text, *(line.span() if line else (block.start, block.end)))
    return None


def _short(text: str, start: int, end: int) -> Span:
    """Cut after a sentence, or at least a word, within the first `MOST` characters."""
    if end - start <= MOST:
        return start, end
    limit = start + MOST
    ends = [found.end() for found in _SENTENCE_END.finditer(text, start, limit)]
    space = text.rfind(" ", start, limit)
    return start, ends[-1] if ends else space if space > start else limit


class _Cut:
    """The pieces that are shown, in order, and where each place of the whole text is in them."""

    def __init__(self, article: Article, reports: Iterable[Report]) -> None:
        found = list(reports)
        first = lead(article)
        whole = (b for b in article.blocks if b.label in SHOWN_WHOLE)
        spans = [_short(article.text, b.start, b.end) for b in whole]
        spans += [report.evidence for report in found]
        self.pieces = _merged([*spans, *([first] if first is not None else [])])
        self._starts = [start for start, _ in self.pieces]
        self._at: list[int] = []
        self.text = ""
        for start, end in self.pieces:
            self._add(article.text[start:end])
        self.loose: dict[Span, Span] = {}
        for span in sorted({span for report in found for span in _needed(report)}):
            if self.place(span) is None:
                self._add(article.text[slice(*span)])
                self.loose[span] = (self._at[-1], len(self.text))

    def place(self, span: Span | None) -> Span | None:
        """Where a span of the whole text stands in the excerpt; None where it does not."""
        if span is None:
            return None
        if span in self.loose:
            return self.loose[span]
        i = bisect_right(self._starts, span[0]) - 1
        if i < 0 or span[1] > self.pieces[i][1]:
            return None
        moved = self._at[i] - self.pieces[i][0]
        return span[0] + moved, span[1] + moved

    def needed(self, span: Span) -> Span:
        """As `place`, of a span that a report can't be without."""
        at = self.place(span)
        assert at is not None, "reports' spans are among the pieces"
        return at

    def _add(self, text: str) -> None:
        self.text += "\n" if self.text else ""
        self._at.append(len(self.text))
        self.text += text


def _merged(spans: Iterable[Span]) -> list[Span]:
    """In order, without overlap; what touches is one piece."""
    pieces: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if pieces and start <= pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], max(end, pieces[-1][1]))
        else:
            pieces.append((start, end))
    return pieces


def _needed(report: Report) -> Iterator[Span]:
    yield report.predicate
    yield from ((side.start, side.end) for side in (*report.sources, *report.targets))
    yield from ((count.start, count.end) for count in report.counts)
    if report.attributed_to is not None:
        yield report.attributed_to.start, report.attributed_to.end


def _article(article: Article, cut: _Cut) -> Article:
    given = article.attribution
    return replace(
        article,
        text=cut.text,
        blocks=tuple(_blocks(article, cut)),
        authors=tuple(replace(a, about=_words(a.about)) for a in article.authors),
        images=tuple(replace(i, caption=_words(i.caption)) for i in article.images),
        attribution=replace(
            given,
            first_publisher=_claim(given.first_publisher, cut),
            republisher=_claim(given.republisher, cut),
            agency=_claim(given.agency, cut),
        ),
        doubts=(*article.doubts, LEFT_OUT),
    )


def _blocks(article: Article, cut: _Cut) -> Iterator[Block]:
    """Each block as far as it lies in a piece; a block may give several."""
    for start, end in cut.pieces:
        for block in article.blocks:
            low, high = max(start, block.start), min(end, block.end)
            if low < high:
                at = cut.needed((low, high))
                yield replace(block, start=at[0], end=at[1])
    for at in sorted(cut.loose.values()):
        yield Block("other", *at, NAMED_ELSEWHERE)


def _words(text: str | None) -> str | None:
    return None if text is None else text[slice(*_short(text, 0, len(text)))]


def _claim(claim: Claim | None, cut: _Cut) -> Claim | None:
    if claim is None or claim.start is None or claim.end is None:
        return claim
    at = cut.place((claim.start, claim.end)) or (None, None)
    return replace(claim, start=at[0], end=at[1])


def _quotes(quotes: Iterable[Quote], cut: _Cut) -> Iterator[Quote]:
    for quote in quotes:
        at = cut.place((quote.start, quote.end))
        if at is not None:
            speaker = cut.place(quote.speaker)
            by = quote.by if quote.by and cut.place((quote.by.start, quote.by.end)) else None
            yield replace(
                quote,
                start=at[0],
                end=at[1],
                speaker=speaker,
                cue=cut.place(quote.cue),
                by=None if by is None else _moved(by, cut),
            )


def _report(report: Report, cut: _Cut) -> Report:
    speaker = report.attributed_to
    return replace(
        report,
        sources=tuple(_moved(side, cut) for side in report.sources),
        targets=tuple(_moved(side, cut) for side in report.targets),
        counts=tuple(_moved(count, cut) for count in report.counts),
        predicate=cut.needed(report.predicate),
        evidence=cut.needed(report.evidence),
        attributed_to=_moved(speaker, cut) if speaker is not None else None,
    )


def _moved(part: Part, cut: _Cut) -> Part:
    start, end = cut.needed((part.start, part.end))
    return replace(part, start=start, end=end)
