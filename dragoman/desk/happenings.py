"""Happenings within the desk: which reports of all articles tell one act, and the events they make.

In: an article that was kept, and the store. Out: events kept, with redirects from those that were
merged. When two reports tell one happening is said in `record`, and by people; here they are looked
up, and what a new one changes is made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from dragoman.desk.days import day_of
from dragoman.desk.origins import OriginCounter, by_article
from dragoman.grouping import Group, Named, connected, named, ruled
from dragoman.knowledge import Knowledge
from dragoman.knowledge.publishers import outlet_name
from dragoman.model import (
    Article,
    Event,
    Footing,
    Grouping,
    Joining,
    Kept,
    Origins,
    Outline,
    Report,
    Tie,
    Told,
)
from dragoman.record.chronology import Bond, firmer, footing, happenings, holds
from dragoman.record.completing import completed
from dragoman.record.outline import asked, keys, outline
from dragoman.record.sameness import ENOUGH, sameness
from dragoman.record.telling import tell, untold
from dragoman.store import Store

HELD = 20_000
"""Outlines in memory, some 30 MB; more are let go all at once."""


@dataclass
class _Held:
    """Outlines that are held together, and the ties that hold them."""

    footings: dict[str, Footing] = field(default_factory=dict)
    bonds: list[Bond] = field(default_factory=list)
    near: dict[str, list[str]] = field(default_factory=dict)
    """By each outline, those that the ties hold it to."""
    tellings: Mapping[str, Sequence[Told]] = field(default_factory=dict)
    words: Sequence[Grouping] = ()
    """What people say of their reports."""

    def around(self, identity: str) -> list[str]:
        return self.near.get(identity, [])


class Happenings:
    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        self._store = store
        self._knowledge = knowledge
        self._origins = OriginCounter(store, knowledge)
        self._known: dict[str, Outline] = {}

    def keep(self, several: Sequence[Kept], *, changed: Collection[str]) -> int:
        """Join the reports of articles that the store holds, with their copies; the most outlines
        that were grouped together. `changed`: ids of articles of which anything was written; of the
        others only what was never joined is."""
        touched: set[str] = set()
        loosened: set[str] = set()
        ties: dict[str, list[Tie]] = {}
        retold: set[str] = set()
        gone: set[str] = set()
        for kept in several:
            if not self._store.is_made_of(kept.article.id, kept.article.capture_id):
                continue  # of two captures the store has kept the newer one
            moment = self._moment(kept.article)
            made = self._outlines(kept, moment)
            outline_ids = {report_id: one.id for report_id, one in made.items()}
            told = self._told(kept.article, moment, outline_ids)
            before = self._store.told_by(kept.article.id)
            if before == told and kept.article.id not in changed:
                continue
            new = self._store.keep_outlines({one: keys(one) for one in made.values()})
            self._store.keep_told(kept.article.id, told)
            old = {outline_id for outline_id, _ in before.values()}
            loosened |= self._store.drop_outlines_without_reports(old)
            touched |= {one.id for one in made.values()} | old
            for tie in self._tie(new):
                ties.setdefault(tie.one, []).append(tie)
            retold |= {*before, *made}
            gone |= set(before) - set(made)
        if not touched:
            return 0
        self._stand(loosened, ties)
        return self._settle(touched | loosened | set(ties), retold, gone=gone)

    def _outlines(self, kept: Kept, moment: str | None) -> dict[str, Outline]:
        """What is compared of each report, by its id."""
        references, atlas = kept.references, self._knowledge.atlas
        return {one.id: outline(one, references, atlas, moment) for one in completed(kept.reports)}

    def without(self, outline_ids: Collection[str]) -> None:
        """Make anew what an article held that is gone from the store with its reports."""
        loosened = self._store.drop_outlines_without_reports(outline_ids)
        self._stand(loosened, {})
        self._settle(loosened | set(outline_ids))

    def regroup(self, report_ids: Collection[str], elder: Collection[str] = ()) -> None:
        """Make anew the events of reports of which people say that they are, or are not, of one
        happening. `elder`: ids that go on before their equals."""
        self._settle(self._store.outlines_of(report_ids), elder=elder)

    def recount(self, article_ids: Collection[str]) -> None:
        """Count the events of articles anew whose copies or sources are others now, and of what
        was made of them."""
        articles = {*article_ids, *self._store.made_of(article_ids)}
        changed = {one for article_id in articles for one in self._store.told_by(article_id)}
        self._store.keep_events(list(self.told(self._store.events_of(changed))))

    def origins(self, report_ids: Sequence[str]) -> Origins:
        """What reports of kept articles go back to."""
        told = self._store.articles_of_reports(report_ids)
        found = by_article((one, told[one]) for one in report_ids if one in told)
        return self._origins.of_reports(found)

    def _told(
        self, article: Article, moment: str | None, made: Mapping[str, str]
    ) -> dict[str, tuple[str, Told]]:
        """Where an article's reports are told; `made`: the outline's id by the report's."""
        outlet, language = outlet_name(article, self._knowledge.outlets), article.language
        return {
            report_id: (outline_id, Told(report_id, article.id, outlet, moment, language))
            for report_id, outline_id in made.items()
        }

    def _moment(self, article: Article) -> str | None:
        """The day of an article: that of printing, or else the one it was fetched on."""
        return day_of(article, None) or day_of(article, self._store.fetched(article.capture_id))

    # --- what is near --------------------------------------------------------------------

    def _tie(self, new: Sequence[Outline]) -> Collection[Tie]:
        """Tie new outlines to those near them, both ways; what was tied."""
        ties: dict[tuple[str, str], Tie] = {}
        for one in new:
            for other in self._near(one):
                found = sameness(one, other)
                if found is None or found.score < ENOUGH:
                    continue
                for a, b in ((one, other), (other, one)):
                    ties[a.id, b.id] = Tie(a.id, b.id, found.score, found.same_day, b.is_dated)
        self._store.keep_ties(list(ties.values()))
        return ties.values()

    def _near(self, one: Outline) -> Iterator[Outline]:
        if one.start is None or one.end is None:
            return
        for other in self._store.outlines_near(asked(one), one.start, one.end):
            if other.id != one.id:
                yield other

    # --- what holds together -------------------------------------------------------------

    def _settle(
        self,
        touched: Collection[str],
        changed: Collection[str] | None = None,
        *,
        gone: Collection[str] = (),
        elder: Collection[str] = (),
    ) -> int:
        """Group anew what touched outlines are or were held together with; the most that are held
        together. `changed`: reports whose events are told anew even where they stay as they are;
        None for all."""
        held = self._with_said({one.part for one in self._store.footings(touched).values()})
        parts = connected(held.footings, held.around)
        self._store.keep_footings(
            [
                replace(held.footings[one], part=least)
                for least, part in ((min(part), part) for part in parts)
                for one in part
                if held.footings[one].part != least
            ]
        )
        groups = set(self._groups(held))
        settled = {*gone, *(one for group in groups for one in group)}
        before = self._store.events_of(settled)
        # An event of an earlier version may hold what is not together now: then it is split here,
        # once, else each part would go on under its id.
        beside = {one for members in before.values() for one in members} - settled
        apart = self._store.outlines_of(beside) - set(held.footings)
        if apart:
            return self._settle({*touched, *apart}, changed, gone=gone, elder=elder)
        self._write(groups, before, changed, gone, elder)
        return max(map(len, parts), default=0)

    def _stand(self, loosened: Collection[str], tied: Mapping[str, Sequence[Tie]]) -> None:
        """Find what holds outlines now that lost ties, and those that got the given ones. Where
        many tell of the same, an outline has hundreds that change nothing: they are not read."""
        before = self._store.footings({*loosened, *tied})
        made = {
            one.id: firmer(one, tied[one.id]) for one in before.values() if one.id not in loosened
        }
        whole: dict[str, list[Tie]] = {one: [] for one in before if made.get(one) is None}
        for tie in self._store.ties_of(whole):
            whole[tie.one].append(tie)
        after = [made.get(one.id) or footing(one, whole[one.id]) for one in before.values()]
        self._store.keep_footings([one for one in after if one != before[one.id]])

    def _held(self, parts: Collection[str]) -> _Held:
        """All of the parts, and whatever is held together with any of it now."""
        footings = self._store.held_together(parts)
        held, waiting = _Held(), set(footings)
        while waiting:
            held.footings |= {one: footings[one] for one in waiting}
            # Some at a time: of a war there are hundreds of thousands, of which half hold.
            for ties in self._store.ties_by_some(waiting):
                unread = {tie.other for tie in ties if tie.other not in footings}
                footings |= self._store.footings(unread)
                for tie in ties:
                    one, other = footings[tie.one], footings[tie.other]
                    if holds(tie, one, other):
                        held.near.setdefault(one.id, []).append(other.id)
                        if one.id < other.id:
                            held.bonds.append((tie.score, one.id, other.id))
            waiting = {other for one in waiting for other in held.around(one)}
            waiting -= held.footings.keys()
        return held

    def _with_said(self, parts: Collection[str]) -> _Held:
        """All that is held together with the parts, or is said to be of one happening with any of
        it, and so on."""
        while True:
            held = self._held(parts)
            held.tellings = self._store.tellings(held.footings)
            reports = {told.report_id for found in held.tellings.values() for told in found}
            held.words = self._store.groupings("event", reports)
            joined = {
                one
                for word in held.words
                if isinstance(word, Joining)
                for group in word.members
                for one in group
            }
            beside = self._store.outlines_of(joined - reports) - set(held.footings)
            if not beside:
                return held
            footings = self._store.footings({*held.footings, *beside})
            parts = {one.part for one in footings.values()}

    def _groups(self, held: _Held) -> list[Group]:
        """The reports of each happening."""
        outlines = self._outlines_called(held.footings)
        groups = [
            frozenset(told.report_id for one in group for told in held.tellings.get(one, ()))
            for group in happenings({one: outlines[one] for one in held.footings}, held.bonds)
        ]
        return ruled(groups, held.words) if held.words else groups

    def _outlines_called(self, ids: Collection[str]) -> Mapping[str, Outline]:
        """Outlines by id. An id is made of what it stands for, so they are held in memory: of a
        war all that is told of it is asked for with each report."""
        if len(self._known) > HELD:
            self._known.clear()
        self._known |= self._store.outlines(set(ids) - self._known.keys())
        return self._known

    # --- events --------------------------------------------------------------------------

    def _write(
        self,
        groups: AbstractSet[Group],
        before: Mapping[str, Collection[str]],
        changed: Collection[str] | None,
        gone: Collection[str],
        elder: Collection[str],
    ) -> None:
        store = self._store
        new = {one for group in groups for one in group}.difference(*before.values())
        # Most groups of a large part are those of before, and keep their ids.
        stay = {frozenset(group): identity for identity, group in before.items()}
        moved = {one: group for one, group in before.items() if frozenset(group) not in groups}
        # What comes back goes on the event that it told, if nothing else does.
        homes = {**store.left_events(new), **moved} if new else moved
        made = named(
            homes,
            [group for group in groups if group not in stay],
            _new_id,
            store.is_event_id_free,
            taken_in=store.events_taken_in,
            elder=elder,
        )
        same = {stay[group]: group for group in groups if group in stay}
        after = replace(made, groups={**same, **made.groups})
        members = _with_unjoined(before, after, gone)
        retold = None if changed is None else set(changed)
        anew = {
            identity: group
            for identity, group in members.items()
            if retold is None or group != before.get(identity) or not group.isdisjoint(retold)
        }
        self._store.keep_events(list(self.told(anew)), after.redirects)

    def told(self, members: Mapping[str, Collection[str]]) -> Iterator[Event]:
        """Events by id as these of their reports tell them, reports that the store holds."""
        ids = {report_id for group in members.values() for report_id in group}
        reports = {report.id: report for report in self._store.reports_of(ids)}
        told = self._where_told(reports)
        by = self._store.articles_of_reports(reports)

        def count(report_ids: Sequence[str]) -> Origins:
            return self._origins.of_reports(by_article((i, by[i]) for i in report_ids if i in by))

        for identity, group in sorted(members.items()):
            tellers = [reports[one] for one in sorted(group) if one in reports]
            if tellers:
                yield tell(identity, tellers, told, self._knowledge.atlas, count)
            elif (event := self._store.event(identity)) is not None:
                yield untold(event)

    def _where_told(self, reports: Mapping[str, Report]) -> dict[str, Told]:
        told = self._store.where_told(reports)
        for report in reports.values():
            if report.id not in told:  # of an article that was never joined
                row = self._store.article(report.article_id)
                if row is not None:
                    moment = self._moment(row.article)
                    told[report.id] = self._told(row.article, moment, {report.id: ""})[report.id][1]
        return told


def _with_unjoined(
    before: Mapping[str, Collection[str]], after: Named, gone: Collection[str]
) -> dict[str, set[str]]:
    """The groups by id, and with each what was in its event and has no outline: reports of a desk
    made before there were any, which stay until they are made anew. Empty for those all gone."""
    members = {identity: set(group) for identity, group in after.groups.items()}
    joined = {report_id for group in after.groups.values() for report_id in group}
    for identity, group in before.items():
        left = set(group) - joined - set(gone)
        members.setdefault(after.redirects.get(identity, identity), set()).update(left)
    return members


def _new_id(report_id: str) -> str:
    return "e-" + hashlib.sha256(report_id.encode()).hexdigest()[:16]
