"""A desk of made-up articles: joined by the desk itself, and made larger by repeating its past.

In: a file and articles. Out: CPU seconds of each part of joining; and the same file with its rows
again under other ids, so many days earlier each time. A repeated row is what the desk would have
written for the same articles under those ids and on those days, but for two things: its JSON keeps
the ids it had, and the raw pages, the parsed text and the words for searching are not repeated
(`flat_desk` repeats the last two).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.cost_articles import Arriving
from dragoman.desk.copies import Copies
from dragoman.desk.corpus import joined_at_once
from dragoman.desk.happenings import Happenings
from dragoman.desk.stories import Stories
from dragoman.knowledge import Knowledge
from dragoman.store import open_store
from dragoman.store.connect import FILE_NAME
from dragoman.store.schema import metadata

PARTS = ("copies", "stories", "happenings")


class Joining:
    """A desk whose articles are joined as `desk.Desk` joins them, with the time each part takes."""

    def __init__(self, home: Path, knowledge: Knowledge) -> None:
        self.store = open_store(home)
        self._copies = Copies(self.store, knowledge.outlets)
        self._stories = Stories(self.store)
        self._happenings = Happenings(self.store, knowledge)
        self.spent = dict.fromkeys((*PARTS, "all"), 0.0)
        """CPU seconds; `all` has the keeping of the article and the end of the transaction too."""
        self._beside = 0
        self.wall = 0.0

    def add(self, *several: Arriving) -> None:
        """Articles that are joined at once."""
        began = time.perf_counter()
        own = {one.kept.article.id for one in several}
        with self._timed("all"), self._stories.watched(), self.store.together():
            changed = []
            for one in several:
                self.store.keep_capture(one.capture)
                if self.store.keep(one.kept, {"record": "1"}):
                    changed.append(one.kept.article.id)
            with self._timed("copies"):
                moved = [self._copies.keep(one.kept.article, one.capture) for one in several]
            others = {article for some in moved for article in some} - own
            with self._timed("happenings"):
                held = self._happenings.keep([one.kept for one in several], changed=changed)
                self._happenings.recount(others)
            with self._timed("stories"):
                linked = self._stories.keep((one.signature, one.day) for one in several)
                self._stories.settle(others)
        self._beside = max(held, linked)
        self.wall += time.perf_counter() - began

    def add_all(self, articles: Sequence[Arriving]) -> None:
        """Articles one by one, or as many at once as a desk would join."""
        left = list(articles)
        while left:
            size = joined_at_once(self._beside)
            self.add(*left[:size])
            del left[:size]

    def again(self) -> None:
        """Count from nothing."""
        self.spent = dict.fromkeys(self.spent, 0.0)
        self.wall = 0.0

    @contextmanager
    def _timed(self, part: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self.spent[part] += time.process_time() - began


_ID, _DAY = "{c} || mark", "iif({c} = '', '', date({c}, back))"
# Exclusive or with less than 65,536: all other bits stay, and with them the order of the numbers.
_OTHER = "({c} | number) - ({c} & number)"
_MOMENT = "iif({c} < '9', date(substr({c}, 1, 10), back) || substr({c}, 11), {c})"
_MONTH = "substr(date({c} || '-01', back), 1, 7)"
_PERIOD = "iif({c} < 0, {c}, {c} - periods)"
NUMBERS = ("seq", "newest")
CHANGED: Mapping[str, Mapping[str, str]] = {
    "articles": {"id": _ID, "capture_id": _ID, "published": _DAY},
    "reports": {"id": _ID, "article_id": _ID},
    "backings": {"article_id": _ID},
    "events": {"id": _ID, "start_day": _DAY, "end_day": _DAY, "month": _MONTH},
    "event_reports": {"report_id": _ID, "event_id": _ID},
    "event_redirects": {"old_id": _ID, "event_id": _ID},
    "outlines": {"id": _ID, "anchor": _ID, "part": _ID},
    "outline_reports": {
        "report_id": _ID, "article_id": _ID, "outline_id": _ID, "moment": _DAY,
    },
    "outline_keys": {"start_day": _DAY, "end_day": _DAY, "outline_id": _ID},
    "outline_ties": {"one": _ID, "other": _ID},
    "copy_texts": {"text": _OTHER},
    "printings": {
        "article_id": _ID, "text": _OTHER, "period": _PERIOD, "first": _MOMENT, "last": _MOMENT,
        "moment": _MOMENT,
    },
    "copy_keys": {"period": _PERIOD, "key": _OTHER, "text": _OTHER},
    "copy_shared": {"a": _OTHER, "b": _OTHER},
    "copies": {"article_id": _ID, "origin_id": _ID},
    "signatures": {"article_id": _ID, "day": _DAY},
    "story_links": {"article_id": _ID, "other_id": _ID},
    "stories": {"id": _ID, "start_day": _DAY, "end_day": _DAY},
    "story_members": {"article_id": _ID, "story_id": _ID, "day": _DAY, "nearest": _ID},
    "story_redirects": {"old_id": _ID, "story_id": _ID},
}  # fmt: skip
"""All tables that joining reads, and what is other in a repeated row."""


def repeat(first: Path, home: Path, numbers: range, days: int, period: int) -> None:
    """Add the rows of the desk in folder `first` to the one in `home`, for each number that many
    times `days` earlier; `days` must be whole periods of `period` days."""
    with beside(first, home, numbers, days, period) as connection:
        for table, changed in CHANGED.items():
            connection.execute(repeating(table, changed))


@contextmanager
def beside(
    first: Path, home: Path, numbers: range, days: int, period: int
) -> Iterator[sqlite3.Connection]:
    """The desk in `home` with the one in folder `first` as `first`, and the numbers as `again`."""
    with closing(sqlite3.connect(home / FILE_NAME, isolation_level=None)) as connection:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("ATTACH ? AS first", [str(first / FILE_NAME)])
        connection.execute("CREATE TEMP TABLE again (number, mark, back, periods)")
        rows = ((n, f".{n:05}", f"-{n * days} days", n * days // period) for n in numbers)
        connection.executemany("INSERT INTO again VALUES (?, ?, ?, ?)", rows)
        yield connection
        connection.execute("PRAGMA journal_mode = WAL")


def repeating(table: str, changed: Mapping[str, str]) -> str:
    """In the order of the table's key, so that most rows are put beside the one before."""
    # Numbers of arrival are new, and what is repeated is not searched.
    columns = [one.name for one in metadata.tables[table].columns if one.name not in NUMBERS]
    made = [changed.get(name, "{c}").format(c=f'first."{name}"') for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    order = f"first.{table} AS first CROSS JOIN again"
    if "period" in metadata.tables[table].primary_key.columns:
        order = f"again CROSS JOIN first.{table} AS first"
    return f"INSERT INTO main.{table} ({names}) SELECT {', '.join(made)} FROM {order}"


def size(home: Path) -> int:
    """Bytes on disk."""
    return sum(path.stat().st_size for path in home.iterdir())
