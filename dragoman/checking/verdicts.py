"""Verdicts as they come from people: checked once, for terminal, page and CSV alike.

In: words for a verdict and for what is wrong. Out: `Ruling`, or a DragomanError that says what may
stand there. An import is kept whole or not at all.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from dragoman.errors import DragomanError
from dragoman.model import Dated
from dragoman.model.audit import PARTS, VERDICTS, AuditItem, Named, Part, Ruling

COLUMNS = (
    "number", "report", "sentence", "act", "language", "headline", "outlet", "published", "url",
    "category", "mode", "status", "told_as", "source", "target", "date", "place", "said_by",
    "verdict", "wrong", "note",
)  # fmt: skip
"""Of an audit as CSV; `report` and `verdict` are needed when it comes back."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula, and a page might put there."""
FAULTS = 5
"""Faults of a file that are told one by one; the others are counted."""
LONGEST_NOTE = 2000


def ruling(
    report_id: str, reader: str, verdict: str, wrong: Iterable[str] = (), note: str | None = None
) -> Ruling:
    """A verdict in words or by its first letter. Raises DragomanError for others, for parts that
    there are not, and for "wrong" without any."""
    word = verdict.strip().casefold()
    found = next((one for one in VERDICTS if word and word in (one, one[0])), None)
    if found is None:
        raise DragomanError(f"a verdict is {', '.join(VERDICTS)}, and not {verdict.strip()!r}")
    parts = tuple(dict.fromkeys(one.strip().casefold() for one in wrong if one.strip()))
    odd = next((one for one in parts if one not in PARTS), None)
    if odd is not None:
        raise DragomanError(f"what is wrong is one of {', '.join(PARTS)}, and not {odd!r}")
    if found == "wrong" and not parts:
        raise DragomanError(f"say what is wrong: one or more of {', '.join(PARTS)}")
    kept = cast(tuple[Part, ...], parts) if found == "wrong" else ()
    words = (note or "").strip()[:LONGEST_NOTE] or None
    return Ruling(report_id, reader, found, kept, words)


def reader_named(name: str) -> str:
    """A reader's name. Raises DragomanError where there is none."""
    found = " ".join(name.split())
    if not found or len(found) > 100 or not found.isprintable():
        raise DragomanError("say who reads: --reader takes a name of up to 100 letters")
    return found


def as_csv(items: Sequence[AuditItem], rulings: Iterable[Ruling] = ()) -> str:
    """The sample as a table with room for verdicts, and those of one reader in it."""
    said = {one.report_id: one for one in rulings}
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(COLUMNS)
    for number, item in enumerate(items, 1):
        if item.shown is not None:
            writer.writerow([csv_cell(one) for one in _row(number, item, said.get(item.report_id))])
    return made.getvalue()


def _row(number: int, item: AuditItem, said: Ruling | None) -> Iterator[object]:
    shown = item.shown
    assert shown is not None
    yield from (number, item.report_id, shown.sentence, shown.act, shown.language, shown.title)
    yield from (shown.outlet, shown.published, shown.url, shown.category, shown.mode, shown.status)
    yield from (shown.told_as, sides(shown.sources), sides(shown.targets), days(shown.date))
    yield from (shown.place, shown.said_by)
    yield from (said.verdict, " ".join(said.wrong), said.note) if said else ("", "", "")


def sides(named: Iterable[Named]) -> str:
    """ "Jens Stoltenberg (jens-stoltenberg), the mayor"."""
    return ", ".join(f"{one.name} ({one.actor})" if one.actor else one.name for one in named)


def days(dated: Dated | None) -> str:
    if dated is None:
        return ""
    return dated.start or "" if dated.start == dated.end else f"{dated.start}/{dated.end}"


def csv_cell(value: object) -> str:
    """A cell as text; what a spreadsheet would take for a formula has an apostrophe in front."""
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(FORMULA) else text


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file that came back, and the line it begins on."""

    number: int
    cells: Mapping[str, str]


def from_csv(data: bytes, origin: str, items: Sequence[AuditItem], reader: str) -> list[Ruling]:
    """The verdicts in a file, whatever the order of its columns; rows without one are passed over.

    Raises DragomanError that names the lines with unknown reports, verdicts or parts.
    """
    known = {item.report_id for item in items}
    found: dict[str, Ruling] = {}
    faults: list[str] = []
    for line in _lines(data, origin):
        try:
            made = _read(line, known, reader)
        except DragomanError as fault:
            faults.append(f"line {line.number}: {fault}")
            continue
        if made is None:
            continue
        if found.setdefault(made.report_id, made) != made:
            faults.append(f"line {line.number}: {made.report_id} has another verdict above")
    if faults:
        more = f"; and {len(faults) - FAULTS} more" if len(faults) > FAULTS else ""
        raise DragomanError(f"{origin}: {'; '.join(faults[:FAULTS])}{more}. Nothing was kept")
    return list(found.values())


def _read(line: Line, known: set[str], reader: str) -> Ruling | None:
    report_id = line.cells.get("report", "")
    verdict = line.cells.get("verdict", "")
    if not verdict:
        return None
    if report_id not in known:
        raise DragomanError(f"{report_id or 'no report'!r} is not in this audit")
    wrong = re.split(r"[\s,;|]+", line.cells.get("wrong", ""))
    return ruling(report_id, reader, verdict, wrong, line.cells.get("note"))


def _lines(data: bytes, origin: str) -> Iterator[Line]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")  # as some spreadsheets save; ids are ASCII
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
        if not {"report", "verdict"} <= set(header):
            raise DragomanError(
                f"{origin}: the first line names no columns report and verdict; "
                "`dragoman audit export` writes such a file"
            )
        begins = reader.line_num + 1
        for row in reader:
            cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
            yield Line(begins, cells)
            begins = reader.line_num + 1
    except csv.Error as fault:
        raise DragomanError(f"{origin}: line {reader.line_num}: {fault}") from fault
