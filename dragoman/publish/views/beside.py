"""What stands beside an article: its story, and what to read with it, each with the reason.

In: an article of the store. Out: `InStory`, and `Alike` for others that are no copies of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Story
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.lines import ArticleLine, Lines
from dragoman.publish.views.storylines import story_title, with_copies
from dragoman.publish.wording import gettext, spoken_language
from dragoman.publish.words import NO_HEADLINE

SHOWN = 6
REPEATS = "it repeats a text of this story"


@dataclass(frozen=True, slots=True)
class InStory:
    """The story an article belongs to, and why."""

    id: str
    title: str
    language: str | None
    """Of the title."""
    articles: int
    reason: str


@dataclass(frozen=True, slots=True)
class Alike:
    """An article to read beside this one, and why."""

    line: ArticleLine
    reason: str


def _story(room: ReadingRoom, identity: str) -> Story | None:
    found = room.store.story_of(identity)
    return room.store.story(found) if found is not None else None


def in_story(room: ReadingRoom, identity: str) -> InStory | None:
    """Its story, where it is not the only one to tell it."""
    story = _story(room, identity)
    if story is None:
        return None
    articles = with_copies(room, [member.article_id for member in story.members])
    if len(articles) < 2:
        return None
    member = next((one for one in story.members if one.article_id == identity), None)
    reason = member.reason if member is not None else REPEATS
    row = room.store.article(story_title(room, story))
    title = row.article.title if row is not None else None
    language = row.article.language if row is not None and title else spoken_language()
    return InStory(story.id, title or gettext(NO_HEADLINE), language, len(articles), reason)


def check_also(room: ReadingRoom, lines: Lines, identity: str) -> tuple[Alike, ...]:
    """Others of its story, of the same pair of actors, and what is background to it."""
    found = room.store.similar(identity, SHOWN)
    return tuple(Alike(lines.article(row), reason) for row, _, reason in found)
