"""What stands beside an article: its story, and what to read with it, each with the reason.

In: an article of the store. Out: `InStory`, and `Alike` for others that are no copies of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dragoman.model import Article, Story
from dragoman.model.story import STORY_DAYS
from dragoman.publish.lines import ArticleLine, Lines
from dragoman.publish.room import ReadingRoom
from dragoman.publish.storylines import story_title, with_copies
from dragoman.store.rows import ArticleRow

OF_STORY = 4
"""Others of its story that are named beside an article."""
REPEATS = "it repeats a text of this story"


@dataclass(frozen=True, slots=True)
class InStory:
    """The story an article belongs to, and why."""

    id: str
    title: str
    articles: int
    reason: str


@dataclass(frozen=True, slots=True)
class Alike:
    """An article to read beside this one: of the same story, older, or only like it."""

    line: ArticleLine
    kind: Literal["same story", "background", "like this"]
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
    return InStory(story.id, title or "(no headline)", len(articles), reason)


def check_also(room: ReadingRoom, lines: Lines, row: ArticleRow) -> Iterator[Alike]:
    """Others of its story, those that fit it best first; then what is like it elsewhere."""
    own = row.article.id
    story = _story(room, own)
    family = set(room.store.family(own))
    members = story.members if story is not None else ()
    best = sorted(members, key=lambda one: (-one.score, one.article_id))
    others = [one for one in best if one.article_id not in family][:OF_STORY]
    for member in others:
        found = room.store.article(member.article_id)
        if found is not None:
            yield Alike(lines.article(found), "same story", member.reason)
    told = {member.article_id for member in members}
    for other, _, reason in room.store.similar(own):
        if other.article.id not in told | family:
            is_older = _day(other.article) < _earliest(row.article)
            yield Alike(lines.article(other), "background" if is_older else "like this", reason)


def _day(article: Article) -> str:
    """The last day on which it may have been printed; later than all where none is known."""
    published = article.published
    return ((published.end or published.start) if published is not None else None) or "9999"


def _earliest(article: Article) -> str:
    """The day before which others are background to it; "" where its own is not known."""
    published = article.published
    day = published.start if published is not None else None
    if day is None:
        return ""
    return (date.fromisoformat(day[:10]) - timedelta(days=STORY_DAYS)).isoformat()
