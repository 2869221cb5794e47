"""Origins within the desk: what articles, or the reports of an event, go back to.

In: ids, and the store. Out: `Origins`. This is the one place that events are counted by and that
pages ask; the rule itself is `record.origins`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from dragoman.knowledge import Knowledge
from dragoman.knowledge.publishers import shown_by
from dragoman.model import Backing, CopyLink, Kept, Origins
from dragoman.record.backing import backing_of
from dragoman.record.families import Credit, Text
from dragoman.record.origins import origins_of
from dragoman.store import Store

OPINION = "opinion"
"""The genre whose texts are counted apart."""


class OriginCounter:
    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        self._store = store
        self._knowledge = knowledge

    def of_articles(self, article_ids: Iterable[str]) -> Origins:
        """What these articles go back to, each taken as a whole."""
        return self._of(dict.fromkeys(article_ids, ()))

    def of_each(self, groups: Sequence[Collection[str]]) -> list[Origins]:
        """The same of several sets of articles, read at once."""
        links = self._links(article for group in groups for article in group)
        backings = self._backings(links)
        return [self._counted(dict.fromkeys(group, ()), links, backings) for group in groups]

    def of_reports(self, told: Mapping[str, Iterable[str]]) -> Origins:
        """What these reports (article id → report ids) go back to: for each article, whose word
        its own reports rest on."""
        return self._of({i: tuple(reports) for i, reports in told.items()})

    def _of(self, told: Mapping[str, tuple[str, ...]]) -> Origins:
        links = self._links(told)
        return self._counted(told, links, self._backings(links))

    def _counted(
        self,
        told: Mapping[str, tuple[str, ...]],
        links: Mapping[str, tuple[CopyLink, ...]],
        backings: Mapping[str, Backing],
    ) -> Origins:
        """`links` and `backings`: at least of these articles and of all that they go back to."""
        wanted, waiting = set[str](), set(told)
        while waiting:
            wanted |= waiting
            waiting = {link.origin_id for one in waiting for link in links[one]} - wanted
        texts = (
            self._text(backing, told.get(identity), links[identity])
            for identity, backing in backings.items()
            if identity in wanted
        )
        return origins_of(texts, self._called)

    def _links(self, article_ids: Iterable[str]) -> dict[str, tuple[CopyLink, ...]]:
        """What the articles copy, and what that copies, in whatever number of steps."""
        found: dict[str, tuple[CopyLink, ...]] = {}
        waiting = set(article_ids)
        while waiting:
            links = self._store.copy_links_of(waiting)
            found |= {identity: tuple(links.get(identity, ())) for identity in waiting}
            waiting = {one.origin_id for some in links.values() for one in some} - found.keys()
        return found

    def _backings(self, ids: Iterable[str]) -> dict[str, Backing]:
        """As kept; made now for what was kept before backing was noted."""
        wanted = set(ids)
        found = self._store.backings(wanted)
        for identity in wanted - found.keys():
            kept = self._store.kept(identity)
            if kept is not None:
                found[identity] = self._backing(kept)
        return found

    def _backing(self, kept: Kept) -> Backing:
        return kept.backing or backing_of(kept, self._knowledge)

    def _text(
        self, backing: Backing, reports: tuple[str, ...] | None, links: tuple[CopyLink, ...]
    ) -> Text:
        outlets = self._knowledge.outlets
        name, outlet = shown_by(backing.url, backing.shown_by, outlets)
        return Text(
            backing.article_id,
            name,
            outlet,
            moment=backing.published or "",
            is_opinion=backing.genre == OPINION,
            credit=self._credit(backing, outlet.id if outlet is not None else None),
            voices=backing.voices(reports or ()),
            links=links,
            is_read=backing.is_read,
            is_asked=reports is not None,
        )

    def _credit(self, backing: Backing, own: str | None) -> Credit | None:
        """The agency, else the first publisher; a page that names its own outlet credits nobody."""
        outlets = self._knowledge.outlets
        for name, is_agency in ((backing.agency, True), (backing.first_publisher, False)):
            if name is None:
                continue
            known = outlets.named(name) or outlets.agency(name)
            if known is None or known.id != own:
                return Credit(known.name if known is not None else name, known, is_agency)
        return None

    def _called(self, actor: str) -> str:
        known = self._knowledge.atlas.actors.get(actor)
        return known.name("en") if known is not None else actor


def by_article(reports: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """(report id, article id) → the report ids of each article."""
    told: dict[str, list[str]] = defaultdict(list)
    for report_id, article_id in reports:
        told[article_id].append(report_id)
    return told
