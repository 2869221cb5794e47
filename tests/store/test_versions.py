"""Versions on every report, and every id that is gone with when and where it went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dragoman.model import Event, Kept
from dragoman.store import Store

MakeKept = Callable[..., Kept]
MakeEvent = Callable[..., Event]


def test_a_report_says_what_it_was_coded_by(
    store: Store, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    store.keep(make_kept(), versions, known={"codebook": "c1", "lexicon": "l1", "atlas": "a1"})
    row = store.report("r-one-first")
    assert row is not None
    assert (row.coder_version, row.codebook_version, row.lexicon_version) == ("1", "c1", "l1")
    store.keep(make_kept("two"), versions)
    bare = store.report("r-two-first")
    assert bare is not None
    assert (bare.codebook_version, bare.lexicon_version) == (None, None)


def test_another_version_alone_is_no_revision(
    store: Store, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    def history() -> tuple[int, str | None]:
        row = store.report("r-one-first")
        assert row is not None
        return row.revision, row.lexicon_version

    kept = make_kept()
    store.keep(kept, versions, known={"lexicon": "l1"})
    assert not store.keep(kept, versions, known={"lexicon": "l1"})
    assert store.keep(kept, versions, known={"lexicon": "l2"})
    assert history() == (1, "l2")
    other = replace(kept, reports=(replace(kept.reports[0], category="AID"),))
    store.keep(other, versions, known={"lexicon": "l3"})
    assert history() == (2, "l3")


def test_all_that_is_gone_is_listed(
    store: Store, make_kept: MakeKept, make_event: MakeEvent, versions: dict[str, str]
) -> None:
    store.keep(
        make_kept(reports=("a", "b", "c")),
        versions,
        events=[
            make_event("kept", ["r-one-a"]),
            make_event("other", ["r-one-b"]),
            make_event("third", ["r-one-c"]),
        ],
    )
    assert list(store.gone()) == []
    store.keep_events([], {"e-other": "e-kept"})
    store.keep(make_kept(reports=("a", "b")), versions, events=[make_event("third", [])])
    store.keep(make_kept("two"), versions, events=[make_event("two", ["r-two-first"])])
    store.forget("a-two", "asked for", "ada")
    gone = {one.id: one for one in store.gone()}
    assert {one.id: (one.what, one.into) for one in gone.values()} == {
        "r-one-c": ("withdrawn", "e-third"),
        "e-third": ("withdrawn", None),
        "e-other": ("merged", "e-kept"),
        "a-two": ("forgotten", "a-two"),
        "r-two-first": ("forgotten", "a-two"),
        "e-two": ("forgotten", "a-two"),
    }
    assert all((one.at or "").startswith("20") for one in gone.values())
    assert (gone["a-two"].reason, gone["a-two"].by) == ("asked for", "ada")
    assert gone["e-other"].reason is None


def test_articles_come_in_bulk_with_their_versions(
    store: Store, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    for name in ("one", "two"):
        store.keep(make_kept(name), versions)
    rows = store.article_rows(["a-one", "a-two", "a-none"])
    assert {one: row.reports for one, row in rows.items()} == {"a-one": 1, "a-two": 1}
    assert rows["a-one"] == store.article("a-one")
    assert store.versions_of(["a-one", "a-none"]) == {"a-one": versions}


def test_the_desk_stands_still_while_it_is_read(
    store: Store, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    store.keep(make_kept(), versions)
    with store.standing_still():
        assert store.counts()["articles"] == 1
        store.keep(make_kept("two"), versions)
        assert store.counts()["articles"] == 1
        assert store.article("a-two") is None
    assert store.counts()["articles"] == 2
