"""What parts and stories are, by their definition and nothing else: slow, and easy to check."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.grouping import Group, connected, ruled
from dragoman.link import stories
from dragoman.link.stories import LEVELS, Links, groups
from dragoman.model import Grouping


def part_of(article: str, links: Links) -> tuple[float, Group]:
    """The part of an article, and the level at which it is one."""
    for level in LEVELS:
        held = {one: [o for o, s in near.items() if s >= level] for one, near in links.items()}
        (part,) = connected([article], lambda one, held=held: held.get(one, ()))  # type: ignore[misc]
        if len(part) <= stories.MOST:
            break
    return level, part


def stories_of(links: Links, words: Iterable[Grouping]) -> dict[str, tuple[Group, str | None]]:
    """Of each article the story, and the member that it is most like."""
    whole = {part_of(one, links)[1] for one in links}
    after = ruled([group for part in whole for group in groups(part, links)], words)
    return {one: (group, _nearest(one, group, links)) for group in after for one in group}


def _nearest(article: str, group: Group, links: Links) -> str | None:
    near = [(-score, other) for other, score in links[article].items() if other in group]
    return min(near)[1] if near else None
