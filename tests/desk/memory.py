"""The part of a store that stories need, in dictionaries: to try thousands of arrivals quickly."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dragoman.model import Grouping, Signature
from dragoman.store.rows import Membership, Signed


class MemoryStore:
    def __init__(self) -> None:
        self.made: dict[str, Signature] = {}
        self.rows: dict[str, Signed] = {}
        self.links: dict[str, dict[str, float]] = {}
        self.members: dict[str, dict[str, Membership]] = {}
        self.homes: dict[str, str] = {}
        self.redirects: dict[str, str] = {}
        self._seq = 0

    def origin_of(self, _article_id: str) -> None:
        return None

    def keep_signature(
        self, signature: Signature, day: str, row: bytes, *, is_original: bool
    ) -> tuple[Signed, bool]:
        self._seq += 1
        is_new = signature.article_id not in self.rows
        self.made[signature.article_id] = signature
        self.rows[signature.article_id] = Signed(
            self._seq, signature.article_id, day, is_original, row
        )
        return self.rows[signature.article_id], is_new

    def signatures(self, article_ids: Collection[str]) -> dict[str, Signature]:
        return {article: self.made[article] for article in article_ids}

    def signed_on(self, day: str) -> list[Signed]:
        return [row for row in self.rows.values() if row.day == day]

    def signed_since(self, seq: int) -> list[Signed]:
        newest = []
        for row in reversed(self.rows.values()):
            if row.seq <= seq:
                break
            newest.append(row)
        return newest[::-1]

    def story_links(
        self, article_ids: Collection[str], least: float
    ) -> dict[str, dict[str, float]]:
        return {
            article: {o: s for o, s in self.links.get(article, {}).items() if s >= least}
            for article in article_ids
        }

    def story_links_among(self, article_ids: Collection[str]) -> dict[str, dict[str, float]]:
        return {
            article: {o: s for o, s in self.links.get(article, {}).items() if o in article_ids}
            for article in article_ids
        }

    def crowded(self, article_ids: Collection[str], least: float, most: int) -> set[str]:
        near = self.story_links(article_ids, least)
        return {article for article, links in near.items() if len(links) > most}

    def keep_story_links(self, article_id: str, links: Mapping[str, float]) -> None:
        for other in self.links.pop(article_id, {}):
            del self.links[other][article_id]
        self.links[article_id] = dict(links)
        for other, score in links.items():
            self.links.setdefault(other, {})[article_id] = score

    def places_in_stories(self, article_ids: Collection[str]) -> dict[str, str]:
        return {a: self.homes[a] for a in article_ids if a in self.homes}

    def story_members(self, story_ids: Collection[str]) -> dict[str, dict[str, Membership]]:
        return {story: self.members[story] for story in story_ids}

    def stories_taken_in(self, story_ids: Collection[str]) -> dict[str, str]:
        return {old: new for old, new in self.redirects.items() if new in story_ids}

    def groupings(self, of: str, members: Collection[str]) -> tuple[Grouping, ...]:
        """Nobody judges here."""
        return ()

    def is_story_free(self, story_id: str) -> bool:
        return story_id not in self.members and story_id not in self.redirects

    def keep_stories(
        self,
        before: Mapping[str, Mapping[str, Membership]],
        after: Mapping[str, dict[str, Membership]],
        redirects: Mapping[str, str],
    ) -> None:
        for old, members in before.items():
            del self.members[old]
            for article in members:
                del self.homes[article]
        for story, places in after.items():
            self.members[story] = places
            self.homes |= dict.fromkeys(places, story)
        self.redirects |= redirects
