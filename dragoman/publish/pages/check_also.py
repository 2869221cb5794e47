"""Check also, for a page of another site: what the desk holds to read beside it, each with why.

The page is named by its address; one that the desk does not hold has nothing beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.clean.identity import article_id
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.asking import Unanswerable
from dragoman.publish.views.beside import Alike, check_also
from dragoman.publish.views.lines import Lines
from dragoman.publish.words import web_address

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class CheckAlsoPage:
    address: str
    article: str | None
    """Its id on this desk."""
    similar: tuple[Alike, ...]


def view(room: ReadingRoom, *, start: int = 0, address: str = "") -> CheckAlsoPage:
    """Raises Unanswerable where no address is given."""
    if web_address(address) is None or len(address) > LONGEST:
        raise Unanswerable("url takes the address of an article, with http:// or https://")
    identity = article_id(address, "")
    if room.store.article(identity) is None:
        return CheckAlsoPage(address, None, ())
    return CheckAlsoPage(address, identity, check_also(room, Lines(room), identity))
