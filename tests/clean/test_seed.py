"""The document this product started from, line by line. It is read where it lies, never copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.model import Article

from .conftest import Cleaner, check_cover, texts

SHARED = Path(__file__).parents[3] / "shared" / "data"
SEED = SHARED / "seed.txt"
KINDS = {
    "title": ["headline"], "title-dup": ["other"], "subhead": ["heading"], "body": ["body"],
    "caption+credit+body": ["caption", "credit", "body"], "author": ["byline"],
    "author-bio": ["bio"], "first-on": ["syndication"], "source": ["syndication"],
    "check-also": ["related"], "teaser-title": ["teaser"], "teaser-body": ["placeholder", "teaser"],
    "comment-form": ["comment_form"], "akismet": ["notice"],
}  # fmt: skip

pytestmark = pytest.mark.skipif(
    not SEED.exists(), reason="the seed document is not in ../shared/data; it is not ours to ship"
)


@pytest.fixture(scope="module")
def article(cleaned: Cleaner) -> Article:
    return cleaned(SEED.read_bytes())


def test_every_line_has_its_kind(article: Article) -> None:
    expected: list[str] = []
    for row in (SHARED / "clean" / "seed_lines.tsv").read_text("utf-8").splitlines():
        expected.extend(KINDS[row.split("\t")[1]])
    assert [block.label for block in article.blocks] == expected


def test_the_text_is_untouched_and_covered(article: Article) -> None:
    assert article.text == SEED.read_text("utf-8")
    check_cover(article)


def test_it_is_the_same_when_handed_in_as_a_bare_text(cleaned: Cleaner, article: Article) -> None:
    assert cleaned(SEED.read_bytes(), bare=True).blocks == article.blocks


def test_caption_credit_and_body_are_apart(article: Article) -> None:
    assert texts(article, "credit") == ["AFP"]
    assert texts(article, "caption")[0].endswith("en Géorgie.")
    assert texts(article, "body")[0].startswith("La sécurité est une priorité")


def test_the_repeated_title_says_so(article: Article) -> None:
    rules = [block.rule for block in article.blocks if block.label == "other"]
    assert rules == ["duplicate-headline"]


def test_author_with_affiliations(article: Article) -> None:
    (author,) = article.authors
    assert author.name == "Sébastien Boussois"
    assert author.about is not None
    assert "IHECS" in author.about


def test_first_publisher_and_unknown_republisher(article: Article) -> None:
    claim = article.attribution.first_publisher
    assert claim is not None
    assert claim.value == "L-Post"
    assert article.text[claim.start : claim.end] == "L-Post"
    assert article.attribution.republisher is None
    assert article.attribution.agency is None
    assert "attribution.republisher" in {doubt.field for doubt in article.doubts}


def test_signed_from_outside_and_undated(article: Article) -> None:
    assert article.genre.value == "opinion"
    assert article.genre.rule == "named outside author"
    assert article.published is None
    assert "published" in {doubt.field for doubt in article.doubts}
