"""Whose office or body a Russian role noun names: the state stands behind it in the genitive.

The texts have no date, so that no holder of an office is known."""

from __future__ import annotations

import pytest

from tests.conftest import Coded

# (text, role noun, actor, whom it serves, sector)
CASES = [
    ("Президент Армении прибыл в Лиму.", "Президент", None, "ARM", "GOV"),
    ("Министр встретился с президентом Казахстана.", "президентом", None, "KAZ", "GOV"),
    ("МИД Ирана вызвал посла.", "МИД", "IRN", None, "GOV"),
    ("Верховный суд Грузии отклонил жалобу.", "Верховный суд", "GEO", None, "JUD"),
    ("В Генпрокуратуре России сообщили о краже.", "Генпрокуратуре", "RUS", None, "JUD"),
    # over other words in that case
    ("Глава комитета парламента Перу уехал.", "Глава", None, "PER", None),
    # the adjective of a state before it
    ("Российские военные вошли в город.", "военные", "RUS", None, "MIL"),
    # no state at all
    ("Президент прибыл поздно.", "Президент", None, None, "GOV"),
    # a place where it happens is no owner
    ("Полиция в Перу ищет вора.", "Полиция", None, None, "COP"),
]


@pytest.mark.parametrize(("text", "noun", "actor", "serves", "sector"), CASES)
def test_whom_it_serves(
    text: str, noun: str, actor: str | None, serves: str | None, sector: str | None, coded: Coded
) -> None:
    references = coded(text, "ru").references
    (role,) = [r for r in references if r.mention.kind == "ROLE" and r.mention.text == noun]
    assert (role.actor, role.serves, role.sector) == (actor, serves, sector)
