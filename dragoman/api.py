"""The desk from Python: `dragoman.open("mydesk")`, events and articles as objects or data frames.

In: a desk's folder or address. Out: records of `dragoman.model` in small items, one after the
other, and tables of Arrow, pandas or polars. It only reads: nothing done here changes a desk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, TypeVar

from dragoman.config import desk_address, load_config, stored_at
from dragoman.errors import DragomanError
from dragoman.extras import needed
from dragoman.knowledge import Knowledge
from dragoman.knowledge.own import own_folder
from dragoman.model import Article, Kept, Report
from dragoman.pipeline import Steps
from dragoman.publish import gathering
from dragoman.publish.exporting import Exported, export, format_named, whole_file
from dragoman.publish.formats import article_columns, event_columns, report_columns
from dragoman.publish.formats.arrow import table
from dragoman.publish.formats.columns import Column
from dragoman.publish.gathering import ArticleItem, EventItem
from dragoman.publish.query_text import query_text
from dragoman.publish.room import ReadingRoom, one_called, room_over
from dragoman.store import open_store
from dragoman.store.rows import ReportRow

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

T = TypeVar("T")
Some = str | Sequence[str] | None
"""One value or several, of which one has to hold."""
Day = str | date | None
"""A day, or as text also a month or year: "2024-03"."""


@dataclass(frozen=True, slots=True)
class Read:
    """What the program reads in a text that is kept nowhere."""

    kept: Kept
    """All of it: also mentions, times, quotes and doubts."""

    @property
    def article(self) -> Article:
        return self.kept.article

    @property
    def reports(self) -> tuple[Report, ...]:
        return self.kept.reports


class Records(Generic[T]):
    """What a query finds. It is read from the desk each time it is gone through, and not before.

    >>> for item in desk.events("from:FRA"):  # doctest: +SKIP
    ...     print(item.event.date, item.best.report.evidence_text)
    """

    def __init__(
        self,
        room: ReadingRoom,
        query: str,
        items: Callable[[], Iterator[T]],
        columns: Sequence[Column[T]],
        takes: Literal["events", "articles"],
        plain: str,
        with_retracted: bool = False,
    ) -> None:
        self.query = query
        """In the language of `dragoman search`, keywords included."""
        self._room = room
        self._items = items
        self._columns = columns
        self._takes = takes
        self._plain = plain
        self._with_retracted = with_retracted

    def __iter__(self) -> Iterator[T]:
        """Raises DragomanError where the query can't be read."""
        return self._items()

    def __repr__(self) -> str:
        return f"<{self._plain} {self.query!r}>"

    def to_arrow(self) -> pyarrow.Table:
        """A table with the columns of docs/exports.md. Needs the extra `data`."""
        return table(self._columns, self)

    def to_pandas(self) -> pandas.DataFrame:
        """Days as datetime64, whole numbers as Int64 (which may be missing), codes as categories.

        Needs the extra `data`.
        """
        pd, arrow = needed("pandas"), self.to_arrow()
        whole = {needed("pyarrow").int64(): pd.Int64Dtype()}
        frame: pandas.DataFrame = arrow.to_pandas(date_as_object=False, types_mapper=whole.get)
        return frame

    def to_polars(self) -> polars.DataFrame:
        """Needs the extra `data`."""
        frame: polars.DataFrame = needed("polars").from_arrow(self.to_arrow())
        return frame

    def to_csv(self, path: str | Path) -> Exported:
        """A row each."""
        return self.export(self._plain, path)

    def export(self, format: str, path: str | Path) -> Exported:
        """Write a file in one of the formats of `dragoman export`; it is whole or not there.

        Raises DragomanError for a format that there isn't, or that takes something else.
        """
        chosen = format_named(format)
        if chosen.takes != self._takes:
            raise DragomanError(f"{format} takes {chosen.takes}, and these are {self._takes}")
        try:
            with whole_file(Path(path)) as file:
                return export(
                    self._room, self.query, chosen, file, with_retracted=self._with_retracted
                )
        except OSError as fault:
            raise DragomanError(f"{path}: {fault.strerror}") from fault


