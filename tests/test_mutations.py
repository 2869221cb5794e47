"""Mutated pages and feeds: a seeded sample that nothing escapes from, and that faults are told."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from benchmarks import mutations
from benchmarks.mutations import Original, Road, broken_promises, mutated, originals, run
from benchmarks.mutators import MUTATORS, Answer, Mutator
from dragoman.knowledge import Knowledge
from dragoman.model import Article, Attribution, Block, Capture, Claim, Dated
from dragoman.pipeline import Steps

SEED = 2024
PAGE = (
    '<html><head><script type="application/ld+json">{"url": "https://lake.example/1"}</script>'
    "<meta content='2024-03-18'></head><body>\n<p>The lake rose in Kisumu.</p>\n</body></html>"
)
ARTICLE = Article(
    "a-1",
    "c-1",
    "The lake rose. Boats",
    "en",
    blocks=(Block("body", 0, 14, "x"), Block("credit", 15, 20, "x")),
)


@pytest.fixture(scope="module")
def steps() -> Steps:
    return Steps(knowledge=Knowledge())


@pytest.fixture
def road(steps: Steps, tmp_path: Path) -> Iterator[Road]:
    with Road(steps, tmp_path) as road:
        yield road


def test_a_sample_escapes_nothing_and_loses_nothing(steps: Steps) -> None:
    tally = run(range(60), SEED, steps)
    assert not tally.faults
    assert tally.outcomes.total() == 60
    assert tally.articles > 30
    kinds = {outcome.split()[0] for outcome in tally.outcomes}
    assert kinds == {"page", "text", "feed", "sitemap", "archive", "robots"}


@pytest.mark.parametrize("original", originals(), ids=lambda original: original.name)
def test_what_is_not_mutated_is_read(road: Road, original: Original) -> None:
    read = {"sitemap": "read: sitemap", "robots": "read: the page is allowed"}
    assert road.go(original) == read.get(original.kind, "cleaned")


def test_the_same_seed_gives_the_same_bytes() -> None:
    own = originals()
    assert mutated(own, 1, 5) == mutated(own, 1, 5)
    assert mutated(own, 1, 5) != mutated(own, 2, 5)


@pytest.mark.parametrize("change", MUTATORS, ids=lambda change: change.__name__)
def test_every_mutator_changes_a_page(change: Mutator) -> None:
    page = Answer(PAGE.encode(), "text/html; charset=utf-8")
    assert any(change(page, Random(seed)) != page for seed in range(3))
    for nothing in (b"", b"\xff", b"<"):
        change(Answer(nothing, ""), Random(1))


def test_a_fault_is_told_with_its_seed_and_its_mutations(
    steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Capture) -> Article:
        raise KeyError("lost")

    monkeypatch.setattr(steps, "clean", fail)
    tally = run(range(8), SEED, steps)
    told = mutated(originals(), SEED, 0)[1]
    assert f"seed {SEED}, 0, {told}: KeyError: 'lost'" in tally.faults
    monkeypatch.setattr(mutations, "MOST_SECONDS", -1.0)
    assert len(run(range(3), SEED, steps).faults) >= 3


def test_refusals_and_reasons_are_counted(road: Road) -> None:
    packed = Answer(gzip.compress(b"<p>Boats</p>")[:9], "text/html", ("Content-Encoding: gzip",))
    assert road.go(Original("page", "cut", packed)) == "refused: broken"
    nothing = Answer(b"%PDF-1.4", "application/pdf")
    assert road.go(Original("page", "pdf", nothing)).startswith("set aside: ")
    forbidden = Answer(b"User-agent: *\nDisallow: /\n", "text/plain")
    assert road.go(Original("robots", "closed", forbidden)) == "refused: robots"


@pytest.mark.parametrize(
    ("article", "fault"),
    [
        (replace(ARTICLE, blocks=ARTICLE.blocks[::-1]), "begins before"),
        (replace(ARTICLE, blocks=ARTICLE.blocks[:1]), "no block covers 'Boats'"),
        (replace(ARTICLE, blocks=(Block("body", 0, 21, "x"),)), "ends outside"),
        (replace(ARTICLE, blocks=(Block("body", 0, 20, ""),)), "by rule ''"),
        (replace(ARTICLE, title="half a \ud83d"), "JSON"),
        (replace(ARTICLE, published=Dated("2024-02-02", "2024-02-01", "day", "x")), "published"),
        (
            replace(ARTICLE, attribution=Attribution(agency=Claim("AFP", 15, 21, "x"))),
            "outside the text",
        ),
    ],
)
def test_broken_promises_are_seen(article: Article, fault: str) -> None:
    assert not list(broken_promises(ARTICLE))
    assert any(fault in told for told in broken_promises(article))
