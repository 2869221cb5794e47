"""A brief: what a query brought since some hour, by story, each act with a sentence that tells it.

What is to come and what was withdrawn or corrected stand after it. Nothing is summed up in words:
sentences are quoted from articles, all else is counted or labelled by the desk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlencode

from dragoman.model import Dated, Event, Report
from dragoman.model.query import And, Between, OfEvent, OfTelling
from dragoman.publish.pages.today import HAPPENS
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.arrived import Arrival, Arrived
from dragoman.publish.views.beside import in_story
from dragoman.publish.views.judged import in_words
from dragoman.publish.views.lines import REJECTED, EventLine, Lines
from dragoman.publish.views.storylines import StoryLine, story_line
from dragoman.publish.views.window import SINCE, Asked, Window, back_words, window_of
from dragoman.publish.wording import N_, NN_, gettext, ngettext, spoken_language
from dragoman.publish.words import NO_HEADLINE, STATUSES, counted, number_words, web_address
from dragoman.query import read_query, written
from dragoman.store.rows import ReportRow

STORIES = 8
"""Stories told; what others tell stands with what is in none."""
OF_STORY = 6
OF_OTHERS = 20
"""Acts told of a story, and beside all stories, the most told first; more are counted."""
READ = 300
"""Acts that are read to be told, those of most outlets first; those beyond are counted."""
SENTENCES = 2
"""Of an act: the one that tells it most fully, and one of another language."""
TO_COME = 12
AHEAD = 60
"""Announced events that are looked at for those to come."""
CHANGES = 20
LINKED = 40
"""Events that the address of a search may name."""

NOTHING = N_("Nothing was told for the first time, by more origins, or otherwise than before.")
FIRST = NN_("%(num)s event told for the first time", "%(num)s events told for the first time")
AGAIN = NN_("%(num)s told by more origins than before", "%(num)s told by more origins than before")
MORE = NN_("%(num)s more event", "%(num)s more events")
UNNAMED = NN_(
    "%(num)s more in which the desk knows neither side",
    "%(num)s more in which the desk knows neither side",
)

What = Literal["withdrawn", "rejected", "corrected", "turned", "fewer"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence as it stands in an article, and where that is."""

    text: str
    language: str | None
    outlet: str
    title: str
    article: str
    report: str
    published: Dated | None
    address: str | None
    """Of the article where it was printed; None for a bare text."""
    told: Report = field(metadata={"json": False})
    """The report, to light up who did what to whom."""


@dataclass(frozen=True, slots=True)
class Act:
    """An event in a brief."""

    line: EventLine
    gained: int | None
    """Origins that came to it; None where nobody had told it before."""
    said: tuple[Quoted, ...]

    @property
    def novelty(self) -> str | None:
        """What is new about an event that was told before."""
        if not self.gained:
            return None
        return ngettext("%s more origin", "%s more origins", self.gained) % self.gained


@dataclass(frozen=True, slots=True)
class Others:
    """Events that are counted, and not told; `address` searches for them."""

    number: int
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class StoryOfBrief:
    story: StoryLine
    acts: tuple[Act, ...]
    more: int
    """Acts of it that are on its own page."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the desk says otherwise than before, of an event."""

    what: What
    words: str
    at: str | None
    line: EventLine
    said: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefPage:
    query: str
    """As it was asked."""
    understood: str
    """With ids for names."""
    asked: Asked = field(metadata={"json": False})
    since: str
    until: str
    """Instants; what comes at the second one is not in it."""
    day: str
    """The last day within."""
    is_day_set: bool
    """The desk's settings name its day, which is why "now" is then."""
    new: int
    again: int
    """Events that nobody told before, and those that more origins tell."""
    articles: int
    outlets: int
    stories: tuple[StoryOfBrief, ...]
    others: tuple[Act, ...]
    """Beside the stories."""
    more: Others | None
    unnamed: Others | None
    """Acts of which the desk knows neither side."""
    to_come: tuple[Act, ...]
    changes: tuple[Change, ...]
    window: Window = field(metadata={"json": False})

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.again or self.changes)

    @property
    def lead(self) -> str:
        """How much there is, and from how many articles; empty where there is nothing."""
        counts = ((FIRST, self.new), (AGAIN, self.again))
        told = [ngettext(*words, n) % {"num": number_words(n)} for words, n in counts if n]
        if told:
            articles, outlets = counted(self.articles, "article"), counted(self.outlets, "outlet")
            of = gettext("%(articles)s of %(outlets)s")
            told.append(of % {"articles": articles, "outlets": outlets})
        return " · ".join(told)

    @property
    def period(self) -> tuple[str, ...]:
        """The time it looks back over, the query, and why the present is another one than now."""
        since, until = self.window.words
        words = gettext("What came from %(since)s to %(until)s (UTC)")
        if since == until:
            words = gettext("What came on %(until)s (UTC)")
        told = [words % {"since": since, "until": until}]
        if self.query:
            told.append(gettext("only what this finds: %(query)s") % {"query": self.query})
        if self.is_day_set:
            told.append(gettext("the settings of this desk name its day, and now is the end of it"))
        return tuple(told)

    @property
    def spans(self) -> tuple[tuple[str, str], ...]:
        """Since when it may be asked for instead, in words; as it is now among them."""
        offered = dict.fromkeys((SINCE, "3d", "7d", "30d", self.asked.since))
        return tuple((one, back_words(one)) for one in offered)

    @property
    def told(self) -> Iterator[Act]:
        """All acts that it tells, in its order."""
        for one in self.stories:
            yield from one.acts
        yield from self.others
        yield from self.to_come


