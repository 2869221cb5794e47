"""The interface's French: nothing is missing, nothing is left over, nothing is out of shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from dragoman.publish.wording import LANGUAGES, LOCALE, SOURCE
from tests.publish.catalogue import messages, updated

OTHERS = [code for code in LANGUAGES if code != SOURCE]
SLOT = re.compile(r"%(?:\(\w+\))?[sd]")
LOOSE = re.compile(
    r"[^\s\u202f\u00a0][;!?»]|[^\s\u202f\u00a0:/0-9]:(?!//)|«[^\u202f\u00a0]| [;:!?»]"
)
"""French puts a space that does not break before these signs, and after «."""


def strings(language: str) -> Iterator[tuple[str, str]]:
    """Each sentence with its translation, one and many apart."""
    with (LOCALE / f"{language}.po").open("rb") as file:
        for message in read_po(file, locale=language):
            if not message.id:
                continue
            yield from zip(_all(message.id), _all(message.string), strict=True)


def _all(said: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (said or "",) if said is None or isinstance(said, str) else tuple(said)


@pytest.mark.parametrize("language", OTHERS)
def test_is_complete_and_up_to_date(language: str) -> None:
    """`python -m tests.publish.catalogue` brings it up to date, and lists what waits."""
    assert not [one for one, string in strings(language) if not string]
    with (LOCALE / f"{language}.po").open("rb") as file:
        held = {(one.id, one.context) for one in read_po(file, locale=language)}
    assert held == {(one.id, one.context) for one in updated(language)}
    assert len(held) > 50


@pytest.mark.parametrize("language", OTHERS)
def test_keeps_what_is_filled_in(language: str) -> None:
    wrong = [o for o, s in strings(language) if sorted(SLOT.findall(o)) != sorted(SLOT.findall(s))]
    assert not wrong


def test_french_typography() -> None:
    wrong = [s for _, s in strings("fr") if LOOSE.search(s) or "'" in s or '"' in s or "..." in s]
    assert not wrong


def test_marks_are_read_from_templates_and_modules() -> None:
    files = {file.rpartition(".")[2] for _, _, file in messages()}
    assert files == {"html", "py"}
