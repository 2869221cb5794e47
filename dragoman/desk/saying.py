"""From ids, as people name things, to the word that is kept: what it is of, and what it holds.

In: a desk and ids of reports, events, stories, articles or actors. Out: a `Word`. An id that the
desk does not hold, and what can't be said of a thing, is refused with what can.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from dragoman.desk.corpus import Desk
from dragoman.errors import DragomanError
from dragoman.link.rulings import meanings
from dragoman.model import (
    Correction,
    Joining,
    OtherActor,
    Parting,
    SameActor,
    Verdict,
    VerdictKind,
    Word,
)
from dragoman.record.correcting import actor_of, corrected
from dragoman.record.ruling import pinned
from dragoman.store import Store
from dragoman.store.rows import ReportRow

AN_ID = re.compile(r"([aers])-[0-9a-f]{16}")
ARTICLE, REPORT, EVENT, STORY, ACTOR = "a", "r", "e", "s", ""


def verdict(store: Store, kind: VerdictKind, identity: str) -> Verdict:
    """That a report, or all reports of an event as they stand, are right, wrong or unsure; of an
    article, that it may be handed on, or may not."""
    if kind_of(identity) == ARTICLE and kind != "unsure":
        if store.article(identity) is None:
            raise DragomanError(f"{identity}: the desk has no article of this id")
        return Verdict(kind, identity, articles=(identity,))
    if kind_of(identity) == REPORT:
        rows = [_report(store, identity)]
    elif kind_of(identity) == EVENT:
        identity, rows = _event(store, identity)
    else:
        raise DragomanError(
            f"{identity}: a report (r-…) or an event (e-…) can be judged so, "
            "an article (a-…) confirmed or rejected"
        )
    reports = [row.report for row in rows]
    return Verdict(
        kind,
        identity,
        tuple(sorted(one.id for one in reports)),
        tuple(sorted({one.article_id for one in reports})),
        tuple(map(pinned, reports)) if kind == "confirm" else (),
    )


def correction(desk: Desk, identity: str, values: Mapping[str, Sequence[str]]) -> Correction:
    """What a report should say instead; `values` are what was typed for each field."""
    if kind_of(identity) != REPORT:
        reports = "`dragoman judge list` and the site show them"
        raise DragomanError(f"{identity}: reports (r-…) are corrected, one by one; {reports}")
    report = _report(desk.store, identity).report
    kept = desk.store.kept(report.article_id)
    if kept is None:
        raise DragomanError(f"{identity}: the desk does not hold its article any more")
    made = corrected(report, values, kept, desk.steps.knowledge)
    return Correction(identity, report.article_id, made.fields, made)


def merge(desk: Desk, ids: Sequence[str]) -> Word:
    """That events, stories, or two actors are one; actors go by the second."""
    kinds = set(map(kind_of, ids))
    if len(ids) < 2:
        raise DragomanError("merge takes two ids or more, of events, stories or actors")
    if kinds == {EVENT}:
        told = dict(_event(desk.store, one) for one in ids)
        members = {one: [row.report.id for row in rows] for one, rows in told.items()}
    elif kinds == {STORY}:
        members = dict(_story(desk.store, one) for one in ids)
    elif kinds == {ACTOR}:
        return _same_actor(desk, ids)
    else:
        raise DragomanError(f"{' '.join(ids)}: merge events (e-…), stories (s-…) or actors alone")
    if len(members) < 2:
        raise DragomanError(f"{' '.join(ids)}: they are one already, {next(iter(members))}")
    groups = tuple(tuple(sorted(group)) for group in members.values())
    return Joining("event" if kinds == {EVENT} else "story", tuple(members), groups)


def split(desk: Desk, identity: str, out: Sequence[str], into: str | None = None) -> Word:
    """That reports of an event, or articles of a story, are apart from the rest; or that an actor
    is somebody else (`into`) or nobody known in these articles."""
    store = desk.store
    if not out:
        raise DragomanError("split takes --out with the ids of what is apart, with commas between")
    kind = kind_of(identity)
    if kind in {EVENT, STORY}:
        if into is not None:
            raise DragomanError("--as says who an actor is; an event or story is split without")
        if kind == EVENT:
            identity, rows = _event(store, identity)
            return _parting(Parting("event", identity, tuple(out), _ids(rows)))
        identity, members = _story(store, identity)
        return _parting(Parting("story", identity, tuple(out), tuple(members)))
    actor = actor_of(identity, desk.steps.knowledge)
    unknown = [one for one in out if store.article(one) is None]
    if unknown:
        raise DragomanError(f"{unknown[0]}: the desk has no article of this id; --out names them")
    named = set(store.articles_naming([actor]))
    absent = [one for one in out if one not in named]
    if absent:
        raise DragomanError(f"{absent[0]}: this article does not name {actor}")
    other = actor_of(into, desk.steps.knowledge) if into is not None else None
    if other == actor:
        raise DragomanError(f"{actor}: --as names somebody else, or is left out for nobody known")
    return OtherActor(actor, tuple(sorted(set(out))), other)


def kind_of(identity: str) -> str:
    """Of what an id is, by its letter; whatever else is typed names an actor."""
    found = AN_ID.fullmatch(identity)
    return found[1] if found is not None else ACTOR


def _same_actor(desk: Desk, ids: Sequence[str]) -> SameActor:
    if len(ids) != 2:
        raise DragomanError("actors are merged two at a time: merge THIS THAT means THIS is THAT")
    own, into = (actor_of(one, desk.steps.knowledge) for one in ids)
    meant = meanings(desk.store.rulings())
    if meant.get(own, own) == meant.get(into, into) == into:
        raise DragomanError(f"{own}: it is {into} already")
    return SameActor(own, into)


def _parting(asked: Parting) -> Parting:
    """With what is left of the rest; refuses members that are not there, and all of them."""
    members = set(asked.rest)
    unknown = [one for one in asked.out if one not in members]
    if unknown:
        what = "report" if asked.of == "event" else "article"
        known = ", ".join(sorted(members))
        raise DragomanError(f"{unknown[0]}: {asked.target} has no such {what}; it has {known}")
    rest = tuple(sorted(members - set(asked.out)))
    if not rest:
        raise DragomanError(f"{asked.target}: --out names all of it; leave something in")
    return Parting(asked.of, asked.target, tuple(sorted(set(asked.out))), rest)


def _ids(rows: Collection[ReportRow]) -> tuple[str, ...]:
    return tuple(row.report.id for row in rows)


def _report(store: Store, identity: str) -> ReportRow:
    row = store.report(identity)
    if row is None:
        raise DragomanError(f"{identity}: the desk has no report of this id")
    return row


def _event(store: Store, identity: str) -> tuple[str, list[ReportRow]]:
    """An event's id now, and its reports; where none tells it any more, those that told it last."""
    event = store.event(identity)
    if event is None:
        raise DragomanError(f"{identity}: the desk has no event of this id")
    return event.id, store.reports_of_event(event.id) or store.last_reports_of_event(event.id)


def _story(store: Store, identity: str) -> tuple[str, list[str]]:
    story = store.story(identity)
    if story is None:
        raise DragomanError(f"{identity}: the desk has no story of this id")
    return story.id, [one.article_id for one in story.members]
