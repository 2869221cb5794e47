"""Stories within the desk: which of them an arriving article goes on, begins, joins or splits.

In: signatures and the store. Out: links and stories, kept in the store. Only the part of the desk
that an article is linked with is grouped anew, so that the stories are a function of the set of
articles. How alike two articles are is `link.similarity`, what makes a group `link.stories`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np

from dragoman.desk.days import day_of
from dragoman.grouping import Group, named, ruled
from dragoman.link.measure import ROW, Rows, measured
from dragoman.link.similarity import reason
from dragoman.link.stories import ANY, LEVELS, LINK, MOST, Links, groups, parts
from dragoman.link.window import Window, days_around
from dragoman.model import Capture, Grouping, Joining, Kept, Signature
from dragoman.store import Store
from dragoman.store.rows import Membership, Signed

ALONE = "nothing else tells it"
"""The reason of a story's only member."""
SAID = "a person's word puts it here"
"""The reason of a member that is linked with no other."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """An article, and what it is to be linked with."""

    signed: Signed
    near: Mapping[str, float]


class Stories:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._window = Window()
        self._seen = 0

    def join(self, several: Iterable[tuple[Kept, Capture]]) -> int:
        """Find the places of articles that were signed just now; they must be kept already. The
        most that one of them is linked with."""
        return self.keep(
            (kept.signature, day_of(kept.article, capture.fetched) or "")
            for kept, capture in several
            if kept.signature is not None
        )

    def keep(self, several: Iterable[tuple[Signature, str]]) -> int:
        """Find the places of articles by these signatures and days; a day may be empty. The most
        that one of them is linked with."""
        placed: dict[str, _Placed] = {}
        for signature, day in several:
            row = measured(signature).tobytes()
            is_original = self._store.origin_of(signature.article_id) is None
            kept = self._store.keep_signature(signature, day, row, is_original=is_original)
            if kept is not None:
                placed[signature.article_id] = self._near(kept[0], placed)
        self._place(placed)
        return max((len(one.near) for one in placed.values()), default=0)

    def settle(self, article_ids: Iterable[str]) -> None:
        """Find the places of articles that may have become copies, or originals again."""
        placed: dict[str, _Placed] = {}
        for article in sorted(set(article_ids)):
            is_original = self._store.origin_of(article) is None
            if self._store.set_original(article, is_original):
                signed = self._store.signed(article)
                if signed is not None:
                    placed[article] = self._near(signed, placed)
        self._place(placed)

    def regroup(self, article_ids: Iterable[str], elder: Collection[str] = ()) -> None:
        """Make anew the stories of articles of which people say that they are, or are not, of one.
        `elder`: ids that go on before their equals."""
        homes = self._store.places_in_stories(set(article_ids))
        self._group(_Graph(self._store), set(homes), {}, elder)

    def remove(self, article_id: str) -> None:
        """Group anew what is left when an article goes; to be called before it is forgotten."""
        self._place({article_id: _Placed(Signed(0, article_id, "", False, b""), {})})
        self._window.drop(article_id)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """What is held in memory is let go where the transaction around it is not kept."""
        try:
            yield
        except BaseException:
            self._window, self._seen = Window(), 0
            raise

    def _near(self, signed: Signed, beside: Collection[str]) -> _Placed:
        """What an article is to be linked with. `beside`: ids of those that are placed with it."""
        if not signed.is_original:
            return _Placed(signed, {})
        for new in self._unseen(signed):
            self._window.drop(new.article_id)
            if new.is_original:
                self._window.put(new.day, new.article_id, _row(new))
            self._seen = new.seq
        self._seen = max(self._seen, signed.seq)
        for day in days_around(signed.day):
            if day not in self._window:
                rows = self._store.signed_on(day)
                self._window.load(day, ((one.article_id, _row(one)) for one in rows))
        near = self._window.near(signed.article_id, signed.day, _row(signed))
        here = self._store.places_in_stories(near) if near else {}
        for other in set(near) - set(here) - set(beside):  # another process forgot it
            self._window.drop(other)
            del near[other]
        return _Placed(signed, near)

    def _unseen(self, signed: Signed) -> Iterable[Signed]:
        """What was written since the last time, by this process or another, up to this article."""
        if not self._seen:
            return ()  # no day is held yet
        return [signed] if signed.seq == self._seen + 1 else self._store.signed_since(self._seen)

    def _place(self, placed: Mapping[str, _Placed]) -> None:
        """Write articles' links and group anew every part that they change."""
        if not placed:
            return
        graph = _Graph(self._store)
        # A part changes at no higher level than that of a link which comes or goes.
        levels: dict[str, float] = dict.fromkeys(placed, ANY)
        for near in (*graph.links(placed, LINK).values(), *(one.near for one in placed.values())):
            for other, score in near.items():
                levels[other] = max(levels.get(other, 0.0), score)
        before = set(parts(levels, graph))
        for article, one in placed.items():
            if graph.links([article], LINK)[article] != one.near:
                self._store.keep_story_links(article, one.near)
                graph.change(article, one.near)
        levels |= {member: ANY for part in before for member in part}
        for article, one in placed.items():
            if not one.signed.is_original:
                del levels[article]
        # A part that is as it was, with the links that it had, has the stories that it had.
        changed = [
            part
            for part in parts(levels, graph)
            if part not in before or not part.isdisjoint(placed)
        ]
        signed = {article: one.signed for article, one in placed.items()}
        self._group(graph, {member for part in changed for member in part}, signed)

    def _group(
        self,
        graph: _Graph,
        members: Collection[str],
        signed: Mapping[str, Signed],
        elder: Collection[str] = (),
    ) -> None:
        """Make the stories of whole parts of the desk, in which these articles are or were."""
        whole, before, words = self._with_said(graph, members, signed)
        links = {one: near for part in whole for one, near in graph.among(part).items()}
        after = [group for part in whole for group in groups(part, links)]
        if words:
            after = ruled(after, words)
            among_all = [part for part in whole if len(part) <= MOST]
            for group in after:
                if group not in whole and not any(group <= part for part in among_all):
                    links |= graph.links(group, LINK)
        made = named(
            before,
            after,
            _new_id,
            self._store.is_story_free,
            taken_in=self._store.stories_taken_in,
            elder=elder,
        )
        known = {one: place for places in before.values() for one, place in places.items()}
        days = {one: place.day for one, place in known.items()}
        days |= {article: one.day for article, one in signed.items()}
        stories = {
            story: self._places(group, links, known, days, signed.keys())
            for story, group in made.groups.items()
        }
        self._store.keep_stories(before, stories, made.redirects)

    def _with_said(
        self, graph: _Graph, members: Collection[str], signed: Mapping[str, Signed]
    ) -> tuple[list[Group], dict[str, dict[str, Membership]], Sequence[Grouping]]:
        """The whole parts that articles are in, with those that shared a story with any of them,
        or that people say are of one; the stories that all of these were in; what people say."""
        everyone = set(members)
        gone = {article for article, one in signed.items() if not one.is_original}
        while True:
            whole = parts(dict.fromkeys(everyone, ANY), graph)
            inside = {one for part in whole for one in part}
            places = self._store.places_in_stories({*signed, *inside})
            before = self._store.story_members(set(places.values()))
            words = self._store.groupings("story", inside)
            # Only originals are in stories.
            beside = set(self._store.places_in_stories(_joined(words))) if words else set()
            beside |= {one for shared in before.values() for one in shared}
            beside -= inside | gone
            if not beside:
                return whole, before, words
            everyone = inside | beside

    def _places(
        self,
        group: Group,
        links: Links,
        known: Mapping[str, Membership],
        days: Mapping[str, str],
        changed: AbstractSet[str],
    ) -> dict[str, Membership]:
        """Each member with the other that it is most like, and what the two have in common.
        `changed`: articles that may have another signature than before."""
        nearest = {one: _nearest(one, group, links[one]) for one in sorted(group)}
        places = {}
        new = {}
        for one, (score, other) in nearest.items():
            old = known.get(one)
            is_same = old is not None and (old.nearest, old.score) == (other, score)
            if other is None:
                places[one] = Membership(days[one], None, score, ALONE if len(group) == 1 else SAID)
            elif old is not None and is_same and changed.isdisjoint({one, other}):
                places[one] = replace(old, day=days[one])
            else:
                new[one] = (score, other)
        if not new:
            return places
        signatures = self._store.signatures({*new, *(other for _, other in new.values())})
        for one, (score, other) in new.items():
            told = reason(signatures[one], signatures[other]) or "they mean much the same"
            places[one] = Membership(days[one], other, score, told)
        return places


