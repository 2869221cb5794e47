"""Events as JSON Lines: all that the desk knows of each, with the reports that tell it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from dragoman.publish.formats import Field, Format
from dragoman.publish.formats.event_columns import STATUSES
from dragoman.publish.formats.json_lines import write_lines
from dragoman.publish.formats.record_json import event_json
from dragoman.publish.gathering import About, EventItem
from dragoman.publish.wording import N_

FIELDS = (
    Field("id", "text", "Id of the event; it never changes."),
    Field("category", "text", "PLOVER category, or one of the desk's own codebook."),
    Field("status", "text", f"{STATUSES[0].upper()}{STATUSES[1:]}."),
    Field("told_as", "text", "news, background (recalled) or announced (to come)."),
    Field("source", "text", "Id of the actor that acts; null for one not in the atlas."),
    Field("source_name", "text", "Its name."),
    Field("target", "text", "Id of the actor that is acted on; null for one not in the atlas."),
    Field("target_name", "text", "Its name."),
    Field("date", "object", "`start`, `end` (included), `precision` and `basis`; null if unknown."),
    Field("place", "object", "`id`, `name`, `lat` and `lon` (degrees, WGS 84); null if unknown."),
    Field("outlets", "integer", "How many outlets tell it, copies included."),
    Field("origins", "integer", "How many independent origins tell it."),
    Field("languages", "list of text", "Languages (ISO 639) in which it is told."),
    Field("best", "text", "Id of the report that tells it most fully."),
    Field("first", "object", "Who told it first: report, article, outlet, moment and language."),
    Field("history", "list of objects", "Its statuses in the order in which they were first told."),
    Field("alike", "list of text", "What two reports at least tell, and all that do tell alike."),
    Field("differences", "list of objects", "What reports contradict each other on."),
    Field("report_ids", "list of text", "Ids of its reports in the order of printing."),
    Field("revision", "integer", "Grows with every change of the event."),
    Field("retracted_at", "instant", "When the last report that told it was withdrawn; else null."),
    Field("address", "text", "Address of its page on the desk."),
    Field(
        "reports",
        "list of objects",
        "Reports as `read --json` has them, with their article, revision and versions.",
    ),
)  # fmt: skip


def _write(items: Iterable[EventItem], _about: About, out: BinaryIO) -> int:
    return write_lines(map(event_json, items), out)


FORMAT = Format(
    "jsonl",
    ".jsonl",
    "application/x-ndjson",
    "events",
    N_("An event a line with all its reports: nothing is left out, for programs."),
    _write,
    FIELDS,
)