def view(room: ReadingRoom, *, start: int = 0, brief: Asked) -> BriefPage:
    """Raises QueryError for a query that can't be understood, Unanswerable for what is no time."""
    query = read_query(brief.text, room.knowledge)
    window = window_of(brief, room.config.today)
    arrived, lines = Arrived(room, query, window), Lines(room)
    teller = Teller(room, lines)
    found = arrived.events()
    happened = [one for one in found if _happens(one.event) and one.gained != 0]
    happened.sort(key=lambda one: (-one.event.outlets, -one.event.origins, one.event.id))
    acts = [act for act in teller.acts(happened[:READ]) if act.line.judged != REJECTED]
    beyond = [one.event.id for one in happened[READ:]]
    gains = [act.gained for act in acts] + [one.gained for one in happened[READ:]]
    named = [act for act in acts if _is_named(act.line)]
    stories, others, more = _by_story(room, lines, named)
    ahead = room.store.find_events(
        And((query, OfTelling(("announced",)), Between(window.last_day, None))),
        order="oldest",
        limit=AHEAD,
    )
    to_come = _to_come(teller, found, arrived.known_by_then(ahead), window)
    return BriefPage(
        query=brief.text,
        understood=written(query),
        asked=brief,
        since=window.since.isoformat(timespec="seconds"),
        until=window.until.isoformat(timespec="seconds"),
        day=window.last_day,
        is_day_set=room.config.today is not None and not brief.until,
        new=gains.count(None),
        again=len(gains) - gains.count(None),
        articles=len(arrived.articles),
        outlets=_outlets(room, arrived.articles),
        stories=stories,
        others=others,
        more=_counted([*more, *beyond], *MORE),
        unnamed=_counted([act.line.id for act in acts if not _is_named(act.line)], *UNNAMED),
        to_come=to_come,
        changes=tuple(_changes(lines, teller, arrived, found))[:CHANGES],
        window=window,
    )


def _happens(event: Event) -> bool:
    return event.told_as == "news" and event.status in HAPPENS


def _is_named(line: EventLine) -> bool:
    return any(
        side.actor is not None or side.body is not None for side in (*line.sources, *line.targets)
    )


class Teller:
    """Makes acts of events, with their sentences; reports are read many at once."""

    def __init__(self, room: ReadingRoom, lines: Lines) -> None:
        self._room = room
        self._lines = lines

    def acts(self, arrivals: Sequence[Arrival]) -> list[Act]:
        """The most told first; of those, what names both its sides."""
        self._lines.read_ahead([one.event for one in arrivals])
        told = self._room.store.reports_of_events([one.event.id for one in arrivals])
        made = [
            Act(
                self._lines.event(one.event),
                one.gained,
                self.sentences(one.event, told.get(one.event.id, ()), one.reports),
            )
            for one in arrivals
        ]
        return sorted((act for act in made if act.said), key=_weight)

    def sentences(
        self, event: Event, rows: Sequence[ReportRow], preferred: Iterable[str]
    ) -> tuple[Quoted, ...]:
        """Of what came just now, else of all, what tells it most fully; one of each language, that
        of the reader first."""
        wanted = frozenset(preferred)
        standing = [row for row in rows if row.retracted_at is None]
        standing.sort(key=lambda row: (row.report.id not in wanted, row.report.id != event.best))
        by_language: dict[str | None, ReportRow] = {}
        for row in standing:
            by_language.setdefault(row.language, row)
        chosen = list(by_language.values())[:SENTENCES]
        chosen.sort(key=lambda row: row.language != spoken_language())
        return tuple(map(self._quoted, chosen))

    def _quoted(self, row: ReportRow) -> Quoted:
        report = self._room.display.report(row.report)
        found = self._room.store.article(report.article_id)
        outlet = self._room.outlet(found.article) if found is not None else row.outlet
        return Quoted(
            text=report.evidence_text,
            language=row.language,
            outlet=outlet or gettext("the article"),
            title=row.article_title or gettext(NO_HEADLINE),
            article=report.article_id,
            report=report.id,
            published=found.article.published if found is not None else None,
            address=web_address(row.article_url),
            told=report,
        )


