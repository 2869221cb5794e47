"""Keeping an article: once, whole, with its history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dragoman.errors import StoreError
from dragoman.model import Attribution, Capture, Claim, Doubt, Event, Kept, Quote, Speaker
from dragoman.model.query import Words
from dragoman.store import Store

Versions = dict[str, str]
MakeKept = Callable[..., Kept]


def test_what_was_kept_comes_back(store: Store, make_kept: MakeKept, versions: Versions) -> None:
    kept = replace(make_kept(reports=("first", "second")), id="line 7")
    assert store.keep(kept, versions)
    assert store.kept(kept.article.id) == kept
    assert store.versions(kept.article.id) == versions
    assert store.kept("a-unknown") is None


def test_quotes_are_read_without_the_rest(
    store: Store, make_kept: MakeKept, versions: Versions
) -> None:
    kept = make_kept()
    quote = Quote(0, 4, None, "say", "deny", 0, "direct", (5, 8), 2, Speaker("AZE", "Baku", 9, 13))
    store.keep(replace(kept, reading=replace(kept.reading, quotes=(quote,))), versions)
    assert store.quotes([kept.article.id, "a-nobody-knows"]) == {kept.article.id: (quote,)}


def test_keeping_twice_writes_nothing(
    store: Store, make_kept: MakeKept, make_event: Callable[..., Event], versions: Versions
) -> None:
    kept, event = make_kept(), make_event("meeting", ["r-one-first"])
    assert store.keep(kept, versions, events=[event])
    assert not store.keep(kept, versions, events=[event])
    (row,) = store.articles()
    assert (row.revision, row.reports, row.seq) == (1, 1, 1)


def test_an_article_gets_a_revision_only_when_it_changed(
    store: Store, make_kept: MakeKept, versions: Versions
) -> None:
    store.keep(make_kept(), versions)
    assert store.keep(make_kept(), versions | {"clean": "2"})
    assert store.keep(make_kept(capture_id="c-later"), versions | {"clean": "2"})
    assert store.articles()[0].revision == 1
    assert store.keep(make_kept(body="They did not meet after all."), versions)
    (row,) = store.articles()
    assert row.revision == 2
    assert store.find_articles(Words(("lighthouse",))) == []
    assert len(store.find_articles(Words(("meet",)))) == 1


def test_doubts_numbered_anew_are_no_revision(
    store: Store, make_kept: MakeKept, versions: Versions
) -> None:
    def doubted(kept: Kept, reason: str) -> Kept:
        made = (
            replace(one, doubts=(Doubt(f"reports.{n}.place", reason),))
            for n, one in enumerate(kept.reports)
        )
        return replace(kept, reports=tuple(made))

    store.keep(doubted(make_kept(reports=("a", "b")), "none is named"), versions)
    store.keep(doubted(make_kept(reports=("b",)), "none is named"), versions)
    (row,) = store.reports_of_article("a-one")
    assert (row.revision, row.report.doubts[0].field) == (1, "reports.0.place")
    store.keep(doubted(make_kept(reports=("b",)), "two are named"), versions)
    assert [row.revision for row in store.reports_of_article("a-one")] == [2]


def test_only_the_changed_report_gets_a_revision(
    store: Store, make_kept: MakeKept, versions: Versions
) -> None:
    kept = make_kept(reports=("first", "second"))
    first, second = kept.reports
    store.keep(kept, versions)
    changed = replace(kept, reports=(first, replace(second, status="denied")))
    assert store.keep(changed, versions | {"record": "2"})
    rows = store.reports_of_article(kept.article.id)
    assert [(row.report.status, row.revision) for row in rows] == [("happened", 1), ("denied", 2)]
    assert {row.coder_version for row in rows} == {"2"}


def test_a_report_no_longer_made_leaves_a_tombstone_and_may_return(
    store: Store, make_kept: MakeKept, versions: Versions
) -> None:
    store.keep(make_kept(reports=("first", "second")), versions)
    assert store.keep(make_kept(reports=("first",)), versions)
    gone = store.report("r-one-second")
    assert gone is not None
    assert gone.retracted_at is not None
    assert [row.report.id for row in store.reports_of_article("a-one")] == ["r-one-first"]
    assert len(store.reports_of_article("a-one", with_retracted=True)) == 2
    assert store.counts()["reports"] == 1
    assert not store.keep(make_kept(reports=("first",)), versions)

    assert store.keep(make_kept(reports=("first", "second")), versions)
    back = store.report("r-one-second")
    assert back is not None
    assert (back.retracted_at, back.revision) == (None, 1)


def test_a_report_knows_how_to_be_cited(
    store: Store, make_kept: MakeKept, versions: Versions
) -> None:
    store.keep(make_kept(), versions)
    row = store.report("r-one-first")
    assert row is not None
    assert (row.article_title, row.outlet) == ("Ministers meet in the old harbour", "example.org")
    assert (row.article_url, row.language) == ("https://www.example.org/one", "en")
    assert (row.published, row.coder_version) == ("2024-03-18", "1")


def test_the_page_that_republished_is_the_outlet(
    store: Store, make_kept: MakeKept, versions: Versions
) -> None:
    kept = make_kept()
    claims = Attribution(
        first_publisher=Claim("Harbour Post", None, None, "test"),
        republisher=Claim("The Collector", None, None, "test"),
    )
    store.keep(replace(kept, article=replace(kept.article, attribution=claims)), versions)
    assert store.articles()[0].outlet == "The Collector"


@pytest.mark.parametrize("newest_first", [False, True])
def test_the_newest_capture_of_an_article_wins(
    store: Store,
    make_kept: MakeKept,
    make_capture: Callable[..., Capture],
    versions: Versions,
    newest_first: bool,
) -> None:
    old = make_capture("<p>Old.</p>", "2024-03-18T08:00:00+00:00")
    new = make_capture("<p>New.</p>", "2024-03-19T08:00:00+00:00")
    for capture in (new, old) if newest_first else (old, new):
        assert store.keep_capture(capture)
        words = "The later wording." if capture is new else "The earlier wording."
        store.keep(make_kept(body=words, capture_id=capture.id), versions)
    kept = store.kept("a-one")
    assert kept is not None
    assert "later" in kept.article.text
    assert store.has_capture(old.id)
    assert store.waiting() == []
    assert not store.keep(make_kept(body="The earlier.", capture_id=old.id), versions)


def test_article_ids_before_a_version(
    store: Store, make_kept: MakeKept, versions: Versions
) -> None:
    for name in ("zeta", "alpha", "mid"):
        store.keep(make_kept(name), versions)
    store.keep(make_kept("alpha"), versions | {"record": "2"})
    assert store.article_ids() == ["a-zeta", "a-alpha", "a-mid"]
    assert store.article_ids(before_version={"record": "2"}) == ["a-zeta", "a-mid"]
    assert store.article_ids(before_version={"record": "2", "dance": "1"}) == store.article_ids()
    assert store.article_ids(before_version=versions) == ["a-alpha"]


def test_articles_are_listed_newest_first(
    store: Store, make_kept: MakeKept, versions: Versions
) -> None:
    days = {"b": "2024-01-02", "undated": None, "c": "2024-02-01", "a": "2024-01-02"}
    for name, day in days.items():
        actors = ("FRA",) if name != "b" else ("DEU",)
        store.keep(make_kept(name, published=day, actors=actors), versions)
    assert [row.article.id for row in store.articles()] == ["a-c", "a-a", "a-b", "a-undated"]
    assert [row.article.id for row in store.articles(2, 1)] == ["a-a", "a-b"]
    named = store.articles_of_actor("FRA")
    assert [row.article.id for row in named] == ["a-c", "a-a", "a-undated"]


def test_records_that_do_not_belong_together_are_refused(
    store: Store, make_kept: MakeKept, versions: Versions
) -> None:
    kept, other = make_kept(), make_kept("two")
    with pytest.raises(StoreError, match="reading of a-two"):
        store.keep(replace(kept, reading=other.reading), versions)
    with pytest.raises(StoreError, match="r-two-first of a-two"):
        store.keep(replace(kept, reports=other.reports), versions)
    with pytest.raises(StoreError, match="twice"):
        store.keep(replace(kept, reports=kept.reports * 2), versions)
    assert store.counts()["articles"] == 0
