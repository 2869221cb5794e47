"""Events in the columns of POLECAT's weekly files: tab-separated, with their header.

The header is the one that published readers of these files expect; it was not compared with a file
of the data set itself, so this form is called POLECAT-like. Contexts and modes are PLOVER's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO

from dragoman.knowledge.countries import country_name
from dragoman.model import Side
from dragoman.publish.formats import Format
from dragoman.publish.formats.columns import CODES, Column, Value, in_form, write_tsv
from dragoman.publish.formats.done import LEFT_OUT, is_done, span_of
from dragoman.publish.formats.event_columns import source_side, target_side
from dragoman.publish.gathering import About, EventItem
from dragoman.publish.wording import N_
from dragoman.store.rows import ReportRow

Events = Column[EventItem]
QUADS = {
    1: "VERBAL COOPERATION",
    2: "MATERIAL COOPERATION",
    3: "VERBAL CONFLICT",
    4: "MATERIAL CONFLICT",
}
GEONAMES = "geonames-"


def _row(name: str, type_: str, means: str, value: Callable[[ReportRow], Value]) -> Events:
    return Column(name, type_, means, lambda item: value(item.best) if item.best else None)


def _side(
    what: str,
    name: Callable[[EventItem], str],
    country: Callable[[EventItem], str | None],
    side: Callable[[EventItem], Side | None],
    sides: Callable[[EventItem], Sequence[Side]],
) -> Iterator[Events]:
    yield Column(f"{what} Name", "text", "Name of the actor in the atlas, else as told.", name)
    yield Column(f"{what} Country", "code", "State it is or belongs to (alpha-3).", country)
    yield Column(f"Primary {what} Sector", "code", "What it is, by PLOVER's sectors.",
                 lambda item: found.sector if (found := side(item)) else None)  # fmt: skip
    yield Column(f"{what} Sectors", CODES, "Sectors of all who stand on this side.",
                 lambda item: tuple(one.sector for one in sides(item) if one.sector))  # fmt: skip
    yield Column(f"{what} Name Raw", CODES, "All who stand on this side, in the article's words.",
                 lambda item: tuple(one.name for one in sides(item)))  # fmt: skip


def _place(name: str, type_: str, means: str, attribute: str) -> Events:
    return Column(name, type_, means, lambda item: getattr(item.event.place, attribute, None))


def _geonames(item: EventItem) -> int | None:
    place = item.event.place
    found = place.id.removeprefix(GEONAMES) if place and place.id.startswith(GEONAMES) else ""
    return int(found) if found.isdecimal() else None


TOLD: tuple[Events, ...] = (
    Column("Event ID", "text", "Id of the event; it never changes.", lambda item: item.event.id),
    Column("Event Date", "date", "First day.", lambda item: str(span_of(item)[0] or "")),
    Column("Event Type", "code", "PLOVER category.", lambda item: item.event.category),
    _row("Event Mode", "code", "PLOVER mode.", lambda row: row.report.mode),
    _row("Quad Code", "code", "Quad class in words.", lambda row: QUADS.get(row.report.quad)),
    _row("Contexts", CODES, "What it is about.", lambda row: row.report.context),
    *_side("Actor", lambda item: item.event.source_name, lambda item: item.source_country,
           source_side, lambda item: item.best.report.sources if item.best else ()),
    *_side("Recipient", lambda item: item.event.target_name, lambda item: item.target_country,
           target_side, lambda item: item.best.report.targets if item.best else ()),
    _place("Placename", "text", "Name of the place.", "name"),
    Column("Country", "text", "English name of the state that holds it by UN recognition.",
           lambda item: country_name(item.event.place.country) if item.event.place else None),
    _place("Latitude", "number", "In degrees, north positive.", "lat"),
    _place("Longitude", "number", "In degrees, east positive.", "lon"),
    Column("GeoNames ID", "integer", "Its number at GeoNames, where the place is from there.",
           _geonames),
    _row("Source", "text", "The outlet of the report that tells it most fully.",
         lambda row: row.outlet),
    _row("Publication Date", "date", "The day of its article.", lambda row: row.published),
    _row("Language", "code", "Its language (ISO 639).", lambda row: row.language),
    _row("Version", "text", "Version of the coder that made the report.",
         lambda row: row.coder_version),
)  # fmt: skip
COLUMNS = in_form("polecat", TOLD, "text")


def _write(items: Iterable[EventItem], _about: About, out: BinaryIO) -> int:
    return write_tsv(COLUMNS, filter(is_done, items), out, header=True)


FORMAT = Format(
    "polecat",
    ".polecat.tsv",
    "text/tab-separated-values",
    "events",
    N_("POLECAT-like: the columns of POLECAT's weekly files, tab-separated with a header.")
    + f" {LEFT_OUT}",
    _write,
    COLUMNS,
    holds=is_done,
)
