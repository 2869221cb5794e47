"""Reports in the 16 columns of GDELT 2.0's mentions files, in their order, without a header.

They belong to the events of the same export in the form `gdelt`, and to no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from dragoman.publish.formats import Format
from dragoman.publish.formats.columns import EMPTY, Column, Value, write_tsv
from dragoman.publish.formats.done import DONE, is_done
from dragoman.publish.formats.event_columns import side_of
from dragoman.publish.formats.gdelt import added, moment_of
from dragoman.publish.formats.gdelt_codes import number_of
from dragoman.publish.gathering import About, EventItem
from dragoman.publish.wording import N_
from dragoman.store.rows import ReportRow

WEB = 1


@dataclass(frozen=True, slots=True)
class Mention:
    item: EventItem
    row: ReportRow


def mentions(items: Iterable[EventItem]) -> Iterable[Mention]:
    """Reports that tell of it as done: a denial is no mention of what it denies."""
    return (
        Mention(item, row)
        for item in filter(is_done, items)
        for row in item.reports
        if row.report.status in DONE
    )


def _column(
    name: str, type_: str, means: str, value: Callable[[Mention], Value]
) -> Column[Mention]:
    return Column(name, type_, means, value)


def _source(one: Mention) -> Value:
    side = side_of(one.row.report.sources, one.item.event.source)
    return side.start if side is not None else None


def _target(one: Mention) -> Value:
    side = side_of(one.row.report.targets, one.item.event.target)
    return side.start if side is not None else None


OFFSET = "in the article's text as the desk keeps it, in code points."
COLUMNS = (
    _column("GlobalEventID", "integer", "The event's number, as in the events file.",
            lambda one: number_of(one.item.event.id)),
    _column("EventTimeDate", "integer",
            "The day on which the event was first told, YYYYMMDD000000.",
            lambda one: added(one.item)),
    _column("MentionTimeDate", "integer", "The day of this article, YYYYMMDD000000.",
            lambda one: moment_of(one.row.published)),
    _column("MentionType", "integer", "1, a page of the web; empty where there is no address.",
            lambda one: WEB if one.row.article_url else None),
    _column("MentionSourceName", "text", "The outlet.", lambda one: one.row.outlet),
    _column("MentionIdentifier", "text", "Address of the article, else its id.",
            lambda one: one.row.article_url or one.row.report.article_id),
    _column("SentenceID", "integer", EMPTY, lambda _one: None),
    _column("Actor1CharOffset", "integer", f"Where the source begins {OFFSET}", _source),
    _column("Actor2CharOffset", "integer", f"Where the target begins {OFFSET}", _target),
    _column("ActionCharOffset", "integer", f"Where the predicate begins {OFFSET}",
            lambda one: one.row.report.predicate[0]),
    _column("InRawText", "integer", "1: nothing is rewritten before it is read.", lambda _one: 1),
    _column("Confidence", "integer", "From 10 to 100 in tens, how sure the coder is.",
            lambda one: max(10, round(one.row.report.confidence * 10) * 10)),
    _column("MentionDocLen", "integer", EMPTY, lambda _one: None),
    _column("MentionDocTone", "number", EMPTY, lambda _one: None),
    _column("MentionDocTranslationInfo", "text", "Empty: nothing is translated.",
            lambda _one: None),
    _column("Extras", "text", EMPTY, lambda _one: None),
)  # fmt: skip


def _write(items: Iterable[EventItem], _about: About, out: BinaryIO) -> int:
    return write_tsv(COLUMNS, mentions(items), out, header=False)


FORMAT = Format(
    "gdelt-mentions",
    ".mentions.csv",
    "text/tab-separated-values",
    "events",
    N_(
        "The 16 columns of GDELT 2.0's mentions files: each article that tells an event of "
        "the form `gdelt`."
    ),
    _write,
    COLUMNS,
    holds=is_done,
)
