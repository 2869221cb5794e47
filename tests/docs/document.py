"""The table of acts in `docs/from-the-document.md`, filled from what the program codes.

    python -m tests.docs.document FILE

In: the document (no part of this project) and the rows of the table. The first two columns, our
own words and the word that the report rests on, are written by hand; the others are made here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dragoman.collect.pages import capture_file
from dragoman.model import Kept, Report, Side
from dragoman.pipeline import Steps
from dragoman.publish.formats.article_json import dated_json

PAGE = Path(__file__).parent.parent.parent / "docs" / "from-the-document.md"
HEADER = "| the document tells | word | coded as | who → whom | status | date |"
MISSING = ("not coded yet", "", "", "")
Row = tuple[str, ...]


def rows(page: str) -> list[Row]:
    """The cells of the table of acts, without its header."""
    lines = page.partition(HEADER)[2].splitlines()[2:]
    table = []
    for line in lines:
        if not line.startswith("|"):
            break
        table.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
    return table


def filled(table: Sequence[Row], kept: Kept) -> list[Row]:
    """The table as the program's reports make it: each row takes the next report on its word."""
    waiting = list(kept.reports)
    made: list[Row] = []
    for told, word, *_ in table:
        found = next((r for r in waiting if word_of(r, kept) == word), None)
        if found is not None:
            waiting.remove(found)
        made.append((told, word, *(cells(found) if found is not None else MISSING)))
    return made


def untold(table: Sequence[Row], kept: Kept) -> Iterator[str]:
    """Words of reports that have no row."""
    words = [row[1] for row in table]
    for report in kept.reports:
        word = word_of(report, kept)
        if word not in words:
            yield word
        else:
            words.remove(word)


def word_of(report: Report, kept: Kept) -> str:
    """The first word of the predicate, which names the report."""
    return kept.article.text[slice(*report.predicate)].split()[0]


def cells(report: Report) -> Row:
    code = report.category + (f"/{report.mode}" if report.mode else "")
    status = report.status + (f", {report.told_as}" if report.told_as != "news" else "")
    return code, f"{names(report.sources)} → {names(report.targets)}", status, date_of(report)


def names(sides: Iterable[Side]) -> str:
    return ", ".join(side.name for side in sides) or "?"


def date_of(report: Report) -> str:
    shown = dated_json(report.date)
    if shown is None:
        return "none"
    start, end = shown["start"], shown["end"]
    if end is None:
        return f"from {start}"
    return f"{start}" if start == end else f"{start} – {end}"


def rewritten(page: str, table: Sequence[Row]) -> str:
    shown = page
    for old, new in zip(page_lines(page), table, strict=True):
        shown = shown.replace(old, "| " + " | ".join(new) + " |", 1)
    return shown


def page_lines(page: str) -> list[str]:
    lines = page.partition(HEADER)[2].splitlines()[2:]
    return lines[: len(rows(page))]


def main() -> None:
    page = PAGE.read_text("utf-8")
    kept = Steps().all(capture_file(Path(sys.argv[1])))
    for word in untold(rows(page), kept):
        print(f"no row for the report on “{word}”", file=sys.stderr)
    PAGE.write_text(rewritten(page, filled(rows(page), kept)), "utf-8")


if __name__ == "__main__":
    main()
