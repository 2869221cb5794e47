"""Why an event counts so many origins: its articles grouped by the text or source they go back to.

In: the articles that tell an event. Out: groups, each with the reason in words. Follows the rule
of the record step: a named agency or first publisher, else the first of the copies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
    root = row.article if row is not None else article
    for one in (article, root):
        claim = one.attribution.agency or one.attribution.first_publisher
        if claim is not None:
            outlet = room.knowledge.outlets.named(claim.value)
            name = outlet.name if outlet is not None else claim.value
            key = f"source:{outlet.id if outlet is not None else claim.value.lower()}"
            return key, name, "the pages name it as their agency or first publisher"
    reason = "no other source is named, and the text was found nowhere earlier"
    if root is not article:
        reason = "the pages name no source, but print the same text"
    return f"text:{root.id}", room.outlet(root), reason
