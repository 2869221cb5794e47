"""The columns of a report, one row each: an event as one article tells it.

In: a row of the store, the report with its article and history. Out: values as `columns.Column`
names them. Of several sources or targets all are listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dragoman.model import Report, Side
from dragoman.publish.formats.columns import CODES, LINES, Column, Value
from dragoman.publish.formats.event_columns import (
    COUNTED,
    HOLDER,
    PLACE_ID,
    PRECISIONS,
    QUADS,
    STATUSES,
    money_unit,
    range_of,
)
from dragoman.store.rows import ReportRow

Reports = Column[ReportRow]


def _row(name: str, type_: str, means: str, attribute: str | None = None) -> Reports:
    return Column(name, type_, means, lambda row: getattr(row, attribute or name))


def _report(
    name: str, type_: str, means: str, value: Callable[[Report], Value] | None = None
) -> Reports:
    take = value or (lambda report: getattr(report, name))
    return Column(name, type_, means, lambda row: take(row.report))


def _sides(name: str, what: str, sides: Callable[[Report], tuple[Side, ...]]) -> Iterator[Reports]:
    yield _report(
        f"{name}s",
        CODES,
        f"Ids of the actors that {what}; a dash for one not in the atlas.",
        lambda report: tuple(side.actor or "-" for side in sides(report)),
    )
    yield _report(
        f"{name}_names",
        LINES,
        "Their names, a line each, in the same order.",
        lambda report: tuple(side.name for side in sides(report)),
    )
    yield _report(
        f"{name}_sectors",
        CODES,
        "What they are, by PLOVER's sectors; a dash where that is not known.",
        lambda report: tuple(side.sector or "-" for side in sides(report)),
    )


def _part(of: Callable[[Report], object], key: str, name: str, type_: str, means: str) -> Reports:
    """A field of a part that the report may lack."""
    return Column(name, type_, means, lambda row: getattr(of(row.report), key, None))


def _when(key: str, type_: str, means: str) -> Reports:
    return _part(lambda report: report.date, key, f"date_{key}", type_, means)


def _where(key: str, name: str, type_: str, means: str) -> Reports:
    return _part(lambda report: report.place, key, name, type_, means)


def _numbers() -> Iterator[Reports]:
    for what in COUNTED:
        yield _number(what, 0, "low", "Least")
        yield _number(what, 1, "high", "Greatest")
    yield _report(
        "money_unit",
        "code",
        "Currency of the money, as told.",
        lambda report: money_unit(report.counts),
    )


def _number(what: str, at: int, edge: str, extreme: str) -> Reports:
    def of(row: ReportRow) -> int | None:
        found = range_of([row], what)
        return found[at] if found is not None else None

    means = f"{extreme} number ({what}) that it tells; empty if it tells none."
    return Column(f"{what}_{edge}", "integer", means, of)


COLUMNS: tuple[Reports, ...] = (
    _report("id", "text", "Id of the report; it never changes."),
    _row("event_id", "text", "Id of the event that it tells."),
    _row("revision", "integer", "Grows with every change of the report."),
    _report("category", "code", "PLOVER category, or one of the desk's own codebook."),
    _report("root", "code", "Category of the act as such, before its status turned it."),
    _report("mode", "code", "Finer kind within the category; empty if none was told."),
    _report("context", CODES, "What it is about, such as diplomatic, military or economic."),
    _report("cameo", "code", "CAMEO code of the act; text, since it may begin with 0."),
    _report("quad", "integer", f"Quad class: {QUADS}."),
    _report("status", "code", f"{STATUSES[0].upper()}{STATUSES[1:]}."),
    _report("told_as", "code", "news, background (recalled) or announced (to come)."),
    *_sides("source", "act", lambda report: report.sources),
    *_sides("target", "are acted on", lambda report: report.targets),
    _when("start", "date", "First day on which it may have been."),
    _when("end", "date", "Last day, included; empty while it lasts or if it is not known."),
    _when("precision", "code", PRECISIONS),
    _when("basis", "code", "What the day rests on."),
    _where("id", "place_id", "code", PLACE_ID),
    _where("name", "place_name", "text", "Name of the place."),
    _where("lat", "lat", "number", "Latitude in degrees (WGS 84), north positive."),
    _where("lon", "lon", "number", "Longitude in degrees, east positive."),
    _where("country", "place_country", "code", HOLDER),
    *_numbers(),
    _report("evidence", "text", "The sentence that tells it, as it stands in the article.",
            lambda one: one.evidence_text),
    _report("evidence_start", "integer",
            "Where the sentence begins in the article's text, in code points.",
            lambda one: one.evidence[0]),
    _report("evidence_end", "integer", "Where it ends.", lambda one: one.evidence[1]),
    _report("article_id", "text", "Id of the article."),
    _row("article_url", "text", "Its address."),
    _row("article_title", "text", "Its title."),
    _row("outlet", "code", "Who printed it."),
    _row("language", "code", "Its language (ISO 639)."),
    _row("published", "date", "The day it was published."),
    _part(lambda report: report.attributed_to, "actor", "attributed_to", "code",
          "Id of the actor on whose word it rests."),
    _part(lambda report: report.attributed_to, "name", "attributed_name", "text",
          "Who that is, in the words of the article."),
    _report("confidence", "number", "From 0 to 1, how sure the coder is."),
    _report("why", LINES, "Why it was coded so, a line each."),
    _row("coder_version", "code", "Version of the coder that made it."),
    _row("codebook_version", "code", "Version of the codebook it was made with."),
)  # fmt: skip
