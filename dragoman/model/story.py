"""Stories: articles about the same happenings, and what each of them is compared by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

STORY_DAYS = 4
"""Days between two articles of which one can go on the other; then a story is closed."""


@dataclass(frozen=True, slots=True)
class Term:
    """A name or word that tells what an article is about. Equal keys mean the same thing."""

    key: str
    weight: float
    """From how much the word tells and how often it stands there; above 0."""
    shown: str
    """As the article writes it; for what is known by id, its name in the article's language."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What an article is compared by: a pure function of the article and its reading."""

    article_id: str
    language: str | None
    vector: bytes
    """Title and opening as the encoder has them: signed bytes, of length about 127."""
    names: tuple[Term, ...] = ()
    """Who and where; keys match across languages and scripts."""
    words: tuple[Term, ...] = ()
    """Telling words, most telling first; keys match within a language."""
    numbers: tuple[str, ...] = ()
    """Counts and amounts that it states, without years; sorted, like years and days."""
    years: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    """ISO days that it tells of."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article in a story, with the reason in words and how well it fits (0 to 1)."""

    article_id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about the same happenings, oldest first; copies of a member are not listed."""

    id: str
    start: str | None
    """Day of its first article, None where none has one; `end` is that of its last."""
    end: str | None
    members: tuple[Member, ...]

    def is_open(self, day: str) -> bool:
        """Whether an article of this ISO day could still go on the story; a late one always can."""
        if self.end is None:
            return True
        return (date.fromisoformat(day) - date.fromisoformat(self.end)).days <= STORY_DAYS
