"""The columns of an event, one row each: what CSV, Parquet and data frames have in common.

In: an `EventItem`. Out: values of the kinds that `columns.Column` names. Unknown is None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dragoman.model import Count, Report, Side
from dragoman.publish.formats.columns import CODES, LINES, Column, Value
from dragoman.publish.gathering import EventItem
from dragoman.store.rows import ReportRow

COUNTED = ("killed", "wounded", "detained", "displaced", "troops", "money", "other")
QUADS = "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"
STATUSES = (
    "happened, ongoing, planned, demanded, threatened, hypothetical, denied, alleged or halted; "
    "only the first two are told as done"
)
PLACE_ID = "Id of the place: of a state its alpha-3, of a town a GeoNames number or a name."
HOLDER = "State that holds it by UN recognition (ISO 3166 alpha-3)."
PRECISIONS = "How exact the day is, such as day, month or year."

Events = Column[EventItem]


def side_of(sides: Sequence[Side], actor: str | None) -> Side | None:
    """The side that an actor stands on; else the first."""
    return next((one for one in sides if one.actor == actor), next(iter(sides), None))


def source_side(item: EventItem) -> Side | None:
    return side_of(item.best.report.sources, item.event.source) if item.best else None


def target_side(item: EventItem) -> Side | None:
    return side_of(item.best.report.targets, item.event.target) if item.best else None


def range_of(reports: Sequence[ReportRow], what: str) -> tuple[int, int] | None:
    """The least and the greatest number that any report tells; of money in the unit of the first
    report that tells of some."""
    counts = [one for row in reports for one in row.report.counts if one.what == what]
    if not counts:
        return None
    same = [one for one in counts if one.unit == counts[0].unit or what != "money"]
    return min(one.low for one in same), max(one.high for one in same)


def money_unit(counts: Sequence[Count]) -> str | None:
    return next((one.unit for one in counts if one.what == "money"), None)


def _event(name: str, type_: str, means: str, attribute: str | None = None) -> Events:
    return Column(name, type_, means, lambda item: getattr(item.event, attribute or name))


def _report(
    name: str, type_: str, means: str, value: Callable[[Report], Value] | None = None
) -> Events:
    """Of the report that tells the event most fully."""
    take = value or (lambda report: getattr(report, name))
    return Column(name, type_, means, lambda item: take(item.best.report) if item.best else None)


def _row(name: str, type_: str, means: str, attribute: str) -> Events:
    """Of the article of that report."""
    return Column(
        name, type_, means, lambda item: getattr(item.best, attribute) if item.best else None
    )


def _part(of: Callable[[EventItem], object], key: str, name: str, type_: str, means: str) -> Events:
    """A field of a part that the event may lack."""
    return Column(name, type_, means, lambda item: getattr(of(item), key, None))


def _side(name: str, what: str, side: Callable[[EventItem], Side | None]) -> Iterator[Events]:
    yield _event(name, "code", f"Id of the actor that {what}; empty for one not in the atlas.")
    yield _event(f"{name}_name", "text", f"Name of the side that {what}.")
    means = f"State (ISO 3166 alpha-3) that the {name} is or belongs to."
    yield _part(lambda item: item, f"{name}_country", f"{name}_country", "code", means)
    means = f"What the {name} is, by PLOVER's sectors (GOV, MIL, OPP, REB, IGO, NGO, MED, CIV …)."
    yield _part(side, "sector", f"{name}_sector", "code", means)


def _when(key: str, type_: str, means: str) -> Events:
    return _part(lambda item: item.event.date, key, f"date_{key}", type_, means)


def _where(key: str, name: str, type_: str, means: str) -> Events:
    return _part(lambda item: item.event.place, key, name, type_, means)


def _numbers() -> Iterator[Events]:
    for what in COUNTED:
        yield _number(what, 0, "low", "Least")
        yield _number(what, 1, "high", "Greatest")
    yield Column(
        "money_unit",
        "code",
        "Currency of the money, as told.",
        lambda item: money_unit([one for row in item.reports for one in row.report.counts]),
    )


def _number(what: str, at: int, edge: str, extreme: str) -> Events:
    def of(item: EventItem) -> int | None:
        found = range_of(item.reports, what)
        return found[at] if found is not None else None

    means = f"{extreme} number ({what}) that any of the reports tells; empty if none does."
    return Column(f"{what}_{edge}", "integer", means, of)


COLUMNS: tuple[Events, ...] = (
    _event("id", "text", "Id of the event; it never changes."),
    Column("address", "text", "Address of its page on the desk.", lambda item: item.address),
    Column(
        "revision", "integer", "Grows with every change of the event.", lambda item: item.revision
    ),
    Column(
        "retracted_at",
        "instant",
        "When the last report that told it was withdrawn; empty while it stands.",
        lambda item: item.retracted_at,
    ),
    _event("category", "code", "PLOVER category, or one of the desk's own codebook."),
    _report("root", "code", "Category of the act as such, before its status turned it."),
    _report("mode", "code", "Finer kind within the category; empty if none was told."),
    _report("context", CODES, "What it is about, such as diplomatic, military or economic."),
    _report("cameo", "code", "CAMEO code of the act; text, since it may begin with 0."),
    _report("quad", "integer", f"Quad class: {QUADS}."),
    _event("status", "code", f"{STATUSES[0].upper()}{STATUSES[1:]}."),
    _event("told_as", "code", "news, background (recalled) or announced (to come)."),
    *_side("source", "acts", source_side),
    *_side("target", "is acted on", target_side),
    _when("start", "date", "First day on which it may have been; empty if that is not known."),
    _when("end", "date", "Last day, included; empty while it lasts or if it is not known."),
    _when("precision", "code", PRECISIONS),
    _when("basis", "code", "What the day rests on: stated, the context, or the day of printing."),
    _where("id", "place_id", "code", PLACE_ID),
    _where("name", "place_name", "text", "Name of the place."),
    _where("lat", "lat", "number", "Latitude in degrees (WGS 84), north positive."),
    _where("lon", "lon", "number", "Longitude in degrees, east positive."),
    _where("country", "place_country", "code", HOLDER),
    *_numbers(),
    _event("outlets", "integer", "How many outlets tell it, copies included."),
    _event("origins", "integer", "How many independent origins tell it."),
    _event("languages", CODES, "Languages (ISO 639) in which it is told."),
    Column("reports", "integer", "How many reports tell it.", lambda item: len(item.reports)),
    _report("report_id", "text", "Id of the report that tells it most fully.", lambda one: one.id),
    _report(
        "evidence",
        "text",
        "The sentence of that report, as it stands in its article.",
        lambda one: one.evidence_text,
    ),
    _report("article_id", "text", "Id of the article that the sentence is from."),
    _row("article_url", "text", "Its address.", "article_url"),
    _row("article_title", "text", "Its title.", "article_title"),
    _row("outlet", "code", "Who printed it.", "outlet"),
    _row("language", "code", "Its language (ISO 639).", "language"),
    _row("published", "date", "The day it was published.", "published"),
    _report(
        "attributed_to",
        "code",
        "Id of the actor on whose word the report rests; empty for none or one not in the atlas.",
        lambda one: one.attributed_to.actor if one.attributed_to else None,
    ),
    _report(
        "attributed_name",
        "text",
        "Who that is, in the words of the article.",
        lambda one: one.attributed_to.name if one.attributed_to else None,
    ),
    _report("confidence", "number", "From 0 to 1, how sure the coder is of the report."),
    _report("why", LINES, "Why it was coded so, a line each."),
    _row("coder_version", "code", "Version of the coder that made the report.", "coder_version"),
    _row("codebook_version", "code", "Version of the codebook it was made with.",
         "codebook_version"),
)  # fmt: skip
