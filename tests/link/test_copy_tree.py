"""The order of printing: what is stated, then time, then containment, and "unknown" where none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest

from dragoman.knowledge.outlets import Outlet, outlets_of
from dragoman.link.copies import compare
from dragoman.link.copy_tree import by_text, moment, sources
from dragoman.link.printed import UNDATED, period_of, printing_of
from dragoman.link.sketches import body_of
from dragoman.model import Article, Capture, CopyLink, Dated, Entry, Shared
from tests.link.copied import FERRY, ORCHARD, OWN, article

OUTLETS = outlets_of(
    [
        Outlet("coast", "Coast News Agency", domains=("coast.example",), kind="agency"),
        Outlet("pier", "Pier Gazette", domains=("pier.example",), kind="newspaper"),
    ]
)


def tree(articles: Sequence[Article], captures: dict[str, Capture] | None = None) -> list[CopyLink]:
    """The links of articles that are all there at once."""
    bodies = {one.id: body_of(one) for one in articles}
    printings = [
        printing_of(one, bodies[one.id], OUTLETS, (captures or {}).get(one.id)) for one in articles
    ]
    texts = {body.digest: body for body in bodies.values()}
    shared = []
    for a, b in combinations(sorted(texts), 2):
        match = compare(texts[a], texts[b])
        if match is not None:
            runs = tuple((run.a, run.b, run.length) for run in match.runs)
            shared.append(Shared(a, b, match.words, runs))
    plain = by_text(printings, {}, shared)
    moments = {one.article_id: moment(one, plain[one.article_id]) for one in printings}
    beside = by_text(printings, moments, shared)
    return [
        link
        for one in printings
        for link in sources(one, moments[one.article_id], beside[one.article_id])
    ]


def told(links: Sequence[CopyLink]) -> list[tuple[str, str, str, str]]:
    return [(link.article_id, link.origin_id, link.kind, link.basis) for link in links]


def test_the_minute_tells() -> None:
    early = article("early", FERRY, published="2024-03-18T09:40")
    late = article("late", FERRY, published="2024-03-18T09:41")
    (link,) = tree([late, early])
    assert told([link]) == [("a-late", "a-early", "whole", "time")]
    assert link.share == 1.0
    assert link.reason == (
        "printed on 2024-03-18 at 09:41 UTC; the other was on 2024-03-18 at 09:40 UTC"
    )


def test_a_feed_tells_the_minute_of_the_day() -> None:
    one, other = article("one", FERRY), article("other", FERRY)
    captures = {
        one.id: Capture("c-one", "-", "text/html", b"",
                        entry=Entry("feed", published="2024-03-18T11:00:00+02:00")),
        other.id: Capture("c-other", "-", "text/html", b"",
                          entry=Entry("feed", published="2024-03-18T08:59:00Z")),
    }  # fmt: skip
    assert told(tree([one, other], captures)) == [("a-one", "a-other", "whole", "time")]


def test_nothing_tells() -> None:
    (link,) = tree([article("one", FERRY), article("two", FERRY)])
    assert told([link]) == [("a-two", "a-one", "whole", "unknown")]
    assert "neither" in link.reason


def test_a_credit_outranks_the_time() -> None:
    """The agency's own page was changed later than its client's was printed."""
    client = article("client", FERRY, published="2024-03-18", credit="Coast News Agency")
    wire = article("wire", FERRY, published="2024-03-19", host="www.coast")
    (link,) = tree([client, wire])
    assert told([link]) == [("a-client", "a-wire", "whole", "stated")]
    assert link.reason == "its page names Coast News Agency, who published the other text"


def test_a_credited_text_is_the_root_of_those_that_credit_nobody() -> None:
    client = article("client", FERRY, published="2024-03-18T10:00", credit="Coast News Agency")
    quiet = article("quiet", FERRY, published="2024-03-18T12:00")
    wire = article("wire", FERRY, published="2024-03-18T11:00", host="coast")
    links = tree([client, quiet, wire])
    assert {(link.article_id, link.origin_id) for link in links} == {
        ("a-client", "a-wire"), ("a-quiet", "a-wire"),
    }  # fmt: skip


def test_two_that_credit_each_other_go_by_time() -> None:
    pier = article("one", FERRY, host="pier", published="2024-03-18", credit="Coast News Agency")
    coast = article("two", FERRY, host="coast", published="2024-03-19", credit="Pier Gazette")
    (link,) = tree([pier, coast])
    assert (link.article_id, link.origin_id) == ("a-two", "a-one")


def test_a_credit_is_not_for_a_later_text_of_that_paper_that_only_quotes() -> None:
    first = article("one", FERRY, host="pier", published="2024-03-17")
    client = article("client", FERRY, published="2024-03-18", credit="Pier Gazette")
    later = article("two", (*OWN, *FERRY[:3]), host="pier", published="2024-03-20")
    links = tree([later, client, first])
    assert {(link.article_id, link.origin_id) for link in links} == {
        ("a-client", "a-one"), ("a-two", "a-one"),
    }  # fmt: skip


def test_the_fuller_text_is_the_source_where_no_time_tells() -> None:
    whole = article("whole", FERRY, published=None)
    cut = article("cut", FERRY[:3], published=None)
    (link,) = tree([cut, whole])
    assert told([link]) == [("a-cut", "a-whole", "cut", "containment")]
    assert "words more" in link.reason


def test_an_undated_text_was_printed_before_it_was_fetched() -> None:
    undated, later = article("one", FERRY, published=None), article("two", FERRY)
    fetched = {undated.id: Capture("c", "-", "text/html", b"", fetched="2024-03-17T06:00:00Z")}
    (link,) = tree([undated, later], fetched)
    assert told([link]) == [("a-two", "a-one", "whole", "time")]
    assert "fetched by 2024-03-17 06:00" in link.reason


@pytest.mark.parametrize(
    ("sentences", "kind"),
    [
        (FERRY, "whole"),
        (FERRY[:3], "cut"),
        ((OWN[0], *FERRY), "extended"),
        ((*OWN[:3], *FERRY[1:4], *OWN[3:]), "excerpt"),
    ],
)
def test_kinds(sentences: tuple[str, ...], kind: str) -> None:
    (link,) = tree([article("one", FERRY), article("two", sentences, published="2024-03-20")])
    assert told([link]) == [("a-two", "a-one", kind, "time")]


def test_a_text_made_of_two_has_two_sources() -> None:
    both = article("both", (*FERRY[:3], *ORCHARD[:3]), published="2024-03-20")
    links = tree([article("ferry", FERRY), article("orchard", ORCHARD), both])
    assert told(links) == [
        ("a-both", "a-orchard", "merged", "time"),
        ("a-both", "a-ferry", "merged", "time"),
    ]
    assert 0.95 < sum(link.share for link in links) <= 1.0


def test_a_copy_of_a_cut_copy_hangs_on_the_cut_one() -> None:
    links = tree(
        [
            article("whole", FERRY, published="2024-03-18"),
            article("cut", FERRY[:3], published="2024-03-19"),
            article("again", [s.replace(",", ";") for s in FERRY[:3]], published="2024-03-20"),
        ]
    )
    assert told(links) == [
        ("a-cut", "a-whole", "cut", "time"),
        ("a-again", "a-cut", "whole", "time"),
    ]


def test_periods() -> None:
    assert period_of(article("x", FERRY, published=None)) == UNDATED
    bounds = Dated("2024-03-01", None, "range", "bounds: not before 2024-03-01 (stated)")
    assert period_of(replace(article("x", FERRY), published=bounds)) == UNDATED
    near = [period_of(article("x", FERRY, published=day)) for day in ("2024-03-01", "2024-03-31")]
    assert near[1] - near[0] == 1