def _weight(act: Act) -> tuple[int, int, bool, str]:
    line = act.line
    names_both = bool(line.sources and (line.targets or line.mutual))
    return -line.outlets, -line.origins, not names_both, line.id


def _by_story(
    room: ReadingRoom, lines: Lines, acts: Sequence[Act]
) -> tuple[tuple[StoryOfBrief, ...], tuple[Act, ...], list[str]]:
    """Acts by the story of the article that tells them, the rest, and ids of what is counted."""
    by_story: dict[str, list[Act]] = defaultdict(list)
    alone: list[Act] = []
    homes = room.store.stories_of_articles({act.said[0].article for act in acts})
    # Whether others tell it too is asked once for each story.
    tellers = {home: one for one, home in homes.items()}
    shared = {home for home, one in tellers.items() if in_story(room, one) is not None}
    for act in acts:
        home = homes.get(act.said[0].article, "")
        (by_story[home] if home in shared else alone).append(act)
    order = sorted(by_story, key=lambda one: (-sum(a.line.outlets for a in by_story[one]), one))
    stories = []
    for identity in order[:STORIES]:
        story, own = room.store.story(identity), by_story[identity]
        if story is not None:
            line = story_line(room, lines, story)
            stories.append(StoryOfBrief(line, tuple(own[:OF_STORY]), len(own[OF_STORY:])))
    told = {one.story.id for one in stories}
    alone += [act for one in order if one not in told for act in by_story[one]]
    alone.sort(key=_weight)
    return tuple(stories), tuple(alone[:OF_OTHERS]), [act.line.id for act in alone[OF_OTHERS:]]


def _counted(ids: Sequence[str], one: str, many: str) -> Others | None:
    if not ids:
        return None
    query = written(OfEvent(tuple(ids[:LINKED])))
    words = ngettext(one, many, len(ids)) % {"num": number_words(len(ids))}
    return Others(len(ids), f"/explore?{urlencode({'q': query})}", words)


def _to_come(
    teller: Teller, found: Sequence[Arrival], known: Sequence[Event], window: Window
) -> tuple[Act, ...]:
    """What is announced for the days after, the nearest first; then what was announced just now
    for no day."""
    new = {one.event.id: one for one in found if one.event.told_as == "announced"}
    dated = [new.get(event.id) or Arrival(event, frozenset(), 0, None) for event in known]
    undated = [one for one in new.values() if one.event.date is None]
    ahead = [one for one in (*dated, *undated) if one.event.status not in {"denied", "halted"}]
    acts = [act for act in teller.acts(ahead) if act.line.judged != REJECTED]
    acts = [act for act in acts if _is_named(act.line)]
    acts.sort(key=lambda act: (_first_day(act.line) or "9999", act.line.id))
    return tuple(acts[:TO_COME])


def _first_day(line: EventLine) -> str | None:
    return (line.date.start or line.date.end) if line.date is not None else None


def _changes(
    lines: Lines, teller: Teller, arrived: Arrived, found: Sequence[Arrival]
) -> Iterator[Change]:
    for event in arrived.withdrawn():
        words = gettext("withdrawn: no article tells it any more")
        yield Change("withdrawn", words, None, lines.event(event))
    for event, said in arrived.judged():
        what: What = "rejected" if said.kind == "reject" else "corrected"
        words = gettext("%(verdict)s by a person") % {"verdict": in_words(said.word)}
        yield Change(what, words, said.at, lines.event(event))
    for one in found:
        if one.turn is None or one.gained:
            continue
        history = one.event.history
        before = STATUSES[history[history.index(one.turn) - 1].status]
        words = gettext("%(before)s before, %(now)s now") % {
            "before": before,
            "now": STATUSES[one.turn.status],
        }
        for act in teller.acts([one]):
            yield Change("turned", words, one.turn.moment, act.line, act.said)


def _outlets(room: ReadingRoom, articles: Iterable[str]) -> int:
    listed = room.store.listed(sorted(articles))
    found = ((room.knowledge.outlets.at(one.url), one.outlet) for one in listed)
    return len({known.name if known is not None else name for known, name in found})
