"""Stories: all that more than one page tells, the one with the newest article first."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.lines import Lines
from dragoman.publish.views.storylines import StoryLine, shared_stories, story_line

LISTED = 30


@dataclass(frozen=True, slots=True)
class StoriesPage:
    start: int
    stories: tuple[StoryLine, ...]
    next_stories: int | None
    """Where the next page begins."""


def view(room: ReadingRoom, *, start: int = 0) -> StoriesPage:
    lines = Lines(room)
    found: list[StoryLine] = []
    for position, story in shared_stories(room, start=start):
        if len(found) == LISTED:
            return StoriesPage(start, tuple(found), position)
        found.append(story_line(room, lines, story))
    return StoriesPage(start, tuple(found), None)
