"""An excerpt is an article of its own: less text, and every span where its words are."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from dragoman.model import (
    Attribution,
    Claim,
    Count,
    Kept,
    Label,
    Mention,
    Quote,
    Reference,
    Report,
    Side,
    Time,
)
from dragoman.publish.excerpt import LEFT_OUT, MOST, MOST_EVIDENCE, bounded, excerpt, lead
from dragoman.publish.formats.article_json import article_json
from tests.contract import checked
from tests.publish.desk import MEETING, QUARREL, WIRE, Page, Told

QUIET = "Nobody else said a word about the harbour that day."
LINES = Page(
    "lines",
    [
        ("headline", "Ferries"),
        ("navigation", "Home World"),
        ("byline", "By the Coast desk"),
        ("body", f"A short week ends. {QUIET}"),
        ("body", f"{QUIET} {MEETING} Then it rained."),
        ("comment", "I was there too."),
        ("bio", "The Coast desk writes from the coast."),
        ("teaser", "Boats of the world, a long read."),
    ],
    [Told(MEETING, "Jens Stoltenberg", "met", "Azerbaijan")],
)


def words(kept: Kept, start: int | None, end: int | None) -> str:
    assert start is not None
    assert end is not None
    return kept.article.text[start:end]


def test_headline_credits_lead_and_evidence_stay_in_their_order() -> None:
    article = excerpt(LINES.kept()).article
    assert article.text.split("\n") == [
        "Ferries", "By the Coast desk", f"A short week ends. {QUIET}", MEETING,
    ]  # fmt: skip
    assert [(b.label, article.text[b.start : b.end]) for b in article.blocks] == [
        ("headline", "Ferries"), ("byline", "By the Coast desk"),
        ("body", f"A short week ends. {QUIET}"), ("body", MEETING),
    ]  # fmt: skip
    assert LEFT_OUT in article.doubts
    assert article.id == LINES.article().id


def test_a_standfirst_is_the_lead() -> None:
    text = excerpt(WIRE.kept()).article.text
    assert "A short week on the coast." in text
    assert QUARREL in text
    assert "Read also" not in text
    assert "“The boats will sail”" not in text


def test_every_span_of_a_report_is_where_its_words_are() -> None:
    whole, cut = WIRE.kept(), excerpt(WIRE.kept())
    assert len(cut.reports) == len(whole.reports)
    for before, after in zip(whole.reports, cut.reports, strict=True):
        assert words(cut, *after.evidence) == after.evidence_text == before.evidence_text
        assert words(cut, *after.predicate) == words(whole, *before.predicate)
        for was, now in zip(before.sources, after.sources, strict=True):
            assert words(cut, now.start, now.end) == words(whole, was.start, was.end) == now.name


def told(sentence: str, *others: str) -> tuple[Kept, Callable[[str], tuple[int, int]]]:
    """A page with one report on a sentence, and where words stand in its text."""
    lines: list[tuple[Label, str]] = [
        ("headline", "Ferries"),
        ("body", "A lead."),
        *(("body", one) for one in others),
    ]
    page = Page("told", lines, [Told(sentence, "Jens Stoltenberg", "met", "Azerbaijan")])
    kept = page.kept()
    text = kept.article.text
    return kept, lambda word: (text.index(word), text.index(word) + len(word))


def test_names_from_elsewhere_stand_at_the_end() -> None:
    kept, at = told(MEETING, "Ilham Aliyev waited, and nobody knew for whom.", MEETING)
    (report,) = kept.reports
    side = Side("AZE", "Ilham Aliyev", "GOV", *at("Ilham Aliyev"))
    count = Count("other", 1, 1, None, *at("nobody"))
    kept = replace(kept, reports=(replace(report, targets=(side, side), counts=(count,)),))
    cut = excerpt(kept)
    assert cut.article.text.endswith(f"{MEETING}\nIlham Aliyev\nnobody")
    assert "waited" not in cut.article.text
    (after,) = cut.reports
    assert [words(cut, one.start, one.end) for one in after.targets] == ["Ilham Aliyev"] * 2
    assert words(cut, after.counts[0].start, after.counts[0].end) == "nobody"
    assert [b.label for b in cut.article.blocks[-2:]] == ["other", "other"]


def test_what_is_left_out_takes_its_spans_along() -> None:
    kept, at = told(MEETING, "Ilham Aliyev waited on Sunday for hours.", MEETING)
    inside, outside = at("lighthouse"), at("waited")
    mentions = [Mention(*span, "ORG", 0, 0, "x", span) for span in (inside, outside)]
    times = [Time(*s, "DATE", "x", None, None, "day", "stated") for s in (inside, outside)]
    quotes = [Quote(*inside, outside, "say", "neutral", 0), Quote(*outside, None, None, "deny", 0)]
    claims = Attribution(
        Claim("A", *outside, "x"), Claim("B", *inside, "x"), Claim("C", None, None, "x")
    )
    kept = replace(
        kept,
        article=replace(kept.article, attribution=claims),
        reading=replace(kept.reading, times=tuple(times), quotes=tuple(quotes)),
        references=tuple(Reference(one, None, "x") for one in mentions),
    )
    cut = excerpt(kept)
    left = [(one.start, one.end) for one in cut.reading.times]
    left += [(one.start, one.end) for one in cut.reading.quotes]
    left += [(one.mention.start, one.mention.end) for one in cut.references]
    assert [words(cut, *span) for span in left] == ["lighthouse"] * 3
    assert (len(cut.reading.times), len(cut.reading.quotes), len(cut.references)) == (1, 1, 1)
    assert cut.reading.quotes[0].speaker is None
    given = cut.article.attribution
    assert given.first_publisher == Claim("A", None, None, "x")
    assert given.republisher is not None
    assert words(cut, given.republisher.start, given.republisher.end) == "lighthouse"
    assert not cut.reading.sentences
    assert not cut.reading.clauses


@pytest.mark.parametrize("page", [WIRE, LINES])
def test_its_json_keeps_the_contract(page: Page) -> None:
    made = article_json(excerpt(page.kept()))
    line = checked(json.dumps(made))
    assert line.article.id == page.article().id


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("Short.", "Short."),
        ("A first line.\nA second line.", "A first line."),
        ("\n  \nAfter empty lines.", "After empty lines."),
        ("One. " * 200, ("One. " * 100).rstrip()),
        ("word " * 200, ("word " * 100).rstrip()),
        ("x" * 900, "x" * MOST),
    ],
    ids=["short", "one line of many", "after empty lines", "sentences", "words", "one word"],
)
def test_a_lead_is_bounded(body: str, shown: str) -> None:
    article = Page("lead", [("headline", "Ferries"), ("body", body)]).article()
    span = lead(article)
    assert span is not None
    assert article.text[slice(*span)] == shown
    assert len(shown) <= MOST


def test_a_page_without_a_body_has_no_lead() -> None:
    page = Page("none", [("headline", "Ferries"), ("navigation", "Home")])
    assert lead(page.article()) is None
    assert excerpt(page.kept()).article.text == "Ferries"


def long_report() -> tuple[Kept, Report]:
    sentence = "and so on " * 200 + "Jens Stoltenberg met Azerbaijan " + "and so forth " * 200
    kept, _ = told(sentence.strip(), sentence.strip())
    return kept, kept.reports[0]


def test_a_sentence_without_end_is_bounded_around_its_act() -> None:
    kept, report = long_report()
    short = bounded(report)
    assert len(short.evidence_text) <= MOST_EVIDENCE
    assert short.evidence_text == words(kept, *short.evidence)
    assert "met" in short.evidence_text
    cut = excerpt(kept)
    assert len(cut.article.text) < MOST_EVIDENCE + 100
    assert words(cut, *cut.reports[0].evidence) == short.evidence_text


def test_other_sentences_are_left_as_they_are() -> None:
    report = WIRE.kept().reports[0]
    assert bounded(report) is report


def test_the_whole_name_of_an_organisation_moves_with_its_mention() -> None:
    kept = LINES.kept()
    text = kept.article.text
    at = text.index("Jens Stoltenberg", text.index(MEETING))
    inside = Mention(at, at + 4, "ORG", 0, 0, "Jens", (at, at + 4), full=(at, at + 16))
    outside = replace(inside, full=(at, len(text)))
    references = tuple(Reference(m, None, m.text) for m in (inside, outside))
    found = excerpt(replace(kept, references=references)).references
    assert words(excerpt(kept), *(found[0].mention.full or (0, 0))) == "Jens Stoltenberg"
    assert found[1].mention.full is None
