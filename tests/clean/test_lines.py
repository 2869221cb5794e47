"""What lines say of themselves at a glance."""

from __future__ import annotations

import re
import sys

import pytest

from dragoman.clean.lines import CLOSING, count_words, ends_sentence, straighten

# The definition that the cheap look must agree with.
FULL_STOP = re.compile(r"[.!?。！？…][\"'»”’)\]\s]*\Z")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("The talks go on.", True),
        ("« Nous restons. » ", True),
        ("(He left!)\u3000\n", True),
        ("谈判仍在继续。”", True),
        ("He said '…'", True),
        ("The talks go on", False),
        ("The talks. Then", False),
        ("Read more:", False),
        ("»", False),
        ("", False),
    ],
)
def test_a_sentence_ends_with_a_full_stop_and_what_closes(text: str, ends: bool) -> None:
    assert ends_sentence(text) is ends
    assert (FULL_STOP.search(text) is not None) is ends


def test_every_space_may_stand_behind_the_stop() -> None:
    spaces = {c for c in map(chr, range(sys.maxunicode + 1)) if re.match(r"\s", c)}
    assert spaces <= set(CLOSING)


def test_straight_text_has_the_length_of_the_written() -> None:
    written = "l\u2019accord\u00a0: \u2018oui\u2019,\u202fdit\u2009o\u02bcneil"
    assert straighten(written) == "l'accord : 'oui', dit o'neil"


def test_two_characters_without_spaces_count_as_a_word() -> None:
    assert count_words("the cease-fire holds") == 3
    assert count_words("停火协议") == 1 + 2
