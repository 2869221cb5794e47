"""Ten short pages of our own for desks that are to be killed: copies, one happening told twice, and
a text without mark-up. In: nothing. Out: their names and contents, the same each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_LAKE = (
    "Kenya condemned Rwanda on 12 March 2024 after shots were heard over the lake.",
    "Rwanda expelled two Kenyan diplomats on 13 March 2024, a spokesman in Kigali said.",
    "In the port the ferry ran half empty, and the shutters stayed down through the morning.",
)
_TALKS = (
    "Norway met Finland in Oslo on 5 March 2024 to settle how many reindeer may cross in spring.",
    "Sweden praised the talks, and a herder read the numbers out in a gym.",
)
_AID = (
    "Germany sent aid to Moldova on 7 March 2024, among it forty stoves and a field kitchen.",
    "Moldova thanked Germany on 8 March 2024 and asked Romania for trucks.",
)
_STRIKE = (
    "Greece accused Turkey on 9 March 2024 of sending boats into its waters.",
    "Turkey rejected the accusation, and the harbour master of Rhodes counted eleven masts.",
)
_AGAIN = (
    "The quarrel has a second week: on 12 March 2024 Kenya condemned Rwanda, and each side counts "
    "the other's boats.",
    "Uganda offered to mediate between Kenya and Rwanda on 15 March 2024.",
)


def page(title: str, host: str, day: int, paragraphs: tuple[str, ...]) -> str:
    """A page as a small outlet would send it."""
    address = f"https://{host}.example/news/{day}"
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="canonical" href="{address}"><meta property="article:published_time" '
        f'content="2024-03-{day:02}T08:00:00Z"></head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>{title}</h1>{body}</article></body></html>"
    )


PAGES: Mapping[str, str] = {
    "00.html": page("Shots on the lake", "caspian-ledger", 13, _LAKE),
    "01.html": page("Reindeer counted", "north", 6, _TALKS),
    "02.html": page("Lake shots", "kura-dispatch", 14, _LAKE),
    "03.html": page("Stoves for the east", "rhine", 8, _AID),
    "04.html": page("Masts off Rhodes", "aegean", 10, _STRIKE),
    "05.html": page("Second week on the lake", "lori-observer", 15, _AGAIN),
    "06.html": page("Border shots", "silk-digest", 15, (*_LAKE, _AGAIN[1])),
    "07.html": page("Reindeer in spring", "fells", 7, (*_TALKS[:1], _STRIKE[0])),
    "08.txt": "\n\n".join(("The lake on 15 March 2024", *_AGAIN[::-1], "")),
    "09.html": page("Stoves arrived", "danube", 9, (_AID[1], _TALKS[1])),
}


def write_pages(folder: Path) -> None:
    folder.mkdir()
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")


def comments() -> list[dict[str, str]]:
    """What readers say, as forms carry it."""
    things = ("ferry", "gym", "kitchen", "masts", "trucks", "boats", "harbour", "spring")
    return [
        {"name": f"Reader {n}", "email": "", "text": f"I was there and saw the {thing}, no. {n}."}
        for n, thing in enumerate(things)
    ]
