"""What `docs/one-pair.md` works on: a web archive and an event file, both of our own making.

    python -m tests.docs.one_pair_files FOLDER

writes them, for whoever wants to follow the page. What the articles tell is invented, and so are
their outlets; the event file tells some of it as a machine elsewhere might have coded it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.knowledge import Knowledge
from dragoman.knowledge.eventdata import EventData
from tests.checking.eventfiles import gdelt
from tests.collect.warcs import answer, packed, record
from tests.desks import page

ARCHIVE = "north-sea.warc.gz"
OTHERS = "others.export.CSV"


@dataclass(frozen=True, slots=True)
class Printed:
    """One article of the archive."""

    day: str
    host: str
    title: str
    paragraphs: tuple[str, ...]
    language: str = "en"


EXPELLED = (
    "Iceland expelled two Norwegian diplomats on 11 December 2023, and the list of visiting "
    "choirs was cut short as well.",
    "At the quay in Akureyri the talk was of diesel prices and of little else.",
)
ARTICLES = (
    Printed("2023-11-07", "quayside.example", "A line on the chart", (
        "Norway accused Iceland of fishing beyond the agreed line on 6 November 2023.",
        "The chart that both use was last drawn by hand, and the line is as thick as a mile.",
    )),
    Printed("2023-11-16", "lighthouse.example", "No boarding, says Reykjavik", (
        "Iceland rejected Norway's demand for inspections on 15 November 2023.",
        "Skippers on the pier read the answer aloud to one another over coffee.",
    )),
    Printed("2023-12-05", "quayside.example", "A trawler towed in", (
        "Norway seized an Icelandic trawler on 4 December 2023.",
        "Iceland condemned Norway on 5 December 2023 and asked for the crew by name.",
    )),
    Printed("2023-12-12", "lighthouse.example", "Two diplomats sent home", EXPELLED),
    Printed("2023-12-13", "echo.example", "Two diplomats leave", EXPELLED),
    Printed("2024-01-18", "rivage.example", "Un premier pas à Oslo", (
        "L'Islande a rencontré la Norvège à Oslo le 17 janvier 2024.",
        "Les deux délégations ont mangé la même soupe de poisson, à deux tables.",
    ), "fr"),
    Printed("2024-01-19", "quayside.example", "Soup, and a date", (
        "Iceland met Norway in Oslo on 17 January 2024.",
        "Norway threatened Iceland with sanctions on 18 January 2024, one day after the soup.",
    )),
    Printed("2024-02-09", "lighthouse.example", "Ink on the chart", (
        "Norway signed an agreement with Iceland on 8 February 2024.",
        "Norway released the crew of the trawler, who had learned two card games meanwhile.",
    )),
    Printed("2024-03-05", "quayside.example", "Pumps for the harbour", (
        "Norway sent aid to Iceland on 4 March 2024 after a storm broke the harbour wall.",
        "Iceland will sign a treaty with Norway on 20 May 2024.",
    )),
    Printed("2024-03-06", "quayside.example", "Ferries", (
        "Denmark met Sweden in Malmö on 5 March 2024 to settle the summer timetable.",
        "Cyclists asked for more hooks on the car deck.",
    )),
    Printed("2024-04-10", "lighthouse.example", "After the season", (
        "Iceland praised Norway on 9 April 2024 for a season without a quarrel.",
        "The wall of the harbour stands again, a metre higher than before.",
    )),
)  # fmt: skip
"""Five months of one quarrel, a copy, another pair, and one page that is later than the rest."""

NORWAY_FIRST = {
    "Actor1Name": "NORWAY", "Actor1CountryCode": "NOR",
    "Actor2Name": "ICELAND", "Actor2CountryCode": "ISL",
}  # fmt: skip
ICELAND_FIRST = {
    "Actor1Name": "ICELAND", "Actor1CountryCode": "ISL",
    "Actor2Name": "NORWAY", "Actor2CountryCode": "NOR",
}  # fmt: skip
CODED = (
    ("20231106", NORWAY_FIRST, "112", "3", "quayside.example"),
    ("20231204", NORWAY_FIRST, "1711", "4", "quayside.example"),
    ("20231211", ICELAND_FIRST, "174", "4", "lighthouse.example"),
    ("20231213", ICELAND_FIRST, "174", "4", "echo.example"),
    ("20240117", ICELAND_FIRST, "040", "1", "rivage.example"),
    ("20240117", NORWAY_FIRST, "040", "1", "quayside.example"),
    ("20240208", NORWAY_FIRST, "057", "1", "lighthouse.example"),
    ("20240304", NORWAY_FIRST, "070", "2", "quayside.example"),
    ("20240305", ICELAND_FIRST, "057", "1", "quayside.example"),
    ("20240305", ICELAND_FIRST | {"Actor2Name": "SWEDEN", "Actor2CountryCode": "SWE"},
     "040", "1", "quayside.example"),
)  # fmt: skip
"""Day, sides, CAMEO code, quad class, outlet: the copy is told again, what is planned is told as
done, and one row is of another pair."""


def archive() -> bytes:
    """A WARC with an answer for each article, stored on the day it was printed."""
    return packed(*(record(*_record(one), day=one.day) for one in ARTICLES))


def _record(one: Printed) -> tuple[str, bytes]:
    address = f"https://{one.host}/{one.day}"
    html = page(one.title, one.paragraphs, host=one.host, language=one.language, day=one.day)
    html = html.replace(f"https://{one.host}/news/1", address)
    return address, answer(html.encode(), media_type="text/html; charset=utf-8")


def others(data: EventData) -> str:
    """An event file in GDELT's form."""
    return gdelt(data, *_rows())


def _rows() -> Iterator[dict[str, str]]:
    for number, (day, sides, code, quad, host) in enumerate(CODED, 1):
        yield {
            **sides,
            "GlobalEventID": str(number),
            "Day": day,
            "EventCode": code,
            "EventRootCode": code[:2],
            "QuadClass": quad,
            "SOURCEURL": f"https://{host}/{day}",
        }


def write(folder: Path, data: EventData) -> None:
    (folder / ARCHIVE).write_bytes(archive())
    (folder / OTHERS).write_text(others(data), encoding="utf-8")


def main(arguments: list[str]) -> None:
    write(Path(arguments[0] if arguments else "."), Knowledge().eventdata)


if __name__ == "__main__":
    main(sys.argv[1:])
