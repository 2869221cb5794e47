"""The tree of a query as conditions on rows of events and of articles; docs/search.md says what
each means.

In: a tree, and what the desk holds. Out: expressions for a WHERE, with parameters
only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sin

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    and_,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
    union,
)

from dragoman.model.query import (
    And,
    AtPlace,
    Between,
    Every,
    InLanguage,
    Near,
    Not,
    OfActor,
    OfCategory,
    OfEvent,
    OfOutlet,
    OfPair,
    OfQuad,
    OfStatus,
    OfStory,
    OfTelling,
    Or,
    OriginsOf,
    Query,
    SideOf,
    Words,
)
from dragoman.store.analyse import fold
from dragoman.store.findable import SOURCE, TARGET, point
from dragoman.store.of_stories import told_in
from dragoman.store.phrases import phrases_of
from dragoman.store.schema import (
    article_actors,
    articles,
    event_redirects,
    event_reports,
    event_sides,
    events,
    reports,
)
from dragoman.store.search import ARTICLE_WORDS, EVENT_WORDS, WordIndex
from dragoman.store.tallies import sides
from dragoman.store.told import IS_TOLD

EARTH_KM = 6_371.0088
"""The mean radius of the earth."""
BOTH = SOURCE | TARGET
SIDES: dict[SideOf, tuple[int, ...]] = {
    "any": (SOURCE, TARGET, BOTH),
    "source": (SOURCE, BOTH),
    "target": (TARGET, BOTH),
}
_OF_EVENTS = (
    OfPair, OfEvent, OfCategory, OfQuad, OfStatus, OfTelling, AtPlace, Near, OriginsOf,
)  # fmt: skip
"""Conditions that only events have; so are those on one side."""


@dataclass(frozen=True, slots=True)
class Known:
    """What of the desk decides how a query is put."""

    languages: tuple[str, ...]
    """Those that it holds articles in."""
    dialect: str
    """Of its database, whose word index is asked."""
    common: frozenset[str] = frozenset()
    """Actors of so many events or articles that these are better tried one after the other, the
    newest first, than all looked up."""
    with_retracted: bool = False
    """Whether events are asked for as well that no report tells any more."""


def of_event(query: Query, known: Known, *, negated: bool = False) -> ColumnElement[bool]:
    """What holds for a row of `events`, or does not. NOT goes down to the single conditions:
    brackets within brackets are what a database takes least of."""
    match query:
        case Every():
            return false() if negated else true()
        case Not(part):
            return of_event(part, known, negated=not negated)
        case And(parts) | Or(parts):
            made = (of_event(part, known, negated=negated) for part in parts)
            return _joined(made, all_of=isinstance(query, And) is not negated)
        case Words():
            made_of = _among(events.c.newest, EVENT_WORDS, query, known)
            return _either(made_of, negated)
        case _:
            return _either(_of_event_alone(query, known), negated)


def _joined(conditions: Iterable[ColumnElement[bool]], *, all_of: bool) -> ColumnElement[bool]:
    return and_(true(), *conditions) if all_of else or_(false(), *conditions)


def _either(condition: ColumnElement[bool], negated: bool) -> ColumnElement[bool]:
    """What is not known does not hold, so that its contrary does."""
    return not_(func.coalesce(condition, false())) if negated else condition


def _of_event_alone(query: Query, known: Known) -> ColumnElement[bool]:
    match query:
        case InLanguage(codes):
            return _told_by(func.coalesce(articles.c.language, "").in_(codes))
        case OfOutlet(outlets):
            return _told_by(_shown_by(outlets))
        case OfStory(stories):
            return _told_by(articles.c.id.in_(told_in(stories)))
        case OfPair(one, other):
            ways = sides(one, other)
            # In each way, since an index of what is told answers each.
            return or_(*(ways if known.with_retracted else (way & IS_TOLD for way in ways)))
        case OfEvent(ids):
            later = select(event_redirects.c.event_id).where(event_redirects.c.old_id.in_(ids))
            return or_(events.c.id.in_(ids), events.c.id.in_(later))
        case Between(first, last):
            return and_(
                events.c.end_day >= first if first is not None else events.c.end_day.is_not(None),
                events.c.start_day <= last if last is not None else true(),
            )
        case OfActor(actors, side):
            of_him = event_sides.c.actor.in_(actors) & event_sides.c.side.in_(SIDES[side])
            if is_narrow(query, known):
                return events.c.id.in_(select(event_sides.c.event_id).where(of_him))
            own = exists().where(event_sides.c.event_id == events.c.id, of_him)
            return own.correlate(events)
        case OfCategory(categories):
            return events.c.category.in_(categories)
        case OfQuad(quads):
            return events.c.quad.in_(quads)
        case OfStatus(statuses):
            return events.c.status.in_(statuses)
        case OfTelling(told_as):
            return events.c.told_as.in_(told_as)
        case AtPlace(places):
            return or_(events.c.place.in_(places), events.c.country.in_(places))
        case Near(lat, lon, km):
            return _near(lat, lon, km)
        case OriginsOf(low, high):
            most = events.c.origins <= high if high is not None else true()
            return and_(events.c.origins >= low, most)
    raise TypeError(f"{type(query).__name__} is no condition")


def of_article(query: Query, known: Known, *, negated: bool = False) -> ColumnElement[bool]:
    """What holds for a row of `articles`, or does not."""
    if is_of_events(query) and _asks_for_one(query):
        return _either(_tells(query, known), negated)
    match query:
        case Every():
            return false() if negated else true()
        case Not(part):
            return of_article(part, known, negated=not negated)
        case And(parts) | Or(parts):
            own = _with_one_event(parts) if isinstance(query, And) else parts
            made = (of_article(part, known, negated=negated) for part in own)
            return _joined(made, all_of=isinstance(query, And) is not negated)
        case Words():
            made_of = _among(articles.c.newest, ARTICLE_WORDS, query, known)
            return _either(made_of, negated)
        case _:
            return _either(_of_article_alone(query, known), negated)


def _of_article_alone(query: Query, known: Known) -> ColumnElement[bool]:
    match query:
        case InLanguage(codes):
            return func.coalesce(articles.c.language, "").in_(codes)
        case OfOutlet(outlets):
            return _shown_by(outlets)
        case OfStory(stories):
            return articles.c.id.in_(told_in(stories))
        case OfActor(actors):
            is_named = article_actors.c.actor.in_(actors)
            if is_narrow(query, known):
                named = select(article_actors.c.article_id).where(is_named)
                return articles.c.id.in_(union(named, _tellers(query, known)))
            own = exists().where(article_actors.c.article_id == articles.c.id, is_named)
            return or_(own.correlate(articles), _tells(query, known))
        case Between(first, last):
            return _published(first, last)
    raise TypeError(f"{type(query).__name__} is no condition")


def is_of_events(query: Query) -> bool:
    """Whether a query speaks of nothing but events."""
    match query:
        case And(parts) | Or(parts):
            return all(map(is_of_events, parts))
        case Not(part):
            return is_of_events(part)
        case OfActor(_, side):
            return side != "any"
        case _:
            return isinstance(query, _OF_EVENTS)


def _asks_for_one(query: Query) -> bool:
    """Whether it says of an event that it is, not only that there is none."""
    match query:
        case And(parts):
            return any(map(_asks_for_one, parts))
        case Or(parts):
            return all(map(_asks_for_one, parts))
        case _:
            return not isinstance(query, Not)


def _with_one_event(parts: Sequence[Query]) -> list[Query]:
    """The parts of an AND, with those on events put together if any says that there is one."""
    own = [part for part in parts if is_of_events(part)]
    if not any(map(_asks_for_one, own)):
        return list(parts)
    return [*(part for part in parts if not is_of_events(part)), And(tuple(own))]


def _tells(query: Query, known: Known) -> ColumnElement[bool]:
    """The article tells an event for which this holds; it speaks of nothing but events."""
    told = _tellers(query, known)
    if is_narrow(query, known):
        return articles.c.id.in_(told.correlate(None))
    return told.where(reports.c.article_id == articles.c.id).correlate(articles).exists()


def _tellers(query: Query, known: Known) -> Select[str]:
    """The articles that tell such an event, some of them more than once."""
    return (
        select(reports.c.article_id)
        .select_from(events)
        .join(event_reports, event_reports.c.event_id == events.c.id)
        .join(reports, reports.c.id == event_reports.c.report_id)
        .where(reports.c.retracted_at.is_(None), of_event(query, known))
    )


def is_narrow(query: Query, known: Known) -> bool:
    """Whether an index finds the few events for which it holds."""
    match query:
        case And(parts):
            return any(is_narrow(part, known) for part in parts)
        case Or(parts):
            return all(is_narrow(part, known) for part in parts)
        case OfActor(actors):
            return known.common.isdisjoint(actors)
        case _:
            return isinstance(query, AtPlace | Near | OfPair | OfEvent)


def _told_by(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """An article that tells the event is so."""
    return (
        select(event_reports.c.event_id)
        .join(reports, reports.c.id == event_reports.c.report_id)
        .join(articles, articles.c.id == reports.c.article_id)
        .where(event_reports.c.event_id == events.c.id, reports.c.retracted_at.is_(None), condition)
        .correlate(events)
        .exists()
    )


def _shown_by(outlets: Iterable[str]) -> ColumnElement[bool]:
    keys = sorted({fold(one) for one in outlets})
    return or_(articles.c.outlet_key.in_(keys), articles.c.host.in_(keys))


def _published(first: str | None, last: str | None) -> ColumnElement[bool]:
    """A day of publication may have a time behind it, so the last day is all before the next."""
    day = articles.c.published
    conditions: list[ColumnElement[bool]] = [day.is_not(None)]
    if first is not None:
        conditions.append(day >= first)
    if last is not None and last < date.max.isoformat():
        conditions.append(day < (date.fromisoformat(last) + timedelta(days=1)).isoformat())
    return and_(*conditions)


def _near(lat: float, lon: float, km: float) -> ColumnElement[bool]:
    """By the straight line through the earth, which is the shorter the nearer two places are."""
    line = 2 * sin(min(km / EARTH_KM / 2, 1.5707963))
    spot = list(zip((events.c.x, events.c.y, events.c.z), point(lat, lon), strict=True))
    within = (axis.between(at - line, at + line) for axis, at in spot)  # an index is used for this
    parts = [(axis - at) * (axis - at) for axis, at in spot]
    return and_(*within, parts[0] + parts[1] + parts[2] <= line * line)


def _among(
    number: Column[int], index: WordIndex, words: Words, known: Known
) -> ColumnElement[bool]:
    """The rows of an index that hold the words, in any of the desk's languages."""
    choice = phrases_of(words, known.languages)
    if not choice:
        return false()
    found = index.match([choice], known.dialect)
    return number.in_(select(found.number).select_from(found.source).where(found.condition))
