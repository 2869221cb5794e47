"""Whether two texts are copies: by their words in order, not by a form or a house's last lines."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from dragoman.link import copies
from dragoman.link.copies import LEAST_KEYS, compare, is_retold, likely
from dragoman.link.sketches import Body
from tests.link.copied import FERRY, ORCHARD, OWN, RETOLD, body

WHOLE = body(*FERRY)


def edited(share: float) -> list[str]:
    random = Random(5)
    return [
        " ".join("indeed" if random.random() < share else word for word in sentence.split())
        for sentence in FERRY
    ]


COPIES = {
    "the same": body(*FERRY),
    "other marks": body(*(s.replace(",", " –").replace(".", " !").upper() for s in FERRY)),
    "cut": body(*FERRY[:3]),
    "without its lead": body(*FERRY[1:]),
    "topped": body(OWN[0], *FERRY),
    "a new lead for the old": body(OWN[0], *FERRY[1:]),
    "quoted in a longer text": body(*OWN[:3], *FERRY[1:4], *OWN[3:]),
    "merged with another": body(*FERRY[:3], *ORCHARD[:2]),
    "paragraphs moved": body(*FERRY[3:], *FERRY[:3]),
    "15 words in 100 edited": body(*edited(0.15)),
    "furniture between": body(FERRY[0], "Read also: our letters page.", *FERRY[1:]),
}


@pytest.mark.parametrize("name", COPIES)
def test_copies(name: str) -> None:
    other = COPIES[name]
    match = compare(WHOLE, other)
    assert match is not None
    assert match.words <= min(len(WHOLE), len(other))
    assert len({*WHOLE.keys} & {*other.keys}) >= LEAST_KEYS
    mirrored = compare(other, WHOLE)
    assert mirrored is not None
    assert mirrored.words == match.words


def test_all_of_an_excerpt_is_found() -> None:
    match = compare(body(*FERRY[1:4]), COPIES["quoted in a longer text"])
    assert match is not None
    assert match.words == len(body(*FERRY[1:4]))


def pieces(number: int, seed: int) -> list[Body]:
    """Texts put together of a few stretches, cut and edited, as numbers."""
    dice = Random(seed)
    stock = [[dice.randrange(400) for _ in range(dice.randint(8, 70))] for _ in range(12)]
    made = []
    for _ in range(number):
        words = [word for part in dice.sample(stock, dice.randint(1, 4)) for word in part]
        words = words[dice.randrange(len(words) // 2) :]
        for _ in range(dice.randint(0, len(words) // 4)):
            words[dice.randrange(len(words))] = dice.randrange(400)
        made.append(Body(np.array(words, dtype=np.uint32)))
    return made


@pytest.mark.parametrize("at_once", [copies.AT_ONCE, 700])
def test_no_copy_is_passed_over_unlooked_at(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "AT_ONCE", at_once)
    made = pieces(150, seed=3)
    found = looked_at = 0
    for one in made[:40]:
        others = [other for other in made if other.digest != one.digest]
        asked = {other.digest for other in likely(one, others)}
        pairs = [sorted((one, other), key=lambda body: body.digest) for other in others]
        same = {o.digest for o, (a, b) in zip(others, pairs, strict=True) if compare(a, b)}
        assert same <= asked
        found, looked_at = found + len(same), looked_at + len(asked)
    assert 100 < found <= looked_at < 40 * 149 / 2
    assert likely(WHOLE, [body(*ORCHARD), COPIES["cut"]]) == [COPIES["cut"]]
    assert likely(body("Three words only."), made) == []
    assert likely(WHOLE, []) == []


TREMOR = (
    "A tremor of magnitude {} was felt {} kilometres north of {} at {} on {}.",
    "Its centre lay {} kilometres down, the institute of geology said.",
    "Nobody was reported hurt, and no warning was given for the coast of the district.",
    "Residents who see cracks in walls or chimneys are asked to call the town hall.",
)
HOUSE = (
    "This newspaper follows the code of the press council, and its ombudsman answers all letters "
    "within ten working days of their arrival.",
    "To have an error put right, write to the desk and name the page and the line.",
)
OTHERS = {
    "another text": (WHOLE, body(*ORCHARD)),
    "one form filled in twice": (
        body(TREMOR[0].format("4.1", 12, "Bitola", "06:10", "Monday"),
                 TREMOR[1].format(31), *TREMOR[2:]),
        body(TREMOR[0].format("3.7", 48, "Prilep", "23:55", "Friday"),
             TREMOR[1].format(9), *TREMOR[2:]),
    ),
    "a house's last lines": (body(*FERRY[:3], *HOUSE), body(*ORCHARD[:3], *HOUSE)),
    "one phrase": (WHOLE, body(*ORCHARD, "The regional council meets on Thursday to decide.")),
    "too short to tell": (body("More follows."), body("More follows.")),
    "nothing": (body(), body()),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_no_copies(name: str) -> None:
    one, other = OTHERS[name]
    assert isinstance(one, Body)
    assert compare(one, other) is None
    assert compare(other, one) is None


def test_told_in_other_words() -> None:
    """Asked only where a credit says so."""
    assert compare(body(*RETOLD), WHOLE) is None
    assert is_retold(body(*RETOLD), WHOLE)
    assert not is_retold(body(*ORCHARD), WHOLE)
    assert not is_retold(body(*OWN), WHOLE)


def test_a_text_that_was_brought_up_to_date_is_still_a_copy() -> None:
    """Some numbers are others, most facts stay."""
    later = [s.replace("forty", "43").replace("nine", "12") for s in FERRY]
    assert compare(WHOLE, body(*later)) is not None
