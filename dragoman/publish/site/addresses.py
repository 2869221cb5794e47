"""Every page of the site: its address, what makes its view, and what it can be asked for.

In: a path and the parameters after it. Out: a page with its ids, and its view in a room. The site
and the terminal both go through here, and show the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.publish.comments.threads import shown_json
from dragoman.publish.formats.view_json import view_json
from dragoman.publish.pages import (
    actor,
    article,
    brief,
    changes,
    check_also,
    embed_pair,
    event,
    explore,
    method,
    own,
    pair,
    sources,
    stories,
    story,
    today,
)
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site import standing
from dragoman.publish.site.standing import Standing
from dragoman.publish.views.asking import Unanswerable, asked
from dragoman.publish.views.wanted import wanted_of
from dragoman.publish.views.window import asked_of
from dragoman.publish.words import day_words


@dataclass(frozen=True, slots=True)
class Page:
    """`ids`: how many ids follow the name in the address; `view` takes the room and those ids.

    `dated`: whether it shows the desk as of a day; `asks`: whether it takes what a reader asks of a
    dossier; `searches`: whether it takes a query; `looks_back`: whether it takes a query and since
    when; `pages_on`: whether it is a list with more pages;
    `by_address`: whether it takes the address of a page elsewhere; `framed`: whether the sites that
    the settings name may show it inside their own pages.
    """

    name: str
    ids: int
    view: Callable[..., object]
    dated: bool = False
    asks: bool = False
    searches: bool = False
    looks_back: bool = False
    pages_on: bool = False
    by_address: bool = False
    framed: bool = False
    looks: str = ""
    """The template, where it is not named as the page is."""
    stands_for: Standing | None = None
    """What query finds what it lists; None for a page that can only be looked at."""
    form: str | None = None
    """The form that it carries, by what the form's address adds to the page's."""

    @property
    def address(self) -> str:
        if not self.ids:
            return "/" + self.name
        return "/" + "/".join((self.name, *(f"{{{one}}}" for one in self.called)))

    @property
    def called(self) -> tuple[str, ...]:
        """The ids in its address, by what they are of."""
        return CALLED.get(self.name, ("id",))[: self.ids]

    def form_at(self, ids: Sequence[str]) -> str:
        return "/" + "/".join((self.name, *ids, self.form or ""))

    @property
    def template(self) -> str:
        return self.looks or re.sub("[/-]", "_", self.name) + ".html"


CALLED: Mapping[str, tuple[str, ...]] = {
    "pair": ("actor", "other"), "embed/pair": ("actor", "other"), "changes": ("copy", "article"),
    "actor": ("actor",), "story": ("story",), "article": ("article",), "event": ("event",),
}  # fmt: skip
YEARS = range(1900, 3000)
"""Of these is a day that a view is asked for as of."""
PAIR_CHART = Page("embed/pair", 2, embed_pair.view, dated=True, asks=True, framed=True)
"""The chart of a pair alone."""
PAGES = (
    Page("today", 0, today.view, dated=True, pages_on=True, stands_for=standing.of_today),
    Page("stories", 0, stories.view, pages_on=True, stands_for=standing.of_stories),
    Page("story", 1, story.view, pages_on=True, stands_for=standing.of_story),
    Page("article", 1, article.view, form="comment"),
    Page("changes", 2, changes.view),
    Page("actor", 1, actor.view, dated=True, asks=True, stands_for=standing.of_actor),
    Page("pair", 2, pair.view, dated=True, asks=True, stands_for=standing.of_pair),
    Page("event", 1, event.view, dated=True, pages_on=True, stands_for=standing.of_event),
    Page("explore", 0, explore.view, searches=True, stands_for=standing.of_search),
    Page("brief", 0, brief.view, looks_back=True),
    Page("sources", 0, sources.view),
    Page("method", 0, method.view),
    Page("embed/check-also", 0, check_also.view, by_address=True, framed=True),
    PAIR_CHART,
    *(Page(own.address(one), 0, own.shown(one), looks="own.html") for one in own.NAMES),
)
"""Every page. Today also stands at the root."""
UNDATED = frozenset(
    {"stories", "story", "article", "changes", "explore", "brief", "embed/check-also"}
) | {own.address(one) for one in own.NAMES}
"""Pages of the record that have no view as of a day; asked for one they say so."""
RENAMED = {"search": "explore"}
"""Names that pages had before; their addresses lead on."""
DATED = "Today, actors, pairs and events"


def find(path: str) -> tuple[Page, tuple[str, ...]] | None:
    """The page at a path, with the ids in it; None where there is none."""
    parts = (path.strip("/") or "today").split("/")
    parts[0] = RENAMED.get(parts[0], parts[0])
    for page in PAGES:
        own = page.name.split("/")
        ids = parts[len(own) :]
        if parts[: len(own)] == own and page.ids == len(ids) and all(ids):
            return page, tuple(ids)
    return None


def missing(room: ReadingRoom, page: Page, ids: Sequence[str]) -> str:
    """Why there is nothing to show under these ids: it was forgotten, or never there."""
    stone = room.store.tombstone(ids[0]) if len(ids) == 1 else None
    if stone is not None:
        return f"this {page.name} was removed on {day_words(stone.at)}, and nothing of it is kept"
    if page.looks == "own.html":
        return f"this desk has no such page; {page.name.replace('-', '_')} in its settings makes it"
    what = f"no {page.name} {' and '.join(ids)}"
    if room.known is not None:
        return f"this desk held {what} by the end of {day_words(room.known.day)}"
    return f"this desk holds {what}"


def seen(
    room: ReadingRoom, page: Page, ids: Sequence[str], parameters: Sequence[tuple[str, str]]
) -> object | None:
    """The view of a page in a room, as the parameters of its address ask for it."""
    start = next((value for name, value in reversed(parameters) if name == "start"), "")
    asks: dict[str, object] = {"start": int(start[:9]) if start.isdecimal() else 0}
    if page.asks:
        book = room.knowledge.codebook
        asks["asked"] = asked(parameters, lambda name: book.find(name) is not None)
    if page.by_address:
        asks["address"] = next((value for name, value in parameters if name == "url"), "").strip()
    if page.searches:
        asks["wanted"] = wanted_of(parameters)
    if page.looks_back:
        asks["brief"] = asked_of(parameters)
    return page.view(room, *ids, **asks)


def day_asked(page: Page, parameters: Sequence[tuple[str, str]]) -> str | None:
    """The day as of which a page is asked for. Raises Unanswerable where it is no day."""
    found = [value for name, value in parameters if name == "asof" and value]
    if found and page.name in UNDATED:
        raise Unanswerable(
            f"this page shows the desk as it is now; {DATED} can be asked as of a day"
        )
    if not page.dated or not found:
        return None
    try:
        day = date.fromisoformat(found[-1])
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        raise Unanswerable(
            f"asof takes a day such as 2024-03-17, from {YEARS[0]} to {YEARS[-1]}, "
            f"not {found[-1][:40]!r}"
        )
    return day.isoformat()


def is_over(page: Page, parameters: Sequence[tuple[str, str]], today: str) -> bool:
    """Whether it is asked for as of a day before today, which nothing that arrives changes."""
    try:
        day = day_asked(page, parameters)
    except Unanswerable:
        return False
    return day is not None and day < today


def twin(view: object, room: ReadingRoom) -> object:
    """What a page's JSON says: its view, and as of which day where that is not now."""
    made = _plain(view, room)
    if room.known is None or not isinstance(made, Mapping):
        return made
    return {"as_of": view_json(room.known), **made}


def _plain(view: object, room: ReadingRoom) -> object:
    if not isinstance(view, article.ArticlePage):
        return view_json(view)
    made, said = view_json(view.kept), shown_json(room, view.line.id)
    return {**made, "comments": said} if said is not None and isinstance(made, Mapping) else made
