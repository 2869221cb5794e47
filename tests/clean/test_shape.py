"""The numbers of a line's own characters, against their plain definitions."""

from __future__ import annotations

import re

import pytest

from dragoman.clean.lines import Line
from dragoman.clean.shape import FEATURES, SIGNS, shape

TEXTS = [
    "NATO and the EU met on 17.03.2024 | Read more »",
    "ªº ǅ 𝐀𝐛 Ⅷ ² ٣ — «À Éire», write to desk@example.org",
    "谈判，仍在继续、",
    "·",
]


@pytest.mark.parametrize("text", TEXTS)
def test_letters_digits_and_signs_are_counted(text: str) -> None:
    row = dict(zip(FEATURES, shape([Line(0, len(text), text)])[0].tolist(), strict=True))
    cased = [c for c in text if c.isalpha() and c.upper() != c.lower()]
    assert row["upper"] == pytest.approx(sum(map(str.isupper, cased)) / max(1, len(cased)))
    assert row["caseless"] == (not cased)
    assert row["digits"] == pytest.approx(sum(map(str.isdigit, text)) / len(text))
    assert row["signs"] == pytest.approx(sum(c in SIGNS for c in text) / len(text))
    assert row["address"] == bool(re.search(r"https?:|www\.|\w@\w", text))
    assert row["date"] == bool(re.search(r"\d{1,2}[:./-]\d{1,2}|\b(?:19|20)\d\d\b", text))
