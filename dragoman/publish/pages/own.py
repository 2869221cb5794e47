"""Pages that those who run a desk write themselves: legal notice, contact, right of reply.

In: the settings. Out: a text in the language that is spoken, else in one that it is written in;
None where the desk has no such page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from dragoman.config import Config
from dragoman.publish.room import ReadingRoom
from dragoman.publish.wording import N_, SOURCE, Table, spoken_language

Name = Literal["legal_notice", "contact", "right_of_reply"]
NAMES: tuple[Name, ...] = get_args(Name)
TITLES: Mapping[str, str] = Table(
    {
        "legal_notice": N_("Legal notice"),
        "contact": N_("Contact"),
        "right_of_reply": N_("Right of reply"),
    }
)


@dataclass(frozen=True, slots=True)
class OwnPage:
    """`text` is Markdown."""

    title: str
    language: str
    text: str


def shown(name: Name) -> Callable[..., OwnPage | None]:
    """What makes the view of the page of this name."""

    def view(room: ReadingRoom, *, start: int = 0) -> OwnPage | None:
        written: Mapping[str, str] = getattr(room.config, name)
        for language in (spoken_language(), SOURCE, *written):
            if language in written:
                return OwnPage(TITLES[name], language, written[language])
        return None

    return view


def address(name: Name) -> str:
    """In words with hyphens, as the other pages' are."""
    return name.replace("_", "-")


def written(config: Config) -> tuple[tuple[str, str], ...]:
    """Address and name of each page that the desk has."""
    return tuple((f"/{address(name)}", name) for name in NAMES if getattr(config, name))
