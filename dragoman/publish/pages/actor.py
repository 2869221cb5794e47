"""An actor: what it is, its chronology, roles over time, partners, words, latest articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.asking import Asked
from dragoman.publish.views.dossier import Dossier, dossier
from dragoman.publish.views.lines import ArticleLine, EventLine, Lines
from dragoman.publish.views.said import Said, one_of_each_text, said_by
from dragoman.publish.views.tenures import Held, Tenures, holders, memberships, offices
from dragoman.publish.words import spoken
from dragoman.store.rows import ArticleRow, ReportRow

ARTICLES = 12
ARTICLES_READ = 40
"""Newest articles that name the actor: what it said, and a person's reports, are found in these."""
PARTNERS = 12


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
    office_times: Tenures | None
    """Offices that a person held."""
    holder_times: Tenures | None
    """Who held the offices of a state or body."""
    member_times: Tenures | None
    """The bodies a state belongs to, or the states that belong to a body."""
    dossier: Dossier
    in_person: tuple[EventLine, ...]
    """Events in whose reports the person is a side, though they count for a state or body."""
    partners: tuple[Partner, ...]
    said: tuple[Said, ...]
    articles: tuple[ArticleLine, ...]

    @property
    def offices(self) -> tuple[Held, ...]:
        return self.office_times.rows if self.office_times is not None else ()

    @property
    def holders(self) -> tuple[Held, ...]:
        """Those on the day of the page."""
        return _now(self.holder_times)

    @property
    def memberships(self) -> tuple[Held, ...]:
        """Those on the day of the page."""
        return _now(self.member_times)

    @property
    def events(self) -> tuple[EventLine, ...]:
        return tuple(self.dossier.lines)


def view(
    room: ReadingRoom, identity: str, *, start: int = 0, asked: Asked | None = None
) -> ActorPage | None:
    """Newest first, unless asked otherwise."""
    store, lines = room.store, Lines(room)
    found = dossier(room, lines, identity, None, asked or Asked(start=start), newest=True)
    rows = store.articles_of_actor(identity, limit=ARTICLES_READ)
    texts = one_of_each_text(room, rows)
    actor = room.knowledge.atlas.actors.get(identity)
    if actor is None and not found.events and not rows:
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
        office_times=offices(room, identity),
        holder_times=holders(room, identity),
        member_times=memberships(room, identity),
        dossier=found,
        in_person=_in_person(room, lines, identity, rows) if _is_person(room, identity) else (),
        partners=tuple(
            Partner(other, room.actor_name(other), number)
            for other, number in store.partners_of_actor(identity, PARTNERS)
        ),
        said=said_by(room, lines, identity, texts),
        articles=tuple(lines.article(row) for row in texts[:ARTICLES]),
    )


def _now(times: Tenures | None) -> tuple[Held, ...]:
    return tuple(row for row in times.rows if row.held) if times is not None else ()


def _is_person(room: ReadingRoom, identity: str) -> bool:
    actor = room.knowledge.atlas.actors.get(identity)
    return actor is not None and actor.kind == "person"


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


def _newest_first(line: EventLine) -> str:
    return (line.date.day or "") if line.date is not None else ""


def _is_side(row: ReportRow, person: str) -> bool:
    return any(side.actor == person for side in (*row.report.sources, *row.report.targets))
