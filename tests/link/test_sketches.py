"""Sketches: nested samples, digests that see words and names, and marks on names and numbers."""

from __future__ import annotations

from random import Random

import numpy as np

from dragoman.link.sketches import CAPITAL, FEWEST, NUMBER, Body, numbered, sampled, tokens_of
from tests.link.copied import FERRY, ORCHARD, article, body


def made_up(words: int, seed: int = 1) -> Body:
    random = Random(seed)
    return Body(np.array([random.getrandbits(29) for _ in range(words)], dtype=np.uint32))


def test_a_part_has_its_share_of_the_whole_sample() -> None:
    """All of the part's runs that are in the whole's sample are in the part's own."""
    whole = made_up(3000)
    part = Body(whole.words[1000:1400])
    runs = sampled([part.words[n : n + 4] for n in range(397)])
    runs_of_part = {int(key) for keys in runs for key in keys}
    assert len(runs_of_part) == 397
    assert len(set(whole.keys) & runs_of_part) > 30
    assert set(whole.keys) & runs_of_part <= set(part.keys) <= runs_of_part


def test_many_at_once_are_as_one_by_one() -> None:
    bodies = [made_up(n, n) for n in (0, 3, 4, 5, 40, 900)]
    together = [keys.tolist() for keys in sampled([one.words for one in bodies])]
    assert together == [one.keys for one in bodies]
    assert [len(keys) for keys in together[:4]] == [0, 0, 1, 2]
    assert len(together[4]) == FEWEST
    assert sampled([]) == []


def test_the_longest_texts_have_a_bounded_sample() -> None:
    assert len(made_up(50_000).keys) == 2000


def test_marks_between_words_do_not_count_and_case_does() -> None:
    """A name is told by its capital: without it, it is another text of the same words."""
    assert body("The ferry, at last.").digest == body("The ferry – at last!").digest
    assert body("The ferry at last").digest != body("The ferry at least").digest
    quiet, loud = body("The ferry at last"), body("THE FERRY AT LAST")
    assert quiet.digest != loud.digest
    assert (quiet.plain, quiet.keys) == (loud.plain, loud.keys)


def test_headlines_are_no_part_of_it() -> None:
    assert len(tokens_of(article("x", ["Two words"]))) == len(body("Two words")) == 2
    first, _ = tokens_of(article("x", ["Two words"]))
    assert article("x", ["Two words"]).text[first.start : first.end] == "Two"


def test_names_and_numbers_are_marked() -> None:
    text = "The 12 boats of Lisvik left. Nobody in Gdansk knew."
    marks = [
        ("N" if n & NUMBER else "") + ("C" if n & CAPITAL else "")
        for n in numbered(text, 0, len(text))
    ]
    assert marks == ["", "N", "", "", "C", "", "", "", "C", ""]


def test_keys_fit_a_database() -> None:
    assert all(0 <= key < 2**63 for key in body(*FERRY, *ORCHARD).keys)
    assert body(*FERRY).keys == sorted(set(body(*FERRY).keys))