class Desk:
    """An open desk; use it in a `with` statement, or call `close`."""

    def __init__(
        self, home: Path | None, *, store: str | None = None, public: bool = False
    ) -> None:
        with stored_at(store):
            address = desk_address(home)
            self._config = load_config(home)
        self._knowledge = Knowledge(own_folder=own_folder(home) if home is not None else None)
        # What the public is shown is decided before it is read, and that is noted in the desk.
        self._store = open_store(address, read_only=not public)
        self._room = room_over(self._store, self._knowledge, self._config, public=public)
        self._steps: Steps | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """What is asked of it afterwards, or of what it gave, raises StoreError."""
        self._store.close()

    def read(
        self, text: str, language: str | None = None, published: str | date | None = None
    ) -> Read:
        """Read a text as `dragoman read` does, without keeping it.

        `language`: a code such as "fr", guessed where it is None; `published`: the day that
        "yesterday" and who held an office are reckoned from. Raises Unreadable for a text that
        can't be read, such as an empty one.
        """
        self._store.require_open()
        day = str(published) if published is not None else None
        if day is not None:
            _require_day(day)
        if self._steps is None:
            self._steps = Steps(self._config, self._knowledge)
        return Read(self._steps.in_hand(text, language, day))

    def events(
        self,
        query: str = "",
        *,
        actor: Some = None,
        source: Some = None,
        target: Some = None,
        category: Some = None,
        status: Some = None,
        language: Some = None,
        outlet: Some = None,
        place: Some = None,
        after: Day = None,
        before: Day = None,
        origins: int | None = None,
        with_retracted: bool = False,
    ) -> Records[EventItem]:
        """Events that a query finds and for which every keyword holds, the newest day first.

        `actor`, `source`, `target`: ids or names; `after`, `before`: the day itself is included;
        `origins`: at least so many independent ones; `with_retracted`: also events that no report
        tells any more.
        """
        asked = query_text(
            query, actor=actor, source=source, target=target, category=category, status=status,
            language=language, outlet=outlet, place=place, after=after, before=before,
            origins=origins,
        )  # fmt: skip
        return Records(
            self._room,
            asked,
            lambda: gathering.events(self._room, asked, with_retracted=with_retracted),
            event_columns.COLUMNS,
            "events",
            "csv",
            with_retracted,
        )

    def reports(self, query: str = "", **keywords: Any) -> Records[ReportRow]:
        """The reports of the events that a query finds; keywords as `events` takes them."""
        found = self.events(query, **keywords)
        return Records(
            self._room,
            found.query,
            lambda: (row for item in found for row in item.reports),
            report_columns.COLUMNS,
            "events",
            "reports-csv",
        )

    def articles(
        self,
        query: str = "",
        *,
        actor: Some = None,
        language: Some = None,
        outlet: Some = None,
        after: Day = None,
        before: Day = None,
    ) -> Records[ArticleItem]:
        """Articles that a query finds, in order of arrival; days are those of printing."""
        asked = query_text(
            query, actor=actor, language=language, outlet=outlet, after=after, before=before
        )
        return Records(
            self._room,
            asked,
            lambda: gathering.articles(self._room, asked),
            article_columns.COLUMNS,
            "articles",
            "articles-csv",
        )

    def event(self, identity: str) -> EventItem:
        """One event by its id, or by that of one merged into it. Raises DragomanError."""
        found = gathering.event(self._room, identity)
        if found is None:
            raise DragomanError(f"{identity}: this desk has no such event")
        return found

    def pair(
        self, first: str, second: str, *, after: Day = None, before: Day = None
    ) -> Records[EventItem]:
        """What two actors (ids or names) did to each other, in either direction."""
        a, b = (one_called(self._knowledge, one) for one in (first, second))
        there, back = query_text(source=a, target=b), query_text(source=b, target=a)
        return self.events(f"({there}) OR ({back})", after=after, before=before)


def open(home: str | Path = "desk", *, store: str | None = None, public: bool = False) -> Desk:
    """Open the desk in a folder, or at a database address, to read from it.

    `store`: where the desk of that folder is kept, if not in it nor where its settings say; a
    database address alone, in place of the folder, is a desk without settings of its own.
    `public`: see only what others may see. Raises StoreError where there is no desk.

    >>> import dragoman  # doctest: +SKIP
    >>> with dragoman.open("mydesk") as desk:  # doctest: +SKIP
    ...     table = desk.events("category:SANCTION", after="2024-01").to_pandas()
    """
    if "://" in str(home) and store is None:
        return Desk(None, store=str(home), public=public)
    return Desk(Path(home), store=store, public=public)


def _require_day(day: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError:
        raise DragomanError(f"published: {day[:40]!r} is not an ISO date") from None
