"""Stories within the desk: which of them an arriving article goes on, begins, joins or splits.

In: signatures and the store. Out: links and stories, kept in the store. Only the part of the desk
that an article is linked with is grouped anew, so that the stories are a function of the set of
articles. How alike two articles are is `link.similarity`, what makes a group `link.stories`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from dragoman.desk.days import day_of
from dragoman.grouping import Group, named, ruled
from dragoman.link.measure import ROW, Rows, measured
from dragoman.link.similarity import reason
from dragoman.link.stories import Large, Links, groups, part
from dragoman.link.window import Window, days_around
from dragoman.model import Capture, Grouping, Joining, Kept, Signature
from dragoman.store import Store
from dragoman.store.rows import Membership, Signed

ALONE = "nothing else tells it"
"""The reason of a story's only member."""
SAID = "a person's word puts it here"
"""The reason of a member that is linked with no other."""


class Stories:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._window = Window()
        self._seen = 0

    def join(self, kept: Kept, capture: Capture) -> None:
        """Find the place of an article that was signed just now; it must be kept already."""
        if kept.signature is not None:
            self.keep(kept.signature, day_of(kept.article, capture.fetched) or "")

    def keep(self, signature: Signature, day: str) -> None:
        """Find the place of an article that this is the signature of. `day` may be empty."""
        row = measured(signature).tobytes()
        is_original = self._store.origin_of(signature.article_id) is None
        kept = self._store.keep_signature(signature, day, row, is_original=is_original)
        if kept is not None:
            signed, is_new = kept
            self._place(signed, _Graph(self._store, [signed.article_id] if is_new else ()))

    def settle(self, article_ids: Iterable[str]) -> None:
        """Find the place of articles that may have become copies, or originals again."""
        for article in sorted(set(article_ids)):
            is_original = self._store.origin_of(article) is None
            if self._store.set_original(article, is_original):
                signed = self._store.signed(article)
                if signed is not None:
                    self._place(signed, _Graph(self._store))

    def regroup(self, article_ids: Iterable[str], elder: Collection[str] = ()) -> None:
        """Make anew the stories of articles of which people say that they are, or are not, of one.
        `elder`: ids that go on before their equals."""
        homes = self._store.places_in_stories(set(article_ids))
        signed = self._store.signed(min(homes)) if homes else None
        if signed is not None:
            self._group(_Graph(self._store), set(homes), signed, elder)

    def remove(self, article_id: str) -> None:
        """Group anew what is left when an article goes; to be called before it is forgotten."""
        self._link(Signed(0, article_id, "", False, b""), {}, _Graph(self._store))
        self._window.drop(article_id)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """What is held in memory is let go where the transaction around it is not kept."""
        try:
            yield
        except BaseException:
            self._window, self._seen = Window(), 0
            raise

    def _near(self, signed: Signed) -> dict[str, float]:
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
        for other in set(near) - set(here):  # another process forgot it
            self._window.drop(other)
            del near[other]
        return near

    def _unseen(self, signed: Signed) -> Iterable[Signed]:
        """What was written since the last time, by this process or another, up to this article."""
        if not self._seen:
            return ()  # no day is held yet
        return [signed] if signed.seq == self._seen + 1 else self._store.signed_since(self._seen)

    def _place(self, signed: Signed, graph: _Graph) -> None:
        self._link(signed, self._near(signed) if signed.is_original else {}, graph)

    def _link(self, signed: Signed, near: Mapping[str, float], graph: _Graph) -> None:
        """Write an article's links and group anew every part that they touch."""
        article = signed.article_id
        before = graph.of([article])[article]
        members = {m for whole in graph.parts({article, *before, *near}) for m in whole}
        if before != near:
            self._store.keep_story_links(article, near)
            graph.change(article, near)
        self._group(graph, members if signed.is_original else members - {article}, signed)

    def _group(
        self,
        graph: _Graph,
        members: Collection[str],
        signed: Signed,
        elder: Collection[str] = (),
    ) -> None:
        """Make the stories of whole parts of the desk, one of which an article is or was in."""
        parts, before, words = self._with_said(graph, members, signed)
        after = [g for whole in parts for g in groups(whole, graph.of(whole))]
        after = ruled(after, words) if words else after
        made = named(
            before,
            after,
            _new_id,
            self._store.is_story_free,
            taken_in=self._store.stories_taken_in,
            elder=elder,
        )
        known = {one: place for places in before.values() for one, place in places.items()}
        days = {one: place.day for one, place in known.items()} | {signed.article_id: signed.day}
        stories = {
            story: self._places(group, graph.of(group), known, days, signed.article_id)
            for story, group in made.groups.items()
        }
        self._store.keep_stories(before, stories, made.redirects)

    def _with_said(
        self, graph: _Graph, members: Collection[str], signed: Signed
    ) -> tuple[list[Group], dict[str, dict[str, Membership]], Sequence[Grouping]]:
        """The whole parts that articles are in, with those that shared a story with any of them,
        or that people say are of one; the stories that all of these were in; what people say."""
        everyone = set(members)
        while True:
            parts = graph.parts(everyone)
            inside = {one for whole in parts for one in whole}
            places = self._store.places_in_stories({signed.article_id, *inside})
            before = self._store.story_members(set(places.values()))
            words = self._store.groupings("story", inside)
            # Only originals are in stories.
            beside = set(self._store.places_in_stories(_joined(words))) if words else set()
            beside |= {one for shared in before.values() for one in shared}
            beside -= inside if signed.is_original else inside | {signed.article_id}
            if not beside:
                return parts, before, words
            everyone = inside | beside

    def _places(
        self,
        group: Group,
        links: Links,
        known: Mapping[str, Membership],
        days: Mapping[str, str],
        changed: str,
    ) -> dict[str, Membership]:
        """Each member with the other that it is most like, and what the two have in common.
        `changed`: the article that may have another signature than before."""
        nearest = {one: _nearest(one, group, links[one]) for one in sorted(group)}
        places = {}
        new = {}
        for one, (score, other) in nearest.items():
            old = known.get(one)
            is_same = old is not None and (old.nearest, old.score) == (other, score)
            if other is None:
                places[one] = Membership(days[one], None, score, ALONE if len(group) == 1 else SAID)
            elif old is not None and is_same and changed not in (one, other):
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

    def __init__(self, store: Store, new: Collection[str] = ()) -> None:
        """`new` are articles that nothing is linked with yet."""
        self._store = store
        self._known: dict[str, dict[str, float]] = {article: {} for article in new}
        self._large: Large = {}

    def of(self, articles: Collection[str]) -> Links:
        missing = [article for article in articles if article not in self._known]
        if missing:
            self._known |= self._store.story_links(missing)
        return {article: self._known[article] for article in articles}

    def change(self, article: str, near: Mapping[str, float]) -> None:
        """Put an article's links in place of those before."""
        self._large.clear()
        for other in self._known.pop(article):
            if other in self._known:
                self._known[other].pop(article)
        self._known[article] = dict(near)
        for other, score in near.items():
            if other in self._known:
                self._known[other][article] = score

    def parts(self, articles: Collection[str]) -> list[Group]:
        """The parts that these articles are in."""
        found: list[Group] = []
        seen: set[str] = set()
        for article in sorted(articles):
            if article not in seen:
                found.append(part(article, self.of, self._large))
                seen |= found[-1]
        return found


def _row(signed: Signed) -> Rows:
    return np.frombuffer(signed.row, ROW)


def _new_id(article: str) -> str:
    return f"s-{hashlib.sha256(article.encode()).hexdigest()[:16]}"
