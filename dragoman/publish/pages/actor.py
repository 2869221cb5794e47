"""An actor: what it is, offices held, events in both roles, partners, words, latest articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.knowledge.tenure import Role
from dragoman.publish.lines import ArticleLine, EventLine, Lines
from dragoman.publish.room import ReadingRoom
from dragoman.publish.said import Said, said_by
from dragoman.publish.words import spoken
from dragoman.store.rows import ArticleRow, ReportRow

EVENTS = 60
ARTICLES = 12
ARTICLES_READ = 40
"""Newest articles that name the actor: what it said, and a person's reports, are found in these."""
PARTNERS = 12


@dataclass(frozen=True, slots=True)
class Held:
    """An office: `who` holds it (on a body's page) or `where` it is held (on a person's)."""

    office: str
    actor: str
    name: str
    start: str
    end: str | None
    known_until: str
    as_of: str | None
    """Day of the last look-up, where it holds on the desk's day only as last known."""


@dataclass(frozen=True, slots=True)
class Member:
    actor: str
    name: str
    since: str
    until: str | None
    as_of: str | None
    """Day of the last look-up, where it holds on the desk's day only as last known."""


@dataclass(frozen=True, slots=True)
class Partner:
    actor: str
    name: str
    events: int


@dataclass(frozen=True, slots=True)
class ActorPage:
    id: str
    name: str
    names: tuple[tuple[str, str], ...]
    """(language, name), where it differs from the English one."""
    kind: str
    country: str | None
    country_name: str | None
    wikidata: str | None
    day: str
    offices: tuple[Held, ...]
    holders: tuple[Held, ...]
    memberships: tuple[Member, ...]
    events: tuple[EventLine, ...]
    next_events: int | None
    start: int
    in_person: tuple[EventLine, ...]
    """Events in whose reports the person is a side, though they count for a state or body."""
    partners: tuple[Partner, ...]
    said: tuple[Said, ...]
    articles: tuple[ArticleLine, ...]

    @property
    def as_source(self) -> tuple[EventLine, ...]:
        return tuple(line for line in self.events if _acts(line, self.id))

    @property
    def as_target(self) -> tuple[EventLine, ...]:
        return tuple(line for line in self.events if not _acts(line, self.id))


def view(room: ReadingRoom, identity: str, *, start: int = 0) -> ActorPage | None:
    store, lines = room.store, Lines(room)
    found = store.events_of_actor(identity, limit=EVENTS + 1, offset=start)
    rows = store.articles_of_actor(identity, limit=ARTICLES_READ)
    texts = _one_of_each_text(room, rows)
    actor = room.knowledge.atlas.actors.get(identity)
    if actor is None and not found and not rows and not start:
        return None
    name = room.actor_name(identity)
    country = actor.country if actor is not None and actor.country != identity else None
    names = actor.names if actor is not None else {}
    others = ((code, forms[0]) for code, forms in names.items() if code != "any" and forms)
    return ActorPage(
        id=identity,
        name=name,
        names=tuple((code, other) for code, other in others if other != name),
        kind=spoken(actor.kind) if actor is not None else "not in the atlas",
        country=country,
        country_name=room.actor_name(country) if country is not None else None,
        wikidata=actor.wikidata if actor is not None else None,
        day=room.today,
        offices=tuple(_offices(room, identity)),
        holders=tuple(_holders(room, identity)),
        memberships=tuple(_memberships(room, identity)),
        events=lines.events(found[:EVENTS]),
        next_events=start + EVENTS if len(found) > EVENTS else None,
        start=start,
        in_person=_in_person(room, lines, identity, rows) if _is_person(room, identity) else (),
        partners=tuple(
            Partner(other, room.actor_name(other), number)
            for other, number in store.partners_of_actor(identity, PARTNERS)
        ),
        said=said_by(room, lines, identity, texts),
        articles=tuple(lines.article(row) for row in texts[:ARTICLES]),
    )


def _is_person(room: ReadingRoom, identity: str) -> bool:
    actor = room.knowledge.atlas.actors.get(identity)
    return actor is not None and actor.kind == "person"


def _offices(room: ReadingRoom, person: str) -> Iterator[Held]:
    held = room.knowledge.atlas.roles_by_person.get(person, ())
    for role in sorted(held, key=lambda role: role.start, reverse=True):
        yield _held(role, role.actor, room)


def _holders(room: ReadingRoom, body: str) -> Iterator[Held]:
    for role in room.knowledge.atlas.roles:
        if role.actor == body and (role.held_on(room.today) or role.last_known_on(room.today)):
            yield _held(role, role.person, room)


def _held(role: Role, shown: str, room: ReadingRoom) -> Held:
    return Held(
        spoken(role.office),
        shown,
        room.actor_name(shown),
        role.start,
        role.end,
        role.known_until,
        role.as_of(room.today),
    )


def _memberships(room: ReadingRoom, identity: str) -> Iterator[Member]:
    """The bodies a state belongs to, or the states that belong to a body, on the desk's day."""
    for one in room.knowledge.atlas.memberships_on(identity, room.today):
        other = one.organisation if identity == one.state else one.state
        yield Member(other, room.actor_name(other), one.start, one.end, one.as_of(room.today))


def _in_person(
    room: ReadingRoom, lines: Lines, person: str, rows: Sequence[ArticleRow]
) -> tuple[EventLine, ...]:
    """Found in the newest articles that name the person; newest first, each event once."""
    ids = dict.fromkeys(
        row.event_id
        for found in rows
        for row in room.store.reports_of_article(found.article.id)
        if row.event_id is not None and _is_side(row, person)
    )
    events = (room.store.event(identity) for identity in ids)
    made = [
        lines.event(event)
        for event in events
        if event is not None and person not in {event.source, event.target}
    ]
    return tuple(sorted(made, key=_newest_first, reverse=True))


def _one_of_each_text(room: ReadingRoom, rows: Sequence[ArticleRow]) -> list[ArticleRow]:
    """Of an article and its copies only the first in the list."""
    roots: dict[str, ArticleRow] = {}
    for row in rows:
        copied = room.store.origin_of(row.article.id)
        roots.setdefault(copied[0] if copied is not None else row.article.id, row)
    return list(roots.values())


def _newest_first(line: EventLine) -> str:
    return (line.date.start or line.date.end or "") if line.date is not None else ""


def _is_side(row: ReportRow, person: str) -> bool:
    return any(side.actor == person for side in (*row.report.sources, *row.report.targets))


def _acts(line: EventLine, actor: str) -> bool:
    return any(actor in {party.actor, party.body} for party in line.sources)
