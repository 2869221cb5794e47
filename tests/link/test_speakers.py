"""Who speaks: names, offices, pronouns and relative words brought to whom they stand for."""

from __future__ import annotations

import pytest

from tests.conftest import Coded

DAY = "2024-03-18"

# (language, text, actor or None, name) of the last quote's speaker
CASES = [
    # a name of the atlas, in full and short
    ("en", "Jens Stoltenberg arrived. “We will help,” Stoltenberg said.",
     "jens-stoltenberg", "Jens Stoltenberg"),
    # an unknown surname takes its full name
    ("en", "“We will help,” said David Miller. Miller said that it rained.", None, "David Miller"),
    # a surname that the parser takes for a firm
    ("en", "The engineer Peter Nilsson came to Oslo. “We will help,” Nilsson said.",
     None, "Peter Nilsson"),
    # a pronoun for the one who spoke last
    ("en", "Jens Stoltenberg said it rained. “We will help,” he said.",
     "jens-stoltenberg", "Jens Stoltenberg"),
    ("fr", "Jens Stoltenberg est arrivé à Bakou. « Nous aiderons », a-t-il déclaré.",
     "jens-stoltenberg", "Jens Stoltenberg"),
    # a title tells whom "she" can't mean
    ("fr", "La ministre Lena Doe et M. Paul Roe sont venus. « Nous aiderons », a-t-elle dit.",
     None, "Lena Doe"),
    # a relative word
    ("en", "Jens Stoltenberg, who said that NATO will help, left.",
     "jens-stoltenberg", "Jens Stoltenberg"),
    # a body speaks for its state, a firm does not
    ("fr", "Le gouvernement arménien a déclaré que la route est ouverte.",
     "ARM", "gouvernement arménien"),
    # a speech over many sentences has its speaker after the last
    ("en", "“We came. We waited. We asked. We left,” said Jens Stoltenberg.",
     "jens-stoltenberg", "Jens Stoltenberg"),
    # one of several ministers is no state
    ("en", "The Russian minister said that the road is open.", None, "Russian minister"),
    ("fr", "Le studio arménien a déclaré que la route est ouverte.", None, "studio arménien"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "actor", "name"), CASES)
def test_speaker(coded: Coded, language: str, text: str, actor: str | None, name: str) -> None:
    by = coded(text, language, DAY).reading.quotes[-1].by
    assert by is not None
    assert (by.actor, by.name) == (actor, name)


def test_two_who_can_be_meant_leave_a_pronoun_open(coded: Coded) -> None:
    text = "Paul Roe est venu. Ivan Doe est parti. « Nous aiderons », a-t-il dit."
    by = coded(text, "fr", DAY).reading.quotes[-1].by
    assert by is not None
    assert (by.actor, by.name) == (None, "il")


def test_an_act_told_in_a_quote_is_attributed_to_its_speaker(coded: Coded) -> None:
    text = "Ilham Aliyev said that Armenia shelled Azerbaijan."
    (report,) = coded(text, "en", DAY).reports
    assert report.attributed_to is not None
    assert report.attributed_to.actor == "ilham-aliyev"
