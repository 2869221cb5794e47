"""Events in the columns of ACLED's data files (CSV), as far as ACLED has event types for them.

ACLED's rows are coded by people after its own rules; these are not, hence ACLED-like. Its
numbers of deaths are the lowest told; unknown stays empty and is never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from dragoman.knowledge.countries import country_name, number
from dragoman.model import Side
from dragoman.publish.formats import Format
from dragoman.publish.formats.acled_types import (
    CIVILIANS,
    DISORDER,
    PARTIES,
    PROTESTERS,
    PROTESTS,
    RIOTERS,
    RIOTS,
    STRATEGIC,
    UNARMED,
    Kind,
    kind_of,
)
from dragoman.publish.formats.columns import Column, Value, in_form, write_csv
from dragoman.publish.formats.done import LEFT_OUT, is_done, span_of
from dragoman.publish.formats.event_columns import range_of, source_side, target_side
from dragoman.publish.gathering import About, EventItem
from dragoman.publish.wording import N_

WEEK = 7
"""Days; up to these a date is of time precision 2."""


@dataclass(frozen=True, slots=True)
class Row:
    item: EventItem
    kind: Kind
    party1: str | None
    party2: str | None
    at: int
    """When the file was made, in seconds since 1970."""


def _party(side: Side | None) -> str | None:
    return PARTIES.get(side.sector or "") if side is not None else None


def _kind(item: EventItem) -> Kind | None:
    if item.best is None or not is_done(item):
        return None
    report = item.best.report
    actor, other = _party(source_side(item)), _party(target_side(item))
    return kind_of(item.event.category, report.mode, report.cameo, actor, other)


def is_held(item: EventItem) -> bool:
    """Told as done, dated, and of a kind that ACLED records."""
    return _kind(item) is not None


def rows(items: Iterable[EventItem], about: About) -> Iterator[Row]:
    at = int(datetime.fromisoformat(about.made_at).timestamp())
    for item in items:
        kind = _kind(item)
        if kind is not None:
            crowd = {PROTESTS: PROTESTERS, RIOTS: RIOTERS}.get(kind.event)
            is_crowd = crowd is not None and item.event.category == "PROTEST"
            actor = crowd if is_crowd else _party(source_side(item))
            yield Row(item, kind, actor, _party(target_side(item)), at)


def _precision(row: Row) -> int | None:
    first, last = span_of(row.item)
    if first is None or last is None:
        return None
    days = (last - first).days + 1
    return 1 if days == 1 else 2 if days <= WEEK else 3


def _beside(side: Side | None, sides: Sequence[Side]) -> str | None:
    return "; ".join(one.name for one in sides if one is not side) or None


def _interaction(row: Row) -> str | None:
    parties = [one for one in (row.party1, row.party2) if one is not None]
    return "-".join(parties) if len(parties) == 2 else None


def _targeting(row: Row) -> str | None:
    is_hit = row.party2 == UNARMED and row.kind.event not in {STRATEGIC, PROTESTS, RIOTS}
    return "Civilian targeting" if is_hit or row.kind.event == CIVILIANS else None


def _place(attribute: str) -> Callable[[Row], Value]:
    return lambda row: getattr(row.item.event.place, attribute, None)


def _country(row: Row) -> str | None:
    place = row.item.event.place
    return place.country if place is not None else None


def _geo_precision(row: Row) -> int | None:
    place = row.item.event.place
    return 3 if place is not None and place.id == place.country else None


def _column(name: str, type_: str, means: str, value: Callable[[Row], Value]) -> Column[Row]:
    return Column(name, type_, means, value)


TOLD = (
    _column("event_id_cnty", "text", "Id of the event on the desk, which holds no country.",
            lambda row: row.item.event.id),
    _column("event_date", "date", "First day.", lambda row: str(span_of(row.item)[0] or "")),
    _column("year", "integer", "Its year.",
            lambda row: first.year if (first := span_of(row.item)[0]) else None),
    _column("time_precision", "integer", "1 a day, 2 up to a week, 3 up to a month.", _precision),
    _column("disorder_type", "code",
            "Political violence, Demonstrations or Strategic developments.",
            lambda row: DISORDER[row.kind.event]),
    _column("event_type", "code", "ACLED's type, by the table in the documentation.",
            lambda row: row.kind.event),
    _column("sub_event_type", "code", "ACLED's sub-type; empty where ours does not decide it.",
            lambda row: row.kind.sub),
    _column("actor1", "text", "Who acts.", lambda row: row.item.event.source_name),
    _column("assoc_actor_1", "text", "Others on the same side.",
            lambda row: _beside(source_side(row.item), row.item.best.report.sources)
            if row.item.best else None),
    _column("inter1", "code", "What kind of actor it is, in ACLED's words.",
            lambda row: row.party1),
    _column("actor2", "text", "Who is acted on.", lambda row: row.item.event.target_name),
    _column("assoc_actor_2", "text", "Others on the same side.",
            lambda row: _beside(target_side(row.item), row.item.best.report.targets)
            if row.item.best else None),
    _column("inter2", "code", "What kind of actor it is, in ACLED's words.",
            lambda row: row.party2),
    _column("interaction", "code", "Both kinds; empty unless both are known.", _interaction),
    _column("civilian_targeting", "code", "“Civilian targeting”, or empty.", _targeting),
    _column("iso", "integer", "ISO 3166 number of the state.", lambda row: number(_country(row))),
    _column("country", "text", "English name of the state that holds the place by UN recognition.",
            lambda row: country_name(_country(row))),
    _column("location", "text", "Name of the place.", _place("name")),
    _column("latitude", "number", "In degrees, north positive.", _place("lat")),
    _column("longitude", "number", "In degrees, east positive.", _place("lon")),
    _column("geo_precision", "integer", "3 where only the state is known; else empty.",
            _geo_precision),
    _column("source", "text", "Outlets that tell it, in the order of printing.",
            lambda row: "; ".join(dict.fromkeys(r.outlet for r in row.item.reports if r.outlet))),
    _column("notes", "text", "The sentence of the report that tells it most fully.",
            lambda row: row.item.best.report.evidence_text if row.item.best else None),
    _column("fatalities", "integer", "Least number of killed that any report tells; empty if none.",
            lambda row: found[0] if (found := range_of(row.item.reports, "killed")) else None),
    _column("timestamp", "integer", "When the file was made, in seconds since 1970.",
            lambda row: row.at),
)  # fmt: skip
COLUMNS = in_form("acled", TOLD, "text")


def _write(items: Iterable[EventItem], about: About, out: BinaryIO) -> int:
    return write_csv(COLUMNS, rows(items, about), out)


FORMAT = Format(
    "acled",
    ".acled.csv",
    "text/csv",
    "events",
    N_("ACLED-like: the columns of ACLED's data files, for what ACLED has event types for.")
    + f" {LEFT_OUT}",
    _write,
    COLUMNS,
    holds=is_held,
)
