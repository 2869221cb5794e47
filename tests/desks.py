"""What the tests of the running program share: small pages of our own, and a look into a desk."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from dragoman.model import CopyLink

ROOT = Path(__file__).parent.parent
CLOCKS = frozenset({"at", "retracted_at", "fetched", "first_kept", "first_made"})
ARRIVALS = frozenset(
    {
        "events.seq",
        "articles.newest",
        "events.newest",
        "event_sides.newest",
        "article_actors.newest",
    }
)
INDEX_TABLES = ("article_words", "event_words", "sqlite_")

BORDER_EN = (
    "Kenya condemned Rwanda on 12 March 2024 after shots were heard along a stretch of lake that "
    "both countries patrol.",
    "Rwanda expelled two Kenyan diplomats on 13 March 2024, and a spokesman in Kigali said the "
    "list could grow longer.",
    "Shopkeepers in the port kept their shutters half closed through the morning, and the ferry "
    "ran with few passengers.",
)
BORDER_ALONE = (
    "The quarrel over the lake has a second week: on 12 March 2024 Kenya condemned Rwanda, and "
    "each side now counts the boats of the other from a hill of its own.",
    "Fuel is scarce on the islands, a schoolteacher said, and the post comes when the wind lets "
    "it.",
    "A committee of elders has offered its hall for a first round at one table, with tea.",
)
BORDER_FR = (
    "Le Kenya a condamné le Rwanda le 12 mars 2024, après des tirs entendus sur le lac que les "
    "deux pays surveillent ensemble.",
    "Le Rwanda a expulsé deux diplomates kényans le 13 mars 2024, et la liste pourrait s'allonger.",
    "Les pêcheurs du port ont laissé leurs barques à quai pour la journée, faute de savoir qui "
    "tenait la rive d'en face.",
)
TALKS_EN = (
    "Norway met Finland in Tromsø on 5 March 2024 to settle how many reindeer may cross in spring.",
    "Herders from three valleys had walked for two days to hear the result read out in a gym.",
)


def page(
    title: str, paragraphs: tuple[str, ...], *, host: str, language: str = "en", day: str = ""
) -> str:
    """A page with a menu and a footer, as a small outlet would send it."""
    dated = f'<meta property="article:published_time" content="{day}T08:00:00Z">' if day else ""
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<title>{title}</title><link rel="canonical" href="https://{host}/news/1">{dated}</head>'
        f'<body><nav><a href="/">Home</a><a href="/world">World</a></nav>'
        f"<article><h1>{title}</h1>{body}</article>"
        f"<footer><a href='/about'>About us</a></footer></body></html>"
    )


def bare(title: str, paragraphs: tuple[str, ...]) -> str:
    return "\n\n".join((title, *paragraphs)) + "\n"


def write_pages(folder: Path) -> list[Path]:
    """Five pages in an order of their own: two languages, mark-up and bare text."""
    folder.mkdir()
    made = {
        "1-border.html": page(
            "Shots on the lake", BORDER_EN, host="lake.example", day="2024-03-13"
        ),
        "2-talks.html": page("Reindeer count", TALKS_EN, host="north.example", day="2024-03-06"),
        "3-frontiere.html": page(
            "Des tirs sur le lac", BORDER_FR, host="rive.example", language="fr", day="2024-03-13"
        ),
        "4-again.txt": bare("The second week on the lake", BORDER_ALONE),
        "5-copy.html": page("Lake shots", BORDER_EN, host="echo.example", day="2024-03-14"),
    }
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in made]


def printed_again(article_id: str, origin_id: str, share: float) -> dict[str, list[CopyLink]]:
    """A copy's one link, to be kept."""
    link = CopyLink(article_id, origin_id, share, "whole", "time", "it was printed later")
    return {article_id: [link]}


def dump(home: Path, *, apart: Collection[str] = ()) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of a desk, but for clocks, columns that are named, numbers that hang
    on the order of arrival and the word indices; in a fixed order."""
    left_out = {*CLOCKS, *apart}
    with sqlite3.connect(home / "desk.sqlite") as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(INDEX_TABLES) and name != "keys"  # drawn by chance
        ]
        rows = {name: sorted(_rows(connection, name, left_out), key=repr) for name in tables}
    connection.close()
    return rows


def _rows(
    connection: sqlite3.Connection, table: str, left_out: Collection[str]
) -> list[tuple[object, ...]]:
    found = connection.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in found.description]
    kept = [
        i
        for i, name in enumerate(names)
        if name not in left_out and f"{table}.{name}" not in ARRIVALS
    ]
    return [tuple(row[i] for i in kept) for row in found]


def count(home: Path, table: str) -> int:
    """Rows of a table, 0 while there is no desk yet."""
    if not (home / "desk.sqlite").exists():
        return 0
    connection = sqlite3.connect(home / "desk.sqlite", timeout=10)
    try:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """The program in a process of its own, as `python -m dragoman`."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "dragoman", *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
