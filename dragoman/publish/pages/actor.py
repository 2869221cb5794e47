"""An actor: names, activity, chronology, roles over time, counterparts, words, latest articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.knowledge.atlas import Actor
from dragoman.publish.charts.calendar import Calendar
from dragoman.publish.charts.months import DRAWN
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.activity import Partner, activity, partners, whole_time
from dragoman.publish.views.asking import Asked
from dragoman.publish.views.dossier import Dossier, dossier
from dragoman.publish.views.judged import JudgedLine, judged_lines
from dragoman.publish.views.lines import ArticleLine, EventLine, Lines
from dragoman.publish.views.said import Said, one_of_each_text, said_by
from dragoman.publish.views.tenures import Held, Tenures, holders, memberships, offices
from dragoman.publish.wording import N_, Table, gettext
from dragoman.publish.words import counted, number_words, spoken
from dragoman.store.rows import ArticleRow, ReportRow

ARTICLES = 12
ARTICLES_READ = 40
"""Newest articles that name the actor: what it said, and a person's reports, are found in these."""
PARTNERS = 12
KINDS: Mapping[str, str] = Table(
    {
        "person": N_("person"),
        "state": N_("state"),
        "igo": N_("intergovernmental organisation"),
        "armed-group": N_("armed group"),
        "party": N_("political party"),
        "organ": N_("organ of a state or organisation"),
        "body": N_("public body"),
        "ngo": N_("non-governmental organisation"),
        "agency": N_("agency"),
        "alliance": N_("alliance"),
        "company": N_("company"),
        "media": N_("media organisation"),
        "movement": N_("movement"),
    }
)
"""Kinds of actor of the atlas, in words."""


@dataclass(frozen=True, slots=True)
class ActorPage:
    id: str
    name: str
    names: tuple[tuple[str, str], ...]
    """(language, name), where it differs from the English one."""
    kind: str
    """In words."""
    is_state: bool = field(metadata=DRAWN)
    is_known: bool = field(metadata=DRAWN)
    """Whether the atlas has it."""
    note: str | None
    """The neutral line of a disputed territory."""
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
    activity: Calendar | None
    """Of the events that fit what is asked."""
    whole_time: str | None = field(metadata=DRAWN)
    """The query of all times, where the page is of some."""
    in_person: tuple[EventLine, ...]
    """Events in whose reports the person is a side, though they count for a state or body."""
    partners: tuple[Partner, ...]
    said: tuple[Said, ...]
    articles: tuple[ArticleLine, ...]
    judgements: tuple[JudgedLine, ...]
    """Of who it is."""

    @property
    def summary(self) -> str:
        """The record in a line: how much of it there is, of which kind, and with whom."""
        months = self.dossier.series.months
        cooperation = sum(month.cooperation for month in months)
        conflict = sum(month.conflict for month in months)
        events = counted(self.dossier.events, "event")
        if not cooperation and not conflict:
            return gettext("%s in the record.") % events
        numbers = {
            "events": events,
            "cooperation": number_words(cooperation),
            "conflict": number_words(conflict),
        }
        if not self.partners:
            return (
                gettext(
                    "%(events)s in the record; shown below are %(cooperation)s of cooperation and "
                    "%(conflict)s of conflict."
                )
                % numbers
            )
        return gettext(
            "%(events)s in the record, most often with %(name)s; shown below are %(cooperation)s "
            "of cooperation and %(conflict)s of conflict."
        ) % {**numbers, "name": self.partners[0].name}

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
        kind=_kind(actor),
        is_known=actor is not None,
        is_state=actor is not None and actor.kind == "state",
        note=_note(room, identity),
        country=country,
        country_name=room.actor_name(country) if country is not None else None,
        wikidata=actor.wikidata if actor is not None else None,
        day=room.today,
        office_times=offices(room, identity),
        holder_times=holders(room, identity),
        member_times=memberships(room, identity),
        dossier=found,
        activity=activity(room, identity, found, lines.wrong()),
        whole_time=whole_time(found.asked),
        in_person=_in_person(room, lines, identity, rows) if _is_person(room, identity) else (),
        partners=partners(room, identity, PARTNERS),
        said=said_by(room, lines, identity, texts),
        articles=tuple(lines.article(row) for row in texts[:ARTICLES]),
        judgements=judged_lines(store.judgements(identity), room.display),
    )


def _kind(actor: Actor | None) -> str:
    if actor is None:
        return gettext("not in the atlas")
    return KINDS.get(actor.kind) or spoken(actor.kind)


def _note(room: ReadingRoom, identity: str) -> str | None:
    """What stands beside a disputed place, where the actor is one."""
    place = room.knowledge.atlas.places.get(identity)
    return place.note if place is not None else None


def _now(times: Tenures | None) -> tuple[Held, ...]:
    return tuple(row for row in times.rows if row.held) if times is not None else ()


def _is_person(room: ReadingRoom, identity: str) -> bool:
    actor = room.knowledge.atlas.actors.get(identity)
    return actor is not None and actor.kind == "person"


def _in_person(
    room: ReadingRoom, lines: Lines, person: str, rows: Sequence[ArticleRow]
) -> tuple[EventLine, ...]:
    """Found in the newest articles that name the person; newest first, each event once."""
    told = room.store.reports_of_articles([found.article.id for found in rows])
    ids = dict.fromkeys(
        row.event_id
        for found in rows
        for row in told.get(found.article.id, ())
        if row.event_id is not None and _is_side(row, person)
    )
    events = room.store.events_called(list(ids))
    made = lines.events([one for one in events if person not in {one.source, one.target}])
    return tuple(sorted(made, key=_newest_first, reverse=True))


def _newest_first(line: EventLine) -> str:
    return (line.date.day or "") if line.date is not None else ""


def _is_side(row: ReportRow, person: str) -> bool:
    return any(side.actor == person for side in (*row.report.sources, *row.report.targets))
