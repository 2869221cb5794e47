"""Who is meant where names are declined: the case tells, and what the article names in full."""

from __future__ import annotations

import pytest

from tests.conftest import Coded

DAY = "2024-03-20"

# fmt: off
MEANT = [
    # a declined surname after the full name, and after a full name that is declined itself
    ("Ильхам Алиев встретился с Николом Пашиняном. Алиев поблагодарил Пашиняна.",
     [("Алиев", "ilham-aliyev"), ("Пашиняна", "nikol-pashinyan")]),
    # she as a subject, he in the genitive
    ("Мехрибан Алиева открыла школу. Алиева обняла учителей. Потом прибыл Ильхам Алиев. "
     "Помощники Алиева ушли.",
     [("Мехрибан Алиева", "mehriban-aliyeva"), ("Алиева", "mehriban-aliyeva"),
      ("Алиева", "ilham-aliyev")]),
    # a stranger's surname is hers
    ("Севиль Алиева открыла лавку. Алиева рада.", [("Алиева", None)]),
    # patronymic and initials
    ("Президент России Владимир Владимирович Путин принял В. В. Володина.",
     [("Владимир Владимирович Путин", "vladimir-putin"), ("В. В. Володина", "vyacheslav-volodin")]),
    # an unknown woman's surname takes her full name
    ("Анна Петрова позвала соседей. Петровой помогли.", [("Петровой", None)]),
]
# fmt: on


@pytest.mark.parametrize(("text", "meant"), MEANT)
def test_who_is_meant(text: str, meant: list[tuple[str, str | None]], coded: Coded) -> None:
    references = coded(text, "ru", DAY).references
    found = [(r.mention.text, r.actor) for r in references if r.mention.kind == "PER"]
    assert [one for one in meant if one not in found] == []


def test_an_ordinary_word_that_opens_a_sentence_is_nobody(coded: Coded) -> None:
    references = coded("Трассу закрыли из-за снега. Мэр Парижа молчал.", "ru", DAY).references
    assert [r.actor for r in references if r.mention.text in {"Трассу", "Мэр"} and r.actor] == []


def test_a_declined_name_is_shown_as_the_atlas_has_it(coded: Coded) -> None:
    references = coded("В Баку приехал посол с Араратом Мирзояном.", "ru", DAY).references
    assert "Арарат Мирзоян" in [r.name for r in references]


def test_an_unknown_name_is_shown_as_the_article_has_it_in_full(coded: Coded) -> None:
    references = coded("Анна Петрова позвала соседей. Петровой помогли.", "ru", DAY).references
    assert [r.name for r in references if r.mention.text == "Петровой"] == ["Анна Петрова"]
