"""Articles by the hour of their printing, a lane for each language: geometry for an SVG.

In: articles of a story with the moment of their printing. Out: `Hours`: marks in lanes, ticks, and
the same as rows of a table. A day without an hour is drawn as long as the day; what has no day is
counted and has no mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from babel.dates import format_date, format_time

from dragoman.publish.charts.months import DRAWN, Tick
from dragoman.publish.wording import gettext, spoken_language
from dragoman.publish.words import counted, day_words, language_words, listed

WIDTH, EDGE = 720, 8
LABEL, ROW, GAP, AXIS = 26, 18, 10, 30
"""Heights: a lane's name, a row of marks, what is between two lanes, the words of the axis."""
ROWS = 6
"""Of marks in a lane, where they would lie on one another; others stand in the table alone."""
MARK = 12
"""Width of an article whose minute is known, and the least of a day."""
BAR = 8
"""Height of one whose day alone is known."""
APART = 2
TICKS = 7
DAY = timedelta(days=1)
STEPS = tuple(
    timedelta(hours=n) for n in (1, 2, 3, 6, 12, 24, 48, 168, 336, 720, 2160, 4320, 8760, 87600)
)
"""Between two ticks."""


@dataclass(frozen=True, slots=True)
class Printed:
    """An article and when it was printed: an ISO day, or a minute of UTC; None if not known."""

    article: str
    title: str
    outlet: str
    language: str | None
    moment: str | None
    copy_of: str | None = None
    """The outlet whose text it prints."""

    @property
    def is_exact(self) -> bool:
        return self.moment is not None and "T" in self.moment

    @property
    def words(self) -> str:
        """ "17 March 2024, 14:05 UTC", or the day alone."""
        if self.moment is None:
            return gettext("no date")
        day, _, clock = self.moment.partition("T")
        return f"{day_words(day)}, {clock[:5]} UTC" if clock else day_words(day)


@dataclass(frozen=True, slots=True)
class Mark:
    printed: Printed
    x: float = field(metadata=DRAWN)
    """Its left edge."""
    y: float = field(metadata=DRAWN)
    """Its middle."""
    width: float = field(metadata=DRAWN)
    height: float = field(metadata=DRAWN)

    @property
    def top(self) -> float:
        return self.y - self.height / 2

    @property
    def title(self) -> str:
        one = self.printed
        said = gettext("%(outlet)s, %(when)s: %(title)s")
        said %= {"outlet": one.outlet, "when": one.words, "title": one.title}
        if one.copy_of is None:
            return said
        copy = gettext("copy of %(outlet)s") % {"outlet": one.copy_of}
        return f"{said} ({copy})"


@dataclass(frozen=True, slots=True)
class Lane:
    language: str | None
    marks: tuple[Mark, ...]
    crowded: int
    """How many more have no room in it."""
    top: float = field(metadata=DRAWN)

    @property
    def name(self) -> str:
        number = len(self.marks) + self.crowded
        return gettext("%(language)s: %(articles)s") % {
            "language": language_words(self.language),
            "articles": counted(number, "article"),
        }


@dataclass(frozen=True, slots=True)
class Hours:
    lanes: tuple[Lane, ...]
    """The language with most articles first."""
    dated: tuple[Printed, ...] = field(metadata=DRAWN)
    """In the order of printing."""
    table: tuple[Printed, ...] = field(metadata=DRAWN)
    """Those of them that are wanted as rows."""
    undated: int
    ticks: tuple[Tick, ...] = field(metadata=DRAWN)
    floor: float = field(metadata=DRAWN)
    """Where the axis is."""
    height: float = field(metadata=DRAWN)
    width: int = field(default=WIDTH, metadata=DRAWN)

    @property
    def crowded(self) -> int:
        return sum(lane.crowded for lane in self.lanes)

    @property
    def has_minutes(self) -> bool:
        return any(one.is_exact for one in self.dated)

    @property
    def has_days(self) -> bool:
        return any(not one.is_exact for one in self.dated)

    @property
    def copies(self) -> int:
        return sum(one.copy_of is not None for one in self.dated)

    @property
    def description(self) -> str:
        """How many, in which languages, from when to when."""
        start, end = self.dated[0].words, self.dated[-1].words
        several = gettext("%(articles)s in %(languages)s, from %(start)s to %(end)s")
        said = several if start != end else gettext("%(articles)s in %(languages)s, %(start)s")
        return said % {
            "articles": counted(len(self.dated), "article"),
            "languages": listed(tuple(language_words(lane.language) for lane in self.lanes)),
            "start": start,
            "end": end,
        }


