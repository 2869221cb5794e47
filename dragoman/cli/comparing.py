"""`dragoman compare`: the record beside an event file of others."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

from dragoman.cli.app import DEFAULT_HOME, HomeOption, JsonOption, console, print_json, room_of
from dragoman.cli.auditing import counting

if TYPE_CHECKING:
    from dragoman.checking.comparison import Comparison, Ours
    from dragoman.knowledge.columns import Form
    from dragoman.model import Dated
    from dragoman.publish.gathering import EventItem


def compare(
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help='As `search` takes it; "" is the whole desk.')
    ],
    file: Annotated[
        Path,
        typer.Option("--with", metavar="FILE", help="GDELT 2.0, POLECAT or ACLED; zip and gz too."),
    ],
    form: Annotated[
        Optional[Literal["gdelt", "polecat", "acled"]],  # noqa: UP045
        typer.Option("--format", help="Take the file as this; default: by its first lines."),
    ] = None,
    days: Annotated[int, typer.Option(min=0, max=31, help="Days that two may be apart.")] = 1,
    km: Annotated[
        float, typer.Option(min=0, max=2000, help="Kilometres, where both tell a town.")
    ] = 50,
    by: Annotated[
        Literal["category", "quad"], typer.Option("--by", help="What must be the same of the act.")
    ] = "category",
    unordered: Annotated[
        bool, typer.Option("--unordered", help="Whichever of the two is the source.")
    ] = False,
    examples: Annotated[int, typer.Option(min=0, help="Examples of each sort.")] = 3,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", "-o", metavar="FILE.csv", help="Write all that was compared."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Lay the record beside a GDELT, POLECAT or ACLED file: in both, only here, only there.

    The same is one pair of actors, one category, at most a day apart, and near where both tell a
    town. Rows that can't be compared are counted by the reason.

    [dim]Examples:[/]
      dragoman compare "actor:ARM actor:AZE" --with 20240317.export.CSV.zip
      dragoman compare "" --with acled.csv --days 3 --by quad -o side-by-side.csv
    """
    from dragoman.checking.compared import compared_json
    from dragoman.checking.comparison import Alike
    from dragoman.checking.comparison import compare as compared
    from dragoman.checking.foreign import foreign_events, form_of
    from dragoman.publish.gathering import events
    from dragoman.query import read_query

    with room_of(home) as room:
        data = room.knowledge.eventdata
        chosen: Form = form or form_of(file, data)
        quads = {one.id: one.quad for one in room.knowledge.codebook.categories.values()}
        made = compared(
            (_ours(item) for item in events(room, query)),
            counting(foreign_events(file, data, chosen), "rows", as_json),
            quads,
            Alike(days, km, by == "quad", unordered or chosen == "acled"),
            read_query(query, room.knowledge),
        )
    if out is not None:
        _write(made, out)
    if as_json:
        print_json(compared_json(made, chosen, examples))
    else:
        _print(made, chosen, examples)


def _ours(item: EventItem) -> Ours:
    from dragoman.checking.comparison import Ours

    event, best = item.event, item.best
    place = event.place
    # A state's middle is no spot where something happened.
    is_spot = place is not None and place.id != place.country
    first, last = _days(event.date)
    return Ours(
        id=event.id,
        start=first,
        end=last,
        source=event.source,
        target=event.target,
        category=event.category,
        status=event.status,
        spot=(place.lat, place.lon)
        if place and is_spot and place.lat is not None and place.lon is not None
        else None,
        sentence=best.report.evidence_text if best is not None else "",
        address=item.address,
    )


def _days(dated: Dated | None) -> tuple[date | None, date | None]:
    if dated is None or dated.start is None or dated.end is None or dated.is_bounds:
        return None, None
    return date.fromisoformat(dated.start), date.fromisoformat(dated.end)


def _write(made: Comparison, out: Path) -> None:
    from dragoman.checking.compared import COLUMNS, compared_rows
    from dragoman.checking.verdicts import csv_cell
    from dragoman.publish.exporting import whole_file

    with whole_file(out) as packed, io.TextIOWrapper(packed, "utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([csv_cell(cell) for cell in row] for row in compared_rows(made))


def _print(made: Comparison, form: Form, examples: int) -> None:
    from rich.table import Table

    from dragoman.checking.compared import CAVEATS
    from dragoman.checking.comparison import WHERE

    to = console()
    to.print(CAVEATS[form], style="dim", markup=False)
    here = len(made.both) + len(made.here)
    to.print(f"in both: {len(made.both):,}, of {here:,} events here that can be compared")
    more = f", and {len(made.again):,} more rows that fit an event in both" if made.again else ""
    to.print(f"only here: {len(made.here):,}; only there: {len(made.there):,}{more}")
    for what, aside in (("events here", made.unfit), ("rows there", made.aside)):
        words = ", ".join(f"{number:,} {reason}" for reason, number in sorted(aside.items()))
        if words:
            to.print(f"{what} that can't be compared: {words}")
    for one in made.odd:
        to.print(f"  line {one.line}: {one.reason}", style="dim", markup=False)
    if made.undecided:
        to.print("the query asks for what the file does not have; its rows were not held to that")
    for title, tallied in (("category", made.by_category()), ("month", made.by_month())):
        table = Table(title, "both", "only here", "only there", "there again")
        for name, counted in tallied.items():
            table.add_row(name, *(str(counted[where]) for where in WHERE))
        if tallied:
            to.print(table)
    for line in _examples(made, examples):
        to.print(line, markup=False)


def _examples(made: Comparison, number: int) -> Iterator[str]:
    from dragoman.publish.terminal.controls import quiet

    for pair in made.both[:number]:
        yield quiet(f"both: {pair.ours.start} {pair.ours.category} “{pair.ours.sentence}”")
        yield quiet(f"      {pair.theirs.day} {pair.theirs.who}  {pair.theirs.note}")
    for ours in made.here[:number]:
        yield quiet(f"only here: {ours.start} {ours.category} “{ours.sentence}”  {ours.address}")
    for theirs in made.there[:number]:
        yield quiet(f"only there: {theirs.day} {theirs.who}  {theirs.note}")
