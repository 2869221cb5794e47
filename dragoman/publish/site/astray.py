"""What a reader is told where there is no page: what happened, and what the address may have meant.

In: a status, a path, a reason. Out: `Astray`. It looks at the atlas and our own list of pages,
never at the store, which may be what fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import product
from urllib.parse import quote

from dragoman.knowledge import Knowledge
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.addresses import PAGES
from dragoman.publish.wording import N_, gettext
from dragoman.query.actors import actors_called, near_actors

HEADLINES: Mapping[int, str] = {
    400: N_("This can’t be asked"),
    401: N_("This is for members of the desk"),
    403: N_("This is not allowed"),
    404: N_("There is nothing at this address"),
    410: N_("This was removed"),
    413: N_("This is too long"),
    429: N_("This was too much at once"),
    421: N_("This desk does not answer to that name"),
    500: N_("This page could not be made"),
    503: N_("The desk can’t do this just now"),
    507: N_("The desk has no room left"),
}
LEADS: Mapping[int, str] = {
    400: N_("The address asks for something that this page does not know."),
    404: N_("It may have been mistyped, or led to something that this desk never held."),
    410: N_(
        "The desk held it once and was asked to forget it. Its address is kept, and nothing else."
    ),
    500: N_("The fault is ours and has been noted; other pages may work."),
    503: N_("Nothing is lost. Try again in a moment."),
    507: N_("What the desk holds is whole, and its pages can be read."),
}
GUESSES = 5
LONGEST = 80
NAMED = ("actor", "pair")
"""Pages whose addresses are made of actors' names."""
CLOSE = 0.75
"""How much alike a mistyped name of a page must be."""


@dataclass(frozen=True, slots=True)
class Guess:
    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Astray:
    status: int
    headline: str
    lead: str | None
    reason: str
    language: str | None
    """Of the reason: mostly English, as the JSON has it; None where the reader’s."""
    guesses: tuple[Guess, ...]
    query: str
    """Words of the address, to be searched for."""


def astray(
    room: ReadingRoom, status: int, path: str, reason: str, language: str | None = "en"
) -> Astray:
    """`path`: without language, decoded; what cannot be told from it stays unsaid."""
    parts = [part.removesuffix(".html") for part in path[:400].split("/") if part]
    is_lost = status == 404
    return Astray(
        status,
        gettext(HEADLINES.get(status, HEADLINES[500] if status > 499 else HEADLINES[400])),
        gettext(LEADS[status]) if status in LEADS else None,
        reason,
        language,
        tuple(one for one in _distinct(_guessed(room, parts)) if one.address != path)[:GUESSES]
        if is_lost
        else (),
        _words(parts[-1]) if is_lost and parts else "",
    )


def _guessed(room: ReadingRoom, parts: Sequence[str]) -> Iterator[Guess]:
    """Actors that are called so or nearly so, pairs of them, then pages with a like name."""
    if not parts:
        return
    first, *ids = parts
    names = ids if _page(first) else parts
    by_name = _page(first) in NAMED
    called = [_called(room.knowledge, _words(name), is_near=by_name) for name in names[:2]]
    if len(called) == 2:
        for a, b in product(*called):
            if a != b:
                words = f"{room.actor_name(a)} – {room.actor_name(b)}"
                yield Guess(f"/pair/{quote(a, safe='')}/{quote(b, safe='')}", words)
    for one in (one for found in called for one in found):
        yield Guess(f"/actor/{quote(one, safe='')}", room.actor_name(one))
    page = _page(first)
    if page is not None and (page != first or not ids):
        yield Guess("/" + "/".join((page, *(quote(one, safe="") for one in ids))), f"/{page}")


def _page(name: str) -> str | None:
    """The page of ours that is called so, or nearly so."""
    known = {page.name: page.ids for page in PAGES}
    return next(iter(get_close_matches(name.lower(), known, n=1, cutoff=CLOSE)), None)


def _called(knowledge: Knowledge, words: str, *, is_near: bool) -> list[str]:
    """Ids of the actors that are called so, in any script and case; else, if names alone are
    expected here, of those that are called nearly so."""
    key = words.casefold()
    if len(key) < 2:
        return []
    by_id = [one for one in knowledge.atlas.actors if key == _words(one).casefold()]
    exact = by_id or actors_called(knowledge, words)
    return [*exact] or (near_actors(knowledge, words) if is_near else [])


def _words(part: str) -> str:
    """A part of an address as words, without the signs that a query gives a meaning."""
    return " ".join(re.findall(r"[^\W_]+", part[:LONGEST]))


def _distinct(guesses: Iterator[Guess]) -> Iterator[Guess]:
    seen = set()
    for one in guesses:
        if one.address not in seen:
            seen.add(one.address)
            yield one