def hours(articles: Iterable[Printed], wanted: Collection[str] | None = None) -> Hours | None:
    """`wanted`: ids of the articles that its table has; None for all. None where no article has a
    day."""
    found = list(articles)
    dated = sorted((one for one in found if one.moment), key=lambda one: (one.moment, one.article))
    if not dated:
        return None
    scale = _scale([_bounds(one) for one in dated])
    spoken = Counter(one.language for one in dated)
    lanes: list[Lane] = []
    top = 0.0
    for code in sorted(spoken, key=lambda code: (-spoken[code], code is None, code or "")):
        lane, rows = _lane(code, [one for one in dated if one.language == code], top, scale)
        lanes.append(lane)
        top += LABEL + rows * ROW + GAP
    return Hours(
        lanes=tuple(lanes),
        dated=tuple(dated),
        table=tuple(one for one in dated if wanted is None or one.article in wanted),
        undated=len(found) - len(dated),
        ticks=tuple(_ticks(scale)),
        floor=top,
        height=top + AXIS,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    start: datetime
    end: datetime
    step: timedelta

    def x(self, at: datetime) -> float:
        return round(EDGE + (at - self.start) / (self.end - self.start) * (WIDTH - 2 * EDGE), 1)


def _bounds(one: Printed) -> tuple[datetime, datetime]:
    """Between which instants it was printed; the same twice where the minute is known."""
    at = datetime.fromisoformat(one.moment or "").replace(tzinfo=None)
    return at, at if one.is_exact else at + DAY


def _scale(bounds: Sequence[tuple[datetime, datetime]]) -> _Scale:
    """From one step to another around all of them, by the smallest step that has few enough."""
    first, last = min(start for start, _ in bounds), max(end for _, end in bounds)
    for step in STEPS:
        start, end = _floor(first, step), _floor(last, step)
        end += step if end < last or end == start else timedelta()
        if (end - start) / step <= TICKS:
            break
    return _Scale(start, end, step)


def _floor(at: datetime, step: timedelta) -> datetime:
    """Steps of less than a day are of that day; longer ones begin with any day."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (at - midnight) // step * step


def _lane(
    language: str | None, printed: Iterable[Printed], top: float, scale: _Scale
) -> tuple[Lane, int]:
    """The lane and its rows: a mark goes into the first row that is free where it stands."""
    ends: list[float] = []
    marks: list[Mark] = []
    crowded = 0
    for one in printed:
        x, width = _place(one, scale)
        row = next((i for i, end in enumerate(ends) if x >= end + APART), len(ends))
        if row == ROWS:
            crowded += 1
            continue
        ends[row : row + 1] = [x + width]
        y = top + LABEL + (row + 0.5) * ROW
        marks.append(Mark(one, x, y, width, MARK if one.is_exact else BAR))
    return Lane(language, tuple(marks), crowded, top), len(ends)


def _place(one: Printed, scale: _Scale) -> tuple[float, float]:
    """Where its mark begins and how wide it is; whole within the chart."""
    start, end = (scale.x(at) for at in _bounds(one))
    width = MARK if one.is_exact else max(end - start - 2 * APART, MARK)
    x = (start + end - width) / 2
    return round(min(max(x, 0), WIDTH - width), 1), round(width, 1)


def _ticks(scale: _Scale) -> Iterator[Tick]:
    at = scale.start
    while at < scale.end:
        yield Tick(scale.x(at), _tick_words(at, scale))
        at += scale.step


def _tick_words(at: datetime, scale: _Scale) -> str:
    """The hour, and at midnight the day; the first one has its day in any case."""
    locale = spoken_language()
    many_years = scale.start.year != (scale.end - timedelta(seconds=1)).year
    pattern = "d MMM y" if many_years else "d MMM"
    day = format_date(at, "MMM y" if scale.step > 30 * DAY else pattern, locale=locale)
    if at.hour == 0:
        return day
    hour = format_time(at, "HH:mm", locale=locale)
    return f"{day}, {hour}" if at == scale.start else hour
