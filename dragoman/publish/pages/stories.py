"""Stories: all that more than one page tells, the one with the newest article first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.lines import Lines
from dragoman.publish.views.storylines import StoryLine, shared_stories, story_lines

LISTED = 30


@dataclass(frozen=True, slots=True)
class StoriesPage:
    start: int
    stories: tuple[StoryLine, ...]
    next_stories: int | None
    """Where the next page begins."""


def view(room: ReadingRoom, *, start: int = 0) -> StoriesPage:
    found = list(islice(shared_stories(room, start=start), LISTED + 1))
    made = story_lines(room, Lines(room), [story for _, story in found[:LISTED]])
    following = found[LISTED][0] if len(found) > LISTED else None
    return StoriesPage(start, tuple(made), following)
