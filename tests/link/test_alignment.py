"""Shared runs and the word diff: no word twice, every word once, whatever the texts are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dragoman.link.alignment import Run, changes, in_order, shared_runs
from dragoman.model import ChangeRun
from tests.link.copied import FERRY, OWN, article

words = st.lists(st.integers(0, 6), max_size=60)


@given(words, words)
def test_runs_are_shared_and_take_no_word_twice(a: list[int], b: list[int]) -> None:
    runs = shared_runs(a, b)
    for run in runs:
        assert a[run.a : run.a + run.length] == b[run.b : run.b + run.length]
    for side in ("a", "b"):
        taken = [n for r in runs for n in range(getattr(r, side), getattr(r, side) + r.length)]
        assert len(taken) == len(set(taken))


@given(words)
def test_a_text_shares_all_of_itself_where_it_does_not_repeat(found: list[int]) -> None:
    distinct = [n * 100 + word for n, word in enumerate(found)]
    runs = shared_runs(distinct, distinct)
    assert runs == ((Run(0, 0, len(distinct)),) if len(distinct) >= 4 else ())


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), unique=True, max_size=12))
def test_a_chain_is_in_order_and_as_heavy_as_any(places: list[tuple[int, int]]) -> None:
    runs = [Run(a, b, 4 + (a + b) % 3) for a, b in dict(places).items()]
    chain = in_order(runs)
    assert all(one.a < two.a and one.b < two.b for one, two in pairwise(chain))
    best: dict[Run, int] = {}
    for run in sorted(runs, key=lambda r: r.a):
        before = [best[r] for r in best if r.a < run.a and r.b < run.b]
        best[run] = run.length + max(before, default=0)
    assert sum(run.length for run in chain) == max(best.values(), default=0)


def said(text: str, runs: Sequence[ChangeRun], side: str, kinds: set[str]) -> list[str]:
    spans = [getattr(run, side) for run in runs if run.kind in kinds]
    return " ".join(text[start:end] for start, end in spans).split()


def test_the_diff_tells_what_was_put_in_and_left_out() -> None:
    origin = article("origin", FERRY)
    changed = (OWN[0], FERRY[0].replace("third", "second"), *FERRY[2:])
    copy = article("copy", changed)
    runs = changes(origin, copy)
    assert [run.kind for run in runs] == [
        "inserted", "equal", "deleted", "inserted", "equal", "deleted", "equal",
    ]  # fmt: skip
    for text, side, kind, sentences in (
        (origin.text, "origin", "deleted", FERRY),
        (copy.text, "copy", "inserted", changed),
    ):
        told = " ".join(said(text, runs, side, {"equal", kind}))
        assert told.replace(".", "") == " ".join(sentences).replace(".", "")
    assert said(origin.text, runs, "origin", {"deleted"})[0] == "third"


@given(words, words)
def test_the_diff_covers_both_texts(a: list[int], b: list[int]) -> None:
    one, other = (article(name, [" ".join(f"w{n}" for n in side)]) if side else article(name, [])
                  for name, side in (("a", a), ("b", b)))  # fmt: skip
    runs = changes(one, other)
    held = [f"w{n}" for n in a]
    assert said(one.text, runs, "origin", {"equal", "deleted"}) == held
    assert said(other.text, runs, "copy", {"equal", "inserted"}) == [f"w{n}" for n in b]
    assert said(one.text, runs, "origin", {"equal"}) == said(other.text, runs, "copy", {"equal"})


def test_very_long_texts_are_compared_in_pieces() -> None:
    """Fifty thousand words of which every seventh differs: thousands of runs, no square of them."""
    origin = [n % 9973 * 7 + n // 9973 for n in range(50_000)]
    copy = [word if n % 7 else -1 for n, word in enumerate(origin)]
    runs = in_order(shared_runs(origin, copy))
    assert sum(run.length for run in runs) > 40_000
