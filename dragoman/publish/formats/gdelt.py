"""Events in the 61 columns of GDELT 2.0's event files, in their order, without a header.

What GDELT counts we count: mentions are reports, sources are outlets (copies included), articles
are articles. What we can't say is empty: tone, ethnic and religious codes, divisions of states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import BinaryIO

from dragoman.knowledge.countries import cameo, fips
from dragoman.knowledge.eventdata import group_code
from dragoman.model import Report
from dragoman.publish.formats import Format
from dragoman.publish.formats.columns import EMPTY, Column, Value, in_form, write_tsv
from dragoman.publish.formats.done import LEFT_OUT, day_of, is_done, span_of
from dragoman.publish.formats.event_columns import source_side, target_side
from dragoman.publish.formats.gdelt_codes import GOLDSTEIN, TYPES, number_of, root_of
from dragoman.publish.gathering import About, EventItem
from dragoman.publish.wording import N_

Events = Column[EventItem]
UNITED_STATES = "USA"


def moment_of(day: str | None) -> int | None:
    """A day as GDELT writes a moment: YYYYMMDDHHMMSS, at midnight."""
    found = day_of(day)
    return int(f"{found:%Y%m%d}000000") if found is not None else None


def added(item: EventItem) -> int | None:
    """When it was first told."""
    days = (row.published for row in item.reports if row.published is not None)
    return moment_of(min(days, default=None))


def _when(name: str, type_: str, means: str, value: Callable[[date], Value]) -> Events:
    def of(item: EventItem) -> Value:
        first, _ = span_of(item)
        return value(first) if first is not None else None

    return Column(name, type_, means, of)


def _actor(
    number: int, country: Callable[[EventItem], str | None], sector: Callable[[EventItem], Value]
) -> Iterator[Events]:
    def group(item: EventItem) -> str | None:
        return item.event.source if number == 1 else item.event.target

    def type_of(item: EventItem) -> str | None:
        return TYPES.get(str(sector(item)))

    def code(item: EventItem) -> str | None:
        return f"{cameo(country(item)) or ''}{type_of(item) or ''}" or None

    def name(item: EventItem) -> str | None:
        said = item.event.source_name if number == 1 else item.event.target_name
        return said.upper() or None

    first = f"Actor{number}"
    yield Column(f"{first}Code", "code", "CAMEO country and type, one after the other.", code)
    yield Column(f"{first}Name", "text", "Name in capitals, as GDELT writes them.", name)
    yield Column(f"{first}CountryCode", "code", "CAMEO country (alpha-3; ROM and TMP are older).",
                 lambda item: cameo(country(item)))  # fmt: skip
    yield Column(f"{first}KnownGroupCode", "code", "CAMEO code of the organisation or armed group.",
                 lambda item: group_code(group(item)))  # fmt: skip
    yield Column(f"{first}Type1Code", "code", "CAMEO type of the actor, from its sector.", type_of)


def _geo(of: str, *, is_told: bool) -> Iterator[Events]:
    if not is_told:
        yield Column(f"{of}Geo_Type", "integer", "0: no place of its own is told.", lambda _item: 0)
        return
    yield Column(
        f"{of}Geo_Type",
        "integer",
        "0 none, 1 a state, 3 a place in the United States, 4 any other place.",
        _kind_of_place,
    )
    yield _place(f"{of}Geo_Fullname", "text", "Name of the place.", "name")
    yield Column(
        f"{of}Geo_CountryCode",
        "code",
        "FIPS 10-4 code of the state.",
        lambda item: fips(item.event.place.country) if item.event.place else None,
    )
    yield _place(f"{of}Geo_Lat", "number", "Latitude in degrees, north positive.", "lat")
    yield _place(f"{of}Geo_Long", "number", "Longitude in degrees, east positive.", "lon")


def _place(name: str, type_: str, means: str, attribute: str) -> Events:
    return Column(name, type_, means, lambda item: getattr(item.event.place, attribute, None))


def _kind_of_place(item: EventItem) -> int:
    place = item.event.place
    if place is None:
        return 0
    if place.id == place.country:
        return 1
    return 3 if place.country == UNITED_STATES else 4


def _act(name: str, type_: str, means: str, value: Callable[[Report], Value]) -> Events:
    return Column(name, type_, means, lambda item: value(item.best.report) if item.best else None)


TOLD: tuple[Events, ...] = (
    Column("GlobalEventID", "integer",
           "A number of 53 bits made of the event's id; it never changes.",
           lambda item: number_of(item.event.id)),
    _when("Day", "integer", "First day, as YYYYMMDD.", lambda day: int(f"{day:%Y%m%d}")),
    _when("MonthYear", "integer", "Its month, as YYYYMM.", lambda day: int(f"{day:%Y%m}")),
    _when("Year", "integer", "Its year.", lambda day: day.year),
    _when("FractionDate", "number",
          "The year and the part of it that has passed, in months of 30 days.",
          lambda day: round(day.year + ((day.month - 1) * 30 + day.day) / 365, 4)),
    *_actor(1, lambda item: item.source_country,
            lambda item: side.sector if (side := source_side(item)) else None),
    *_actor(2, lambda item: item.target_country,
            lambda item: side.sector if (side := target_side(item)) else None),
    Column("IsRootEvent", "integer", EMPTY, lambda _item: None),
    _act("EventCode", "code", "CAMEO code; text, since it may begin with 0.",
         lambda one: one.cameo),
    _act("EventBaseCode", "code", "Its first three digits.",
         lambda one: one.cameo[:3] if one.cameo else None),
    _act("EventRootCode", "code", "Its first two digits.", lambda one: root_of(one.cameo)),
    _act("QuadClass", "integer", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, "
         "4 material conflict.", lambda one: one.quad),
    _act("GoldsteinScale", "number", "From -10 to 10, by the root of the code alone.",
         lambda one: GOLDSTEIN.get(root_of(one.cameo) or "")),
    Column("NumMentions", "integer", "How many reports tell it.", lambda item: len(item.reports)),
    Column("NumSources", "integer", "How many outlets tell it, copies included.",
           lambda item: item.event.outlets),
    Column("NumArticles", "integer", "How many articles tell it.",
           lambda item: len({row.report.article_id for row in item.reports})),
    Column("AvgTone", "number", EMPTY, lambda _item: None),
    *_geo("Actor1", is_told=False),
    *_geo("Actor2", is_told=False),
    *_geo("Action", is_told=True),
    Column("DATEADDED", "integer", "The day on which it was first told, as YYYYMMDD000000.", added),
    Column("SOURCEURL", "text", "Address of the article that tells it most fully.",
           lambda item: item.best.article_url if item.best else None),
)  # fmt: skip
COLUMNS = in_form("gdelt", TOLD, "code")


def _write(items: Iterable[EventItem], _about: About, out: BinaryIO) -> int:
    return write_tsv(COLUMNS, filter(is_done, items), out, header=False)


FORMAT = Format(
    "gdelt",
    ".export.csv",
    "text/tab-separated-values",
    "events",
    N_(
        "The 61 columns of GDELT 2.0's event files, tab-separated, without header, for tools "
        "that read these."
    )
    + f" {LEFT_OUT}",
    _write,
    COLUMNS,
    holds=is_done,
)
