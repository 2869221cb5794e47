"""In which forms a page can be taken away or followed, and the one address that it is known by.

In: a page, its ids, and the parameters of its address. Out: links, without a language: the same
file is for all. Parameters that the page does not know are in none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from dragoman.publish.formats import Format, formats
from dragoman.publish.formats.done import means_words
from dragoman.publish.site.addresses import Page
from dragoman.publish.views.asking import PARAMETERS
from dragoman.publish.wording import N_, gettext

Parameters = Sequence[tuple[str, str]]
ABOUT_ORDER = frozenset({"order", "start"})
"""Parameters of a dossier that say how a page shows what it lists, and not what that is."""
SEARCHED = ("q", "of", "order", "limit", "start")
FEEDS: Mapping[str, str] = {
    "rss": N_("Events (RSS)"),
    "atom": N_("Events (Atom)"),
    "jsonfeed": N_("Events (JSON Feed)"),
    "articles-rss": N_("Articles (RSS)"),
    "articles-atom": N_("Articles (Atom)"),
}
"""Titles of feeds, by format."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page in one form."""

    name: str
    title: str
    """Of a feed; the format's name for others."""
    means: str
    media_type: str
    address: str
    is_feed: bool


def suffixes() -> Mapping[str, Format]:
    """Every format by what its files end in; the longest first, as `.feed.json` is no `.json`."""
    found = {one.suffix: one for one in formats().values()}
    return {suffix: found[suffix] for suffix in sorted(found, key=lambda one: (-len(one), one))}


def is_file(path: str) -> bool:
    """Whether an address is that of a file or a feed, not of a page."""
    return path.startswith(("/export/", "/feeds/")) or path.endswith(tuple(suffixes()))


def files_of(page: Page, ids: Sequence[str], parameters: Parameters) -> tuple[PageFile, ...]:
    """Every form of what a page lists; none for a page that stands for no query."""
    if page.stands_for is None:
        return ()
    asks = [(n, v) for n, v in _known(page, parameters) if n not in ABOUT_ORDER]
    if page.searches:
        asks = [(name, value) for name, value in asks if name == "q"]
    query = f"?{urlencode(asks)}" if asks else ""
    return tuple(
        PageFile(
            one.name,
            gettext(FEEDS[one.name]) if one.name in FEEDS else one.name,
            means_words(one.means),
            one.media_type,
            f"{path_of(page, ids)}{one.suffix}{query}",
            one.newest is not None,
        )
        for one in formats().values()
    )


def canonical_of(page: Page, ids: Sequence[str], parameters: Parameters) -> str:
    """The path of a page without its language, and with what it is asked for alone."""
    path = "/" if page.name == "today" else path_of(page, ids)
    asks = _known(page, parameters)
    return f"{path}?{urlencode(asks)}" if asks else path


def path_of(page: Page, ids: Sequence[str]) -> str:
    return "/" + "/".join((page.name, *(quote(one, safe="") for one in ids)))


def _known(page: Page, parameters: Parameters) -> list[tuple[str, str]]:
    """The parameters that mean something to a page."""
    names = {*(PARAMETERS if page.asks else ()), *(SEARCHED if page.searches else ())}
    names |= {"asof"} if page.dated else set()
    names |= {"q", "since", "until"} if page.looks_back else set()
    names |= {"url"} if page.by_address else set()
    names |= {"start"} if page.pages_on else set()
    return [(name, value) for name, value in parameters if name in names and value]
