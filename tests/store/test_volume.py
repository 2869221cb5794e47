"""How much a desk holds, by outlet, language and version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dragoman.model import Kept
from dragoman.store import Store
from dragoman.store.rows import Arrived, MadeBy

MakeKept = Callable[..., Kept]


def test_the_newest_say_where_they_come_from(
    store: Store, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    for name, url in (
        ("a", None),
        ("b", "https://pier.example/b"),
        ("c", "https://quay.example/c"),
    ):
        kept = make_kept(name)
        store.keep(replace(kept, article=replace(kept.article, url=url)), versions)
    found = store.arrived(2)
    assert [one.url for one in found] == ["https://quay.example/c", "https://pier.example/b"]
    assert [one.outlet for one in found] == ["quay.example", "pier.example"]
    assert store.arrived(99)[2] == Arrived(None, None)


def test_articles_are_counted_by_language(
    store: Store, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    assert store.languages_held() == []
    for name, code in (("a", "fr"), ("b", "ru"), ("c", "fr"), ("d", None)):
        kept = make_kept(name)
        store.keep(replace(kept, article=replace(kept.article, language=code)), versions)
    assert store.languages_held() == [("fr", 2), (None, 1), ("ru", 1)]


def test_standing_reports_are_counted_by_what_made_them(
    store: Store, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    store.keep(make_kept("old", reports=("a", "b")), versions)
    old = store.made_by(99)
    assert [(one.coder, one.reports) for one in old] == [("1", 2)]
    newer, known = versions | {"record": "2"}, {"codebook": "c2", "lexicon": "l2"}
    store.keep(make_kept("new", reports=("a", "b", "c")), newer, known=known)
    assert store.made_by(99) == [MadeBy("2", "c2", "l2", 3), *old]
    assert store.made_by(1) == [MadeBy("2", "c2", "l2", 3)]
    store.keep(make_kept("new", reports=("a",)), newer, known=known)
    assert MadeBy("2", "c2", "l2", 1) in store.made_by(99)
