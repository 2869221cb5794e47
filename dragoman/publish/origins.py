"""Why an event counts so many origins: its articles grouped by the text or source they go back to.

In: the articles that tell an event. Out: groups, each with the reason in words. The rule is that of
`knowledge.origins`, by which the record step counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.knowledge.origins import origin_of
from dragoman.model import Article
from dragoman.publish.room import ReadingRoom


@dataclass(frozen=True, slots=True)
class Origin:
    source: str
    reason: str
    articles: tuple[str, ...]
    outlets: tuple[str, ...]


def origins(room: ReadingRoom, articles: Iterable[Article]) -> tuple[Origin, ...]:
    """The groups, the one with the most articles first."""
    groups: dict[str, tuple[str, str, list[Article]]] = {}
    for article in articles:
        key, source, reason = _goes_back_to(room, article)
        groups.setdefault(key, (source, reason, []))[2].append(article)
    made = [
        Origin(
            source,
            reason,
            tuple(article.id for article in found),
            tuple(dict.fromkeys(room.outlet(article) for article in found)),
        )
        for source, reason, found in groups.values()
    ]
    return tuple(sorted(made, key=lambda origin: -len(origin.articles)))


def _goes_back_to(room: ReadingRoom, article: Article) -> tuple[str, str, str]:
    """A key, the source's name, and the reason."""
    copied = room.store.origin_of(article.id)
    row = room.store.article(copied[0]) if copied is not None else None
    root = row.article if row is not None else None
    origin = origin_of(article, root, room.knowledge.outlets)
    return origin.key, origin.source, origin.reason
