"""Who told an event first, what its reports tell alike, and on what they contradict each other.

In: an event and the article of each report. Out: words and links as pages print them. Nothing is
weighed here: what contradicts what was found when the reports were joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dragoman.model import Aspect, Dated, Difference, Event, Status, Version
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.lines import ArticleLine
from dragoman.publish.wording import N_, gettext
from dragoman.publish.words import STATUSES, dated_words, language_words, number_words

ASPECTS: dict[Aspect, str] = {
    "category": N_("kind of act"),
    "mode": N_("manner"),
    "status": N_("whether it happened"),
    "source": N_("who did it"),
    "target": N_("to whom"),
    "date": N_("date"),
    "place": N_("place"),
    "killed": N_("people killed"),
    "wounded": N_("people wounded"),
    "detained": N_("people detained"),
    "displaced": N_("people displaced"),
    "troops": N_("troops"),
    "money": N_("amount of money"),
}
TELLERS = 10
"""Who is named for each version, oldest first; of the others it is told how many there are."""


@dataclass(frozen=True, slots=True)
class Teller:
    """A report that tells something, by its outlet."""

    report: str
    outlet: str
    language: str | None


@dataclass(frozen=True, slots=True)
class VersionLine:
    value: str
    words: str
    tellers: tuple[Teller, ...]
    more: int
    """How many more outlets tell it so."""


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    aspect: Aspect
    words: str
    versions: tuple[VersionLine, ...]


@dataclass(frozen=True, slots=True)
class TurnLine:
    """From when on a status was told."""

    status: Status
    moment: str | None
    teller: Teller | None


@dataclass(frozen=True, slots=True)
class FirstLine:
    report: str
    outlet: str
    moment: str | None
    article: ArticleLine | None


@dataclass(frozen=True, slots=True)
class Agreement:
    first: FirstLine | None
    languages: tuple[str, ...]
    history: tuple[TurnLine, ...]
    alike: tuple[str, ...]
    differences: tuple[DifferenceLine, ...]


def agreement(
    room: ReadingRoom,
    event: Event,
    articles: Mapping[str, ArticleLine | None],
    named: int = TELLERS,
) -> Agreement:
    """`articles`: by report; what is told by a report without one is passed over. `named`: tellers
    of each version."""
    tellers = {
        report_id: Teller(report_id, article.outlet, article.language)
        for report_id, article in articles.items()
        if article is not None
    }
    return Agreement(
        first=_first(event, articles),
        languages=tuple(language_words(code) for code in event.languages),
        history=tuple(
            TurnLine(turn.status, turn.moment, tellers.get(turn.report_id))
            for turn in event.history
        ),
        alike=tuple(gettext(ASPECTS[aspect]) for aspect in event.alike),
        differences=tuple(
            _difference(room, event, one, tellers, named) for one in event.differences
        ),
    )


def _first(event: Event, articles: Mapping[str, ArticleLine | None]) -> FirstLine | None:
    first = event.first
    if first is None:
        return None
    article = articles.get(first.report_id)
    return FirstLine(first.report_id, first.outlet, first.moment, article)


def _difference(
    room: ReadingRoom, event: Event, one: Difference, tellers: Mapping[str, Teller], named: int
) -> DifferenceLine:
    def line(version: Version) -> VersionLine:
        told = _each_once(tellers[one] for one in version.report_ids if one in tellers)
        words = value_words(room, event, one.aspect, version.value)
        shown = told[:named]
        more = {one.outlet for one in told} - {one.outlet for one in shown}
        return VersionLine(version.value, words, shown, len(more))

    versions = tuple(line(version) for version in one.versions)
    return DifferenceLine(one.aspect, gettext(ASPECTS[one.aspect]), versions)


def _each_once(tellers: Iterable[Teller]) -> tuple[Teller, ...]:
    """One for each outlet and language, though an article may tell it in several sentences."""
    first: dict[tuple[str, str | None], Teller] = {}
    for one in tellers:
        first.setdefault((one.outlet, one.language), one)
    return tuple(first.values())


def value_words(room: ReadingRoom, event: Event, aspect: Aspect, value: str) -> str:
    """One version as pages print it: an id by its name, a day or number in full."""
    if aspect == "category":
        return room.category(value)
    if aspect == "mode":
        return room.mode(event.category, value) or value
    if aspect in {"source", "target"}:
        return room.actor_name(value)
    if aspect == "date":
        start, _, end = value.partition("/")
        return dated_words(Dated(start, end or start, "day", ""))
    if aspect in {"place", "status"}:
        return STATUSES[value] if aspect == "status" else value
    return "–".join(number_words(int(number)) for number in value.split("-"))