def _joined(words: Iterable[Grouping]) -> set[str]:
    """All that people say is of one story with something else."""
    joinings = (word for word in words if isinstance(word, Joining))
    return {one for word in joinings for group in word.members for one in group}


def _nearest(article: str, group: Group, links: Mapping[str, float]) -> tuple[float, str | None]:
    """The score and id of the member that an article is linked with best; ties go by id."""
    inside = ((-score, other) for other, score in links.items() if other in group)
    score, other = min(inside, default=(-1.0, None))
    return -score, other


class _Graph:
    """The links of the desk as far as they were asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[float, dict[str, dict[str, float]]] = {}
        """By the least score that was asked for."""
        self._crowded: dict[tuple[float, int], set[str]] = {}

    def links(self, articles: Collection[str], least: float) -> Links:
        known = self._known.setdefault(least, {})
        missing = [article for article in articles if article not in known]
        if missing:
            known |= self._store.story_links(missing, least)
        return {article: known[article] for article in articles}

    def crowded(self, articles: Collection[str], least: float, most: int) -> set[str]:
        found = self._crowded.setdefault((least, most), set())
        found |= self._store.crowded(set(articles) - found, least, most)
        return found.intersection(articles)

    def among(self, part: Group) -> Links:
        """The links within a part; of one larger than is grouped at once those by which it holds
        together, the best of each of its members among them."""
        if len(part) <= MOST:
            return self._store.story_links_among(part)
        return self.links(part, LEVELS[-1])

    def change(self, article: str, near: Mapping[str, float]) -> None:
        """Put an article's links in place of those before, as the store has them now."""
        before = self.links([article], LINK)[article]
        if before:
            self._crowded.clear()
        for least, known in self._known.items():
            for other in before:
                if other in known:
                    known[other].pop(article, None)
            known[article] = {other: score for other, score in near.items() if score >= least}
            for other, score in near.items():
                if score >= least and other in known:
                    known[other][article] = score


def _row(signed: Signed) -> Rows:
    return np.frombuffer(signed.row, ROW)


def _new_id(article: str) -> str:
    return f"s-{hashlib.sha256(article.encode()).hexdigest()[:16]}"
